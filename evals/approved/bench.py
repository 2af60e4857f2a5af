"""How long approved answers add to a question, with many of them stored."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import UTC, date, datetime
from itertools import cycle, islice
from pathlib import Path
from statistics import median

import numpy as np

from assistant.answering.approved.units import unit_at
from assistant.bootstrap import Assistant
from assistant.model import Question
from assistant.model.approved import ApprovedContent, ApprovedState, ApprovedVersion, QuotedUnit
from assistant.ports import Snapshot
from assistant.settings import Settings
from evals.approved.pairs import Pair
from ingest.build import ingest

ASKED = 150
"""Questions that are timed, after as many to warm up as there are kinds of them."""
WARM = 10


def bench(pairs: Sequence[Pair], count: int, documents: Path, data: Path) -> str:
    """Returns the milliseconds that approved answers add to a question, as text.

    Args:
        pairs: A set whose wordings are stored and whose questions are asked.
        count: How many answers are stored.
        documents: A folder of documents to quote.
        data: An empty folder.
    """
    assistant = Assistant(Settings(data=data))
    ingest((documents,), assistant.library, assistant.embedder, assistant.settings, files=assistant.files)
    with assistant.opened() as snapshot:
        versions = list(_versions(pairs, count, snapshot))
    assert assistant.approved_store.save(versions, (), assistant.approved_store.stamp())
    asked = list(islice(cycle([each.asked for each in pairs]), WARM + ASKED))
    seconds, given = [], 0
    for question in asked:
        outcome = assistant.ask(Question(question))
        seconds.append(outcome.trace.stages.get("approved", 0.0))
        given += outcome.approved is not None
    taken = np.array(seconds[WARM:]) * 1000
    return (
        f"{count} approved answers, {len(taken)} questions, {given} of them given one: "
        f"median {median(taken):.1f} ms, p95 {np.quantile(taken, 0.95):.1f} ms, longest {taken.max():.1f} ms\n"
    )


def _versions(pairs: Sequence[Pair], count: int, snapshot: Snapshot) -> Iterator[ApprovedVersion]:
    units = cycle(_units(snapshot))
    answers = {each.answer: each for each in pairs}
    now = datetime.now(UTC)
    for number, pair in enumerate(islice(cycle(answers.values()), count)):
        again = number // len(answers)
        wordings = tuple(f"{each} (form {again} of it)" if again else each for each in pair.wordings)
        content = ApprovedContent(wordings, (next(units),), owner="Policy team", review_by=date(2099, 1, 1))
        version = ApprovedVersion(f"answer-{number}", 1, ApprovedState.LIVE, content, "one", now)
        yield replace(version, approved_by="two", approved_at=now)


def _units(snapshot: Snapshot) -> list[QuotedUnit]:
    passages = [p for each in snapshot.editions() for p in snapshot.passages_of(each.edition_id) if p.is_quotable]
    return [unit_at(each.edition_id, (each.span,), snapshot) for each in passages]
