"""Which features the judgement is fitted on, and in which direction each may count.

A calibration set has the mix of questions that its author wrote. A weight without a bound learns that mix: on the shared
material, where two of three time-limit questions are near-misses, it learned to refuse "how long …" with the right sentence
in hand. So a feature that only describes the question is left out, and one that says that the answer is there, or is missing,
counts in that direction or not at all. With a reranker, a feature is kept only where it helps on national questions and on
those of local authors, each asked of weights that have seen neither the author nor the document (docs/adr/0020).
"""

from __future__ import annotations

from collections.abc import Mapping

from assistant.answering.answerability.reranking import RERANKER_FEATURES

WITH_RERANKER: Mapping[str, int] = {
    **dict.fromkeys(RERANKER_FEATURES, 1),
    "expected_missing": -1,
    "year_name_missing": -1,
    "quoted_name_missing": -1,
}
"""Sign by feature: 1 where a larger value never makes an answer less likely, -1 where it never makes one more likely."""

WITHOUT_RERANKER: Mapping[str, int] = {
    **dict.fromkeys(
        (
            "best_score",
            "margin_to_next",
            "margin_to_next_passage",
            "mean_of_five",
            "cosine_of_best",
            "best_cosine",
            "top_passage_cosine",
            "coverage_by_quote",
            "coverage_by_quote_and_headings",
            "coverage_by_passage",
            "pair_coverage",
            "heading_coverage",
            "cosine_of_best_by_coverage",
            "expected_here",
            "time_limit_here",
            "number_here",
            "time_limit_covered",
            "share_of_five_expected",
            "rankings_agree",
            "rankings_overlap",
        ),
        1,
    ),
    **dict.fromkeys(
        (
            "expected_missing",
            "time_limit_missing",
            "number_missing",
            "rarest_word_missing",
            "year_name_missing",
            "quoted_name_missing",
        ),
        -1,
    ),
}
SIGNS: Mapping[str, int] = {**WITHOUT_RERANKER, **WITH_RERANKER}
