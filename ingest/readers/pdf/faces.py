"""Fonts of a document: which letters a string shows, and how wide each is. A font is parsed once a document."""

from __future__ import annotations

import re
from typing import Any

from pypdf.errors import PyPdfError
from pypdf.generic import IndirectObject
from pypdf.generic._font import Font

_BOLD = re.compile(r"bold|black|heavy|demi", re.IGNORECASE)
_FORCED_BOLD = 1 << 18
"""Flag of a font descriptor (ISO 32000-1, table 123)."""
_LEAST_BOLD = 600
"""Weight from which a face is bold; 400 is regular, 700 bold (ISO 32000-1, table 122)."""
_TO_EM = 0.001
_DIGITS = frozenset("0123456789")
_BY_NAME = ("/WinAnsiEncoding", "/MacRomanEncoding", "/StandardEncoding")
"""Encodings under which a code names its glyph, so that "1" is the digit of the text (ISO 32000-1, annex D)."""
_UNUSED = frozenset((0x7F, 0x81, 0x8D, 0x8F, 0x90, 0x9D))
_BULLET = "•"
"""What the codes that WinAnsiEncoding does not use show (ISO 32000-1, annex D.2, note 3); some writers use them for it."""


class Face:
    """One font."""

    def __init__(self, font: Font, is_by_name: bool = False) -> None:
        self._font = font
        self.may_raise_digits = not is_by_name and not _DIGITS.isdisjoint(map(str, font.character_map.values()))
        """Whether glyphs are picked by number, so that a digit may be another one than that of the text."""
        self.name = font.name
        self.is_bold = _is_bold(font)
        self._simple = self._table() if isinstance(font.encoding, dict) else None
        self._known: dict[str, tuple[str, float, int]] = {}

    def codes(self, item: bytes) -> list[tuple[str, float, int]]:
        """Returns for each code of a string the letters it shows, its width in sizes, and its length in bytes."""
        simple = self._simple
        if simple is not None:
            return [simple[code] for code in item]
        known = self._known
        decoded = item.decode(str(self._font.encoding), "replace")
        return [known.get(raw) or known.setdefault(raw, self._code(raw)) for raw in decoded]

    def _code(self, raw: str) -> tuple[str, float, int]:
        font = self._font
        length = len(raw.encode(str(font.encoding), "replace"))
        return _in_order(str(font.character_map.get(raw, raw))), self._width(raw), length

    def _table(self) -> list[tuple[str, float, int]]:
        font = self._font
        encoding: Any = font.encoding
        shown = [encoding.get(code, chr(code)) for code in range(256)]
        mapped = [_in_order(str(font.character_map.get(each, each))) for each in shown]
        return [
            (_BULLET if each == chr(code) and code in _UNUSED else each, self._width(chr(code)), 1)
            for code, each in enumerate(mapped)
        ]

    def _width(self, raw: str) -> float:
        width = self._font.get_text_width(raw)
        if raw == self._font.space_char and not width:
            width = float(self._font.space_width)
        return float(width) * _TO_EM


class Faces:
    """The fonts of a document by their reference, each parsed when it is first needed."""

    def __init__(self) -> None:
        self._known: dict[tuple[int, int] | int, tuple[Any, Face | None]] = {}

    def of(self, entry: Any) -> Face | None:
        """Returns the face of an entry of ``/Font``, None for a damaged one."""
        key = (entry.idnum, entry.generation) if isinstance(entry, IndirectObject) else id(entry)
        if key not in self._known:
            self._known[key] = entry, _face(entry.get_object())
        return self._known[key][1]


class PageFonts:
    """The fonts of one page by the names that its operations use."""

    def __init__(self, resources: Any, faces: Faces) -> None:
        entries = resources.get("/Font") if resources is not None else None
        self._entries: Any = entries.get_object() if entries is not None else {}
        self._faces = faces
        self._known: dict[str, Face | None] = {}

    def named(self, name: str) -> Face | None:
        """Returns a font, None where the page has none of that name."""
        if name not in self._known:
            is_there = name in self._entries
            self._known[name] = self._faces.of(self._entries.raw_get(name)) if is_there else None
        return self._known[name]

    @property
    def may_raise_digits(self) -> bool:
        """Returns whether one of them may draw a digit raised."""
        faces = [self.named(name) for name in self._entries]
        return any(face is not None and face.may_raise_digits for face in faces)


def _face(resource: Any) -> Face | None:
    try:
        return Face(Font.from_font_resource(resource), str(resource.get("/Encoding")) in _BY_NAME)
    except (PyPdfError, AttributeError, KeyError, TypeError, ValueError, LookupError):
        return None


def _in_order(letters: str) -> str:
    """Returns the letters of a ligature; Latin ones whose bytes were written the wrong way round are turned back.

    Ghostscript 10.0.0 writes "fi" of a ToUnicode map as U+6600 U+6900, two Chinese characters (measured 2026-11-30).
    """
    if len(letters) < 2 or not all(ord(each) & 0xFF == 0 for each in letters):
        return letters
    turned = "".join(chr(ord(each) >> 8) for each in letters)
    return turned if turned.isascii() and turned.isalpha() else letters


def _is_bold(font: Font) -> bool:
    described = font.font_descriptor
    if _BOLD.search(font.name):
        return True
    try:
        return float(described.weight) >= _LEAST_BOLD or bool(int(described.flags) & _FORCED_BOLD)
    except (TypeError, ValueError):
        return False
