"""Signs that symbol fonts draw in the place of letters."""

from __future__ import annotations

from collections.abc import Mapping

_SYMBOL = {
    0x22: "∀", 0x24: "∃", 0x27: "∋", 0x2A: "∗", 0x2D: "−", 0x40: "≅", 0x5C: "∴", 0x5E: "⊥", 0x7E: "∼", 0xA0: "€",
    0xA2: "′", 0xA3: "≤", 0xA4: "⁄", 0xA5: "∞", 0xA7: "♣", 0xA8: "♦", 0xA9: "♥", 0xAA: "♠", 0xAB: "↔", 0xAC: "←",
    0xAD: "↑", 0xAE: "→", 0xAF: "↓", 0xB0: "°", 0xB1: "±", 0xB2: "″", 0xB3: "≥", 0xB4: "×", 0xB5: "∝", 0xB7: "•",
    0xB8: "÷", 0xB9: "≠", 0xBA: "≡", 0xBB: "≈", 0xBC: "…", 0xC5: "⊕", 0xC7: "∩", 0xC8: "∪", 0xCE: "∈", 0xCF: "∉",
    0xD2: "®", 0xD3: "©", 0xD4: "™", 0xD6: "√", 0xD7: "⋅", 0xD8: "¬", 0xD9: "∧", 0xDA: "∨", 0xDB: "⇔", 0xDC: "⇐",
    0xDD: "⇑", 0xDE: "⇒", 0xDF: "⇓", 0xE2: "®", 0xE3: "©", 0xE4: "™", 0xE5: "∑",
    **{ord(letter): greek for letter, greek in zip("abgdezhqiklmnxoprstufcyw", "αβγδεζηθικλμνξοπρστυφχψω", strict=True)},
}  # fmt: skip
"""Source: Adobe's encoding of the Symbol font, symbol.txt of the Unicode mappings."""
_WINGDINGS = {
    0x22: "✂", 0x28: "☎", 0x29: "✆", 0x2A: "✉", 0x36: "⌛", 0x46: "☞", 0x4A: "☺", 0x4C: "☹", 0x4F: "⚐", 0x6C: "●",
    0x6D: "❍", 0x6E: "■", 0x6F: "☐", 0x70: "☐", 0x71: "☐", 0x72: "☐", 0x73: "◆", 0x74: "◆", 0x75: "◆", 0x76: "❖",
    0x77: "◆", 0x9E: "·", 0x9F: "•", 0xA0: "▪", 0xA1: "○", 0xA2: "○", 0xA7: "▪", 0xA8: "☐", 0xAA: "★", 0xAB: "★",
    0xB2: "❖", 0xD8: "➢", 0xDC: "➲", 0xDF: "←", 0xE0: "→", 0xE1: "↑", 0xE2: "↓", 0xE7: "←", 0xE8: "➔", 0xE9: "↑",
    0xEA: "↓", 0xEF: "⇦", 0xF0: "⇨", 0xF1: "⇧", 0xF2: "⇩", 0xF3: "⇔", 0xFB: "✗", 0xFC: "✓", 0xFD: "☒", 0xFE: "☑",
}  # fmt: skip
"""Source: the font's Unicode equivalents, ISO/IEC JTC 1/SC 2/WG 2 document N4384."""
_WINGDINGS_2 = {
    0x4F: "✗", 0x50: "✓", 0x51: "☒", 0x52: "☑", 0x53: "☒", 0x54: "☒", 0x95: "•", 0x96: "●", 0x97: "●", 0xA2: "■", 0xA3: "☐"
}  # fmt: skip
_WINGDINGS_3 = {
    0x22: "↔", 0x66: "←", 0x67: "→", 0x68: "↑", 0x69: "↓", 0x75: "⇨", 0x7C: "◀", 0x7D: "▶", 0x84: "◀", 0x86: "▶"
}  # fmt: skip
_WEBDINGS = {0x34: "▶", 0x61: "✓", 0x63: "☐", 0x72: "✗", 0x3C: "■", 0x3D: "●", 0xC9: "☎"}
_FONTS: Mapping[str, Mapping[int, str]] = {
    "symbol": _SYMBOL,
    "wingdings": _WINGDINGS,
    "wingdings 2": _WINGDINGS_2,
    "wingdings 3": _WINGDINGS_3,
    "webdings": _WEBDINGS,
}
_PRIVATE = 0xF000
"""Where programs put the codes of these fonts in the private use area."""


def is_symbol_font(font: str) -> bool:
    """Returns whether a font draws signs in the place of letters."""
    return _bare(font) in _FONTS


def shown_in(font: str, text: str) -> str:
    """Returns what a text shows in a font; signs without a name here stay private characters of that font."""
    signs = _FONTS.get(_bare(font))
    return text if signs is None else "".join(_sign(letter, signs) for letter in text)


def _sign(letter: str, signs: Mapping[int, str]) -> str:
    code = ord(letter) - _PRIVATE if _PRIVATE <= ord(letter) < _PRIVATE + 0x100 else ord(letter)
    if letter.isspace() or code > 0xFF or code == 0x20:
        return letter if letter.isspace() or code > 0xFF else " "
    return signs.get(code, letter if ord(letter) >= _PRIVATE else _unnamed(letter, signs))


def _unnamed(letter: str, signs: Mapping[int, str]) -> str:
    """Returns digits and marks of the Symbol font as they are; other letters are signs of no name."""
    is_same = signs is _SYMBOL and not letter.isalpha()
    return letter if is_same else chr(_PRIVATE + ord(letter))


def _bare(font: str) -> str:
    return font.split(",")[0].strip(" '\"").lower()
