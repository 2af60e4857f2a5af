"""Lists of whole passages beside those of sentences: one reranker learns both."""

from __future__ import annotations

from collections.abc import Sequence

from evals.training.lists import TrainingList
from evals.training.material import Material

LENGTH = 6
"""Passages of a list."""


def passage_lists(material: Material, lists: Sequence[TrainingList]) -> tuple[TrainingList, ...]:
    """Returns each list with the passages that hold its sentences, the answering one first where there is one."""
    passage_of: dict[str, str] = {}
    for cut in material.cuts:
        for sentence in cut.sentences:
            passage_of.setdefault(sentence, cut.passage.text)
    return tuple(_whole(each, passage_of) for each in lists)


def _whole(each: TrainingList, passage_of: dict[str, str]) -> TrainingList:
    found: dict[str, float] = {}
    for text, answers in zip(each.texts, each.answers, strict=True):
        passage = passage_of[text]
        found[passage] = max(found.get(passage, 0.0), float(answers))
    passages = tuple(found.items())[:LENGTH]
    return TrainingList(each.question, tuple(text for text, _ in passages), tuple(answers for _, answers in passages))


def mixed(many: Sequence[TrainingList], few: Sequence[TrainingList]) -> tuple[TrainingList, ...]:
    """Returns both in their order, the fewer spread evenly among the others."""
    found: list[TrainingList] = []
    taken = 0
    for place, each in enumerate(many, start=1):
        found.append(each)
        due = place * len(few) // len(many)
        found += few[taken:due]
        taken = due
    return tuple(found)
