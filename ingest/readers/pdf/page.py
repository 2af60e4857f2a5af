"""What a page shows: its words without those that nobody sees or that are struck out, and its lines and boxes."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from itertools import groupby
from typing import Any

from pypdf import PageObject
from pypdf.generic import ContentStream, DictionaryObject

from assistant.model import Exclusion
from ingest.readers.pdf.areas import areas_of
from ingest.readers.pdf.drawn_signs import with_drawn_signs
from ingest.readers.pdf.faces import Faces, PageFonts
from ingest.readers.pdf.form_fields import with_form_values
from ingest.readers.pdf.lines import PdfPage, page_of
from ingest.readers.pdf.operations import operations_of
from ingest.readers.pdf.raised_glyphs import Point
from ingest.readers.pdf.spans import spans_of, turned
from ingest.readers.pdf.unseen.drawing import Drawing, Piece
from ingest.readers.pdf.unseen.forms import WrittenOut
from ingest.readers.pdf.unseen.geometry import Box, Matrix, box_of, times
from ingest.readers.pdf.unseen.judged import Judge
from ingest.readers.pdf.unseen.walk import drawn_by
from ingest.readers.unseen import Reason, left_out


def _none(number: int) -> Sequence[Point]:
    return ()


def shown_by(
    page: PageObject,
    number: int,
    off: frozenset[int],
    faces: Faces,
    raised_on: Callable[[int], Sequence[Point]] = _none,
) -> tuple[PdfPage, tuple[Exclusion, ...]]:
    """Returns the words of a page that a reader sees, and what was left out with the reason.

    Struck out are words under a drawn line or a StrikeOut annotation; unseen are words outside the crop box or a
    clip, on a layer that is switched off, under a filled box that was drawn later, without opacity, white on white,
    and in a rendering mode that leaves nothing, but for a layer of recognised text over a picture.

    Args:
        page: Forms with text in them are read where they are placed.
        number: Of the page, 1 for the first.
        off: Object numbers of the layers that are switched off.
        faces: The fonts of the document.
        raised_on: Returns where the digits of a page start that their font draws raised; asked where a font may.
    """
    visible = _visible(page)
    contents, given = page.get("/Contents"), page.get("/Resources")
    resources = given.get_object() if given is not None else DictionaryObject()
    stream = ContentStream(contents.get_object() if contents is not None else None, page.pdf, "bytes")
    written = WrittenOut(operations_of(stream), resources, page.pdf, off)
    drawing = drawn_by(written.operations, written.resources, off)
    struck, links, notes = _annotations(page, number)
    fonts = PageFonts(written.resources, faces)
    judge = Judge(drawing, fonts, visible, struck)
    found = judge.found()
    frame, width, height = _level(*_upright(page.rotation, visible), drawing)
    areas = areas_of(drawing, frame, width, height)
    raised = raised_on(number) if fonts.may_raise_digits else ()
    spans = spans_of(drawing, found, fonts, frame, areas, raised)
    shown = with_drawn_signs(page_of(spans, number, width, height, areas), drawing, links, frame)
    shown = with_form_values(shown, _annotated(page), frame)
    counted = " ".join(shown.line_numbers)
    numbers = (Exclusion(number, "other", f"line numbers: {counted}"[:80]),) if counted else ()
    return shown, (*_listed(number, judge, found), *notes, *numbers)


def _upright(rotation: int, visible: Box) -> tuple[Matrix, float, float]:
    """Returns the matrix that makes a page stand as viewers show it, its lower left corner at nought, and its size."""
    wide, high = visible.right - visible.left, visible.top - visible.bottom
    turns: Mapping[int, Matrix] = {
        90: (0.0, -1.0, 1.0, 0.0, -visible.bottom, visible.right),
        180: (-1.0, 0.0, 0.0, -1.0, visible.right, visible.top),
        270: (0.0, 1.0, -1.0, 0.0, visible.top, -visible.left),
    }
    turn = rotation % 360
    matrix = turns.get(turn, (1.0, 0.0, 0.0, 1.0, -visible.left, -visible.bottom))
    return (matrix, high, wide) if turn in (90, 270) else (matrix, wide, high)


def _level(frame: Matrix, width: float, height: float, drawing: Drawing) -> tuple[Matrix, float, float]:
    """Returns the matrix of a page, turned where most of its letters run up or down: a wide table on an upright page."""
    letters: Counter[int] = Counter()
    for run in drawing.runs:
        letters[turned(times(run.start, frame))] += sum(len(item) for piece in run.pieces for item in _strings(piece))
    turn = letters.most_common(1)[0][0] if letters else 0
    turns: Mapping[int, tuple[Matrix, float, float]] = {
        90: ((0.0, -1.0, 1.0, 0.0, 0.0, width), height, width),
        180: ((-1.0, 0.0, 0.0, -1.0, width, height), width, height),
        270: ((0.0, 1.0, -1.0, 0.0, height, 0.0), height, width),
    }
    if turn not in turns:
        return frame, width, height
    matrix, wide, high = turns[turn]
    return times(frame, matrix), wide, high


def _strings(piece: Piece) -> list[bytes]:
    return [item for item in piece.items if isinstance(item, bytes)]


def _visible(page: PageObject) -> Box:
    crop, media = page.cropbox, page.mediabox
    left, right = sorted((float(crop.left), float(crop.right)))
    low, high = sorted((float(crop.bottom), float(crop.top)))
    edges = sorted((float(media.left), float(media.right))), sorted((float(media.bottom), float(media.top)))
    inner = Box(left, low, right, high).within(Box(edges[0][0], edges[1][0], edges[0][1], edges[1][1]))
    return inner if inner.left < inner.right and inner.bottom < inner.top else Box(*edges[0], *edges[1])


def _annotated(page: PageObject) -> list[Any]:
    """Returns the annotations of a page, damaged ones left out."""
    listed: Any = page.get("/Annots")
    found = [reference.get_object() for reference in (listed.get_object() if listed is not None else ())]
    return [each for each in found if hasattr(each, "get")]


def _annotations(page: PageObject, number: int) -> tuple[list[Box], list[Box], list[Exclusion]]:
    """Returns the boxes of words struck out by hand, those of links, and the notes written on the page."""
    struck: list[Box] = []
    links: list[Box] = []
    notes: list[Exclusion] = []
    for annotation in _annotated(page):
        kind, said = annotation.get("/Subtype"), annotation.get("/Contents")
        if kind == "/StrikeOut":
            corners = [float(each) for each in annotation.get("/QuadPoints") or annotation.get("/Rect") or ()]
            step = 8 if annotation.get("/QuadPoints") else 4
            quads = [corners[at : at + step] for at in range(0, len(corners), step)]
            struck += [box_of(zip(quad[::2], quad[1::2], strict=True)) for quad in quads if len(quad) == step]
        elif kind == "/Link" and len(annotation.get("/Rect", ())) == 4:
            left, bottom, right, top = (float(each) for each in annotation["/Rect"])
            links.append(box_of(((left, bottom), (right, top))))
        elif kind == "/FreeText" and said:
            notes += left_out(Reason.NOTE, str(said), number)
    return struck, links, notes


def _listed(number: int, judge: Judge, found: Mapping[int, Mapping[int, Reason]]) -> Iterator[Exclusion]:
    letters = [
        (why, 0 if why is Reason.WATERMARK else round(glyph.foot), glyph.letter)
        for place, reasons in sorted(found.items())
        for at, why in sorted(reasons.items())
        if why is not Reason.REPEATED
        for glyph in (judge.glyphs(place)[at],)
    ]
    for (why, _), group in groupby(letters, key=lambda each: each[:2]):
        yield from left_out(why, "".join(letter for _, _, letter in group), number)
