"""PDF reader: pypdf's text fragments with their places become blocks."""

from __future__ import annotations

import re
from pathlib import Path

from pypdf import PageObject, PdfReader
from pypdf.errors import DependencyError, DeprecationError, PyPdfError

from assistant.errors import UnreadableDocument
from assistant.model import Exclusion
from ingest.readers.blocks import ReadFile
from ingest.readers.limits import LIMITS
from ingest.readers.ocr.tesseract import PACKAGE, program
from ingest.readers.pdf.blocks import blocks_of
from ingest.readers.pdf.faces import Faces
from ingest.readers.pdf.furniture import without_furniture
from ingest.readers.pdf.lines import PdfPage
from ingest.readers.pdf.links import with_links
from ingest.readers.pdf.page import shown_by
from ingest.readers.pdf.raised_glyphs import RaisedGlyphs
from ingest.readers.pdf.scanned import read_scanned, without_doubtful
from ingest.readers.pdf.titles import title_of
from ingest.readers.pdf.unseen.layers import layers_off

PDF_FAULTS = (PyPdfError, DependencyError, DeprecationError)
"""Everything that pypdf raises of its own."""
_DAMAGES = (*PDF_FAULTS, ValueError, KeyError, TypeError, IndexError, RecursionError, AttributeError)
"""What reading a damaged part of a file may raise."""
LEAST_LETTERS = 25
"""A page with an image and fewer letters than this has no usable text layer."""

LEAST_READABLE = 0.6
"""Share of letters that can be read, below which a text layer is useless: its font maps its letters to nothing."""
_UNKNOWN = "\ufffd"
_INLINE = re.compile(rb"(?:^|\s)BI\s.*?\sID\s", re.DOTALL)
"""A picture within the page's own content."""
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
    pictures = [page.number for page in pages if _is_picture(reader, page)][: LIMITS.get().ocr_pages]
    scanned = read_scanned(path, pictures, LIMITS.get().heartbeat)
    read = {page.number: page for page in scanned.pages}
    pages = tuple(read.get(page.number, page) for page in pages)
    blank = tuple(_without_words(reader, page.number) for page in pages if not page.lines)
    if sum(len(line.words) for page in pages for line in page.lines) < LEAST_LETTERS:
        raise UnreadableDocument(path, "no text layer: it is scanned or empty", _fix_of(pictures), 1)
    lines, labels, furniture = without_furniture(pages, _given_labels(reader))
    blocks, figures = blocks_of(lines, [page.areas for page in pages])
    blocks, unsure = without_doubtful(blocks, scanned.doubtful)
    linked = with_links(blocks, reader, pages)
    title = title_of(reader.metadata.title if reader.metadata else None, pages)
    exclusions = tuple(sorted((*furniture, *figures, *unsure, *blank, *unseen), key=lambda each: each.page))
    return ReadFile(linked, tuple(page.raw for page in pages), labels, exclusions, title, scanned.recognised)


def _fix_of(pictures: list[int]) -> str:
    """Returns what to do about a file without text."""
    if pictures and program() is None and LIMITS.get().ocr_pages:
        return f"{PACKAGE} and ingest it again, or run it through text recognition (for example ocrmypdf)"
    return "Run it through text recognition (for example ocrmypdf) and ingest the outcome"


def _is_picture(reader: PdfReader, page: PdfPage) -> bool:
    """Returns whether a page has no text layer or a useless one, and a picture that may hold its words."""
    letters = "".join(line.words for line in page.lines)
    readable = sum(letter.isascii() or letter.isalpha() for letter in letters if letter not in _UNKNOWN)
    if len(letters) >= LEAST_LETTERS and readable >= LEAST_READABLE * len(letters):
        return False
    return _has_picture(reader.pages[page.number - 1])


def _has_picture(page: PageObject) -> bool:
    """Returns whether a page places an image, by itself or within a form."""
    try:
        resources = page.get("/Resources")
        objects = resources.get_object().get("/XObject") if resources is not None else None
        kinds = (
            {each.get_object().get("/Subtype") for each in objects.get_object().values()}
            if objects is not None
            else set()
        )
        contents = page.get_contents()
    except _DAMAGES:
        return False
    is_inline = contents is not None and _INLINE.search(contents.get_data()) is not None
    return bool(kinds & {"/Image", "/Form"}) or is_inline


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
