"""Plain text of a message: one form for every character, nothing invisible."""

from __future__ import annotations

import re
import unicodedata

_SPACES = re.compile(r"[^\S\n]+")
_LINES = re.compile(r"\s*\n\s*")


def plain_text(text: str) -> str:
    """Returns a text in compatibility form (full-width digits become digits), its white space made single.

    Zero-width, direction and other format characters go; control characters count as white space. "" for a text
    without anything visible. Applying it twice changes nothing.
    """
    shown = "".join(_visible(character) for character in unicodedata.normalize("NFKC", text))
    return _LINES.sub("\n", _SPACES.sub(" ", unicodedata.normalize("NFKC", shown))).strip()


def _visible(character: str) -> str:
    category = unicodedata.category(character)
    if category in ("Cf", "Cs", "Co", "Cn"):
        return ""
    return "\n" if character == "\n" else " " if category in ("Cc", "Zl", "Zp", "Zs") else character


def fold(word: str) -> str:
    """Returns a word in lower case without accents, apostrophes made straight: ``Wójcik`` is ``wojcik``."""
    if word.isascii():
        return word.lower()
    spread = unicodedata.normalize("NFKD", word.replace("’", "'").replace("ł", "l").replace("Ł", "L"))
    return "".join(each for each in spread if not unicodedata.combining(each)).lower()
