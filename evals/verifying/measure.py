"""How many faithful and how many altered claims the verifier accepts, by kind, with exact intervals."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date

from assistant.answering.verify.claims import check_pair
from assistant.model import Verdict
from evals.scoring.metrics import Share, share_of
from evals.verifying.labelled import LabelledPair

Progress = Callable[[int, int], None]


@dataclass(frozen=True, slots=True)
class Row:
    """One kind of claim, or all of one label."""

    kind: str
    is_faithful: bool
    taken: Share


@dataclass(frozen=True, slots=True)
class Measured:
    """Rows by kind, all of one label first, and the pairs on which the verifier was wrong."""

    rows: tuple[Row, ...]
    altered_taken: tuple[LabelledPair, ...]
    faithful_lost: tuple[tuple[LabelledPair, str], ...]
    """With the reason."""


def measure(pairs: Sequence[LabelledPair], progress: Progress | None = None) -> Measured:
    """Returns the figures over some pairs; each share is of claims accepted ("taken"), with its two-sided 95 % interval."""
    checked = []
    for done, pair in enumerate(pairs, start=1):
        checked.append((pair, check_pair(pair.claim, pair.quote)))
        if progress is not None:
            progress(done, len(pairs))
    flags = [(pair, found.verdict is Verdict.SUPPORTED) for pair, found in checked]
    rows = []
    for is_faithful in (True, False):
        own = [(pair, taken) for pair, taken in flags if pair.is_faithful is is_faithful]
        rows.append(Row("all", is_faithful, share_of([taken for _, taken in own])))
        for kind in dict.fromkeys(pair.kind for pair, _ in own):
            rows.append(Row(kind, is_faithful, share_of([taken for pair, taken in own if pair.kind == kind])))
    wrong = tuple(pair for pair, taken in flags if taken and not pair.is_faithful)
    lost = tuple(
        (pair, found.reason) for pair, found in checked if pair.is_faithful and found.verdict is not Verdict.SUPPORTED
    )
    return Measured(tuple(rows), wrong, lost)


def table(measured: Measured, name: str, day: date) -> str:
    """Returns the figures as a Markdown table."""
    lines = [
        f"Measured {day.isoformat()} on {name}. Intervals: exact, two-sided, 95 %.",
        "",
        "| claims | kind | taken | share | interval |",
        "|---|---|---|---|---|",
        *(_line(row) for row in measured.rows),
    ]
    return "\n".join(lines)


def _line(row: Row) -> str:
    found = row.taken
    label = "faithful" if row.is_faithful else "altered"
    if found.value is None:
        return f"| {label} | {row.kind} | 0 of 0 | n/a | n/a |"
    return f"| {label} | {row.kind} | {found.count} of {found.of} | {found.value:.1%} | {found.low:.1%} to {found.high:.1%} |"
