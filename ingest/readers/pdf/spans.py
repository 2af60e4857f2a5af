"""Spans of a page: letters that stand one after another on one line, with the place of each."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import groupby
from math import hypot
from typing import Any

from ingest.readers.pdf.areas import Areas
from ingest.readers.pdf.faces import Face, PageFonts
from ingest.readers.pdf.unseen.drawing import Drawing, Run, State
from ingest.readers.pdf.unseen.geometry import Matrix, at, times
from ingest.readers.pdf.unseen.glyphs import SPACE, advance

TOUCHING = 0.14
"""Sizes without ink up to which two letters belong to one word where the file shows no space."""
CLOSE = 0.04
"""Sizes without ink up to which a space that the file shows is none: the next letters are moved back over it."""
APART = 0.9
"""Sizes without ink from which words belong to different spans, which may be cells, columns or the page's two ends."""
WORD_GAP = 0.45
"""Sizes without ink that the space between two words seldom reaches; a file that moves on by more may open a cell."""
_KERNING = 60
"""Thousandths of the size by which a file moves letters of one word closer or apart."""
_BACK = 0.5
"""Sizes by which a letter may stand before the end of the one before it."""
_LEVEL = 0.03
"""Sizes by which the feet of one span may differ."""
INK = 0.25
"""Share of the size above the foot of a line at which an upright line must pass to part words."""
_RAISED, _RAISED_SIZE = 0.34, 0.6
"""Shares of the size at which a digit that its font draws raised stands above the line, and of its own size."""
_NEAR = 0.1
"""Sizes by which two readings of where a letter starts may differ."""
_SLANT = 0.1
"""Rise of a line by its run up to which it is level."""
LEAST_SIZE = 3.0
"""Smaller text than this, in points, is a leftover of the word processor that nobody can see."""
_TURNS: Mapping[int, Matrix] = {
    0: (1.0, 0.0, 0.0, 1.0, 0.0, 0.0),
    90: (0.0, -1.0, 1.0, 0.0, 0.0, 0.0),
    180: (-1.0, 0.0, 0.0, -1.0, 0.0, 0.0),
    270: (0.0, 1.0, -1.0, 0.0, 0.0, 0.0),
}
"""What makes text level that runs up by so many degrees."""


@dataclass(slots=True)
class Span:
    """Letters of one font and size on one line. Coordinates are points, level as the text is."""

    text: str
    lefts: list[float]
    """Left edge of each character of the text."""
    right: float
    """Where the pen stands after its last character."""
    y: float
    """Foot of its letters."""
    size: float
    font: str
    is_bold: bool
    turn: int
    """Degrees by which the text runs up from the level: 0, 90, 180 or 270."""
    order: int
    """Place in the order of the file."""
    opens_word: bool = True
    """Whether a space, or more, stands between it and the span before it on its line."""

    @property
    def left(self) -> float:
        """Left edge of its first letter."""
        return self.lefts[len(self.text) - len(self.text.lstrip())] if self.text.strip() else self.lefts[0]

    @property
    def ink_right(self) -> float:
        """Right edge of its last letter."""
        length = len(self.text.rstrip())
        return self.lefts[length] if length < len(self.lefts) else self.right


def spans_of(
    drawing: Drawing,
    removed: Mapping[int, Collection[int]],
    fonts: PageFonts,
    frame: Matrix,
    areas: Areas,
    raised: Sequence[tuple[float, float]] = (),
) -> list[Span]:
    """Returns the letters of a page as spans, in the order of the file.

    Args:
        drawing: What the page draws.
        removed: For a run, by its place, the places of the letters that are left out.
        fonts: Of the page.
        frame: Makes the page stand upright.
        areas: Of the page; words on either side of an upright line belong to different spans.
        raised: Where the digits start that their font draws raised, before the frame.
    """
    writer = _Writer(areas, [at(frame, *start) for start in raised])
    for place, run in enumerate(drawing.runs):
        writer.run(run, removed.get(place, ()), fonts, frame)
    return [span for span in writer.spans if span.text.strip() and span.size >= LEAST_SIZE]


def turned(start: Matrix) -> int:
    """Returns by how many degrees text runs up from the level, to a quarter turn; slanting text to the nearest."""
    across, up = start[0], start[1]
    if abs(across) >= abs(up):
        return 0 if across >= 0 else 180
    return 90 if up > 0 else 270


@dataclass(slots=True)
class _Shown:
    """Letters that one string of the file shows."""

    text: str
    lefts: list[float]
    right: float
    y: float
    size: float
    face: Face
    turn: int
    is_same_run: bool
    """Whether it goes on where the string before it ends, but for a shift."""

    def cut_space(self) -> bool:
        """Cuts the white space at its start, and returns whether there was any."""
        length = len(self.text) - len(self.text.lstrip())
        if length:
            self.text, self.lefts = self.text[length:], self.lefts[length:]
        return length > 0


class _Writer:
    def __init__(self, areas: Areas, raised: Sequence[tuple[float, float]]) -> None:
        self.spans: list[Span] = []
        self._areas = areas
        self._raised = {turn: [at(matrix, *start) for start in raised] for turn, matrix in _TURNS.items()}
        self._was_removed = False

    def run(self, run: Run, removed: Collection[int], fonts: PageFonts, frame: Matrix) -> None:
        start = times(run.start, frame)
        turn = turned(start)
        start = times(start, _TURNS[turn])
        scale, rise = hypot(start[0], start[1]), start[3] or 1.0
        high = hypot(start[2], start[3])
        along, code, is_same_run = 0.0, 0, False
        for piece in run.pieces:
            state = piece.state
            face = fonts.named(state.font)
            size = round(abs(state.size) * high, 1)
            foot = start[5] + state.rise * rise
            if face is None:
                continue
            for text, lefts, gone, right in _strings(piece.items, face, state, along, code, removed):
                code += gone
                if text:
                    placed = [start[4] + scale * each for each in lefts]
                    height = foot + start[1] * lefts[0]
                    shown = _Shown(text, placed, start[4] + scale * right, height, size, face, turn, is_same_run)
                    for part in self._by_height(shown):
                        self._put(part)
                    is_same_run = True
                elif gone and removed:
                    self._was_removed = True
                along = right

    def _by_height(self, shown: _Shown) -> Iterator[_Shown]:
        """Yields a string in parts, the digits that its font draws raised at the height and in the size of their ink."""
        near = _NEAR * shown.size
        starts = [x for x, y in self._raised[shown.turn] if abs(y - shown.y) <= near]
        if not starts:
            yield shown
            return
        is_raised = [
            letter.isdigit() and any(abs(left - x) <= near for x in starts)
            for letter, left in zip(shown.text, shown.lefts, strict=True)
        ]
        edges = [*shown.lefts, shown.right]
        for raised, places in groupby(range(len(shown.text)), is_raised.__getitem__):
            held = list(places)
            first, end = held[0], held[-1] + 1
            part = replace(shown, text=shown.text[first:end], lefts=edges[first:end], right=edges[end])
            yield _lifted(part) if raised else part

    def _put(self, shown: _Shown) -> None:
        last = self.spans[-1] if self.spans else None
        if last is None or last.turn != shown.turn or abs(last.y - shown.y) > _LEVEL * max(shown.size, last.size):
            self._open(shown, True)
            return
        if shown.text.isspace():
            _add_space(last, shown)
            return
        has_space = shown.cut_space()
        gap = shown.lefts[0] - last.ink_right
        is_removed_between = self._was_removed and -_BACK * shown.size <= gap
        self._was_removed = False
        if not is_removed_between and not self._is_one(last, shown, gap):
            self._open(shown, True)
            return
        is_spaced = is_removed_between or has_space or last.text[-1:].isspace()
        is_word = gap > TOUCHING * shown.size or (is_spaced and gap > CLOSE * shown.size)
        if _is_alike(last, shown):
            _append(last, shown, is_word)
        else:
            self._open(shown, is_word)

    def _is_one(self, last: Span, shown: _Shown, gap: float) -> bool:
        """Returns whether nothing but the space between words stands between a span and what is shown next."""
        apart = APART if shown.is_same_run else WORD_GAP
        if not -_BACK * shown.size <= gap <= apart * shown.size:
            return False
        height = shown.y + INK * shown.size
        may_part = gap > 0.5 or (gap > -1.0 and not shown.is_same_run)
        return not may_part or shown.turn != 0 or not self._areas.part(last.ink_right, shown.lefts[0], height)

    def _open(self, shown: _Shown, is_word: bool) -> None:
        face, order = shown.face, len(self.spans)
        span = Span(
            shown.text,
            shown.lefts,
            shown.right,
            shown.y,
            shown.size,
            face.name,
            face.is_bold,
            shown.turn,
            order,
            is_word,
        )
        self.spans.append(span)
        self._was_removed = False


def _lifted(shown: _Shown) -> _Shown:
    size = shown.size
    return replace(shown, y=shown.y + _RAISED * size, size=round(_RAISED_SIZE * size, 1), is_same_run=False)


def _is_alike(last: Span, shown: _Shown) -> bool:
    is_mark = not shown.is_same_run and shown.text.strip().isdigit() and last.text.strip().isdigit()
    return last.size == shown.size and last.font == shown.face.name and not is_mark


def _append(last: Span, shown: _Shown, is_word: bool) -> None:
    kept = len(last.text.rstrip())
    if is_word:
        end = last.lefts[kept] if kept < len(last.lefts) else last.right
        last.text = f"{last.text[:kept]} {shown.text}"
        last.lefts[kept:] = [end, *shown.lefts]
    else:
        last.text = last.text[:kept] + shown.text
        last.lefts[kept:] = shown.lefts
    last.right = shown.right


def _add_space(last: Span, shown: _Shown) -> None:
    if -_BACK * last.size <= shown.lefts[0] - last.right <= APART * last.size:
        last.text += shown.text
        last.lefts += shown.lefts
        last.right = shown.right


def _strings(
    items: Sequence[Any], face: Face, state: State, along: float, code: int, removed: Collection[int]
) -> Iterator[tuple[str, list[float], int, float]]:
    """Yields what strings show: text, where each character starts, how many codes it has, and where the pen ends.

    Strings that a file shifts by no more than the spacing of letters are one, unless letters are removed.
    """
    text: list[str] = []
    lefts: list[float] = []
    count, right = 0, along
    shift = -0.001 * state.size * state.stretch
    for item in items:
        if isinstance(item, bytes):
            gone, along = _letters(item, face, state, along, code + count, removed, text, lefts)
            count += gone
            right = along
            continue
        if count and (removed or abs(item) > _KERNING):
            yield "".join(text), lefts, count, right
            code += count
            text, lefts, count = [], [], 0
        along += item * shift
    yield "".join(text), lefts, count, right
    if along != right:
        yield "", [], 0, along


def _letters(
    item: bytes,
    face: Face,
    state: State,
    along: float,
    code: int,
    removed: Collection[int],
    text: list[str],
    lefts: list[float],
) -> tuple[int, float]:
    """Adds what a string shows and where each character starts; returns how many codes it has, where the pen ends."""
    codes = face.codes(item)
    size, spacing, stretch = state.size, state.spacing, state.stretch
    has_words = state.word_spacing != 0.0
    at = 0
    for number, (letter, width, length) in enumerate(codes):
        if not removed or code + number not in removed:
            text.append(letter)
            if len(letter) == 1:
                lefts.append(along)
            else:
                lefts.extend([along] * len(letter))
        if has_words:
            along += advance(state, width, length == 1 and item[at] == SPACE)
            at += length
        else:
            along += (width * size + spacing) * stretch
    return len(codes), along
