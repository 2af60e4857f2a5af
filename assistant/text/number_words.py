"""Number words: what each counts, numbers of several words, and the ordinals."""

from __future__ import annotations

import re
from collections.abc import Sequence

ONES = (
    "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen "
    "eighteen nineteen"
).split()
TENS = "twenty thirty forty fifty sixty seventy eighty ninety".split()
NUMBERS = {
    **{word: value for value, word in enumerate(ONES)},
    **{word: value * 10 for value, word in enumerate(TENS, 2)},
}
"""Value of each number that is one word, 0 to 19 and the tens below a hundred."""
SCALES = {"thousand": 1000, "hundred": 100}
"""Words that multiply the number before them, the largest first."""
ORDINALS = "first second third fourth fifth sixth seventh eighth ninth tenth eleventh twelfth".split()

_GAP = r"(?:\s+|\s*[-\u2010\u2011\u2013]\s*)"
_AND = rf"(?:\s+and\s+|{_GAP})"
_BELOW_HUNDRED = rf"(?:(?:{'|'.join(TENS)})(?:{_AND}(?:{'|'.join(ONES[1:10])}))?|{'|'.join(reversed(ONES[1:]))})"
_THOUSANDS, _HUNDREDS = (rf"(?:an?|{_BELOW_HUNDRED}){_GAP}{scale}" for scale in SCALES)
NUMBER_PHRASE = (
    rf"(?:{_THOUSANDS}(?:{_AND}{_HUNDREDS})?(?:{_AND}{_BELOW_HUNDRED})?"
    rf"|{_HUNDREDS}(?:{_AND}{_BELOW_HUNDRED})?|{_BELOW_HUNDRED})"
)
"""Pattern of a number above zero in words: "twenty-one", "twenty one", "a hundred and twenty", "two thousand five hundred"."""


def number_of(phrase: str) -> int:
    """Returns the value of a number in words; 0 for anything else."""
    words = re.findall(r"[a-z]+", phrase.lower())
    value, length = read_number(words)
    return value if length == len(words) else 0


def read_number(words: Sequence[str]) -> tuple[int, int]:
    """Returns the value of the number that a list of words in lower case begins with, and how many words it takes.

    (0, 0) where it begins with none.
    """
    total, at = 0, 0
    for scale, times in SCALES.items():
        begin = _past_and(words, at)
        value, end = (
            (1, begin + 1) if begin < len(words) and words[begin] in ("a", "an") else _below_hundred(words, begin)
        )
        if end > begin and list(words[end : end + 1]) == [scale]:
            total, at = total + value * times, end + 1
    begin = _past_and(words, at)
    value, end = _below_hundred(words, begin)
    return (total + value, end) if end > begin else (total, at)


def _past_and(words: Sequence[str], at: int) -> int:
    """Returns where the next part of a number would begin: after an "and" within it."""
    return at + 1 if at and at < len(words) and words[at] == "and" else at


def _below_hundred(words: Sequence[str], at: int) -> tuple[int, int]:
    """Returns the value of a number below a hundred, and where it ends; (0, at) where there is none."""
    if at >= len(words) or words[at] not in NUMBERS:
        return 0, at
    value, end = NUMBERS[words[at]], at + 1
    following = _past_and(words, end)
    more = NUMBERS.get(words[following], 0) if following < len(words) else 0
    return (value + more, following + 1) if value >= 20 and 0 < more < 10 else (value, end)
