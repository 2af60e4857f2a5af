"""The pairs of a set, read for comparison."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from assistant.answering.approved.matching import Asked, asked_of
from assistant.answering.approved.wordings import StoredWordings, stored, vocabulary_of
from assistant.ports import Embedder
from evals.approved.pairs import Pair


@dataclass(frozen=True, slots=True)
class Prepared:
    """A pair, read for comparison."""

    pair: Pair
    asked: Asked
    stored: StoredWordings


def prepared(pairs: Sequence[Pair], embedder: Embedder) -> tuple[Prepared, ...]:
    """Returns the pairs read for comparison; mistyped words are repaired by the wordings of the whole set."""
    answers = {each.answer: (each.answer, each.wordings, each.audience, each.area) for each in pairs}
    every = {each.name: each for each in stored(tuple(answers.values()), embedder)}
    vocabulary = vocabulary_of(tuple(every.values()))
    areas = tuple(sorted({each.area for each in every.values() if each.area}))
    return tuple(
        Prepared(each, asked_of(each.asked, vocabulary, areas, embedder), every[each.answer]) for each in pairs
    )
