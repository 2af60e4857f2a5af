"""Sentence features: how well each sentence of the hits answers a question, as numbers.

``SENTENCE_FEATURES`` describe one sentence; ``QUESTION_FEATURES`` describe everything found for one question. Both
are read by the small logistic models of a calibration (``assistant/answering/answerability/judge.py``).
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from assistant.answering.answerability.no_answers import no_answers
from assistant.answering.query_analysis.analysis import QueryAnalysis, coverage, covered, pair_coverage
from assistant.answering.query_analysis.answer_type import AnswerType, has_answer_type, has_exact_answer_type
from assistant.model import Hit, Sentence, SentenceKind
from assistant.text.words import content_words

SENTENCE_FEATURES = (
    "cosine",
    "passage_cosine",
    "coverage",
    "context_coverage",
    "reciprocal_rank",
    "dense_reciprocal",
    "lexical_reciprocal",
    "expected_here",
    "expected_missing",
    "time_limit_here",
    "time_limit_missing",
    "number_here",
    "number_missing",
    "actor_here",
    "actor_missing",
    "heading_coverage",
    "pair_coverage",
    "log_words",
    "is_list_item",
    "is_table_row",
    "is_footnote",
    "cosine_above_passage_mean",
)


@dataclass(frozen=True, slots=True)
class Candidate:
    """One sentence that may answer, with its features."""

    hit: Hit
    sentence: Sentence
    text: str
    """The sentence as it stands, without its lead-in."""
    context: str
    """Lead-in where it stands in the same passage, and the sentence."""
    features: tuple[float, ...]
    """In the order of ``SENTENCE_FEATURES``."""


def candidates(analysis: QueryAnalysis, hits: Sequence[Hit]) -> tuple[Candidate, ...]:
    """Returns every quotable sentence of the hits in use that may answer, in the order of the hits, with its features."""
    used = [hit for hit in hits if hit.rejected is None and hit.passage.is_quotable]
    scored: list[Candidate] = []
    for rank, hit in enumerate(used, start=1):
        mean = float(np.mean(hit.sentence_cosines)) if hit.sentence_cosines else 0.0
        above = " ".join((*hit.passage.headings, hit.passage.text))
        shared = (
            hit.cosine or 0.0,
            coverage(analysis, above),
            1.0 / (1 + rank),
            1.0 / (1 + hit.dense_rank) if hit.dense_rank else 0.0,
            1.0 / (1 + hit.lexical_rank) if hit.lexical_rank else 0.0,
            coverage(analysis, " ".join(hit.passage.headings)),
        )
        reasons = no_answers(hit.passage, frozenset(analysis.weights))
        scored.extend(
            _candidate(analysis, hit, sentence, cosine, mean, shared)
            for sentence, cosine, reason in zip(hit.passage.sentences, _cosines(hit), reasons, strict=True)
            if reason is None
        )
    return tuple(scored)


def _cosines(hit: Hit) -> tuple[float, ...]:
    return hit.sentence_cosines or (0.0,) * len(hit.passage.sentences)


def _candidate(
    analysis: QueryAnalysis, hit: Hit, sentence: Sentence, cosine: float, mean: float, shared: tuple[float, ...]
) -> Candidate:
    text = hit.passage.slice(sentence.span)
    lead_ins = [hit.passage.slice(span) for span in sentence.lead_ins if span.start >= hit.passage.span.start]
    context = " ".join((*lead_ins, text))
    is_met = has_answer_type(context, analysis.answer_type)
    open_ended = analysis.answer_type in (AnswerType.OPEN, AnswerType.YES_NO)
    stems = content_words(context)
    features = (
        cosine,
        shared[0],
        covered(analysis, stems),
        *shared[1:-1],
        float(is_met and not open_ended),
        float(not is_met),
        *(float(each) for each in _met_by_kind(analysis, context)),
        shared[-1],
        pair_coverage(analysis, stems),
        math.log(1 + len(text.split())),
        float(sentence.kind is SentenceKind.LIST_ITEM),
        float(sentence.kind is SentenceKind.TABLE_ROW),
        float(sentence.kind is SentenceKind.FOOTNOTE),
        cosine - mean,
    )
    return Candidate(hit, sentence, text, context, features)


def _met_by_kind(analysis: QueryAnalysis, context: str) -> tuple[bool, ...]:
    """Returns, for time limits, numbers and actors, whether one is expected and here, and expected and missing."""
    flags: list[bool] = []
    for kind in (AnswerType.TIME_LIMIT, AnswerType.NUMBER, AnswerType.ACTOR):
        is_expected = analysis.answer_type is kind
        is_here = is_expected and has_exact_answer_type(context, kind)
        flags.extend((is_here, is_expected and not is_here))
    return tuple(flags)
