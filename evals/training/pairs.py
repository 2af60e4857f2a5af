"""What the embedder learns from: a question, what answers it, and what only looks as if it did."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np

from assistant.ports import Embedder, Vectors
from assistant.text.abbreviations import expand
from evals.training.material import LabelledQuestion, Material

MOST_SIMILAR = 10
"""Most similar passages or sentences among which a hard negative is taken."""


@dataclass(frozen=True, slots=True)
class Triplet:
    """One example."""

    anchor: str
    positive: str
    negative: str


def passage_triplets(material: Material, embedder: Embedder, seed: int) -> tuple[Triplet, ...]:
    """Returns one triplet a question and passage that answers it; the negative is one of the most similar others."""
    asked, vectors = _asked(material, embedder)
    texts = [cut.passage.embed_text for cut in material.cuts]
    likeness = vectors @ embedder.embed(texts, kind="passage").T
    random = np.random.default_rng(seed)
    found = []
    for row, each in enumerate(asked):
        others = _most_similar(likeness[row], set(each.passages))
        found += [
            Triplet(expand(each.item.question), texts[place], texts[int(random.choice(others))])
            for place in each.passages
        ]
    return tuple(found)


def sentence_triplets(material: Material, embedder: Embedder, seed: int) -> tuple[Triplet, ...]:
    """Returns one triplet a question and sentence that answers it; the negative is mostly of the same passage."""
    asked, vectors = _asked(material, embedder)
    spoken = [(place, row) for place, cut in enumerate(material.cuts) for row in range(len(cut.sentences))]
    texts = [material.cuts[place].sentences[row] for place, row in spoken]
    place_of = {each: at for at, each in enumerate(spoken)}
    likeness = vectors @ embedder.embed(texts, kind="passage").T
    random = np.random.default_rng(seed)
    found = []
    for row, each in enumerate(asked):
        gold = {place_of[name] for name in each.sentences}
        beside = [at for at, (place, _) in enumerate(spoken) if place in each.passages and at not in gold]
        others = [*_most_similar(likeness[row], gold), *beside]
        found += [
            Triplet(expand(each.item.question), texts[at], texts[int(random.choice(others))]) for at in sorted(gold)
        ]
    return tuple(found)


def _asked(material: Material, embedder: Embedder) -> tuple[Sequence[LabelledQuestion], Vectors]:
    asked = [each for each in material.questions if each.item.gold]
    return asked, embedder.embed([expand(each.item.question) for each in asked], kind="query")


def _most_similar(likeness: Vectors, gold: set[int]) -> list[int]:
    order = np.argsort(-likeness)[: MOST_SIMILAR + len(gold)]
    return [int(at) for at in order if int(at) not in gold][:MOST_SIMILAR]


def columns(triplets: Sequence[Triplet]) -> Iterator[tuple[str, list[str]]]:
    """Yields the triplets by column, as trainers take them."""
    for name in ("anchor", "positive", "negative"):
        yield name, [getattr(each, name) for each in triplets]
