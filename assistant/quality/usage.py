"""How the assistant is used, week by week: counts only, none of them small, and never who asked."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

import numpy as np

from assistant.coverage.duties.actors import NOT_NAMED, named_actor
from assistant.model import Edition
from assistant.model.people import Opinion, PolicyQuestion
from assistant.quality.small_counts import Key, Line, hidden_counts
from assistant.text.csv_lines import csv_line

OUTCOMES = ("answered", "partly_answered", "refused", "signposted")
UNHELPFUL, HELPFUL = "Feedback says it did not help", "No such feedback"
HIDDEN = "fewer"
"""Stands for a hidden count in files."""
DAYS = 7
Count = int | None
"""None where it is not shown."""


@dataclass(frozen=True, slots=True)
class UsageTable:
    """Questions by week and by one thing about them."""

    name: str
    groups: tuple[str, ...]
    """In the order in which they are shown; those without a question are left out."""
    cells: dict[tuple[str, str], Count]
    """By week and group."""
    by_group: dict[str, Count]


@dataclass(frozen=True, slots=True)
class DocumentUse:
    """How many questions one document answered, and how many came near it."""

    edition_id: str
    title: str
    answered: Count
    """Questions whose answer cites it."""
    reached: Count
    """Questions whose answer cites it or whose refusal shows it as closest."""


@dataclass(frozen=True, slots=True)
class Usage:
    """The report."""

    weeks: tuple[str, ...]
    """The Monday of each week, ISO, oldest first."""
    least: int
    total: Count
    by_week: dict[str, Count]
    tables: tuple[UsageTable, ...]
    documents: tuple[DocumentUse, ...]
    """Those that answered most first; those that nobody's question reached last."""
    seconds: tuple[float, float] | None
    """Half of the answers came within the first, 95 in 100 within the second; None for too few."""


def usage_of(
    questions: Iterable[PolicyQuestion],
    themes: Callable[[Sequence[str]], Sequence[str]],
    editions: Sequence[Edition],
    today: date,
    weeks: int,
    least: int,
) -> Usage:
    """Returns the usage of the last weeks, this one included.

    Whole weeks only: no choice of days sets one person's questions apart.

    Args:
        questions: What was asked, as far as the reader may see it.
        themes: Returns the theme of each question.
        editions: The editions that the reader may see.
        today: The day.
        weeks: How many weeks.
        least: The smallest count that is shown.
    """
    mondays = _mondays(today, weeks)
    asked = [each for each in questions if _monday(each.asked_on) in set(mondays)]
    kinds = _kinds(asked, themes)
    counts, lines = _counted([_monday(each.asked_on) for each in asked], kinds, mondays)
    shown = _shown(counts, hidden_counts(counts, lines, least))
    return Usage(
        mondays,
        least,
        shown(("all",)),
        {week: shown(("week", week)) for week in mondays},
        tuple(_table(name, values, mondays, shown) for name, values in kinds.items()),
        _documents(asked, editions, least),
        _seconds([each.seconds for each in asked], least),
    )


def csv_lines(usage: Usage) -> Iterator[str]:
    """Yields the report as CSV: one line a count; hidden ones say so."""
    yield "\ufeff" + csv_line(("table", "week", "group", "questions"))
    for week, count in usage.by_week.items():
        yield csv_line(("all", week, "", _text(count)))
    yield csv_line(("all", "", "", _text(usage.total)))
    for table in usage.tables:
        for group in table.groups:
            for week in usage.weeks:
                yield csv_line((table.name, week, group, _text(table.cells[week, group])))
            yield csv_line((table.name, "", group, _text(table.by_group[group])))
    for each in usage.documents:
        yield csv_line(("document answered", "", each.edition_id, _text(each.answered)))
        yield csv_line(("document reached", "", each.edition_id, _text(each.reached)))


def _shown(counts: Counter[Key], hidden: frozenset[Key]) -> Callable[[Key], Count]:
    return lambda key: None if key in hidden else counts[key]


def _kinds(asked: Sequence[PolicyQuestion], themes: Callable[[Sequence[str]], Sequence[str]]) -> dict[str, list[str]]:
    """Returns what each table counts by, question by question."""
    return {
        "outcome": [each.outcome for each in asked],
        "help": [_help(each) for each in asked],
        "audience": [_audience(each.question) for each in asked],
        "theme": list(themes([each.question for each in asked])),
    }


def _mondays(today: date, weeks: int) -> tuple[str, ...]:
    first = today - timedelta(days=today.weekday())
    return tuple((first - timedelta(days=DAYS * back)).isoformat() for back in range(weeks - 1, -1, -1))


def _monday(day: str) -> str:
    at = date.fromisoformat(day)
    return (at - timedelta(days=at.weekday())).isoformat()


def _help(asked: PolicyQuestion) -> str:
    return UNHELPFUL if any(each is not Opinion.HELPFUL for each in asked.opinions) else HELPFUL


def _audience(question: str) -> str:
    named = named_actor(question)
    return named[1] if named else NOT_NAMED


def _counted(
    weeks: Sequence[str], kinds: dict[str, list[str]], mondays: Sequence[str]
) -> tuple[Counter[Key], list[Line]]:
    """Returns every count by key, and which of them add up to which."""
    counts: Counter[Key] = Counter({("all",): len(weeks)})
    counts.update(("week", week) for week in weeks)
    every_week: tuple[Key, ...] = tuple(("week", week) for week in mondays)
    lines: list[Line] = [Line(every_week, ("all",))]
    for name, values in kinds.items():
        counts.update(("cell", name, week, value) for week, value in zip(weeks, values, strict=True))
        counts.update(("group", name, value) for value in values)
        groups = sorted(set(values))
        lines.append(Line(tuple(("group", name, group) for group in groups), ("all",)))
        lines += [Line(tuple(("cell", name, week, group) for group in groups), ("week", week)) for week in mondays]
        lines += [
            Line(tuple(("cell", name, week, group) for week in mondays), ("group", name, group)) for group in groups
        ]
    return counts, lines


def _table(name: str, values: Sequence[str], weeks: Sequence[str], shown: Callable[[Key], Count]) -> UsageTable:
    fixed = {"outcome": OUTCOMES, "help": (UNHELPFUL, HELPFUL)}.get(name)
    groups = fixed or tuple(sorted(set(values), key=lambda group: (-_order(shown(("group", name, group))), group)))
    cells = {(week, group): shown(("cell", name, week, group)) for week in weeks for group in groups}
    return UsageTable(name, groups, cells, {group: shown(("group", name, group)) for group in groups})


def _documents(asked: Sequence[PolicyQuestion], editions: Sequence[Edition], least: int) -> tuple[DocumentUse, ...]:
    answered = Counter(name for each in asked for name in set(each.editions))
    reached = Counter(name for each in asked for name in {*each.editions, *each.touched})
    rows = [
        DocumentUse(
            str(each.edition_id),
            each.title,
            _large(answered[str(each.edition_id)], least),
            _large(reached[str(each.edition_id)], least),
        )
        for each in editions
    ]
    return tuple(sorted(rows, key=lambda row: (-_order(row.answered), -_order(row.reached), row.title)))


def _large(count: int, least: int) -> Count:
    return None if 0 < count < least else count


def _order(count: Count) -> float:
    return 0.5 if count is None else count


def _seconds(seconds: Sequence[float], least: int) -> tuple[float, float] | None:
    if len(seconds) < max(least, 1):
        return None
    middle, late = np.quantile(np.array(seconds), [0.5, 0.95])
    return round(float(middle), 2), round(float(late), 2)


def _text(count: Count) -> str:
    return HIDDEN if count is None else str(count)
