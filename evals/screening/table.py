"""The table of ``python -m evals screening``: recall and false alarms, each with its exact interval."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path

from assistant.bootstrap import Assistant
from assistant.settings import Settings
from evals.scoring.metrics import share
from evals.screening.levels import measure_set
from evals.screening.measure import Count, measure
from evals.screening.phrasings import Split


def table(split: Split, *, with_failures: bool = False) -> Iterator[str]:
    """Yields the lines of the table, and with ``with_failures`` each phrasing that failed."""
    yield from _table(measure(split, Assistant(Settings()).door), with_failures=with_failures)


def set_table(path: Path, *, with_failures: bool = False) -> Iterator[str]:
    """Yields the same table for a set of labelled messages; see ``levels.py``. Raises ``UsageError``."""
    door = Assistant(Settings()).door
    door.prepare()
    yield from _table(measure_set(path, door), with_failures=with_failures)


def _table(counts: Sequence[Count], *, with_failures: bool) -> Iterator[str]:
    yield "| measure | count | share | 95 % interval |"
    yield "|---|---|---|---|"
    yield from map(_row, counts)
    for count in counts if with_failures else ():
        if count.misses:
            yield f"\n{count.name}\n  " + "\n  ".join(count.misses)


def _row(count: Count) -> str:
    found = share(count.hits, count.total)
    if found.value is None:
        return f"| {count.name} | 0/0 | n/a | n/a |"
    return f"| {count.name} | {found.count}/{found.of} | {found.value:.3f} | {found.low:.3f}–{found.high:.3f} |"
