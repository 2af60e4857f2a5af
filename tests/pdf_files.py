"""Small PDF files for tests, drawn word by word so that a test says where each line stands."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import NamedTuple

import pypdf
from pypdf.generic import DecodedStreamObject, DictionaryObject, NameObject


class Drawn(NamedTuple):
    """A piece of text on a page of 595 by 842 points; ``y`` counts from the foot."""

    x: float
    y: float
    text: str
    size: float = 12
    is_bold: bool = False


def drawn(lines: Sequence[str], x: float = 60, y: float = 760, size: float = 12, step: float = 16) -> list[Drawn]:
    """Returns lines below one another, of plain weight."""
    return [Drawn(x, y - step * at, line, size) for at, line in enumerate(lines)]


def write_pdf(path: Path, pages: Sequence[Sequence[Drawn]]) -> Path:
    """Writes the pages, pieces in the order given, and returns the path."""
    writer = pypdf.PdfWriter()
    for pieces in pages:
        page = writer.add_blank_page(595, 842)
        content = DecodedStreamObject()
        content.set_data("\n".join(_shown(each) for each in pieces).encode("latin-1"))
        fonts = DictionaryObject({NameObject("/F1"): _font("/Helvetica"), NameObject("/F2"): _font("/Helvetica-Bold")})
        page[NameObject("/Resources")] = DictionaryObject({NameObject("/Font"): fonts})
        page[NameObject("/Contents")] = writer._add_object(content)  # a stream stands by itself, PDFium insists
    with path.open("wb") as file:
        writer.write(file)
    return path


def _shown(each: Drawn) -> str:
    escaped = each.text.replace("\\", r"\\").replace("(", r"\(").replace(")", r"\)")
    font = "F2" if each.is_bold else "F1"
    return f"BT /{font} {each.size} Tf 1 0 0 1 {each.x} {each.y} Tm ({escaped}) Tj ET"


def _font(name: str) -> DictionaryObject:
    return DictionaryObject(
        {
            NameObject("/Type"): NameObject("/Font"),
            NameObject("/Subtype"): NameObject("/Type1"),
            NameObject("/Encoding"): NameObject("/WinAnsiEncoding"),
            NameObject("/BaseFont"): NameObject(name),
        }
    )


def helvetica() -> DictionaryObject:
    """Returns the font that pages of one's own draw plain letters with."""
    return _font("/Helvetica")
