"""The chart of usage: a column a week, stacked by outcome; every number is also in the table below it."""

from __future__ import annotations

from dataclasses import dataclass

from assistant.quality.usage import OUTCOMES, Usage

HEIGHT, TOP = 120, 6
COLUMN, GAP = 34, 10
STATES = {"answered": "answered", "partly_answered": "partly", "refused": "absent", "signposted": "asked"}
"""Outcome to the style of its segment."""


@dataclass(frozen=True, slots=True)
class Segment:
    """A part of a column."""

    state: str
    y: float
    height: float


@dataclass(frozen=True, slots=True)
class Column:
    """One week."""

    week: str
    x: int
    segments: tuple[Segment, ...]
    is_hidden: bool
    """Whether its number is not shown."""


@dataclass(frozen=True, slots=True)
class UsageChart:
    """The chart in SVG units."""

    columns: tuple[Column, ...]
    width: int
    height: int
    most: int
    """Questions of the highest column."""


def usage_chart(usage: Usage) -> UsageChart:
    """Returns the chart; a count that is not shown has no segment of its own, and what is left of its week is grey."""
    most = max([1, *(count for count in usage.by_week.values() if count)])
    columns = tuple(
        Column(week, GAP + place * (COLUMN + GAP), _segments(usage, week, most), usage.by_week[week] is None)
        for place, week in enumerate(usage.weeks)
    )
    return UsageChart(columns, GAP + len(columns) * (COLUMN + GAP), HEIGHT, most)


def _segments(usage: Usage, week: str, most: int) -> tuple[Segment, ...]:
    total = usage.by_week[week]
    if not total:
        return ()
    outcomes = next(table for table in usage.tables if table.name == "outcome")
    counts = [(STATES[name], outcomes.cells[week, name] or 0) for name in OUTCOMES]
    counts.append(("unshown", total - sum(count for _, count in counts)))
    segments, y = [], float(HEIGHT)
    for state, count in counts:
        if count:
            height = (HEIGHT - TOP) * count / most
            y -= height
            segments.append(Segment(state, round(y, 1), round(height, 1)))
    return tuple(segments)
