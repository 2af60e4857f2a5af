"""What the charts of the coverage pages show, as tables: each bar and each cell has its number beside it."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass

from api.web.labels import state_name
from assistant.coverage.decisions import Judged, JudgedPart
from assistant.model import Kind

MONTHS = 24
"""Most months of the chart over time, the last ones."""
WHOLE = 240
"""Width of the longest bar."""


@dataclass(frozen=True, slots=True)
class Piece:
    """A piece of a bar."""

    state: str
    count: int
    x: int
    width: int


@dataclass(frozen=True, slots=True)
class Bar:
    """One line of a chart: a name, its bar in pieces, and the numbers in words."""

    name: str
    pieces: tuple[Piece, ...]
    told: str


@dataclass(frozen=True, slots=True)
class TopicLine:
    """One line of the topic map: a finding for each kind of document, None where nothing was asked."""

    topic: str
    cells: tuple[Judged | None, ...]


def bar(name: str, counts: dict[str, int], most: int) -> Bar:
    """Returns a bar; ``most`` is the number that the whole width stands for."""
    pieces, x = [], 0
    for state, count in counts.items():
        if count:
            width = max(2, round(WHOLE * count / max(most, 1)))
            pieces.append(Piece(state, count, x, width))
            x += width
    told = ", ".join(f"{count} {state_name(state).lower()}" for state, count in counts.items() if count)
    return Bar(name, tuple(pieces), told or "none")


def part_bars(parts: tuple[JudgedPart, ...]) -> dict[str, Bar]:
    """Returns for each part its findings by state, each bar over the whole width."""
    return {each.part.name: bar(each.part.title, each.counts(), len(each.rows)) for each in parts}


def duty_bars(part: JudgedPart) -> tuple[Bar, ...]:
    """Returns duty states by who is bound, the group with most duties first."""
    groups: dict[str, Counter[str]] = {}
    for each in part.rows:
        groups.setdefault(each.row.fact("group"), Counter())[each.state] += 1
    most = max((sum(found.values()) for found in groups.values()), default=0)
    ordered = sorted(groups.items(), key=lambda item: (-sum(item[1].values()), item[0]))
    return tuple(bar(name, {state: found[state] for state in part.states()}, most) for name, found in ordered)


def month_bars(part: JudgedPart) -> tuple[Bar, ...]:
    """Returns how often the open questions were asked, month by month."""
    found: Counter[str] = Counter()
    for each in part.rows:
        found.update(dict(each.row.series))
    most = max(found.values(), default=0)
    return tuple(bar(month, {"asked": found[month]}, most) for month in sorted(found)[-MONTHS:])


def topic_lines(part: JudgedPart) -> tuple[tuple[Kind, ...], tuple[TopicLine, ...]]:
    """Returns the kinds of the topic map, the highest authority first, and its lines, the least answered first."""
    cells = {tuple(each.row.key.rsplit("/", 1)): each for each in part.rows}
    kinds = tuple(kind for kind in Kind if any(key[1] == kind.value for key in cells))
    titles = {key[0]: each.row.fact("topic") for key, each in cells.items()}
    lines = [TopicLine(title, tuple(cells.get((name, kind.value)) for kind in kinds)) for name, title in titles.items()]
    return kinds, tuple(sorted(lines, key=lambda line: (_answered(line), line.topic)))


def _answered(line: TopicLine) -> float:
    weights = {"answered": 1.0, "covered": 1.0, "partly": 0.5}
    return sum(weights.get(each.state, 0.0) for each in line.cells if each is not None)
