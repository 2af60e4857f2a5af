"""Goes once through the operations of a page and notes what they draw."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from dataclasses import replace
from typing import Any

from ingest.readers.pdf.operations import Operation
from ingest.readers.pdf.unseen.drawing import THIN, Drawing, Painted, Piece, Run, State, coloured
from ingest.readers.pdf.unseen.geometry import IDENTITY, Box, Matrix, at, box_of, is_rectangle, matrix_of, times
from ingest.readers.pdf.unseen.layers import is_off, is_placed_off

_WHITE, _NO_INK = 0.95, 0.05
LEVEL = 0.3
"""Points by which the ends of a level line may differ."""
_LEAST_HEAD, _LARGEST_HEAD = 2.0, 20.0
"""Points that the head of an arrow measures."""
_GREY = ("/DeviceGray", "/CalGray", "/G")
_UNIT = ((0.0, 0.0), (1.0, 0.0), (1.0, 1.0), (0.0, 1.0))
_FILLS = (b"f", b"F", b"f*", b"B", b"B*", b"b", b"b*")
_STROKES = (b"S", b"s")


def drawn_by(operations: Sequence[Operation], resources: Any, off: frozenset[int]) -> Drawing:
    """Returns what the operations of a page draw.

    Args:
        operations: Operands and operator, in order.
        resources: The page's ``/Resources``.
        off: Object numbers of the layers that are switched off.
    """
    walk = _Walk(resources, off)
    for order, (operands, operator) in enumerate(operations):
        take = _TAKERS.get(operator)
        if take is not None:
            walk.order = order
            with suppress(ValueError, TypeError, IndexError, OverflowError):  # viewers go on past a damaged operation
                take(walk, operands)
        elif operator in _FILLS or operator in _STROKES or operator == b"n":
            walk.order = order
            walk.paint(operator)
    return walk.drawing


class _Walk:
    def __init__(self, resources: Any, off: frozenset[int]) -> None:
        self.resources, self.off = resources, off
        self.drawing = Drawing()
        self.order = 0
        self.state = State()
        self.stack: list[State] = []
        self.line: Matrix = IDENTITY
        self.run: Run | None = None
        self.paths: list[list[tuple[float, float]]] = []
        self.is_curved = self.is_clipping = False
        self.space = ""
        self.marked: list[bool] = []

    def change(self, **changes: Any) -> None:
        if any(getattr(self.state, name) != value for name, value in changes.items()):
            self.state = replace(self.state, **changes)

    def pop(self) -> None:
        if self.stack:
            self.state = self.stack.pop()

    def named(self, kind: str, name: Any) -> Any:
        """Returns an entry of the resources as it stands there, not looked up."""
        entries = self.resources.get(kind) if self.resources is not None else None
        found: Any = entries.get_object() if entries is not None else None
        return found.raw_get(name) if found is not None and name in found else None

    def move(self, line: Matrix) -> None:
        self.line = line
        self.run = None

    def shift(self, x: float, y: float) -> None:
        self.move(times((1.0, 0.0, 0.0, 1.0, x, y), self.line))

    def show(self, items: list[Any]) -> None:
        if self.run is None:
            self.run = Run(times(self.line, self.state.matrix))
            self.drawing.runs.append(self.run)
        self.run.pieces.append(Piece(self.order, items, self.state, any(self.marked)))

    def points(self, *corners: tuple[float, float]) -> list[tuple[float, float]]:
        return [at(self.state.matrix, x, y) for x, y in corners]

    def rectangle(self, operands: Any) -> None:
        x, y, wide, high = (float(each) for each in operands[:4])
        self.paths.append(self.points((x, y), (x + wide, y), (x + wide, y + high), (x, y + high)))

    def join(self, operands: Any, opens: bool) -> None:
        point = self.points((float(operands[-2]), float(operands[-1])))
        if opens or not self.paths:
            self.paths.append(point)
        else:
            self.paths[-1].extend(point)

    def curve(self, operands: Any) -> None:
        self.is_curved = True
        numbers = [float(each) for each in operands]
        if self.paths:
            self.paths[-1].extend(self.points(*zip(numbers[::2], numbers[1::2], strict=True)))

    def paint(self, operator: bytes) -> None:
        """Takes the end of a path: it is filled, stroked or becomes a clip."""
        state = self.state
        if self.paths and not any(self.marked):
            for path in self.paths if operator != b"n" else ():
                self._painted(path, operator in _FILLS)
        if self.is_clipping and self.paths:
            self.change(clip=state.clip.within(box_of(point for path in self.paths for point in path)))
        self.paths, self.is_curved, self.is_clipping = [], False, False

    def _painted(self, path: list[tuple[float, float]], is_filled: bool) -> None:
        state, box = self.state, box_of(path)
        is_level = is_rectangle(path) if is_filled else box.top - box.bottom <= LEVEL and not self.is_curved
        if not is_filled and min(box.right - box.left, box.top - box.bottom) > THIN:
            if not state.is_clear:
                (self.drawing.outlines if is_rectangle(path) else self.drawing.strokes).append(box)
            return
        if not is_filled:
            half = 0.5 * state.line_width * (abs(state.matrix[3]) or abs(state.matrix[1]) or 1.0)
            is_upright = box.right - box.left < box.top - box.bottom
            across, up = (half, 0.0) if is_upright else (0.0, half)
            box = Box(box.left - across, box.bottom - up, box.right + across, box.top + up)
        hides = is_filled and state.is_plain and not state.has_pattern
        is_cover = hides and len(self.paths) == 1 and is_rectangle(path)
        seen = box.within(state.clip)
        is_white = is_filled and state.is_white and not state.has_pattern
        if not state.is_clear and seen.left < seen.right:
            is_pointed = is_filled and not self.is_curved and _is_arrowhead(path, box)
            fill = state.fill if is_filled and not state.has_pattern else ()
            self.drawing.painted.append(
                Painted(self.order, seen, False, is_white, is_level, is_cover, fill, is_pointed)
            )

    def place(self, name: Any) -> None:
        """Takes an image or a form."""
        reference = self.named("/XObject", name)
        if reference is None:
            return
        placed = reference.get_object()
        is_form = placed.get("/Subtype") == "/Form"
        if any(self.marked) or is_placed_off(placed, self.off):
            return
        corners, matrix = _UNIT, self.state.matrix
        if is_form:
            left, bottom, right, top = (float(each) for each in placed.get("/BBox", (0, 0, 0, 0)))
            corners = ((left, bottom), (right, bottom), (right, top), (left, top))
            matrix = times(matrix_of(placed.get("/Matrix", IDENTITY)), matrix)
        box = box_of([at(matrix, x, y) for x, y in corners]).within(self.state.clip)
        self.drawing.painted.append(Painted(self.order, box, not is_form))

    def shade(self) -> None:
        self.drawing.painted.append(Painted(self.order, self.state.clip))

    def fill_with(self, operands: Any) -> None:
        numbers = [float(each) for each in operands if isinstance(each, (int, float))]
        has_pattern = len(numbers) < len(operands)
        is_known = len(numbers) != 1 or self.space in _GREY
        is_white = is_known and _is_white(numbers)
        self.state = coloured(self.state, tuple(numbers), is_white and not has_pattern, has_pattern)

    def fill_plain(self, operands: Any) -> None:
        """Takes a grey, a red-green-blue or a four-colour fill."""
        numbers = tuple(float(each) for each in operands)
        self.state = coloured(self.state, numbers, _is_white(numbers))

    def choose_space(self, name: str) -> None:
        self.space = name
        self.state = coloured(self.state, (0.0,), False)

    def apply(self, name: Any) -> None:
        """Takes a graphics state dictionary: opacity and blending."""
        reference = self.named("/ExtGState", name)
        if reference is None:
            return
        entries = reference.get_object()
        opacity = entries.get("/ca")
        if opacity is not None:
            self.change(is_clear=float(opacity) <= _NO_INK, is_plain=float(opacity) >= _WHITE)
        if str(entries.get("/BM", "/Normal")) not in ("/Normal", "/Compatible"):
            self.change(is_plain=False)
        if entries.get("/SMask", "/None") != "/None":
            self.change(is_plain=False)

    def mark(self, operands: Any) -> None:
        is_layer = len(operands) > 1 and operands[0] == "/OC" and isinstance(operands[1], str)
        self.marked.append(is_layer and is_off(self.named("/Properties", operands[1]), self.off))


def _is_arrowhead(path: Sequence[tuple[float, float]], box: Box) -> bool:
    """Returns whether a path is a triangle, or an arrowhead notched at its back, of some points' size."""
    corners = {(round(x, 1), round(y, 1)) for x, y in path}
    small, large = sorted((box.right - box.left, box.top - box.bottom))
    return len(corners) in (3, 4) and not is_rectangle(path) and small >= _LEAST_HEAD and large <= _LARGEST_HEAD


def _is_white(numbers: Sequence[float]) -> bool:
    if len(numbers) == 4:
        return max(numbers) <= _NO_INK
    return len(numbers) in (1, 3) and min(numbers) >= _WHITE


def _strings(items: Any) -> list[Any]:
    return [each for each in items if isinstance(each, (bytes, int, float))]


def _unmark(walk: _Walk) -> None:
    if walk.marked:
        walk.marked.pop()


def _next_line(walk: _Walk, operands: Any) -> None:
    walk.shift(0.0, -walk.state.leading)
    walk.show(_strings(operands[-1:]))


def _move_and_lead(walk: _Walk, operands: Any) -> None:
    walk.change(leading=-float(operands[1]))
    walk.shift(float(operands[0]), float(operands[1]))


_TAKERS: Mapping[bytes, Callable[[_Walk, Any], object]] = {
    b"q": lambda walk, _: walk.stack.append(walk.state),
    b"Q": lambda walk, _: walk.pop(),
    b"cm": lambda walk, by: walk.change(matrix=times(matrix_of(by), walk.state.matrix)),
    b"w": lambda walk, by: walk.change(line_width=float(by[0])),
    b"gs": lambda walk, by: walk.apply(by[0]),
    b"g": lambda walk, by: walk.fill_plain(by[:1]),
    b"rg": lambda walk, by: walk.fill_plain(by),
    b"k": lambda walk, by: walk.fill_plain(by),
    b"cs": lambda walk, by: walk.choose_space(str(by[0])),
    b"sc": lambda walk, by: walk.fill_with(by),
    b"scn": lambda walk, by: walk.fill_with(by),
    b"re": lambda walk, by: walk.rectangle(by),
    b"m": lambda walk, by: walk.join(by, True),
    b"l": lambda walk, by: walk.join(by, False),
    b"c": lambda walk, by: walk.curve(by),
    b"v": lambda walk, by: walk.curve(by),
    b"y": lambda walk, by: walk.curve(by),
    b"W": lambda walk, _: setattr(walk, "is_clipping", True),
    b"W*": lambda walk, _: setattr(walk, "is_clipping", True),
    b"Do": lambda walk, by: walk.place(by[0]),
    b"sh": lambda walk, _: walk.shade(),
    b"INLINE IMAGE": lambda walk, _: walk.drawing.painted.append(
        Painted(walk.order, box_of(walk.points(*_UNIT)), True)
    ),
    b"BDC": lambda walk, by: walk.mark(by),
    b"BMC": lambda walk, _: walk.marked.append(False),
    b"EMC": lambda walk, _: _unmark(walk),
    b"BT": lambda walk, _: walk.move(IDENTITY),
    b"Tm": lambda walk, by: walk.move(matrix_of(by)),
    b"Td": lambda walk, by: walk.shift(float(by[0]), float(by[1])),
    b"TD": _move_and_lead,
    b"T*": lambda walk, _: walk.shift(0.0, -walk.state.leading),
    b"Tf": lambda walk, by: walk.change(font=str(by[0]), size=float(by[1])),
    b"TL": lambda walk, by: walk.change(leading=float(by[0])),
    b"Tc": lambda walk, by: walk.change(spacing=float(by[0])),
    b"Tw": lambda walk, by: walk.change(word_spacing=float(by[0])),
    b"Tz": lambda walk, by: walk.change(stretch=float(by[0]) / 100.0),
    b"Ts": lambda walk, by: walk.change(rise=float(by[0])),
    b"Tr": lambda walk, by: walk.change(mode=int(by[0])),
    b"Tj": lambda walk, by: walk.show(_strings(by)),
    b"TJ": lambda walk, by: walk.show(_strings(by[0])),
    b"'": _next_line,
    b'"': _next_line,
}
"""What each operator that matters does (ISO 32000-1, annex A)."""
