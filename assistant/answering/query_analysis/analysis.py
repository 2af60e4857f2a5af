"""What a question asks for, as one value: its words with their rarity, its answer type, and how well a text covers it."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from assistant.answering.query_analysis.answer_type import AnswerType, answer_type_of, asks_for_detail, is_yes_no
from assistant.answering.query_analysis.names import Name, NameKind, holds, names_in
from assistant.ports import Snapshot
from assistant.text.abbreviations import written_out
from assistant.text.words import content_words, stem, words

LOOKED_UP = frozenset({NameKind.PROPER, NameKind.QUOTED, NameKind.LAW, NameKind.YEAR})
"""Kinds of name whose words are their own: "priority 7" is not mentioned although both of its words are."""
NEAR = 5
"""Content words within which two words count as standing together."""


@dataclass(frozen=True, slots=True)
class QueryAnalysis:
    """What a question asks for: its stems with their rarity, and its answer type."""

    weights: Mapping[str, float]
    """Stem to inverse document frequency, larger for rarer words."""
    answer_type: AnswerType
    asks_for_detail: bool = False
    """Whether it asks for an exact particular: a figure, a form, a name, a cost, a sanction."""
    is_yes_no: bool = False
    pairs: tuple[tuple[str, str], ...] = ()
    """Neighbouring words of the question, as stems."""
    names: tuple[Name, ...] = ()
    """What it names; without what the title or publisher of a document holds."""
    unmentioned: tuple[str, ...] = ()
    """Names of which a word stands nowhere in the library, as they were typed."""


def rarity(document_frequency: int, passages: int) -> float:
    """Returns the inverse document frequency log(1 + (N - n + 0.5) / (n + 0.5)), never negative.

    Source: Robertson and Zaragoza, "The Probabilistic Relevance Framework: BM25 and Beyond", 2009, with the
    one added inside the logarithm as in Lucene.
    """
    return math.log(1.0 + max(passages - document_frequency, 0) / (document_frequency + 0.5))


def analyse(question: str, frequencies: Mapping[str, int], passages: int) -> QueryAnalysis:
    """Returns the analysis of a question; ``frequencies`` count the passages per stem."""
    stems = dict.fromkeys(content_words(question))
    weights = {each: rarity(frequencies.get(each, 0), passages) for each in stems}
    pairs = tuple(pairwise(content_words(question)))
    return QueryAnalysis(
        weights, answer_type_of(question), asks_for_detail(question), is_yes_no(question), pairs, names_in(question)
    )


def analysis_of(standalone: str, snapshot: Snapshot) -> QueryAnalysis:
    """Returns the analysis of a question, with the rarity of its words in this generation."""
    query_words = tuple(dict.fromkeys(words(standalone)))
    counts = snapshot.document_frequencies(query_words)
    frequencies = {stem(word): count for word, count in zip(query_words, counts, strict=True)}
    analysis = analyse(standalone, frequencies, snapshot.generation.passage_count)
    if not analysis.names:
        return analysis
    titles = [
        f"{each.title} {each.publisher or ''} {each.edition_id.replace('-', ' ')}" for each in snapshot.editions()
    ]
    unnamed = tuple(each for each in analysis.names if not any(holds(each, title) for title in titles))
    unmentioned = tuple(each.text for each in unnamed if _is_unmentioned(each, frequencies))
    return replace(analysis, names=unnamed, unmentioned=tuple(dict.fromkeys(unmentioned)))


def _is_unmentioned(name: Name, frequencies: Mapping[str, int]) -> bool:
    """Returns whether a word of a name stands nowhere; False where it may stand there in another form."""
    if name.kind not in LOOKED_UP or written_out(name.text):
        return False
    return any(not frequencies.get(each) for each in content_words(name.text))


def coverage(analysis: QueryAnalysis, text: str) -> float:
    """Returns the share, by rarity, of the question's words that a text holds, 0 to 1; 0 for a question without any."""
    return covered(analysis, content_words(text))


def covered(analysis: QueryAnalysis, stems: Sequence[str]) -> float:
    """Returns the coverage of a text whose content words are given."""
    total = sum(analysis.weights.values())
    if total <= 0:
        return 0.0
    held = set(stems)
    return sum(weight for each, weight in analysis.weights.items() if each in held) / total


def pair_coverage(analysis: QueryAnalysis, stems: Sequence[str]) -> float:
    """Returns the share of neighbouring pairs of the question's words that stand within five words of each other."""
    if not analysis.pairs:
        return 0.0
    paired = {word for pair in analysis.pairs for word in pair}
    places: dict[str, list[int]] = {}
    for place, each in enumerate(stems):
        if each in paired:
            places.setdefault(each, []).append(place)
    near = sum(any(abs(a - b) <= NEAR for a in places.get(x, ()) for b in places.get(y, ())) for x, y in analysis.pairs)
    return near / len(analysis.pairs)
