"""The cover of a PDF: lines with their print from its first pages and its last one, and its properties."""

from __future__ import annotations

from pathlib import Path

from assistant.errors import UnreadableDocument
from ingest.readers.cover import Cover, CoverLine
from ingest.readers.pdf import opened, page_shown, switched_off
from ingest.readers.pdf.faces import Faces
from ingest.readers.pdf.lines import PdfPage
from ingest.readers.pdf.raised_glyphs import RaisedGlyphs

FIRST_PAGES = 3
"""Pages that a cover may take, with the table of versions after it."""
EDGE = 0.09
"""Share of the height, above and below, where headers and footers stand."""
ON_A_LINE = 2.0
"""Points by which the cells of one row may stand apart in height."""


def read_pdf_cover(path: Path) -> Cover:
    """Returns the cover of a PDF. Raises ``UnreadableDocument``."""
    reader = opened(path)
    count = len(reader.pages)
    if count == 0:
        raise UnreadableDocument(path, "the PDF has no page", "Export it again from its source")
    off, faces = switched_off(path, reader), Faces()
    numbers = sorted({*range(1, min(count, FIRST_PAGES) + 1), count})
    with RaisedGlyphs(path) as raised:
        pages = {number: page_shown(path, reader, number, off, faces, raised)[0] for number in numbers}
    lines = [line for number in numbers[:FIRST_PAGES] for line in _lines(pages[number])]
    info = {str(key).strip("/").lower(): str(value) for key, value in dict(reader.metadata or {}).items()}
    properties = tuple((key, value.strip()) for key, value in sorted(info.items()) if value.strip())
    return Cover(path.name, tuple(lines), tuple(_lines(pages[count])), properties, info.get("title") or None)


def _lines(page: PdfPage) -> list[CoverLine]:
    """Returns the lines of a page from its top down; pieces side by side are the cells of one."""
    rows: list[list[tuple[float, float, str]]] = []
    heights: list[float] = []
    for line in sorted(page.lines, key=lambda each: -each.y):
        if rows and abs(heights[-1] - line.y) <= ON_A_LINE:
            rows[-1].append((line.x, line.size, line.words))
        else:
            rows.append([(line.x, line.size, line.words)])
            heights.append(line.y)
    shown = []
    for row, y in zip(rows, heights, strict=True):
        cells = tuple(words for _, _, words in sorted(row))
        is_running = not EDGE < y / page.height < 1 - EDGE
        size = max(size for _, size, _ in row)
        shown.append(CoverLine(" ".join(cells), page.number, size, is_running, cells if len(cells) > 1 else ()))
    return shown
