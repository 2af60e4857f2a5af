"""Numbers of lists as they are printed."""

from __future__ import annotations

_MOST_SIGNS = 5000
"""Larger numbers are shown in digits, whatever a list asks for."""
_ROMAN = ((100, "c"), (90, "xc"), (50, "l"), (40, "xl"), (10, "x"), (9, "ix"), (5, "v"), (4, "iv"), (1, "i"))


def formatted(number: int, form: str) -> str:
    """Returns a number as a list shows it: "3", "c", "C", "iii" or "III"."""
    if not 0 < number <= _MOST_SIGNS:
        return str(number)
    if form in ("lowerLetter", "upperLetter"):
        letters = chr(ord("a") + (number - 1) % 26) * ((number - 1) // 26 + 1)
        return letters.upper() if form == "upperLetter" else letters
    if form in ("lowerRoman", "upperRoman"):
        roman = ""
        for worth, sign in _ROMAN:
            roman += sign * (number // worth)
            number %= worth
        return roman.upper() if form == "upperRoman" else roman
    return str(number)
