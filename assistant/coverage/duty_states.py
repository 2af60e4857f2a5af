"""Proposes how local policy stands to each statutory duty; whether it is so, people decide."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import StrEnum

import numpy as np

from assistant.coverage.actors import group_of
from assistant.coverage.conflicts import Conflict, conflicts_of
from assistant.coverage.duties import StatutoryDuty
from assistant.coverage.duty_clauses import is_about_guidance
from assistant.model import Edition, EditionId, Kind, PassageId, Span
from assistant.ports import Snapshot, Vectors
from assistant.words import content_words

LOCAL = (Kind.POLICY,)
"""Kinds of document that carry duties out: a strategy is not a procedure."""
RELATED = 0.53
"""Least likeness (cosine) of a local sentence to the duty for it to be about the same matter."""
COVERED, NEAR = 0.9, 0.65
"""Least sum of likeness and shared words, and least likeness, for a local sentence to carry the duty whole."""
TOUCHING = 0.8
"""Least sum of likeness and shared words for what a local sentence has otherwise to count as a conflict.

All four were chosen on the 55 invented pairs of ``evals/coverage/proposals.yaml`` with the project's own embedder
(``python -m evals.coverage --development``); with another embedder they are a guess, and the report says so.
"""
SHOWN = 3
"""Local sentences shown with a duty."""
ELSEWHERE = ("National panel",)
"""Groups of actors whose duties no local document carries out."""


class State(StrEnum):
    """How local policy stands to a duty, the worst first."""

    CONFLICTS = "conflicts"
    ABSENT = "absent"
    PARTIAL = "partial"
    COVERED = "covered"
    NOT_LOCAL = "not_local"
    """No local matter: a duty of the national panel or of ministers, or a sentence about the guidance itself."""


@dataclass(frozen=True, slots=True)
class LocalSentence:
    """A sentence of a local document that may carry a duty."""

    edition_id: EditionId
    passage_id: PassageId
    label: str | None
    headings: tuple[str, ...]
    parts: tuple[Span, ...]
    text: str


@dataclass(frozen=True, slots=True)
class Evidence:
    """A local sentence beside a duty."""

    local: LocalSentence
    likeness: float
    """Cosine of the two, -1 to 1."""
    shared: float
    """Share of the duty's words that it has, the rarer the more they count, 0 to 1."""
    conflicts: tuple[Conflict, ...]


@dataclass(frozen=True, slots=True)
class Proposal:
    """What is proposed for a duty, and what it rests on."""

    duty: StatutoryDuty
    state: State
    conflicts: tuple[Conflict, ...]
    evidence: tuple[Evidence, ...]
    """The nearest local sentences, the nearest first; empty where nothing local is indexed."""


class LocalText:
    """Every sentence of the local documents with its vector.

    Args:
        snapshot: The library.
        editions: The local documents.
    """

    def __init__(self, snapshot: Snapshot, editions: Iterable[Edition]) -> None:
        sentences: list[LocalSentence] = []
        vectors: list[Vectors] = []
        for edition in editions:
            found = _of_edition(snapshot, edition.edition_id)
            sentences += [sentence for sentence, _ in found]
            vectors += [vector for _, vector in found]
        self.sentences = tuple(sentences)
        self.vectors = np.stack(vectors) if vectors else np.zeros((0, 1), dtype=np.float32)
        self._words = [frozenset(content_words(each.text)) for each in sentences]
        counts = Counter(word for words in self._words for word in words)
        self._weight = {word: math.log((len(sentences) + 1) / (count + 0.5)) for word, count in counts.items()}

    def nearest(self, duty: StatutoryDuty, vector: Vectors) -> tuple[Evidence, ...]:
        """Returns the local sentences nearest to a duty, the nearest first, ties in reading order."""
        if not self.sentences:
            return ()
        likeness = self.vectors @ vector
        places = np.argsort(-likeness, kind="stable")[:SHOWN]
        wanted = frozenset(content_words(duty.quote))
        return tuple(self._evidence(int(place), float(likeness[place]), duty, wanted) for place in places)

    def _evidence(self, place: int, likeness: float, duty: StatutoryDuty, wanted: frozenset[str]) -> Evidence:
        local = self.sentences[place]
        rare = math.log((len(self.sentences) + 1) / 0.5)
        total = sum(self._weight.get(word, rare) for word in wanted)
        shared = sum(self._weight[word] for word in wanted & self._words[place]) / total if total else 0.0
        found = conflicts_of(duty.quote, duty.strength, local.text) if likeness >= RELATED else ()
        return Evidence(local, likeness, shared, found)


def propose(duties: Sequence[StatutoryDuty], vectors: Sequence[Vectors], local: LocalText) -> tuple[Proposal, ...]:
    """Returns a proposal for each duty, in the order given.

    Args:
        duties: The duties.
        vectors: float32 (dim,) of each.
        local: The local documents.
    """
    return tuple(_proposal(duty, local.nearest(duty, vector)) for duty, vector in zip(duties, vectors, strict=True))


def _proposal(duty: StatutoryDuty, evidence: tuple[Evidence, ...]) -> Proposal:
    if is_elsewhere(duty):
        return Proposal(duty, State.NOT_LOCAL, (), evidence)
    best = evidence[0] if evidence else None
    if best is None or best.likeness < RELATED:
        return Proposal(duty, State.ABSENT, (), evidence)
    if best.conflicts and best.likeness + best.shared >= TOUCHING:
        return Proposal(duty, State.CONFLICTS, best.conflicts, evidence)
    is_whole = best.likeness >= NEAR and best.likeness + best.shared >= COVERED
    return Proposal(duty, State.COVERED if is_whole else State.PARTIAL, (), evidence)


def is_elsewhere(duty: StatutoryDuty) -> bool:
    """Returns whether a duty is no local matter: another's, or about the guidance itself."""
    return group_of(duty.actor) in ELSEWHERE or is_about_guidance(duty.subject, duty.action)


def _of_edition(snapshot: Snapshot, edition_id: EditionId) -> list[tuple[LocalSentence, Vectors]]:
    text = snapshot.text(edition_id)
    passages = snapshot.passages_of(edition_id)
    vectors = snapshot.sentence_vectors([each.passage_id for each in passages])
    found = []
    for passage in passages:
        for place, sentence in enumerate(passage.sentences):
            parts = (*sentence.lead_ins, sentence.span)
            words = " ".join(text[each.start : each.end] for each in parts)
            where = (edition_id, passage.passage_id, passage.label, passage.headings, parts, words)
            found.append((LocalSentence(*where), vectors[passage.passage_id][place]))
    return found
