"""Whether a question set can measure a library at all: a wrong set must neither report nor lock anything."""

from __future__ import annotations

from collections.abc import Sequence

from assistant.errors import UsageError
from assistant.ports import Snapshot
from evals.dataset.items import MARKED, Item

NAMED = 5
"""Most editions that a message names."""


def missing_editions(items: Sequence[Item], snapshot: Snapshot) -> tuple[str, ...]:
    """Returns the editions without which a part of some question cannot be answered and that are not indexed, sorted.

    Quotes of one part are alternatives: one of them has to be there.
    """
    indexed = {str(each.edition_id) for each in snapshot.editions()}
    parts = [{gold.edition_id for gold in part} for item in items for part in item.parts]
    return tuple(sorted({name for part in parts if part.isdisjoint(indexed) for name in part}))


def check_measurable(items: Sequence[Item], snapshot: Snapshot) -> None:
    """Raises ``UsageError`` where a set says nothing about a library: no gold, or documents that answer are not indexed."""
    if not any(item.gold for item in items):
        raise UsageError(
            "No question of this set names the words that answer it (gold), so it cannot say how often answers are right. "
            "Choose another set."
        )
    missing = missing_editions(items, snapshot)
    if missing:
        more = f" and {len(missing) - NAMED} more" if len(missing) > NAMED else ""
        raise UsageError(
            f"Documents that answer this set are not indexed here: {', '.join(missing[:NAMED])}{more}. "
            "Its figures would say nothing about this library. Ingest them, or choose a set about the indexed documents."
        )


def check_no_marked(items: Sequence[Item]) -> None:
    """Raises ``UsageError`` where a question was marked by the policy team: answers are corrected after them."""
    if any(item.split == MARKED for item in items):
        raise UsageError(
            "This set holds questions that the policy team marked (split marked). They are for calibration and regression "
            "(`assistant eval calibrate`, `assistant eval run`), and no report or scorecard rests on them."
        )
