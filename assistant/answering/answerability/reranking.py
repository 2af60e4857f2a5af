"""Ranks the sentences that may answer: by their features, then the first of them again with a reranker's scores.

A reranker takes some 10 ms a sentence, so it scores the first ``RERANKED_SENTENCES`` sentences and the first
``RERANKED_PASSAGES`` passages whole: what a question asks for stands in a passage that answers, and not in one that only
is on the same subject. On the calibration questions 8 sentences were worth as much as 12 or 24, and 2 passages as much as 5
(``docs/models-of-our-own.md``).
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import partial

import numpy as np

from assistant.answering.answerability.sentence_features import Candidate
from assistant.answering.retrieval.linear_model import Logistic
from assistant.model import Hit
from assistant.ports import Reranker, Vectors
from assistant.text.abbreviations import expand

RERANKED_SENTENCES = 8
"""Sentences that are scored."""
RERANKED_PASSAGES = 2
"""Passages that are scored whole."""
RERANK_FEATURES = ("first_logit", "read_score")
"""What the first sentences are reranked by."""
RERANKER_FEATURES = ("read_best", "read_of_best", "read_mean_of_five", "read_best_passage", "read_mean_passage")
"""What the reranker adds to the features of a question."""

Scorer = Callable[[Sequence[str]], Vectors]
"""A reranker bound to a question: float32 (n,), larger is better."""


@dataclass(frozen=True, slots=True)
class RankedSentences:
    """Sentences with their logits, best first, ties in reading order of the hits."""

    ranked: tuple[tuple[Candidate, float], ...]
    scores: tuple[float, ...] = ()
    """The reranker's score of each, in the same order; one it did not score has the lowest. () without a reranker."""
    passages: tuple[float, ...] = ()
    """Its scores of the first passages, in their order."""


def bound_scorer(
    reranker: Reranker, standalone: str, abbreviations: Mapping[str, Sequence[str]] | None = None
) -> Scorer:
    """Returns a reranker bound to a question, its abbreviations written out as in training.

    Args:
        reranker: The model.
        standalone: The question.
        abbreviations: Those of an organisation, besides the packaged ones.
    """
    return partial(reranker.score, expand(standalone, abbreviations))


def rank_sentences(sentences: Sequence[Candidate], sentence: Logistic) -> RankedSentences:
    """Returns the sentences in the order of their features."""
    if not sentences:
        return RankedSentences(())
    logits = sentence.logit(np.array([each.features for each in sentences]))
    order = np.argsort(-logits, kind="stable")
    return RankedSentences(tuple((sentences[i], float(logits[i])) for i in order))


def first_passages(hits: Sequence[Hit]) -> tuple[str, ...]:
    """Returns the texts of the first passages in use."""
    return tuple(hit.passage.text for hit in hits if hit.rejected is None)[:RERANKED_PASSAGES]


def with_reranker_scores(first: RankedSentences, scorer: Scorer, passages: Sequence[str]) -> RankedSentences:
    """Returns the sentences in the same order with the scores of a reranker for them and for whole passages."""
    if not first.ranked:
        return first
    texts = [each.context for each, _ in first.ranked[:RERANKED_SENTENCES]]
    scored = [float(each) for each in scorer([*texts, *passages])]
    scores = scored[: len(texts)]
    rest = [min(scores)] * (len(first.ranked) - len(scores))
    return RankedSentences(first.ranked, (*scores, *rest), tuple(scored[len(texts) :]))


def rerank(scored: RankedSentences, order: Logistic) -> RankedSentences:
    """Returns scored sentences in the order of both, with logits that weigh both."""
    if not scored.ranked:
        return scored
    logits = order.logit(rerank_rows(scored))
    places = np.argsort(-logits, kind="stable")
    ranked = tuple((scored.ranked[i][0], float(logits[i])) for i in places)
    return RankedSentences(ranked, tuple(scored.scores[i] for i in places), scored.passages)


def rerank_rows(scored: RankedSentences) -> np.ndarray[tuple[int, int], np.dtype[np.float64]]:
    """Returns float64 (n, 2) of ``RERANK_FEATURES``."""
    return np.array([[logit, score] for (_, logit), score in zip(scored.ranked, scored.scores, strict=True)])


def reranker_features(scored: RankedSentences) -> dict[str, float]:
    """Returns every feature of ``RERANKER_FEATURES`` by name; none where nothing was scored."""
    if not scored.scores or not scored.passages:
        return {}
    best = sorted(scored.scores, reverse=True)
    return {
        "read_best": best[0],
        "read_of_best": scored.scores[0],
        "read_mean_of_five": float(np.mean(best[:5])),
        "read_best_passage": max(scored.passages),
        "read_mean_passage": float(np.mean(scored.passages)),
    }
