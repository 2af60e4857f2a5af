"""Messages as they are typed in a hurry or spelt by ear, and with a neutral beginning or end; to train on, never to measure."""

from __future__ import annotations

import random
import re

NEXT_TO = {
    "q": "wa", "w": "qes", "e": "wrd", "r": "etf", "t": "ryg", "y": "tuh", "u": "yij", "i": "uok", "o": "ipl", "p": "ol",
    "a": "qsz", "s": "awdx", "d": "sefc", "f": "drgv", "g": "fthb", "h": "gyjn", "j": "hukm", "k": "jil", "l": "kop",
    "z": "asx", "x": "zsdc", "c": "xdfv", "v": "cfgb", "b": "vghn", "n": "bhjm", "m": "njk",
}  # fmt: skip
"""Letters beside one another on the keyboard."""
BY_EAR = (
    ("ight", "ite"), ("tion", "shun"), ("ough", "uff"), ("ph", "f"), ("ck", "k"), ("ea", "ee"), ("ee", "ea"), ("ie", "ei"),
    ("th", "f"), ("you", "u"), ("are", "r"), ("to", "2"), ("for", "4"), ("wh", "w"), ("kn", "n"), ("ing", "in"),
    ("ing", "ng"), ("ould", "ud"), ("because", "cos"), ("what", "wot"), ("have", "ave"), ("'s", "s"), ("ss", "s"),
    ("ll", "l"), ("tt", "t"), ("er", "a"), ("ce", "se"), ("c", "k"), ("s", "z"), ("ai", "ay"), ("ou", "ow"), ("e ", " "),
    ("his", "hs"), ("and", "n"), ("they", "thay"), ("there", "thier"), ("want to", "wanna"), ("going to", "gonna"),
    ("don't know", "dunno"),
)  # fmt: skip
"""What is written for a sound."""
BEFORE = (
    "Hi,", "Hello.", "hiya", "Sorry if this is the wrong place.", "Quick one:", "Hope you can help.", "Afternoon all,",
    "Good morning,", "hey", "Not sure who to ask.", "new here.", "Evening,", "Please", "Question from the office:",
)  # fmt: skip
AFTER = (
    "Thanks.", "thank you", "pls", "Please advise.", "Many thanks, K", "ta", "Cheers", "Any help welcome.",
    "Sent from my phone", "Kind regards", "x", "??", "!", "thx",
)  # fmt: skip
RATES = (0.02, 0.04, 0.07, 0.1)
"""Slips a character."""
_TRIED = 8
"""Sounds that are tried for one slip."""


def misspelt(text: str, dice: random.Random) -> str:
    """Returns a text as somebody in a hurry or unsure of spelling may type it: slips, lower case, no marks."""
    slipped = text
    for _ in range(max(1, int(len(text) * dice.choice(RATES)))):
        slipped = _by_ear(slipped, dice) if dice.random() < 0.35 else _by_hand(slipped, dice)
    if dice.random() < 0.6:
        slipped = slipped.lower()
    return re.sub(r"[.,!?;:'’]", "", slipped) if dice.random() < 0.5 else slipped


def framed(text: str, dice: random.Random) -> str:
    """Returns a text with a greeting or a closing that says nothing."""
    return f"{dice.choice(BEFORE)} {text}" if dice.random() < 0.5 else f"{text} {dice.choice(AFTER)}"


def _by_ear(text: str, dice: random.Random) -> str:
    for sound, written in dice.sample(BY_EAR, _TRIED):
        places = [found.start() for found in re.finditer(re.escape(sound), text.lower())]
        if places:
            at = dice.choice(places)
            return text[:at] + written + text[at + len(sound) :]
    return text


def _by_hand(text: str, dice: random.Random) -> str:
    """Returns a text with one letter lost, doubled, swapped with the next, or hit beside."""
    at, chance = dice.randrange(max(1, len(text) - 1)), dice.random()
    letter, after = text[at : at + 1], text[at + 1 :]
    if not letter.isalpha():
        return text
    if chance < 0.25:
        return text[:at] + after
    if chance < 0.5 and after:
        return text[:at] + after[0] + letter + after[1:]
    if chance < 0.65:
        return text[:at] + letter + letter + after
    return text[:at] + dice.choice(NEXT_TO.get(letter.lower(), "e")) + after
