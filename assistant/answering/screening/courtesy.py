"""Recognises a message that only thanks, greets or takes leave: it gets a sentence and not a search.

The whole message has to be made of such pieces; one other word makes it a question. What is urgent is looked for before and
apart from this, in the whole text.
"""

from __future__ import annotations

import re
import unicodedata
from enum import StrEnum
from functools import cache

from assistant.answering.screening.word_lists import table

_FILE = "courtesy.toml"
_MOST_WORDS = 40
_SHORT = 4
"""Letters of a word in which no slip is mended."""
_BESIDE_WORDS = re.compile(r"[^\w\[\]]+|_+")
_APOSTROPHE = re.compile(r"[’‘'`´]")
_LONG = re.compile(r"([a-z])\1{2,}")
_SHIFTERS = "\ufe0f\u200d" + "".join(map(chr, range(0x1F3FB, 0x1F400)))
"""What changes the look of a sign: its skin, its form."""


class Courtesy(StrEnum):
    """What a message of courtesy is, for the sentence that it gets."""

    THANKS = "thanks"
    GREETING = "greeting"
    FAREWELL = "farewell"
    RECEIVED = "received"


_ORDER = (
    (Courtesy.THANKS, "thanks"),
    (Courtesy.FAREWELL, "farewell"),
    (Courtesy.GREETING, "greeting"),
    (Courtesy.THANKS, "praise"),
    (Courtesy.RECEIVED, "received"),
)
"""Which list makes which kind; the first one counts where a message is of several."""


def courtesy_of(text: str) -> Courtesy | None:
    """Returns what kind of courtesy a whole message is; None for one that says or asks anything else."""
    words = _words(text)
    if not words or words.count(" ") >= _MOST_WORDS or not _whole().fullmatch(f"{words} "):
        return None
    return next((kind for kind, name in _ORDER if _one_of(name).search(f" {words} ")), None)


def _words(text: str) -> str:
    """Returns a text as plain words: signs as the words they stand for, no marks, no slips; "" for one with other signs."""
    said = table(_FILE)
    plain = unicodedata.normalize("NFKC", text.translate(dict.fromkeys(map(ord, _SHIFTERS)))).lower()
    for sign in said["signs"]:
        plain = plain.replace(sign, " thanks ")
    plain = plain.translate(dict.fromkeys(map(ord, said["marks"]), " "))
    if any(unicodedata.category(letter) in ("So", "Cs") for letter in plain):
        return ""
    plain = _LONG.sub(r"\1\1", _APOSTROPHE.sub(" ", plain))
    return " ".join(_mended(word) for word in _BESIDE_WORDS.sub(" ", plain).split())


def _mended(word: str) -> str:
    """Returns the word of the list that a mistyped one is a slip away from, else the word."""
    slips = table(_FILE)["slips"]
    if word in slips or len(word) <= _SHORT:
        return word
    return next((str(known) for known in slips if _is_slip(word, known)), word)


def _is_slip(word: str, known: str) -> bool:
    """Returns whether a word differs from a known one by one letter left out, added, or changed places with the next."""
    if word[0] != known[0]:
        return False
    swapped = (known[:at] + known[at + 1] + known[at] + known[at + 2 :] for at in range(1, len(known) - 1))
    shorter = (known[:at] + known[at + 1 :] for at in range(1, len(known)))
    return word in {*swapped, *shorter} or any(known == word[:at] + word[at + 1 :] for at in range(1, len(word)))


@cache
def _one_of(name: str) -> re.Pattern[str]:
    return re.compile(rf"(?<= )(?:{'|'.join(_filled(each) for each in table(_FILE)[name])})(?= )")


@cache
def _whole() -> re.Pattern[str]:
    names = ("thanks", "praise", "greeting", "farewell", "received", "between")
    pieces = "|".join(_filled(each) for name in names for each in table(_FILE)[name])
    return re.compile(rf"(?:(?:{pieces}) )+")


def _filled(piece: str) -> str:
    """Returns a piece with the lists that it names."""
    said = table(_FILE)
    for name in ("TONE", "FINE", "FOLK", "SERVICE"):
        piece = piece.replace(name, f"(?:{'|'.join(said[name.lower()])})")
    return piece
