"""Brings the lines of a page into reading order where the file holds them in another."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise

from assistant.text.markup import BULLETS
from ingest.readers.labels import BARE_LABEL
from ingest.readers.pdf.line import Line
from ingest.readers.source_map import joined

_ALONE = BULLETS.replace("✓", "").replace("·", "")
"""A tick or a dot alone is more often all that a cell of a table holds."""
_BULLET = re.compile(rf"^(?:[{_ALONE}–—-]|o)$")
_BESIDE_LABEL = 16.0
"""Points between the label of an item, "(ba)", and its words, at most."""
SAME_HEIGHT = 3.0
"""Points within which a bullet and its text stand on one line."""
TAB = 60.0
"""Points that a tab after a bullet reaches."""
ASIDE = 60.0
"""Points sideways from which a line stands in another column."""


def with_bullets(lines: Sequence[Line]) -> tuple[Line, ...]:
    """Returns the lines with bullets and labels that the file holds apart put before their text."""
    alone: list[Line] = []
    rest: list[Line] = []
    for line in lines:
        (alone if _BULLET.match(line.words) or BARE_LABEL.match(line.words) else rest).append(line)
    for bullet in alone:
        most = bullet.right - bullet.x + _BESIDE_LABEL if BARE_LABEL.match(bullet.words) else TAB
        near = [
            (line.x - bullet.x, place)
            for place, line in enumerate(rest)
            if abs(line.y - bullet.y) <= SAME_HEIGHT and 0 < line.x - bullet.x <= most
        ]
        if near:
            place = min(near)[1]
            text = joined([bullet.text, rest[place].text], " ")
            shifted = tuple((at + len(bullet.words) + 1, mark) for at, mark in rest[place].marks)
            rest[place] = replace(rest[place], x=bullet.x, text=text, marks=shifted)
        else:
            rest.append(bullet)
    return tuple(sorted(rest, key=lambda line: line.order))


def in_reading_order(lines: Sequence[Line]) -> tuple[Line, ...]:
    """Returns the lines from top to bottom, unless some stand side by side: then as the file has them.

    Word processors write text boxes after the running text; where nothing stands beside anything else, the
    height on the page is the order of reading.
    """
    ordered = sorted(lines, key=lambda line: -line.y)
    if any(_is_beside(before, after) for before, after in pairwise(ordered)):
        return tuple(lines)
    return tuple(ordered)


def _is_beside(before: Line, after: Line) -> bool:
    """Returns whether a line stands beside the one above it: at its height, or in another column and overlapping."""
    share = 0.9 if abs(before.x - after.x) > ASIDE else 0.5
    return before.y - after.y < share * min(before.size, after.size)
