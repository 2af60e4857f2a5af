"""What the reranker learns from: a question with sentences of which some, or none, answer it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np

from assistant.ports import Embedder
from assistant.text.abbreviations import expand
from evals.training.material import LabelledQuestion, Material

MOST_SIMILAR = 15
"""Most similar sentences among which those that do not answer are drawn, for each embedder."""
BESIDE = 8
"""Sentences around the answering one among which they are drawn as well."""


@dataclass(frozen=True, slots=True)
class TrainingList:
    """One example."""

    question: str
    texts: tuple[str, ...]
    answers: tuple[float, ...]
    """Per text: 1 (true) or 0 (false); where hybrid search is imitated, its share of the list."""


def reranker_lists(
    material: Material, embedders: Sequence[Embedder], rounds: int, length: int, seed: int
) -> tuple[TrainingList, ...]:
    """Returns each question once a round, in another order and mostly with other sentences beside the answer.

    Args:
        material: What is trained on.
        embedders: What they find most similar is what the reranker has to tell apart.
        rounds: How often each question comes.
        length: Sentences of a list.
        seed: Of what is drawn.
    """
    random = np.random.default_rng(seed)
    drawn = tuple(_drawn(material, embedders))
    return tuple(_list(drawn[place], length, random) for _ in range(rounds) for place in random.permutation(len(drawn)))


@dataclass(frozen=True, slots=True)
class _Drawn:
    question: str
    gold: tuple[str, ...]
    others: tuple[str, ...]


def _drawn(material: Material, embedders: Sequence[Embedder]) -> Iterator[_Drawn]:
    spoken = [(place, row) for place, cut in enumerate(material.cuts) for row in range(len(cut.sentences))]
    texts = [material.cuts[place].sentences[row] for place, row in spoken]
    place_of = {each: at for at, each in enumerate(spoken)}
    asked = [each for each in material.questions if each.sentences or not each.item.gold]
    questions = [expand(each.item.question) for each in asked]
    similar = [_most_similar(embedder, questions, texts) for embedder in embedders]
    for row, each in enumerate(asked):
        gold = {place_of[name] for name in each.sentences}
        others = {int(at) for order in similar for at in order[row]} | _nearby(each, place_of)
        yield _Drawn(
            questions[row], tuple(texts[at] for at in sorted(gold)), tuple(texts[at] for at in sorted(others - gold))
        )


def _most_similar(embedder: Embedder, questions: Sequence[str], texts: Sequence[str]) -> list[list[int]]:
    likeness = embedder.embed(questions, kind="query") @ embedder.embed(texts, kind="passage").T
    return [[int(at) for at in order] for order in np.argsort(-likeness, axis=1)[:, :MOST_SIMILAR]]


def _nearby(each: LabelledQuestion, place_of: dict[tuple[int, int], int]) -> set[int]:
    around = {(place, row + step) for place, row in each.sentences for step in range(-BESIDE // 2, BESIDE // 2 + 1)}
    return {place_of[name] for name in around if name in place_of}


def _list(drawn: _Drawn, length: int, random: np.random.Generator) -> TrainingList:
    gold = [drawn.gold[int(random.integers(len(drawn.gold)))]] if drawn.gold else []
    count = min(length - len(gold), len(drawn.others))
    others = [drawn.others[int(at)] for at in random.choice(len(drawn.others), count, replace=False)]
    return TrainingList(drawn.question, (*gold, *others), (*(True for _ in gold), *(False for _ in others)))
