"""Images of PDF pages and the positions of words on them, by PDFium.

PDFium is not thread-safe: one lock guards all of it. Pixels, characters and file size are bounded; the
time of one page is checked between the steps of drawing, not within one (a single image that takes long to unpack).
"""

from __future__ import annotations

import ctypes
import io
import threading
import time
from collections import OrderedDict
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

import pypdfium2 as pdfium
import pypdfium2.raw as raw
from PIL import Image, ImageChops, ImageDraw

from assistant.adapters.pages.areas import joined
from assistant.adapters.pages.words import find_pieces, find_quotes
from assistant.errors import DocumentError, UnreadableDocument
from assistant.model import Span
from assistant.ports import Rectangle

MAX_PIXELS = 16_000_000
MAX_CHARACTERS = 100_000
CACHED_PICTURES = 48
WAIT_S = 20.0
"""Longest wait for the lock: a page that hangs must not block every thread."""
DEVICE = 1_000_000
"""Units of the imaginary device on which positions are measured."""
MARKER, OUTLINE, EDGE_PX = (255, 236, 130), (138, 90, 0), 2
"""Of marked words: the colour behind them, the outline around them, and its width."""
Box = tuple[float, float, float, float]


class PdfPages:
    """Pages of PDF files; the latest images are cached in memory.

    Args:
        max_file_mb: Larger files are not opened.
        draw_s: Longest time for drawing one page.
    """

    def __init__(self, max_file_mb: int, draw_s: float = 10.0) -> None:
        self._max_bytes = max_file_mb * 1_000_000
        self._draw_s = draw_s
        self._lock = threading.Lock()
        self._pictures: OrderedDict[tuple[str, int, int, int], bytes] = OrderedDict()

    def png(self, path: Path, page: int, width_px: int) -> bytes:
        """Returns a page as PNG. Raises ``DocumentError`` where the file has no such page or is no PDF."""
        with self._sole(path, page):
            key = (str(path), path.stat().st_mtime_ns, page, width_px)
            if key in self._pictures:
                self._pictures.move_to_end(key)
                return self._pictures[key]
            with self._opened(path, page) as opened:
                picture = self._drawn(opened, width_px, path, page)
            self._pictures[key] = picture
            if len(self._pictures) > CACHED_PICTURES:
                self._pictures.popitem(last=False)
            return picture

    def marked_png(self, path: Path, page: int, width_px: int, areas: Sequence[Rectangle]) -> bytes:
        """Returns a page as PNG with areas of it marked, so that their words stay readable. Raises ``DocumentError``."""
        return with_marks(self.png(path, page, width_px), areas)

    def rectangles(self, path: Path, page: int, quotes: Sequence[str]) -> tuple[Rectangle, ...]:
        """Returns where quotes are on a page, line by line; () where one cannot be found for certain."""
        with self._sole(path, page), self._opened(path, page) as opened:
            text = opened.get_textpage()
            try:
                characters = _characters(text)
                found = find_quotes(characters, quotes)
                return tuple(line for each in found for line in _lines(opened, text, characters, each))
            finally:
                text.close()

    def outlines(self, path: Path, page: int, texts: Sequence[str]) -> tuple[tuple[Rectangle, ...], ...]:
        """Returns for each text the areas of a page that hold its words; () for one of which nothing is found."""
        with self._sole(path, page), self._opened(path, page) as opened:
            text = opened.get_textpage()
            try:
                characters = _characters(text)
                pieces = [find_pieces(characters, each) for each in texts]
                return tuple(
                    joined([line for piece in found for line in _lines(opened, text, characters, piece)])
                    for found in pieces
                )
            finally:
                text.close()

    @contextmanager
    def _sole(self, path: Path, page: int) -> Iterator[None]:
        if not self._lock.acquire(timeout=WAIT_S):
            raise DocumentError(path, "other pages are still being drawn", "Try again in a minute", page)
        try:
            yield
        finally:
            self._lock.release()

    @contextmanager
    def _opened(self, path: Path, page: int) -> Iterator[pdfium.PdfPage]:
        if path.stat().st_size > self._max_bytes:
            raise UnreadableDocument(path, "the file is too large to draw", "Raise ASSISTANT_MAX_FILE_MB", page)
        try:
            document = pdfium.PdfDocument(path)
        except pdfium.PdfiumError as error:
            fix = "Read its text instead; only PDF files have pictures of pages"
            raise UnreadableDocument(path, "it cannot be opened as a PDF", fix) from error
        try:
            if not 1 <= page <= len(document):
                raise DocumentError(path, "there is no such page", f"Give a page from 1 to {len(document)}", page)
            yield document[page - 1]
        except pdfium.PdfiumError as error:
            raise UnreadableDocument(path, "this page cannot be drawn", "Read its text instead", page) from error
        finally:
            document.close()

    def _drawn(self, opened: pdfium.PdfPage, width_px: int, path: Path, page: int) -> bytes:
        width, height = opened.get_size()
        if width <= 0 or height <= 0:
            raise UnreadableDocument(path, "this page has no size", "Read its text instead", page)
        scale = min(width_px / width, (MAX_PIXELS / (width * height)) ** 0.5)
        size = max(1, round(width * scale)), max(1, min(round(height * scale), MAX_PIXELS))
        bitmap = pdfium.PdfBitmap.new_native(*size, raw.FPDFBitmap_BGRx)
        try:
            bitmap.fill_rect((255, 255, 255, 255), 0, 0, *size)
            if not _draw(bitmap, opened, size, time.monotonic() + self._draw_s):
                raise UnreadableDocument(path, "drawing this page takes too long", "Read its text instead", page)
            out = io.BytesIO()
            bitmap.to_pil().convert("RGB").save(out, "PNG", compress_level=4)
            return out.getvalue()
        finally:
            bitmap.close()


def with_marks(png: bytes, areas: Sequence[Rectangle]) -> bytes:
    """Returns a picture with areas in the colour of a marker and an outline, which needs no colour to be seen."""
    with Image.open(io.BytesIO(png)) as opened:
        picture = opened.convert("RGB")
    width, height = picture.size
    for area in areas:
        left, top = round(area.left * width) - EDGE_PX, round(area.top * height) - EDGE_PX
        right, bottom = (area.left + area.width) * width + EDGE_PX, (area.top + area.height) * height + EDGE_PX
        box = max(0, left), max(0, top), min(width, round(right)), min(height, round(bottom))
        if box[2] <= box[0] or box[3] <= box[1]:
            continue
        words = picture.crop(box)
        picture.paste(ImageChops.multiply(words, Image.new("RGB", words.size, MARKER)), box)
        ImageDraw.Draw(picture).rectangle((box[0], box[1], box[2] - 1, box[3] - 1), outline=OUTLINE, width=EDGE_PX)
    out = io.BytesIO()
    picture.save(out, "PNG", compress_level=4)
    return out.getvalue()


def _draw(bitmap: pdfium.PdfBitmap, page: pdfium.PdfPage, size: tuple[int, int], until: float) -> bool:
    """Draws a page step by step; returns whether it was done in time."""
    pause = raw.IFSDK_PAUSE(version=1)
    callback = type(pause.NeedToPauseNow)(lambda _: time.monotonic() > until)
    pause.NeedToPauseNow = callback
    state = raw.FPDF_RenderPageBitmap_Start(bitmap, page, 0, 0, *size, 0, raw.FPDF_ANNOT, ctypes.byref(pause))
    raw.FPDF_RenderPage_Close(page)
    return bool(state == raw.FPDF_RENDER_DONE)


def _characters(text: pdfium.PdfTextPage) -> str:
    """Returns the characters of a page; "" for one with too many."""
    count = text.count_chars()
    if count > MAX_CHARACTERS:
        return ""
    return "".join(chr(raw.FPDFText_GetUnicode(text, place) or 0) for place in range(count))


def _lines(page: pdfium.PdfPage, text: pdfium.PdfTextPage, characters: str, stretch: Span) -> Iterator[Rectangle]:
    line: Box | None = None
    for place in range(*stretch):
        box = _box(page, text, place) if not characters[place].isspace() else None
        if box is None:
            continue
        if line is not None and _is_same_line(line, box):
            line = min(line[0], box[0]), min(line[1], box[1]), max(line[2], box[2]), max(line[3], box[3])
            continue
        if line is not None:
            yield _rectangle(line)
        line = box
    if line is not None:
        yield _rectangle(line)


def _is_same_line(line: Box, box: Box) -> bool:
    shared = min(line[3], box[3]) - max(line[1], box[1])
    return shared > 0.4 * min(line[3] - line[1], box[3] - box[1]) and box[2] >= line[2] - (box[2] - box[0])


def _box(page: pdfium.PdfPage, text: pdfium.PdfTextPage, place: int) -> Box | None:
    """Returns the box of a character in shares of the page as drawn, turned and cropped as it is; None for none."""
    found = raw.FS_RECTF()
    if not raw.FPDFText_GetLooseCharBox(text, place, ctypes.byref(found)):
        return None
    (a, b), (c, d) = _shares(page, found.left, found.top), _shares(page, found.right, found.bottom)
    box = min(a, c), min(b, d), max(a, c), max(b, d)
    return box if box[2] > box[0] and box[3] > box[1] else None


def _shares(page: pdfium.PdfPage, x: float, y: float) -> tuple[float, float]:
    across, down = ctypes.c_int(), ctypes.c_int()
    raw.FPDF_PageToDevice(page, 0, 0, DEVICE, DEVICE, 0, x, y, ctypes.byref(across), ctypes.byref(down))
    return tuple(min(max(each.value / DEVICE, 0.0), 1.0) for each in (across, down))  # type: ignore[return-value]


def _rectangle(box: Box) -> Rectangle:
    return Rectangle(box[0], box[1], box[2] - box[0], box[3] - box[1])
