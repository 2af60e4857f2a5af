"""Values of form fields, read beside the label that the page prints for each (ISO 32000-1, 12.7)."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Any

from ingest.readers.pdf.line import Line
from ingest.readers.pdf.lines import PdfPage
from ingest.readers.pdf.unseen.geometry import Box, Matrix, at, box_of
from ingest.readers.source_map import unmapped

_HIDDEN = 1 << 1 | 1 << 5
"""Flags of an annotation that nobody sees: hidden, no view."""
_SECRET = 1 << 13
"""Flag of a field that holds a password."""
_BUTTON = 1 << 16
"""Flag of a button that only does something when it is pressed."""
_DEEPEST = 16
_LEFT_REACH, _RIGHT_REACH, _ABOVE_REACH = 320.0, 60.0, 26.0
"""Points between a field and its label to its left, a tick and its label to its right, and a label above a field."""


@dataclass(frozen=True, slots=True)
class _Field:
    box: Box
    value: str
    is_tick: bool


def with_form_values(page: PdfPage, annotations: Sequence[Any], frame: Matrix) -> PdfPage:
    """Returns a page whose labels have the values of their fields beside them; a value without a label is left out.

    Args:
        page: As its letters make it.
        annotations: Of the page.
        frame: Makes the page stand upright.
    """
    lines = list(page.lines)
    for field in _fields(annotations, frame):
        place = _label_of(field, lines)
        if place is not None:
            lines[place] = _with_value(lines[place], field)
    return replace(page, lines=tuple(lines))


def _fields(annotations: Sequence[Any], frame: Matrix) -> Iterator[_Field]:
    for annotation in annotations:
        is_seen = not int(annotation.get("/F", 0)) & _HIDDEN
        if annotation.get("/Subtype") != "/Widget" or not is_seen or len(annotation.get("/Rect", ())) != 4:
            continue
        left, bottom, right, top = (float(each) for each in annotation["/Rect"])
        box = box_of(at(frame, x, y) for x in (left, right) for y in (bottom, top))
        kind, flags = _inherited(annotation, "/FT"), int(_inherited(annotation, "/Ff") or 0)
        if kind == "/Btn" and not flags & _BUTTON:
            is_on = str(annotation.get("/AS", "/Off")) != "/Off"
            yield _Field(box, "☑" if is_on else "☐", True)
        elif kind in ("/Tx", "/Ch") and not flags & _SECRET:
            value = _inherited(annotation, "/V")
            words = ", ".join(str(each) for each in value) if isinstance(value, list) else str(value or "")
            if words.strip():
                yield _Field(box, " ".join(words.split()), False)


def _inherited(field: Any, key: str) -> Any:
    for _ in range(_DEEPEST):
        if key in field:
            return field[key].get_object() if hasattr(field[key], "get_object") else field[key]
        if "/Parent" not in field:
            return None
        field = field["/Parent"].get_object()
    return None


def _label_of(field: _Field, lines: Sequence[Line]) -> int | None:
    """Returns the place of the line that names a field: before it at its height, or above it; after a tick."""
    box = field.box
    level = [
        (place, line)
        for place, line in enumerate(lines)
        if not line.turn and box.bottom <= line.y + 0.3 * line.size <= box.top
    ]
    before = [(box.left - line.right, place) for place, line in level if -2 <= box.left - line.right <= _LEFT_REACH]
    after = [(line.x - box.right, place) for place, line in level if -2 <= line.x - box.right <= _RIGHT_REACH]
    above = [
        (line.y - box.top, place)
        for place, line in enumerate(lines)
        if not line.turn and -2 <= line.y - box.top <= _ABOVE_REACH and line.x <= box.right and line.right >= box.left
    ]
    for near in (after, before) if field.is_tick else (before, above):
        if near:
            return min(near)[1]
    return None


def _with_value(line: Line, field: _Field) -> Line:
    if field.is_tick and field.box.left < line.x:
        sign = f"{field.value} "
        marks = tuple((offset + len(sign), mark) for offset, mark in line.marks)
        return replace(line, text=unmapped(sign) + line.text, x=field.box.left, marks=marks)
    return replace(line, text=line.text + unmapped(f" {field.value}"), right=max(line.right, field.box.right))
