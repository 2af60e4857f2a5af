"""What another edition in force says otherwise: for each quote of an outcome the texts that differ from it.

Both are shown, the higher authority first, and the difference is named. The texts are looked for among everything that
was found for the question, what was left out as a near-duplicate too, and, for the first quote, by its own sentence.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import islice

import numpy as np

from assistant.answering.verify.quotes import verify_quotes
from assistant.messages import HIGHER_AUTHORITY, SAME_AUTHORITY, notice
from assistant.model import (
    Citation,
    CitedDifference,
    Claim,
    Draft,
    Edition,
    EditionId,
    Filter,
    Finding,
    Hit,
    Kind,
    Notice,
    Passage,
    PassageId,
    Sentence,
    Span,
    Verdict,
)
from assistant.ports import Snapshot, Vectors
from assistant.text.differences.compare import Difference, differences, share_a_value

LEAST_COSINE = 0.55
"""Least cosine of two sentences for them to be compared."""
SEARCHED = 5
"""Passages of other editions that are looked for by the words of a quote."""
SEARCHED_BY = 1
"""Most sentences of the first quote that are searched by; the others are compared with what was found for the question."""
MOST_COMPARED = 3
"""Most sentences of another edition that are compared with a quote, the most similar ones."""
MOST_EDITIONS = 5
"""Most other editions that are compared with a quote, the most similar ones."""
MOST_SHOWN = 2
"""Most other editions that are shown beside one quote."""


@dataclass(frozen=True, slots=True)
class Differing:
    """Two claims over different editions that differ about the same thing."""

    claim: Claim
    other: Claim
    differences: tuple[Difference, ...]
    """Spans in the texts of the two claims."""


def with_differing(
    findings: Sequence[Finding], hits: Sequence[Hit], scope: Filter, snapshot: Snapshot, most: int | None = None
) -> tuple[tuple[Finding, ...], tuple[Differing, ...]]:
    """Returns the findings with those that differ from supported ones beside them, and the pairs that differ.

    Of a pair the higher authority comes first. Findings without another text stay in their order.

    Args:
        findings: The verified claims.
        hits: Everything found for the question.
        scope: What the search may see, so that no superseded and no restricted edition is compared.
        snapshot: The generation.
        most: How many of the first claims may bring other texts; the rest are compared among themselves. None for all.
    """
    supported = [each.claim for each in findings if each.verdict is Verdict.SUPPORTED]
    shown = {_place(each) for each in supported}
    near = _Found.of([hit.passage for hit in hits], snapshot)
    pairs = tuple(
        each
        for at, claim in enumerate(supported)
        for each in _differing(claim, supported, near, scope, snapshot, may_search=at == 0)
        if most is None or at < most or _place(each.other) in shown
    )
    if not pairs:
        return tuple(findings), ()
    kinds = {each.edition_id: each.kind for each in snapshot.editions()}
    ordered = tuple(_in_order(each, kinds) for each in _unique(pairs))
    return _beside(findings, ordered, kinds, snapshot), ordered


def _unique(pairs: Sequence[Differing]) -> Iterator[Differing]:
    seen: set[frozenset[tuple[PassageId, tuple[Span, ...]]]] = set()
    for each in pairs:
        key = frozenset({(each.claim.passage_id, each.claim.parts), (each.other.passage_id, each.other.parts)})
        if key not in seen:
            seen.add(key)
            yield each


def _in_order(pair: Differing, kinds: Mapping[EditionId, Kind]) -> Differing:
    if kinds[pair.claim.edition_id].authority <= kinds[pair.other.edition_id].authority:
        return pair
    turned = tuple(Difference(each.kind, each.other, each.one) for each in pair.differences)
    return Differing(pair.other, pair.claim, turned)


def _beside(
    findings: Sequence[Finding], pairs: Sequence[Differing], kinds: Mapping[EditionId, Kind], snapshot: Snapshot
) -> tuple[Finding, ...]:
    given = {_place(each.claim): each for each in findings}
    claims = {_place(claim): claim for pair in pairs for claim in (pair.claim, pair.other)}
    new = tuple(claim for place, claim in claims.items() if place not in given)
    given |= {_place(each.claim): each for each in verify_quotes(Draft(new), snapshot)}
    placed: dict[tuple[PassageId, tuple[Span, ...]], Finding] = {}
    for finding in findings:
        mine = [pair for pair in pairs if _place(finding.claim) in (_place(pair.claim), _place(pair.other))]
        beside = {_place(each): each for pair in mine for each in (pair.claim, pair.other)} or {
            _place(finding.claim): finding.claim
        }
        for place in sorted(beside, key=lambda each: kinds[beside[each].edition_id].authority):
            placed.setdefault(place, given[place])
    return tuple(placed.values())


def _place(claim: Claim) -> tuple[PassageId, tuple[Span, ...]]:
    return claim.passage_id, claim.parts


@dataclass(frozen=True, slots=True)
class _Found:
    """Passages with the vectors of their sentences."""

    passages: Mapping[PassageId, Passage]
    vectors: Mapping[PassageId, Vectors]

    @classmethod
    def of(cls, passages: Sequence[Passage], snapshot: Snapshot) -> _Found:
        """Returns quotable passages with their vectors."""
        quotable = {each.passage_id: each for each in passages if each.is_quotable}
        return cls(quotable, snapshot.sentence_vectors(tuple(quotable)))

    def with_more(self, ids: Sequence[PassageId], snapshot: Snapshot) -> _Found:
        """Returns these and others by their ids."""
        more = _Found.of(
            snapshot.passages([each for each in dict.fromkeys(ids) if each not in self.passages]), snapshot
        )
        return _Found({**self.passages, **more.passages}, {**self.vectors, **more.vectors})


def _differing(
    claim: Claim,
    shown: Sequence[Claim],
    near: _Found,
    scope: Filter,
    snapshot: Snapshot,
    *,
    may_search: bool,
) -> Iterator[Differing]:
    """Yields the claim with each text that differs from it, at most ``MOST_SHOWN``, the most similar first.

    A text that lies within another claim that is shown is that claim.
    """
    near = near.with_more([claim.passage_id], snapshot)
    own, stored = near.passages.get(claim.passage_id), near.vectors.get(claim.passage_id)
    vectors = _vectors_of(claim, own, stored) if own is not None and stored is not None else None
    if own is None or vectors is None:
        return
    if may_search:
        elsewhere = replace(scope, excluded=tuple(sorted({*scope.excluded, claim.edition_id})))
        searches = (snapshot.search_vectors(each, k=SEARCHED, filter=elsewhere) for each in vectors[:SEARCHED_BY])
        near = near.with_more([each.passage_id for search in searches for each in search], snapshot)
    quote = _quoted(claim, snapshot)
    nearest = _nearest_sentences(claim, vectors, near, snapshot)
    found = (_first_differing(quote, own, sentences, shown, snapshot) for sentences in nearest)
    yield from islice((each for each in found if each is not None), MOST_SHOWN)


def _quoted(claim: Claim, snapshot: Snapshot) -> Claim:
    text = snapshot.text(claim.edition_id)
    return replace(claim, text=" ".join(text[start:end] for start, end in claim.parts))


def _vectors_of(claim: Claim, passage: Passage, stored: Vectors) -> Vectors | None:
    """Returns the vectors of the sentences that a claim quotes, float32 (n, dim); None where it quotes none whole."""
    last = claim.parts[-1]
    inside = [at for at, each in enumerate(passage.sentences) if last.start <= each.span.start < last.end]
    return stored[inside] if inside else None


@dataclass(frozen=True, slots=True)
class _Near:
    passage: Passage
    sentence: Sentence
    cosine: float


def _nearest_sentences(claim: Claim, vectors: Vectors, found: _Found, snapshot: Snapshot) -> list[list[_Near]]:
    """Returns for each other edition its sentences that are most similar to those quoted, best edition first."""
    editions = {each.edition_id: each for each in snapshot.editions()}
    by_edition: dict[EditionId, list[_Near]] = {}
    for name, stored in found.vectors.items():
        passage = found.passages[name]
        if not len(stored) or not _may_differ(editions, claim.edition_id, passage.edition_id):
            continue
        cosines = np.max(stored @ vectors.T, axis=1)
        by_edition.setdefault(passage.edition_id, []).extend(
            _Near(passage, sentence, float(cosine))
            for sentence, cosine in zip(passage.sentences, cosines, strict=True)
            if cosine >= LEAST_COSINE
        )
    order = [
        sorted(each, key=lambda one: (-one.cosine, one.sentence.span))[:MOST_COMPARED]
        for each in by_edition.values()
        if each
    ]
    return sorted(order, key=lambda each: (-each[0].cosine, each[0].passage.passage_id))[:MOST_EDITIONS]


def _may_differ(editions: Mapping[EditionId, Edition], one: EditionId, other: EditionId) -> bool:
    """Returns whether texts of two editions may be compared: a review tells what happened, and lays nothing down."""
    if one == other or other not in editions or one not in editions:
        return False
    return Kind.LEARNING_REVIEW not in (editions[one].kind, editions[other].kind)


def _first_differing(
    claim: Claim, own: Passage, nearest: Sequence[_Near], shown: Sequence[Claim], snapshot: Snapshot
) -> Differing | None:
    """Returns the claim with the first sentence that differs from it; None where a sentence before it says the same."""
    headings = " ".join(own.headings)
    for near in nearest:
        other = next((_quoted(each, snapshot) for each in shown if _holds(each, near)), _claim_of(near, snapshot))
        found = differences(claim.text, other.text, headings, " ".join(near.passage.headings), near.cosine)
        if found:
            return Differing(claim, other, found)
        if share_a_value(claim.text, other.text):
            return None
    return None


def _holds(claim: Claim, near: _Near) -> bool:
    span, last = near.sentence.span, claim.parts[-1]
    return claim.passage_id == near.passage.passage_id and last.start <= span.start and span.end <= last.end


def _claim_of(near: _Near, snapshot: Snapshot) -> Claim:
    parts = (*near.sentence.lead_ins, near.sentence.span)
    text = snapshot.text(near.passage.edition_id)
    words = " ".join(text[start:end] for start, end in parts)
    return Claim(words, parts, near.passage.edition_id, near.passage.passage_id)


def cited_differences(pairs: Sequence[Differing], citations: Sequence[Citation]) -> tuple[CitedDifference, ...]:
    """Returns the pairs with the numbers of their citations; a pair of which one is not cited is left out."""
    numbers = {(each.passage_id, tuple(part.span for part in each.parts)): each.number for each in citations}
    found = []
    for pair in pairs:
        one, other = numbers.get(_place(pair.claim)), numbers.get(_place(pair.other))
        if one is None or other is None:
            continue
        kinds = tuple(dict.fromkeys(each.kind for each in pair.differences))
        firsts = [next(each for each in pair.differences if each.kind is kind) for kind in kinds]
        words = tuple(pair.claim.text[slice(*each.one)] for each in firsts)
        other_words = tuple(pair.other.text[slice(*each.other)] for each in firsts)
        found.append(CitedDifference(kinds, (one, other), words, other_words))
    return tuple(found)


def difference_notices(found: Sequence[CitedDifference], citations: Sequence[Citation]) -> tuple[Notice, ...]:
    """Returns a notice for each difference: the words of both, where they stand, and which has the higher authority."""
    by_number = {each.number: each for each in citations}
    return tuple(_notice(each, *(by_number[number] for number in each.citations)) for each in found)


def _notice(difference: CitedDifference, one: Citation, other: Citation) -> Notice:
    is_higher = one.edition.kind.authority < other.edition.kind.authority
    which = HIGHER_AUTHORITY.format(title=one.edition.title) if is_higher else SAME_AUTHORITY
    return notice(
        "differs",
        one=f"{_said(difference.words)} ({_where(one)})",
        other=f"{_said(difference.other_words)} ({_where(other)})",
        which=which,
    )


def _said(words: Sequence[str]) -> str:
    said = [f"“{' '.join(each.split())}”" for each in words if each.strip()]
    return " and ".join(filter(None, (", ".join(said[:-1]), *said[-1:]))) or "no such words"


def _where(citation: Citation) -> str:
    labels = citation.page_labels
    return f"{citation.edition.title}, page {labels[0]}" if labels else citation.edition.title
