"""Grades the outcomes of a set: right or not, where the gold stood in the ranking, and where details came back."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from assistant.answering.resources import Resources
from assistant.answering.search import search
from assistant.model import Hit, Passage, PassageId
from assistant.ports import Snapshot
from evals.dataset.gold import gold_ranks
from evals.dataset.items import Item, QuestionType
from evals.scoring.grading import Grade, grade, has_gold_to_show
from evals.scoring.run import CLEAN, OutcomeLine

MOST_HITS = 10


@dataclass(frozen=True, slots=True)
class GradedQuestion:
    """One question with its outcome and its grade."""

    item: Item
    outcome: dict[str, Any]
    seconds: float
    grade: Grade
    ranks: tuple[int | None, ...] | None
    """Rank of each part of the gold among the passages found; None for a question that has none to show."""

    @property
    def probability(self) -> float | None:
        """How likely the documents answer, as the assistant judged it; None where it was not judged."""
        probability: float | None = self.outcome["trace"]["probability"]
        return probability

    @property
    def best_cosine(self) -> float | None:
        """Cosine of the most similar passage that was used; None where nothing was searched."""
        cosines = [each["cosine"] for each in self.outcome["trace"]["hits"] if each["cosine"] is not None]
        return max(cosines, default=None)


def grade_all(
    items: Sequence[Item],
    lines: Mapping[str, OutcomeLine],
    snapshot: Snapshot,
    resources: Resources,
    elsewhere: Mapping[str, Sequence[str]] | None = None,
) -> tuple[GradedQuestion, ...]:
    """Returns the questions that have an outcome, graded, in order.

    Args:
        items: The questions.
        lines: Outcomes by question id, those of clean questions with ``CLEAN`` at the end of the id.
        snapshot: The library that was asked.
        resources: What the pipeline worked with.
        elsewhere: Places by question id where its personal details were found besides the outcome.
    """
    return tuple(
        _graded(
            item, lines[item.id], lines.get(item.id + CLEAN), snapshot, resources, (elsewhere or {}).get(item.id, ())
        )
        for item in items
        if item.id in lines
    )


def _graded(
    item: Item,
    line: OutcomeLine,
    clean: OutcomeLine | None,
    snapshot: Snapshot,
    resources: Resources,
    places: Sequence[str],
) -> GradedQuestion:
    own = grade(item, line.outcome, clean.outcome if clean else None)
    if places:
        own = replace(own, leaks=(*own.leaks, *places), is_right=False)
    return GradedQuestion(item, line.outcome, line.seconds, own, _ranks(item, line.outcome, snapshot, resources))


def _ranks(
    item: Item, outcome: Mapping[str, Any], snapshot: Snapshot, resources: Resources
) -> tuple[int | None, ...] | None:
    """Returns the ranks of the gold among the hits of the trace; where the pipeline ended before retrieval, those of a search."""
    if not has_gold_to_show(item) or item.type is QuestionType.FALSE_PREMISE:
        return None
    ids = [PassageId(each["passage_id"]) for each in outcome["trace"]["hits"] if each["rejected"] is None]
    if ids:
        passages: Sequence[Passage] = snapshot.passages(ids[:MOST_HITS])
    else:
        hits: Sequence[Hit] = search(item.asked(), snapshot, resources, MOST_HITS).hits
        passages = [hit.passage for hit in hits]
    return gold_ranks(item, [{"edition_id": each.edition_id, "text": each.text} for each in passages])
