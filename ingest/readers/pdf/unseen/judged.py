"""Which letters of a page nobody sees, and which its author struck out."""

from __future__ import annotations

from bisect import bisect_left
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence

from ingest.readers.pdf.faces import PageFonts
from ingest.readers.pdf.unseen.drawing import Drawing, Painted, Run
from ingest.readers.pdf.unseen.geometry import Box
from ingest.readers.pdf.unseen.glyphs import Glyph, glyphs_of
from ingest.readers.unseen import Reason

_NOWHERE_MODES = (3, 7)
_LOWEST_STRIKE, _HIGHEST_STRIKE = 0.14, 0.5
"""Shares of the size above the foot of a line between which a line strikes it out: above an underline, below the
tops of small letters."""
_OVER = 2.5
"""Sizes by which a line that strikes words out may reach past them; a longer one rules a table or a form."""
_SLACK = 1.0
"""Points by which the middle of a letter may lie outside and still be inside."""
_FEWEST = 2
"""Letters that a line must cross to strike them out."""
_WATERMARK = 30.0
"""Size in points from which a slanting word is a watermark."""
_STREWN = 3
"""Times that the same slanting words stand on a page from which they are a watermark."""
_SLANT = 0.2
"""Least rise of a slanting line, by its run, and least run by its rise."""
_SAME_PLACE = 0.12
"""Sizes within which the same words drawn twice are one, made bold or shadowed by the second."""


class Judge:
    """Judges the runs of one page."""

    def __init__(self, drawing: Drawing, fonts: PageFonts, visible: Box, struck: Sequence[Box]) -> None:
        self.drawing, self.fonts, self.visible, self.struck = drawing, fonts, visible, struck
        self.covers = [each for each in drawing.painted if each.is_cover and not each.is_line]
        self.lines = sorted((each for each in drawing.painted if each.is_line), key=_height)
        self.heights = [_height(each) for each in self.lines]
        self.pictures = [each for each in drawing.painted if each.is_image]
        self.has_visible = any(
            piece.state.mode not in _NOWHERE_MODES for run in drawing.runs for piece in run.pieces if not piece.is_off
        )
        self._last_at: tuple[tuple[int, float], list[Painted]] = ((0, 0.0), [])
        self._glyphs: dict[int, list[Glyph]] = {}
        self._strewn = Counter(_said(run) for run in drawing.runs if _is_slanting(run))
        self._doubled = frozenset(_doubled(drawing.runs))

    def found(self) -> dict[int, dict[int, Reason]]:
        """Returns for each run, by its place, why each of its letters is left out; letters that are seen are not there."""
        left_out: dict[int, dict[int, Reason]] = {}
        crossed: dict[int, list[int]] = {}
        for place, run in enumerate(self.drawing.runs):
            if (whole := self._why_whole(place, run)) is not None:
                left_out[place] = dict.fromkeys(range(len(self.glyphs(place))), whole)
            elif self._is_doubtful(run):
                hidden = {at: why for at, each in enumerate(self.glyphs(place)) if (why := self._why(run, each))}
                left_out[place] = hidden
            for line in self._crossing(run):
                crossed.setdefault(line, []).append(place)
        for line, places in crossed.items():
            for place, at in self._struck_by(self.lines[line].box, places):
                left_out.setdefault(place, {}).setdefault(at, Reason.WITHDRAWN)
        return {place: letters for place, letters in left_out.items() if letters}

    def _why_whole(self, place: int, run: Run) -> Reason | None:
        if place in self._doubled:
            return Reason.REPEATED
        is_mark = _is_slanting(run) and (run.size >= _WATERMARK or self._strewn[_said(run)] >= _STREWN)
        return Reason.WATERMARK if is_mark else None

    def glyphs(self, place: int) -> list[Glyph]:
        """Returns the letters of a run."""
        if place not in self._glyphs:
            self._glyphs[place] = list(glyphs_of(self.drawing.runs[place], self.fonts))
        return self._glyphs[place]

    def _is_doubtful(self, run: Run) -> bool:
        """Returns whether any letter of a run may not be seen, by what is quick to tell."""
        first = run.pieces[0]
        if any(
            piece.is_off or piece.state.mode in _NOWHERE_MODES or piece.state.is_white or piece.state.is_clear
            for piece in run.pieces
        ):
            return True
        high = abs(run.start[3]) * abs(first.state.size)
        x, y = run.start[4], run.start[5] + 0.3 * high
        is_level = run.start[1] == 0
        if not self.visible.holds(x, y, _SLACK) or not first.state.clip.holds(x, y, _SLACK):
            return True
        later = (each for each in self.covers if each.order > first.order)
        if any(not is_level or each.box.bottom <= y <= each.box.top for each in later):
            return True
        return any(not is_level or each.bottom <= y <= each.top for each in self.struck)

    def _why(self, run: Run, glyph: Glyph) -> Reason | None:
        piece, x, y = run.pieces[glyph.piece], glyph.x, glyph.y
        tests: tuple[Callable[[], bool], ...] = (
            lambda: piece.is_off or piece.state.is_clear,
            lambda: piece.state.mode in _NOWHERE_MODES and self.has_visible and not _holds(self.pictures, x, y),
            lambda: not self.visible.holds(x, y, _SLACK),
            lambda: not piece.state.clip.holds(x, y, glyph.size),
            lambda: piece.state.is_white and piece.state.mode == 0 and self._is_on_white(piece.order, x, y),
            lambda: _holds((each for each in self._at(self.covers, y) if each.order > piece.order), x, y),
        )
        if any(test() for test in tests):
            return Reason.HIDDEN
        return Reason.WITHDRAWN if any(each.holds(x, y) for each in self.struck) else None

    def _is_on_white(self, order: int, x: float, y: float) -> bool:
        """Returns whether nothing dark was painted under a place, or something white over that."""
        painted = self._at(self.drawing.painted, y)
        below = [each for each in painted if each.order < order and each.box.holds(x, y, _SLACK)]
        return not below or (below[-1].is_white and below[-1].is_cover)

    def _at(self, painted: Sequence[Painted], y: float) -> list[Painted]:
        """Returns what is painted at a height, or within the slack of it; the last answer is kept."""
        key = id(painted), y
        if self._last_at[0] != key:
            self._last_at = (key, [each for each in painted if each.box.bottom - _SLACK <= y <= each.box.top + _SLACK])
        return self._last_at[1]

    def _crossing(self, run: Run) -> Iterable[int]:
        """Returns the places of the lines that may strike a level run out."""
        if run.start[1] or not self.lines:
            return ()
        size = abs(run.start[3]) * abs(run.pieces[0].state.size)
        foot = run.start[5]
        first = bisect_left(self.heights, foot + _LOWEST_STRIKE * size)
        last = bisect_left(self.heights, foot + _HIGHEST_STRIKE * size)
        return range(first, last)

    def _struck_by(self, line: Box, places: Sequence[int]) -> list[tuple[int, int]]:
        near = [(place, at, each) for place in places for at, each in enumerate(self.glyphs(place))]
        printed = [each for _, _, each in near if each.letter.strip()]
        if not printed:
            return []
        over = _OVER * max(each.size for each in printed)
        is_rule = (
            line.left < min(each.x for each in printed) - over or line.right > max(each.x for each in printed) + over
        )
        inside = [(place, at, each) for place, at, each in near if line.left <= each.x <= line.right]
        crossed = sum(bool(each.letter.strip()) for _, _, each in inside)
        return [] if is_rule or crossed < _FEWEST else [(place, at) for place, at, _ in inside]


def _height(painted: Painted) -> float:
    return (painted.box.bottom + painted.box.top) / 2


def _holds(painted: Iterable[Painted], x: float, y: float) -> bool:
    return any(each.box.holds(x, y) for each in painted)


def _doubled(runs: Sequence[Run]) -> Iterator[int]:
    """Yields the places of the runs that say again, at the same place, what a run before them says."""
    said: dict[tuple[bytes, int], list[tuple[float, float]]] = {}
    for place, run in enumerate(runs):
        words = b"".join(item for piece in run.pieces for item in piece.items if isinstance(item, bytes))
        near = _SAME_PLACE * run.size
        x, y = run.start[4], run.start[5]
        before = said.setdefault((words, round(run.pieces[0].state.size)), [])
        if words.strip() and any(abs(x - a) <= near and abs(y - b) <= near for a, b in before):
            yield place
        else:
            before.append((x, y))


def _is_slanting(run: Run) -> bool:
    across, up = abs(run.start[0]), abs(run.start[1])
    return min(across, up) > _SLANT * max(across, up)


def _said(run: Run) -> bytes:
    """Returns the codes of a run's letters, one after another."""
    return b"".join(item for piece in run.pieces for item in piece.items if isinstance(item, bytes))
