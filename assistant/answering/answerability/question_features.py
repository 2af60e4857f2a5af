"""Question features: everything found for one question as numbers, for the answerability model."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import replace

import numpy as np

from assistant.answering.answerability.sentence_features import SENTENCE_FEATURES, Candidate
from assistant.answering.query_analysis.analysis import QueryAnalysis, coverage
from assistant.answering.query_analysis.answer_type import AnswerType
from assistant.model import Hit

QUESTION_FEATURES = (
    "best_score",
    "margin_to_next",
    "margin_to_next_passage",
    "mean_of_five",
    "best_cosine",
    "top_passage_cosine",
    "cosine_spread",
    "coverage_by_quote",
    "coverage_by_quote_and_headings",
    "coverage_by_passage",
    "rarest_word_missing",
    "expected_here",
    "expected_missing",
    "rankings_agree",
    "rankings_overlap",
    "bm25_top",
    "bm25_margin",
    "log_question_words",
    "share_of_five_expected",
    "asks_for_detail",
    "has_digits",
    "is_yes_no",
    "passages_in_five",
    "time_limit_here",
    "time_limit_missing",
    "number_here",
    "number_missing",
    "time_limit_covered",
    "pair_coverage",
    "heading_coverage",
    "cosine_of_best",
    "cosine_of_best_squared",
    "best_cosine_squared",
    "coverage_squared",
    "cosine_of_best_by_coverage",
    "best_cosine_by_coverage",
    *(f"expects_{each.value}" for each in AnswerType),
)


_TAKEN = (
    "expected_here",
    "expected_missing",
    "time_limit_here",
    "time_limit_missing",
    "number_here",
    "number_missing",
    "pair_coverage",
    "heading_coverage",
)
"""Features of the best sentence that are features of the question as well."""
_MISSING = SENTENCE_FEATURES.index("expected_missing")


def question_features(
    analysis: QueryAnalysis, ranked: Sequence[tuple[Candidate, float]], hits: Sequence[Hit]
) -> dict[str, float]:
    """Returns every feature of ``QUESTION_FEATURES`` by name, for at least one ranked sentence."""
    best, score = ranked[0]
    scores = [logit for _, logit in ranked]
    others = [logit for each, logit in ranked if each.hit.passage.passage_id != best.hit.passage.passage_id]
    of_sentence = dict(zip(SENTENCE_FEATURES, best.features, strict=True))
    features = {
        "best_score": score,
        "margin_to_next": score - scores[1] if len(scores) > 1 else 5.0,
        "margin_to_next_passage": score - others[0] if others else 5.0,
        "mean_of_five": float(np.mean(scores[:5])),
        "best_cosine": max(each.features[0] for each, _ in ranked),
        **_cosine_features(hits),
        **_coverage_features(analysis, best),
        **{name: of_sentence[name] for name in _TAKEN},
        "cosine_of_best": of_sentence["cosine"],
        "time_limit_covered": of_sentence["time_limit_here"] * of_sentence["coverage"],
        **_ranking_features(hits),
        "log_question_words": math.log(1 + len(analysis.weights)),
        "share_of_five_expected": float(np.mean([not each.features[_MISSING] for each, _ in ranked[:5]])),
        "asks_for_detail": float(analysis.asks_for_detail),
        "has_digits": float(any(letter.isdigit() for letter in best.context)),
        "is_yes_no": float(analysis.is_yes_no),
        "passages_in_five": len({each.hit.passage.passage_id for each, _ in ranked[:5]}) / 5.0,
        **{f"expects_{each.value}": float(each is analysis.answer_type) for each in AnswerType},
    }
    return {**features, **_products(features)}


def _products(features: dict[str, float]) -> dict[str, float]:
    """Returns squares and products: words *and* meaning that agree say more than each does alone."""
    best, highest, covered = features["cosine_of_best"], features["best_cosine"], features["coverage_by_quote"]
    return {
        "cosine_of_best_squared": best**2,
        "best_cosine_squared": highest**2,
        "coverage_squared": covered**2,
        "cosine_of_best_by_coverage": best * covered,
        "best_cosine_by_coverage": highest * covered,
    }


def _cosine_features(hits: Sequence[Hit]) -> dict[str, float]:
    cosines = sorted((hit.cosine for hit in hits if hit.cosine is not None), reverse=True)
    top = cosines[0] if cosines else 0.0
    return {"top_passage_cosine": top, "cosine_spread": top - cosines[-1] if cosines else 0.0}


def _coverage_features(analysis: QueryAnalysis, best: Candidate) -> dict[str, float]:
    headed = " ".join((*best.hit.passage.headings, best.context))
    rarest = max(analysis.weights, key=lambda each: analysis.weights[each], default=None)
    alone = replace(analysis, weights={rarest: 1.0}) if rarest else analysis
    whole = f"{headed} {best.hit.passage.text}"
    return {
        "coverage_by_quote": coverage(analysis, best.context),
        "coverage_by_quote_and_headings": coverage(analysis, headed),
        "coverage_by_passage": coverage(analysis, whole),
        "rarest_word_missing": 1.0 - coverage(alone, whole),
    }


def _ranking_features(hits: Sequence[Hit]) -> dict[str, float]:
    dense = {hit.passage.passage_id for hit in hits if hit.dense_rank is not None and hit.dense_rank <= 5}
    lexical = {hit.passage.passage_id for hit in hits if hit.lexical_rank is not None and hit.lexical_rank <= 5}
    words = sorted((hit.bm25 for hit in hits if hit.bm25 is not None), reverse=True)
    top = hits[0] if hits else None
    return {
        "rankings_agree": float(top is not None and top.dense_rank == 1 and top.lexical_rank == 1),
        "rankings_overlap": len(dense & lexical) / 5.0,
        "bm25_top": math.log(1 + words[0]) if words else 0.0,
        "bm25_margin": (words[0] - words[1]) / words[0] if len(words) > 1 and words[0] > 0 else 1.0,
    }
