"""Data of the charts on the coverage pages; every bar and cell also has its number as text."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass

from api.web.labels import state_name
from assistant.coverage.decisions import DecidedRow, DecidedSection
from assistant.coverage.sections.duties import DutyFacts
from assistant.coverage.sections.topics import TopicFacts
from assistant.model import Kind

MONTHS = 24
"""Most months in the chart over time; the latest are shown."""
WHOLE = 240
"""Width of the longest bar, in SVG units."""


@dataclass(frozen=True, slots=True)
class Piece:
    """A segment of a bar."""

    state: str
    count: int
    x: int
    width: int


@dataclass(frozen=True, slots=True)
class Bar:
    """One line of a chart: a name, the segments of its bar, and the numbers as text."""

    name: str
    pieces: tuple[Piece, ...]
    text: str


@dataclass(frozen=True, slots=True)
class TopicRow:
    """One line of the topic map: a finding for each document type, None where nothing was asked."""

    topic: str
    cells: tuple[DecidedRow | None, ...]


def bar(name: str, counts: dict[str, int], most: int) -> Bar:
    """Returns a bar; ``most`` is the number that fills the whole width."""
    pieces, x = [], 0
    for state, count in counts.items():
        if count:
            width = max(2, round(WHOLE * count / max(most, 1)))
            pieces.append(Piece(state, count, x, width))
            x += width
    text = ", ".join(f"{count} {state_name(state).lower()}" for state, count in counts.items() if count)
    return Bar(name, tuple(pieces), text or "none")


def section_bars(sections: tuple[DecidedSection, ...]) -> dict[str, Bar]:
    """Returns the findings by state of each section, each bar at full width."""
    return {each.section.name: bar(each.section.title, each.counts(), len(each.rows)) for each in sections}


def duty_bars(decided: DecidedSection) -> tuple[Bar, ...]:
    """Returns duty states by the group of the actor, the group with most duties first."""
    groups: dict[str, Counter[str]] = {}
    for each in decided.rows:
        if isinstance(each.row.facts, DutyFacts):
            groups.setdefault(each.row.facts.group, Counter())[each.state] += 1
    most = max((sum(counts.values()) for counts in groups.values()), default=0)
    ordered = sorted(groups.items(), key=lambda item: (-sum(item[1].values()), item[0]))
    return tuple(bar(name, {state: counts[state] for state in decided.states()}, most) for name, counts in ordered)


def month_bars(decided: DecidedSection) -> tuple[Bar, ...]:
    """Returns how often open questions were asked, month by month."""
    counts: Counter[str] = Counter()
    for each in decided.rows:
        counts.update(dict(each.row.series))
    most = max(counts.values(), default=0)
    return tuple(bar(month, {"asked": counts[month]}, most) for month in sorted(counts)[-MONTHS:])


def topic_rows(decided: DecidedSection) -> tuple[tuple[Kind, ...], tuple[TopicRow, ...]]:
    """Returns the document types of the topic map, the highest authority first, and its rows, the least answered first."""
    facts = [(each, each.row.facts) for each in decided.rows if isinstance(each.row.facts, TopicFacts)]
    cells = {(of.topic_id, of.kind): each for each, of in facts}
    kinds = tuple(kind for kind in Kind if any(of.kind is kind for _, of in facts))
    titles = {of.topic_id: of.topic for _, of in facts}
    lines = [TopicRow(title, tuple(cells.get((topic, kind)) for kind in kinds)) for topic, title in titles.items()]
    return kinds, tuple(sorted(lines, key=lambda line: (_answered(line), line.topic)))


def _answered(line: TopicRow) -> float:
    weights = {"answered": 1.0, "covered": 1.0, "partly": 0.5}
    return sum(weights.get(each.state, 0.0) for each in line.cells if each is not None)
