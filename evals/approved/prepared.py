"""Pairs of a set, read for comparison once."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

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


def prepared(pair: Pair, pairs: Sequence[Pair], embedder: Embedder) -> Prepared:
    """Returns a pair of a set, read for comparison; mistyped words are repaired by the wordings of the whole set."""
    every = _every(tuple(pairs), embedder)
    areas = tuple(sorted({each.area for each in every.values() if each.area}))
    asked = asked_of(pair.asked, vocabulary_of(tuple(every.values())), areas, embedder)
    return Prepared(pair, asked, every[pair.answer])


@lru_cache(maxsize=2)
def _every(pairs: tuple[Pair, ...], embedder: Embedder) -> dict[str, StoredWordings]:
    answers = {each.answer: (each.answer, each.wordings, each.audience, each.area) for each in pairs}
    return {each.name: each for each in stored(tuple(answers.values()), embedder)}
