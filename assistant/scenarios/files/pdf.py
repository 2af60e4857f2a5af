"""A sheet as a PDF file, with the fonts that ship with reportlab."""

from __future__ import annotations

import io
import re
import unicodedata
from collections.abc import Iterable
from functools import lru_cache, partial
from html import escape
from pathlib import Path
from typing import Any

import reportlab
from reportlab.lib.colors import HexColor
from reportlab.lib.pagesizes import A4
from reportlab.lib.styles import ParagraphStyle
from reportlab.lib.units import cm
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.ttfonts import TTFont
from reportlab.platypus import Flowable, KeepTogether, ListFlowable, PageBreak, SimpleDocTemplate
from reportlab.platypus import Paragraph as Drawn
from reportlab.platypus import Table as DrawnTable

from assistant.scenarios.files.sheet import Block, Heading, Items, Paragraph, Quoted, Table

FONT, BOLD, ITALIC = "Vera", "VeraBd", "VeraIt"
DARK, SOFT, LINE = HexColor("#0b2a3a"), HexColor("#40505a"), HexColor("#8b979f")
FOOT_CHARS = 95
UNKNOWN = "?"
"""Replaces a character that is not in the fonts and has no plain form."""
_BODY = ParagraphStyle("body", fontName=FONT, fontSize=10, leading=14.5, spaceAfter=5)
_STYLES = {
    "body": _BODY,
    "note": ParagraphStyle("note", _BODY, fontName=ITALIC, textColor=SOFT),
    "label": ParagraphStyle("label", _BODY, fontName=BOLD, spaceBefore=4, keepWithNext=1),
    "quote": ParagraphStyle("quote", _BODY, leftIndent=14, keepWithNext=1),
    "source": ParagraphStyle("source", _BODY, leftIndent=14, fontSize=8.5, leading=11.5, textColor=SOFT, spaceAfter=8),
    "cell": ParagraphStyle("cell", _BODY, fontSize=9, leading=12, spaceAfter=0),
    "head": ParagraphStyle("head", _BODY, fontSize=9, leading=12, spaceAfter=0, fontName=BOLD),
    **{
        f"h{level}": ParagraphStyle(
            f"h{level}", fontName=BOLD, fontSize=size, leading=size * 1.25, textColor=DARK, spaceBefore=above, spaceAfter=5,
            keepWithNext=1,
        )
        for level, size, above in ((1, 17, 0), (2, 13, 12), (3, 10.5, 8))
    },
}  # fmt: skip


def as_pdf(blocks: Iterable[Block], title: str) -> bytes:
    """Returns blocks as a PDF file with numbered A4 pages and bookmarks for the headings.

    Args:
        blocks: The sheet.
        title: Title in the file's properties and in the page footers.
    """
    _register()
    out = io.BytesIO()
    sheet = SimpleDocTemplate(
        out, pagesize=A4, leftMargin=2.2 * cm, rightMargin=2.2 * cm, topMargin=1.9 * cm, bottomMargin=2 * cm, title=title,
        author="", subject="Fictional training scenario", lang="en-GB", invariant=1,
    )  # fmt: skip

    foot = partial(_foot, title=title)
    sheet.build([each for block in blocks for each in _drawn(block)], onFirstPage=foot, onLaterPages=foot)
    return out.getvalue()


class _Mark(Flowable):  # type: ignore[misc]
    """A bookmark."""

    width = height = 0

    def __init__(self, text: str, level: int) -> None:
        super().__init__()
        self.text, self.level = text, level
        self.keepWithNext = True

    def draw(self) -> None:
        """Sets the bookmark at its position."""
        name = f"{self.level}-{self.text}"
        self.canv.bookmarkPage(name)
        self.canv.addOutlineEntry(self.text, name, level=self.level, closed=False)


def _drawn(block: Block) -> list[Flowable]:
    match block:
        case Heading(level, text, begins_page):
            marked = [_Mark(text, level - 1)] if level < 3 else []
            return [*([PageBreak()] if begins_page else []), *marked, _text(text, f"h{level}")]
        case Paragraph(text, is_note):
            return [_text(text, "note" if is_note else "body")]
        case Items(texts, is_numbered):
            kind = "1" if is_numbered else "bullet"
            return [
                ListFlowable(
                    [_text(each, "body") for each in texts],
                    bulletType=kind,
                    bulletFormat="%s." if is_numbered else None,
                    leftIndent=16,
                    bulletFontName=FONT,
                    bulletFontSize=9,
                )
            ]
        case Quoted(label, words, source):
            return [
                KeepTogether(
                    [_text(label, "label"), _text(f"“{words}”", "quote"), _text(f"Source: {source}", "source")]
                )
            ]
        case Table(head, rows):
            return [_table(head, rows)]


def _table(head: tuple[str, ...], rows: tuple[tuple[str, ...], ...]) -> Flowable:
    cells = [[_text(each, "head") for each in head], *([_text(each, "cell") for each in row] for row in rows)]
    whole = A4[0] - 4.4 * cm
    widths = [whole - 2.2 * cm, 2.2 * cm] if len(head) == 2 else [3.2 * cm, whole - 5.4 * cm, 2.2 * cm]
    grid = [("GRID", (0, 0), (-1, -1), 0.5, LINE), ("VALIGN", (0, 0), (-1, -1), "TOP")]
    return DrawnTable(cells, colWidths=widths, repeatRows=1, style=grid, spaceBefore=4, spaceAfter=8)


_INDENT = re.compile(r"\n( *)")


def _text(text: str, style: str) -> Drawn:
    return Drawn(_INDENT.sub(_breaks, escape(printable(text), quote=False)), _STYLES[style])


def _breaks(found: re.Match[str]) -> str:
    """Returns a line break with the white space that opens the next line."""
    return f"<br/>{'&nbsp;' * len(found[1])}"


def printable(text: str) -> str:
    """Returns a text with characters missing from the fonts replaced by their plain form, or by a question mark."""
    return "".join(character if character in _known() else _plain(character) for character in text)


def _plain(character: str) -> str:
    plain = "".join(each for each in unicodedata.normalize("NFKD", character) if not unicodedata.combining(each))
    return plain if plain and all(each in _known() for each in plain) else UNKNOWN


@lru_cache(maxsize=1)
def _known() -> frozenset[str]:
    """Returns the characters in all three fonts."""
    _register()
    faces = [pdfmetrics.getFont(name).face.charToGlyph for name in (FONT, BOLD, ITALIC)]
    return frozenset(chr(code) for code in set.intersection(*(set(face) for face in faces))) | {"\n"}


@lru_cache(maxsize=1)
def _register() -> None:
    folder = Path(reportlab.__file__).parent / "fonts"
    for name in (FONT, BOLD, ITALIC):
        pdfmetrics.registerFont(TTFont(name, str(folder / f"{name}.ttf")))


def _foot(canvas: Any, drawn: Any, title: str) -> None:
    canvas.saveState()
    canvas.setFont(FONT, 8)
    canvas.setFillColor(SOFT)
    canvas.drawString(2.2 * cm, 1.2 * cm, printable(f"Fictional scenario. {title}"[:FOOT_CHARS]))
    canvas.drawRightString(A4[0] - 2.2 * cm, 1.2 * cm, f"{drawn.page}")
    canvas.restoreState()
