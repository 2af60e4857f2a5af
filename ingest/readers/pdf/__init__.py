"""PDF reader: pypdf's text fragments with their places become blocks."""

from __future__ import annotations

import re
from pathlib import Path

from pypdf import PdfReader
from pypdf.errors import DependencyError, DeprecationError, PyPdfError

from assistant.errors import UnreadableDocument
from assistant.model import Exclusion
from ingest.readers.blocks import ReadFile
from ingest.readers.pdf.blocks import blocks_of
from ingest.readers.pdf.faces import Faces
from ingest.readers.pdf.furniture import without_furniture
from ingest.readers.pdf.lines import PdfPage
from ingest.readers.pdf.links import with_links
from ingest.readers.pdf.page import shown_by
from ingest.readers.pdf.raised_glyphs import RaisedGlyphs
from ingest.readers.pdf.titles import title_of
from ingest.readers.pdf.unseen.layers import layers_off

PDF_FAULTS = (PyPdfError, DependencyError, DeprecationError)
"""Everything that pypdf raises of its own."""
_DAMAGES = (*PDF_FAULTS, ValueError, KeyError, TypeError, IndexError, RecursionError, AttributeError)
"""What reading a damaged part of a file may raise."""
LEAST_LETTERS = 25
"""A page with an image and fewer letters than this has no usable text layer."""

_PAINTS = re.compile(rb"(?:^|\s)(?:f\*?|F|B\*?|b\*?|S|s|sh|Do|EI)(?:\s|$)")
"""Operators that paint an area, a line or a picture (ISO 32000-1, 8.5 to 8.9)."""


def read_pdf(path: Path, max_pages: int = 3000) -> ReadFile:
    """Returns a PDF as blocks.

    Raises:
        UnreadableDocument: It is encrypted, damaged, empty, too long, or has no text layer.
    """
    reader = opened(path)
    count = len(reader.pages)
    if count == 0:
        raise UnreadableDocument(path, "the PDF has no page", "Export it again from its source")
    if count > max_pages:
        raise UnreadableDocument(
            path, f"{count} pages, more than the limit of {max_pages}", "Raise ASSISTANT_MAX_PAGES"
        )
    off = switched_off(path, reader)
    faces = Faces()
    with RaisedGlyphs(path) as raised:
        taken = [page_shown(path, reader, number, off, faces, raised) for number in range(1, count + 1)]
    pages, unseen = tuple(page for page, _ in taken), tuple(each for _, left in taken for each in left)
    blank = tuple(_without_words(reader, page.number) for page in pages if not page.lines)
    if sum(len(line.words) for page in pages for line in page.lines) < LEAST_LETTERS:
        fix = "Run it through text recognition (for example ocrmypdf) and ingest the outcome"
        raise UnreadableDocument(path, "no text layer: it is scanned or empty", fix, 1)
    lines, labels, furniture = without_furniture(pages, _given_labels(reader))
    blocks, figures = blocks_of(lines, [page.areas for page in pages])
    linked = with_links(blocks, reader, pages)
    title = title_of(reader.metadata.title if reader.metadata else None, pages)
    exclusions = tuple(sorted((*furniture, *figures, *blank, *unseen), key=lambda each: each.page))
    return ReadFile(linked, tuple(page.raw for page in pages), labels, exclusions, title)


def opened(path: Path) -> PdfReader:
    """Returns the file opened. Raises ``UnreadableDocument`` where it is encrypted or no whole PDF."""
    try:
        reader = PdfReader(path)
        if reader.is_encrypted and not reader.decrypt(""):
            raise UnreadableDocument(path, "the PDF is encrypted", "Save a copy without a password", None)
        len(reader.pages)
    except (*PDF_FAULTS, ValueError, KeyError, TypeError, RecursionError, AttributeError) as error:
        fix = "Download or export it again"
        raise UnreadableDocument(path, f"not a whole PDF ({_short(error)})", fix) from error
    return reader


def switched_off(path: Path, reader: PdfReader) -> frozenset[int]:
    """Returns the layers that are switched off. Raises ``UnreadableDocument``."""
    try:
        return layers_off(reader)
    except _DAMAGES as error:
        raise UnreadableDocument(path, f"its layers cannot be read ({_short(error)})", "Export it again") from error


def page_shown(
    path: Path, reader: PdfReader, number: int, off: frozenset[int], faces: Faces, raised: RaisedGlyphs
) -> tuple[PdfPage, tuple[Exclusion, ...]]:
    """Returns a page, and what of it nobody sees."""
    try:
        return shown_by(reader.pages[number - 1], number, off, faces, raised.on)
    except _DAMAGES as error:
        fix = "Export the document again, or leave it out with --keep-going"
        raise UnreadableDocument(path, f"the page cannot be read ({_short(error)})", fix, number) from error


def _without_words(reader: PdfReader, number: int) -> Exclusion:
    """Returns the note on a page without words: blank where nothing is painted on it, else without a text layer."""
    contents = reader.pages[number - 1].get_contents()
    is_blank = contents is None or not _PAINTS.search(contents.get_data())
    return Exclusion(number, "blank" if is_blank else "no_text_layer", "")


def _given_labels(reader: PdfReader) -> tuple[str, ...]:
    """Returns the labels that the file gives its pages, () where it gives none."""
    try:
        return tuple(reader.page_labels) if "/PageLabels" in reader.root_object else ()
    except _DAMAGES:
        return ()


def _short(error: Exception) -> str:
    return (str(error) or type(error).__name__).splitlines()[0][:120]
