"""Orders the sentences that may answer: by the evidence, then the first of them anew by what the reader finds.

A reader takes some 10 ms a sentence, so that only the first ``READ`` are read, and the first ``PASSAGES`` whole: what a
question asks for stands in a passage that answers, and not in one that only speaks of the same. On the calibration
questions 8 sentences were worth as much as 12 or 24, and 2 passages as much as 5 (``docs/models-of-our-own.md``).
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial

import numpy as np

from assistant.answering.answerability.sentence_features import Candidate
from assistant.answering.retrieval.linear_model import Logistic
from assistant.model import Hit
from assistant.ports import Reader, Vectors
from assistant.text.abbreviations import expand

READ = 8
"""Sentences that are read."""
PASSAGES = 2
"""Passages that are read whole."""
ORDER_FEATURES = ("first_logit", "read_score")
"""What the first sentences are ordered anew by."""
READ_FEATURES = ("read_best", "read_of_best", "read_mean_of_five", "read_best_passage", "read_mean_passage")
"""What the reader adds to the evidence of a question."""

Reads = Callable[[Sequence[str]], Vectors]
"""A reader bound to a question: float32 (n,), larger is better."""


@dataclass(frozen=True, slots=True)
class Ordered:
    """Sentences with their logits, best first, ties in reading order of the hits."""

    ranked: tuple[tuple[Candidate, float], ...]
    scores: tuple[float, ...] = ()
    """What the reader found of each, in the same order, the worst found for one not read; () without a reader."""
    passages: tuple[float, ...] = ()
    """What it found of the first passages, in their order."""


def reads_of(reader: Reader, standalone: str) -> Reads:
    """Returns a reader bound to a question, its abbreviations written out as in training."""
    return partial(reader.score, expand(standalone))


def ordered(found: Sequence[Candidate], sentence: Logistic) -> Ordered:
    """Returns the sentences in the order of the evidence."""
    if not found:
        return Ordered(())
    logits = sentence.logit(np.array([each.features for each in found]))
    order = np.argsort(-logits, kind="stable")
    return Ordered(tuple((found[i], float(logits[i])) for i in order))


def first_passages(hits: Sequence[Hit]) -> tuple[str, ...]:
    """Returns the texts of the first passages in use."""
    return tuple(hit.passage.text for hit in hits if hit.rejected is None)[:PASSAGES]


def with_scores(first: Ordered, reads: Reads, passages: Sequence[str]) -> Ordered:
    """Returns the sentences in the same order with what the reader finds of them and of whole passages."""
    if not first.ranked:
        return first
    texts = [each.context for each, _ in first.ranked[:READ]]
    found = [float(each) for each in reads([*texts, *passages])]
    scores = found[: len(texts)]
    rest = [min(scores)] * (len(first.ranked) - len(scores))
    return Ordered(first.ranked, (*scores, *rest), tuple(found[len(texts) :]))


def reordered(read: Ordered, order: Logistic) -> Ordered:
    """Returns sentences that were read in the order of both, with logits that weigh both."""
    if not read.ranked:
        return read
    logits = order.logit(order_rows(read))
    places = np.argsort(-logits, kind="stable")
    ranked = tuple((read.ranked[i][0], float(logits[i])) for i in places)
    return Ordered(ranked, tuple(read.scores[i] for i in places), read.passages)


def order_rows(read: Ordered) -> np.ndarray[tuple[int, int], np.dtype[np.float64]]:
    """Returns float64 (n, 2) of ``ORDER_FEATURES``."""
    return np.array([[logit, score] for (_, logit), score in zip(read.ranked, read.scores, strict=True)])


def read_features(read: Ordered) -> dict[str, float]:
    """Returns every feature of ``READ_FEATURES`` by name; none where nothing was read."""
    if not read.scores or not read.passages:
        return {}
    best = sorted(read.scores, reverse=True)
    return {
        "read_best": best[0],
        "read_of_best": read.scores[0],
        "read_mean_of_five": float(np.mean(best[:5])),
        "read_best_passage": max(read.passages),
        "read_mean_passage": float(np.mean(read.passages)),
    }
