"""What the classifier of details sees of each word of a message: the state of the encoder there, its shape, lists, the rules.

Training and serving both take their features here.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from assistant.answering.screening.word_lists import is_everyday, known_words, word_list
from assistant.model import MaskedSpan
from assistant.ports import TokenEmbedder
from assistant.text.calendar_words import MONTHS, WEEKDAYS
from assistant.text.plain_text import fold

Floats = npt.NDArray[np.float32]
LISTS = (
    "first_names.txt",
    "given_names.txt",
    "family_names.txt",
    "surnames.txt",
    "weak_names.txt",
    "ordinary_words.txt",
    "everyday_words.txt",
    "known_names.txt",
)
AROUND = 2
"""Words before and after whose shape counts."""
MOST_WORDS = 110
"""Words of one run of the encoder; a longer message is read in stretches that end with a sentence where they can."""
_PIECE = re.compile(r"[^\W\d_]+(?:['’-][^\W\d_]+)*|\d+|[^\w\s]|_")
_SENTENCE_END = re.compile(r"[.!?\n]")
_MONTHS = frozenset(month[:3] for month in MONTHS)
_SHORT_DAYS = frozenset("mon tue tues wed weds thu thur thurs fri sat sun".split())
_NUMBERS = frozenset(
    "zero oh nought one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen "
    "eighteen nineteen twenty thirty forty fifty sixty double triple treble hundred thousand first second third fourth fifth "
    "sixth seventh eighth ninth tenth eleventh twelfth thirteenth twentieth thirtieth".split()
)


@dataclass(frozen=True, slots=True)
class Word:
    """A word, number or mark of a message."""

    start: int
    end: int
    text: str


def words_of(text: str) -> tuple[Word, ...]:
    """Returns the words, numbers and marks of a text in order."""
    return tuple(Word(match.start(), match.end(), match.group()) for match in _PIECE.finditer(text))


def features(text: str, words: Sequence[Word], by_rules: Sequence[MaskedSpan], embedder: TokenEmbedder) -> Floats:
    """Returns float32 (words, width) of a text.

    Args:
        text: As it was typed.
        words: From ``words_of``.
        by_rules: What the rules mask in it.
        embedder: The packaged encoder.
    """
    states = np.concatenate([_states(text, each, embedder) for each in _stretches(words)])
    return np.concatenate([states, _shapes(text, words, by_rules)], axis=1)


def _stretches(words: Sequence[Word]) -> Iterator[Sequence[Word]]:
    """Yields the words in stretches, each to the end of a sentence where one ends in its second half."""
    start = 0
    while start < len(words):
        end = min(len(words), start + MOST_WORDS)
        if end < len(words):
            ends = [at for at in range(start + MOST_WORDS // 2, end) if _SENTENCE_END.match(words[at].text)]
            end = ends[-1] + 1 if ends else end
        yield words[start:end]
        start = end


def _states(text: str, words: Sequence[Word], embedder: TokenEmbedder) -> Floats:
    """Returns float32 (words, width): the mean of the states of each word's pieces, that of the whole where it has none."""
    begins = words[0].start
    is_whole = begins == 0 or not text[:begins].strip()
    inner = text if is_whole and not text[words[-1].end :].strip() else text[begins : words[-1].end]
    shift = 0 if inner is text else begins
    states, places = embedder.tokens(inner)
    found = np.repeat(states[:1], len(words), axis=0)
    at = 0
    for row, word in enumerate(words):
        while at < len(places) and places[at][1] + shift <= word.start:
            at += 1
        last = at
        while last < len(places) and places[last][0] + shift < word.end:
            last += 1
        if last > at:
            found[row] = states[1 + at : 1 + last].mean(axis=0)
    return found


def _shapes(text: str, words: Sequence[Word], by_rules: Sequence[MaskedSpan]) -> Floats:
    is_low, is_loud = float(text == text.lower()), float(text == text.upper())
    alone = np.array([_shape(word, is_low, is_loud, by_rules) for word in words], dtype=np.float32)
    edge = np.zeros((AROUND, alone.shape[1]), dtype=np.float32)
    padded = np.concatenate([edge, alone, edge])
    return np.concatenate([padded[at : at + len(words)] for at in range(2 * AROUND + 1)], axis=1)


def _shape(word: Word, is_low: float, is_loud: float, by_rules: Sequence[MaskedSpan]) -> list[float]:
    text = word.text
    folded = fold(text)
    base = folded[:-2] if folded.endswith(("'s", "’s")) else folded
    masked = [each.kind for each in by_rules if each.start < word.end and word.start < each.end]
    return [
        is_low,
        is_loud,
        text[:1].isupper(),
        text.isupper() and len(text) > 1,
        len(text) == 1,
        len(text) / 10,
        base != folded,
        "-" in text,
        not text[0].isalnum(),
        text in ".!?",
        text == ",",
        text in "@_#",
        text in ":;",
        text in "/-–",
        text in "[]()",
        text in "\"“”'‘’",
        text.isdigit() and len(text) <= 2,
        text.isdigit() and len(text) == 4,
        text.isdigit() and len(text) in (3, 5, 6),
        text.isdigit() and len(text) > 6,
        base[:3] in _MONTHS and (base in MONTHS or len(base) < 5),
        base in WEEKDAYS or base in _SHORT_DAYS,
        base in _NUMBERS,
        base in known_words(),
        is_everyday(base),
        bool(masked),
        "name" in masked,
        *(base in word_list(name) for name in LISTS),
    ]
