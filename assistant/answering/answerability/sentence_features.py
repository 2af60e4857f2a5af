"""Evidence: how well each sentence of the hits answers a question, as numbers.

``SENTENCE_FEATURES`` describe one sentence; ``QUESTION_FEATURES`` describe everything found for one question. Both
are read by the small logistic models of a calibration (``assistant/answering/answerability/judge.py``).
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise

import numpy as np

from assistant.answering.query_analysis.answer_type import (
    Expectation,
    asks_for_detail,
    expectation_of,
    has_exactly,
    has_expected,
    is_yes_no,
)
from assistant.model import Hit, Sentence, SentenceKind
from assistant.ports import Snapshot
from assistant.text.words import content_words, stem, words

NEAR = 5
"""Content words within which two words count as standing together."""

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
    """One sentence that may answer, with what speaks for it."""

    hit: Hit
    sentence: Sentence
    text: str
    """The sentence as it stands, without its lead-in."""
    context: str
    """Lead-in where it stands in the same passage, and the sentence."""
    features: tuple[float, ...]
    """In the order of ``SENTENCE_FEATURES``."""


@dataclass(frozen=True, slots=True)
class Wanted:
    """What a question asks for: its stems with their rarity, and the kind of answer."""

    weights: Mapping[str, float]
    """Stem to inverse document frequency, larger for rarer words."""
    expected: Expectation
    asks_for_detail: bool = False
    """Whether it asks for an exact particular: a figure, a form, a name, a cost, a sanction."""
    is_yes_no: bool = False
    pairs: tuple[tuple[str, str], ...] = ()
    """Neighbouring words of the question, as stems."""


def rarity(document_frequency: int, passages: int) -> float:
    """Returns the inverse document frequency log(1 + (N - n + 0.5) / (n + 0.5)), never negative.

    Source: Robertson and Zaragoza, "The Probabilistic Relevance Framework: BM25 and Beyond", 2009, with the
    one added inside the logarithm as in Lucene.
    """
    return math.log(1.0 + max(passages - document_frequency, 0) / (document_frequency + 0.5))


def want(question: str, frequencies: Mapping[str, int], passages: int) -> Wanted:
    """Returns what a question wants; ``frequencies`` count the passages per stem."""
    stems = dict.fromkeys(content_words(question))
    weights = {each: rarity(frequencies.get(each, 0), passages) for each in stems}
    pairs = tuple(pairwise(content_words(question)))
    return Wanted(weights, expectation_of(question), asks_for_detail(question), is_yes_no(question), pairs)


def wanted_by(standalone: str, snapshot: Snapshot) -> Wanted:
    """Returns what a question wants, with the rarity of its words in this generation."""
    asked = tuple(dict.fromkeys(words(standalone)))
    counts = snapshot.document_frequencies(asked)
    frequencies = {stem(word): count for word, count in zip(asked, counts, strict=True)}
    return want(standalone, frequencies, snapshot.generation.passage_count)


def coverage(wanted: Wanted, text: str) -> float:
    """Returns the share, by rarity, of the question's words that a text holds, 0 to 1; 0 for a question of none."""
    return covered(wanted, content_words(text))


def covered(wanted: Wanted, stems: Sequence[str]) -> float:
    """Returns the coverage of a text whose content words are given."""
    total = sum(wanted.weights.values())
    if total <= 0:
        return 0.0
    held = set(stems)
    return sum(weight for each, weight in wanted.weights.items() if each in held) / total


def candidates(wanted: Wanted, hits: Sequence[Hit]) -> tuple[Candidate, ...]:
    """Returns every quotable sentence of the hits in use, in the order of the hits, with its features."""
    used = [hit for hit in hits if hit.rejected is None and hit.passage.is_quotable]
    found: list[Candidate] = []
    for rank, hit in enumerate(used, start=1):
        mean = float(np.mean(hit.sentence_cosines)) if hit.sentence_cosines else 0.0
        above = " ".join((*hit.passage.headings, hit.passage.text))
        shared = (
            hit.cosine or 0.0,
            coverage(wanted, above),
            1.0 / (1 + rank),
            1.0 / (1 + hit.dense_rank) if hit.dense_rank else 0.0,
            1.0 / (1 + hit.lexical_rank) if hit.lexical_rank else 0.0,
            coverage(wanted, " ".join(hit.passage.headings)),
        )
        found.extend(
            _candidate(wanted, hit, sentence, cosine, mean, shared)
            for sentence, cosine in zip(hit.passage.sentences, _cosines(hit), strict=True)
        )
    return tuple(found)


def _cosines(hit: Hit) -> tuple[float, ...]:
    return hit.sentence_cosines or (0.0,) * len(hit.passage.sentences)


def _candidate(
    wanted: Wanted, hit: Hit, sentence: Sentence, cosine: float, mean: float, shared: tuple[float, ...]
) -> Candidate:
    text = slice_of(hit, sentence.span.start, sentence.span.end)
    lead_ins = [slice_of(hit, *span) for span in sentence.lead_ins if span.start >= hit.passage.span.start]
    context = " ".join((*lead_ins, text))
    is_met = has_expected(context, wanted.expected)
    open_ended = wanted.expected in (Expectation.OPEN, Expectation.YES_NO)
    stems = content_words(context)
    features = (
        cosine,
        shared[0],
        covered(wanted, stems),
        *shared[1:-1],
        float(is_met and not open_ended),
        float(not is_met),
        *(float(each) for each in _met_by_kind(wanted, context)),
        shared[-1],
        pair_coverage(wanted, stems),
        math.log(1 + len(text.split())),
        float(sentence.kind is SentenceKind.LIST_ITEM),
        float(sentence.kind is SentenceKind.TABLE_ROW),
        float(sentence.kind is SentenceKind.FOOTNOTE),
        cosine - mean,
    )
    return Candidate(hit, sentence, text, context, features)


def _met_by_kind(wanted: Wanted, context: str) -> tuple[bool, ...]:
    """Returns, for time limits, numbers and actors, whether one is wanted and here, and wanted and missing."""
    found: list[bool] = []
    for kind in (Expectation.TIME_LIMIT, Expectation.NUMBER, Expectation.ACTOR):
        is_wanted = wanted.expected is kind
        is_here = is_wanted and has_exactly(context, kind)
        found.extend((is_here, is_wanted and not is_here))
    return tuple(found)


def pair_coverage(wanted: Wanted, stems: Sequence[str]) -> float:
    """Returns the share of neighbouring pairs of the question's words that stand within five words of each other."""
    if not wanted.pairs:
        return 0.0
    asked = {word for pair in wanted.pairs for word in pair}
    places: dict[str, list[int]] = {}
    for place, each in enumerate(stems):
        if each in asked:
            places.setdefault(each, []).append(place)
    near = sum(any(abs(a - b) <= NEAR for a in places.get(x, ()) for b in places.get(y, ())) for x, y in wanted.pairs)
    return near / len(wanted.pairs)


def slice_of(hit: Hit, start: int, end: int) -> str:
    """Returns a stretch of the edition text that lies in the hit's passage."""
    offset = hit.passage.span.start
    return hit.passage.text[start - offset : end - offset]
