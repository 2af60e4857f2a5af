"""What small pieces above and below a line are: marks of notes, letters and digits of the text."""

from __future__ import annotations

import re

LOWEST, HIGHEST = 0.12, 0.6
"""Shares of the line's size by which the foot of a raised piece stands above the line."""
SMALL = 0.85
"""A raised piece of at most this share of the line's size is a mark, or letters such as "st" after a number."""
LOWERED = 0.3
"""Share of the line's size by which the foot of a lowered piece, as in CO2, may stand below the line."""
_ONE = r"(?:\d{1,3}|\[\d{1,3}\]|\(\d{1,3}\)|[A-Z]\d{1,4}|[*†‡§¶]{1,3}|[a-z])"
MARK = re.compile(rf"^\s*({_ONE}(?:(?:,\s?|\s){_ONE})*)(?=[\s,.;:)]*$)")
"""Numbers, also in brackets, signs, small letters, and marks of amended law such as F12 and M4."""
_SEPARATOR = re.compile(r"[,\s]\s*")
_OF_LAW = re.compile(r"^[A-Z]\d{1,4}$")
_UNIT = re.compile(r"(?<![^\W\d_])(?:[cmk]?m|ft)$")
"""What a raised 2 or 3 makes an area or a volume of."""
_ELEMENT = re.compile(r"(?<![^\W\d_])(?:[A-Z][a-z]?){1,3}[)₀-₉]*$")
"""What a lowered digit counts the atoms of."""
_RAISED = str.maketrans("0123456789", "⁰¹²³⁴⁵⁶⁷⁸⁹")
_LOWERED = str.maketrans("0123456789", "₀₁₂₃₄₅₆₇₈₉")


def is_of_law(mark: str) -> bool:
    """Returns whether a mark is one of amended legislation: F12, M4, C1."""
    return _OF_LAW.match(mark) is not None


def raised_digits(mark: str) -> str:
    """Returns a number as it stands above the line."""
    return mark.translate(_RAISED)


def marks_in(mark: str) -> list[str]:
    """Returns the marks of notes that stand in one raised piece, brackets left out."""
    return [each.strip("[]()") for each in _SEPARATOR.split(mark.strip()) if each]


def shown(text: str, height: float, before: str) -> tuple[str, str]:
    """Returns what a small piece beside a line shows, and the marks of notes in it, "" where none is.

    Args:
        text: Of the piece.
        height: Of its foot above that of the line, as a share of the line's size; below nought for a lowered piece.
        before: What stands before it on the line.
    """
    words, before = text.strip(), before.rstrip()
    if height < 0:
        is_count = words.isascii() and words.isdigit() and _ELEMENT.search(before) is not None
        return (text.translate(_LOWERED) if is_count else text), ""
    if height <= LOWEST:
        return text, ""
    if words in ("2", "3") and _UNIT.search(before):
        return text.translate(_RAISED), ""
    found = MARK.match(text)
    return text, found[1] if found else ""
