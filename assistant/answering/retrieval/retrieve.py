"""Finds the passages that may answer: vectors and words fused, near-duplicates collapsed, the rest reordered."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import date
from itertools import chain

from assistant.answering.query_analysis.analysis import QueryAnalysis
from assistant.answering.retrieval.linear_model import Logistic
from assistant.answering.retrieval.passage_ranking import ranked
from assistant.editions.access import is_open, open_to
from assistant.editions.in_force import excluded_at
from assistant.model import Edition, EditionId, Filter, Form, Hit, PassageId, Question, Ranked
from assistant.ports import Embedder, Snapshot, Vectors
from assistant.settings import Settings
from assistant.text.abbreviations import expand
from assistant.text.differences.compare import differences
from assistant.text.words import words

POOL = 3
"""Fused hits that are reordered, as a multiple of those kept."""
SHINGLE_WORDS = 4
_NUMBERS = re.compile(r"\d+")
DUPLICATE_SHARE = 0.8
"""Share of common word shingles from which two passages of different editions count as the same text."""


def filter_at(question: Question, snapshot: Snapshot, at: date) -> Filter:
    """Returns what a search for this question may see: kinds, editions, nothing superseded, nothing restricted.

    What the asker may not see supersedes nothing for them, so that they cannot tell that it is there.
    """
    editions = snapshot.editions()
    closed = restricted(question, editions)
    superseded = excluded_at(open_to(editions, question.groups), open_to(snapshot.known(), question.groups), at)
    return Filter(question.kinds, question.editions, tuple(sorted({*superseded, *closed})))


def restricted(question: Question, editions: Sequence[Edition]) -> tuple[EditionId, ...]:
    """Returns the editions that are for groups to which the asker does not belong."""
    return tuple(each.edition_id for each in editions if not is_open(each, question.groups))


def retrieve(
    queries: Sequence[str],
    analysis: QueryAnalysis,
    snapshot: Snapshot,
    embedder: Embedder,
    scope: Filter,
    settings: Settings,
    ranker: Logistic,
) -> tuple[Hit, ...]:
    """Returns the hits for what is asked, best first; those not used say why in ``rejected``.

    () where nothing is in scope.
    """
    hits = gather(queries, snapshot, embedder, scope, settings)
    return cut(ranked(analysis, hits, ranker), settings.hits_k)


def gather(
    queries: Sequence[str], snapshot: Snapshot, embedder: Embedder, scope: Filter, settings: Settings
) -> tuple[Hit, ...]:
    """Returns the ``POOL`` times ``hits_k`` best fused hits; near-duplicates come last and say so in ``rejected``.

    Three rankings a query are fused: passages by cosine, passages by words, and those two lists together by their most
    similar sentence (a passage is long, an answer is one sentence of it). Ties are broken by passage id. () where
    nothing is in scope.

    Args:
        queries: What is asked, and further wordings. The best cosine counts; word scores are those of what is asked.
        snapshot: The generation.
        embedder: That of the index.
        scope: What may be found.
        settings: How much is searched and kept.
    """
    expanded = [expand(query, settings.abbreviations) for query in queries]
    vectors = embedder.embed(expanded, kind="query")
    dense = [snapshot.search_vectors(vector, k=settings.dense_k, filter=scope) for vector in vectors]
    lexical = [snapshot.search_words(query, k=settings.lexical_k, filter=scope) for query in expanded]
    found = [each.passage_id for ranking in (*dense, *lexical) for each in ranking]
    cosines = [sentence_cosines(vector, found, snapshot) for vector in vectors]
    by_sentence = [by_best_sentence(each) for each in cosines]
    fused = fuse((*dense, *lexical, *by_sentence), settings.rrf_k)[: settings.hits_k * POOL]
    hits = _with_passages(fused, _best_scores(dense), lexical[0], _best_cosines(cosines), snapshot)
    return collapse(hits, {each.edition_id: each for each in snapshot.editions()})


def _best_scores(rankings: Sequence[Sequence[Ranked]]) -> Sequence[Ranked]:
    """Returns the passages of some rankings by the best score of each, ties by passage id."""
    if len(rankings) == 1:
        return rankings[0]
    best: dict[PassageId, float] = {}
    for each in chain.from_iterable(rankings):
        best[each.passage_id] = max(each.score, best.get(each.passage_id, each.score))
    return [Ranked(name, score) for name, score in sorted(best.items(), key=lambda item: (-item[1], item[0]))]


def _best_cosines(cosines: Sequence[Mapping[PassageId, tuple[float, ...]]]) -> dict[PassageId, tuple[float, ...]]:
    """Returns for each passage the best cosine of each sentence over some wordings of a question."""
    first, *others = cosines
    return {
        name: tuple(map(max, own, *(each[name] for each in others))) if others else own for name, own in first.items()
    }


def sentence_cosines(
    vector: Vectors, ids: Sequence[PassageId], snapshot: Snapshot
) -> dict[PassageId, tuple[float, ...]]:
    """Returns for each passage the cosine of the question with each of its sentences, in order."""
    stored = snapshot.sentence_vectors(tuple(dict.fromkeys(ids)))
    return {passage_id: tuple((matrix @ vector).tolist()) for passage_id, matrix in stored.items()}


def by_best_sentence(cosines_by_passage: Mapping[PassageId, Sequence[float]]) -> tuple[Ranked, ...]:
    """Returns the passages that have sentences by the cosine of their most similar one, ties by passage id."""
    ranked = [Ranked(passage_id, max(cosines)) for passage_id, cosines in cosines_by_passage.items() if cosines]
    return tuple(sorted(ranked, key=lambda each: (-each.score, each.passage_id)))


def fuse(rankings: Iterable[Sequence[Ranked]], k: int) -> tuple[tuple[PassageId, float], ...]:
    """Returns passage ids with the sum of 1 / (k + rank) over the rankings, best first, ties by id.

    Source: Cormack, Clarke and Büttcher, "Reciprocal rank fusion outperforms Condorcet and individual rank
    learning methods", SIGIR 2009.
    """
    scores: dict[PassageId, float] = {}
    for ranking in rankings:
        for rank, each in enumerate(ranking, start=1):
            scores[each.passage_id] = scores.get(each.passage_id, 0.0) + 1.0 / (k + rank)
    return tuple(sorted(scores.items(), key=lambda item: (-item[1], item[0])))


def _with_passages(
    fused: Sequence[tuple[PassageId, float]],
    dense: Sequence[Ranked],
    lexical: Sequence[Ranked],
    cosines_by_passage: Mapping[PassageId, tuple[float, ...]],
    snapshot: Snapshot,
) -> tuple[Hit, ...]:
    by_vector = {each.passage_id: (rank, each.score) for rank, each in enumerate(dense, start=1)}
    by_words = {each.passage_id: (rank, each.score) for rank, each in enumerate(lexical, start=1)}
    scores = dict(fused)
    hits = []
    for passage in snapshot.passages([passage_id for passage_id, _ in fused]):
        dense_rank, cosine = by_vector.get(passage.passage_id, (None, None))
        lexical_rank, bm25 = by_words.get(passage.passage_id, (None, None))
        cosines = cosines_by_passage.get(passage.passage_id, ())
        hits.append(Hit(passage, scores[passage.passage_id], dense_rank, lexical_rank, cosine, bm25, cosines))
    return tuple(hits)


def shingles(text: str) -> frozenset[tuple[str, ...]]:
    """Returns the word sequences of length ``SHINGLE_WORDS`` of a text; the whole of a shorter one."""
    all_words = words(text)
    if len(all_words) <= SHINGLE_WORDS:
        return frozenset({all_words})
    return frozenset(zip(*(all_words[i:] for i in range(SHINGLE_WORDS)), strict=False))


def collapse(hits: Sequence[Hit], editions: dict[EditionId, Edition]) -> tuple[Hit, ...]:
    """Returns the hits with the weaker ones of near-identical passages of *different* editions rejected.

    Passages that differ in a number, time limit, duty word, negation, contact or body are never the same text.

    Of two, the one with the higher authority stays, then official before summary, then the later edition, then
    the better score; it takes the better place.
    """
    kept: list[tuple[Hit, frozenset[tuple[str, ...]]]] = []
    rejected: list[Hit] = []
    for hit in hits:
        own = shingles(hit.passage.text)
        twin = next((i for i, other in enumerate(kept) if _is_twin(hit, own, *other)), None)
        if twin is None:
            kept.append((hit, own))
            continue
        other, others_shingles = kept[twin]
        if _precedence(hit, editions) < _precedence(other, editions):
            kept[twin] = (replace(hit, score=other.score), own)
            rejected.append(replace(other, rejected="near_duplicate"))
        else:
            kept[twin] = (other, others_shingles)
            rejected.append(replace(hit, rejected="near_duplicate"))
    return (*(hit for hit, _ in kept), *rejected)


def _are_alike(own: frozenset[tuple[str, ...]], others: frozenset[tuple[str, ...]]) -> bool:
    """Returns whether two passages have most of their word sequences in common."""
    return len(own & others) / max(len(own), len(others), 1) >= DUPLICATE_SHARE


def is_same_text(one: str, other: str) -> bool:
    """Returns whether two passages are the same text but for a few words and their numbers are the same."""
    return _are_alike(shingles(one), shingles(other)) and set(_NUMBERS.findall(one)) == set(_NUMBERS.findall(other))


def _is_twin(hit: Hit, own: frozenset[tuple[str, ...]], other: Hit, others: frozenset[tuple[str, ...]]) -> bool:
    if hit.passage.edition_id == other.passage.edition_id:
        return False
    return _are_alike(own, others) and not differences(hit.passage.text, other.passage.text)


def _precedence(hit: Hit, editions: dict[EditionId, Edition]) -> tuple[int, int, int]:
    edition = editions[hit.passage.edition_id]
    start = edition.in_force_from or edition.published or date.min
    return edition.kind.authority, list(Form).index(edition.form), -start.toordinal()


def cut(hits: Sequence[Hit], k: int) -> tuple[Hit, ...]:
    """Returns the hits with all but the first k of those in use rejected."""
    kept = [hit for hit in hits if hit.rejected is None]
    below = [replace(hit, rejected="below_cut") for hit in kept[k:]]
    return (*kept[:k], *below, *(hit for hit in hits if hit.rejected is not None))
