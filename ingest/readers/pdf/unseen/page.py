"""Takes the words that nobody sees, or that are struck out, from a page before its text is read."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from itertools import groupby
from typing import Any

from pypdf import PageObject
from pypdf.generic import ArrayObject, ByteStringObject, ContentStream, FloatObject, NameObject

from assistant.model import Exclusion
from ingest.readers.pdf.unseen.drawing import Drawing, Operation, Piece
from ingest.readers.pdf.unseen.forms import WrittenOut
from ingest.readers.pdf.unseen.geometry import Box, box_of
from ingest.readers.pdf.unseen.glyphs import Fonts, Glyph
from ingest.readers.pdf.unseen.judged import Judge
from ingest.readers.pdf.unseen.walk import drawn_by
from ingest.readers.unseen import Reason, left_out


def without_unseen(page: PageObject, number: int, off: frozenset[int]) -> tuple[Exclusion, ...]:
    """Takes words out of a page as it is held in memory, and returns them with the reason.

    Struck out are words under a drawn line or a StrikeOut annotation; unseen are words outside the crop box or a
    clip, on a layer that is switched off, under a filled box that was drawn later, without opacity, white on white,
    and in a rendering mode that leaves nothing, but for a layer of recognised text over a picture.

    Args:
        page: Its ``/Contents`` and ``/Resources`` are replaced: forms with text in them are written out.
        number: Of the page, 1 for the first.
        off: Object numbers of the layers that are switched off.
    """
    contents, given = page.get("/Contents"), page.get("/Resources")
    if contents is None or given is None:
        return ()
    stream = ContentStream(contents.get_object(), page.pdf, "bytes")
    written = WrittenOut(stream.operations, given.get_object(), page.pdf, off)
    resources, operations = written.resources, written.operations
    drawing = drawn_by(operations, resources, off)
    struck, notes = _annotations(page, number)
    judge = Judge(drawing, Fonts(resources), _visible(page), struck)
    found = judge.found()
    is_changed = bool(found or drawing.forms_off)
    stream.operations = _remaining(operations, drawing, judge, found) if is_changed else operations
    page[NameObject("/Contents")], page[NameObject("/Resources")] = stream, resources
    return (*_listed(number, judge, found), *notes)


def _visible(page: PageObject) -> Box:
    crop, media = page.cropbox, page.mediabox
    left, right = sorted((float(crop.left), float(crop.right)))
    low, high = sorted((float(crop.bottom), float(crop.top)))
    edges = sorted((float(media.left), float(media.right))), sorted((float(media.bottom), float(media.top)))
    inner = Box(left, low, right, high).within(Box(edges[0][0], edges[1][0], edges[0][1], edges[1][1]))
    return inner if inner.left < inner.right and inner.bottom < inner.top else Box(*edges[0], *edges[1])


def _annotations(page: PageObject, number: int) -> tuple[list[Box], list[Exclusion]]:
    """Returns the boxes of words struck out by hand, and the notes written on the page."""
    struck: list[Box] = []
    notes: list[Exclusion] = []
    listed: Any = page.get("/Annots")
    for reference in listed.get_object() if listed is not None else ():
        annotation: Any = reference.get_object()
        if not hasattr(annotation, "get"):
            continue
        kind, said = annotation.get("/Subtype"), annotation.get("/Contents")
        if kind == "/StrikeOut":
            corners = [float(each) for each in annotation.get("/QuadPoints") or annotation.get("/Rect") or ()]
            step = 8 if annotation.get("/QuadPoints") else 4
            quads = [corners[at : at + step] for at in range(0, len(corners), step)]
            struck += [box_of(zip(quad[::2], quad[1::2], strict=True)) for quad in quads if len(quad) == step]
        elif kind == "/FreeText" and said:
            notes += left_out(Reason.NOTE, str(said), number)
    return struck, notes


def _remaining(
    operations: Sequence[Operation], drawing: Drawing, judge: Judge, found: Mapping[int, Mapping[int, Reason]]
) -> list[Operation]:
    changed: dict[int, Operation] = {}
    for place, letters in found.items():
        gone = [judge.glyphs(place)[at] for at in sorted(letters)]
        for number, glyphs in groupby(gone, key=lambda each: each.piece):
            piece = drawing.runs[place].pieces[number]
            changed[piece.order] = ([ArrayObject(_items(piece, list(glyphs)))], b"TJ")
    remaining: list[Operation] = []
    for order, operation in enumerate(operations):
        if order in changed and operation[1] in (b"'", b'"'):
            remaining.append(([], b"T*"))
        if order not in drawing.forms_off:
            remaining.append(changed.get(order, operation))
    return remaining


def _items(piece: Piece, gone: Sequence[Glyph]) -> Iterator[Any]:
    """Yields what a piece still shows, with a gap as wide as what was taken out, its letters in order."""
    scale = piece.state.size * piece.state.stretch / 1000.0 or 1.0
    for place, item in enumerate(piece.items):
        if not isinstance(item, bytes):
            yield FloatObject(item)
            continue
        at = 0
        for glyph in (each for each in gone if each.item == place):
            if glyph.start > at:
                yield ByteStringObject(item[at : glyph.start])
            yield FloatObject(-glyph.advance / scale)
            at = glyph.end
        if at < len(item):
            yield ByteStringObject(item[at:])


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
