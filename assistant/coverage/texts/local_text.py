"""The sentences of local documents, and which of them are nearest to something that should be carried out."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import numpy as np

from assistant.editions.locations import label_at
from assistant.model import Edition, EditionId, Kind, PassageId, Span
from assistant.ports import Snapshot, Vectors
from assistant.text.words import content_words

LOCAL = (Kind.POLICY,)
"""Kinds of document that carry duties out: a strategy is not a procedure."""
RELATED = 0.53
"""Least likeness (cosine) of a local sentence to the duty for it to be about the same matter."""
SHOWN = 3
"""Local sentences shown beside a duty."""


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
    does: float = 0.0
    """Share of the words of what the duty asks for that it has, the rarer in duties the more they count, 0 to 1."""

    @property
    def nearness(self) -> float:
        """Returns likeness and shared words in one."""
        return self.likeness + self.shared

    @property
    def carriage(self) -> float:
        """Returns likeness and the words of what is asked for in one."""
        return self.likeness + self.does


class LocalText:
    """Sentences of local documents with their vectors.

    Args:
        sentences: The sentences.
        vectors: float32 (n, dim), a row each, L2-normalised.
    """

    def __init__(self, sentences: Sequence[LocalSentence], vectors: Vectors) -> None:
        self.sentences = tuple(sentences)
        self.vectors = vectors
        self._words = [frozenset(content_words(each.text)) for each in sentences]
        counts = Counter(word for words in self._words for word in words)
        self._weight = {word: math.log((len(sentences) + 1) / (count + 0.5)) for word, count in counts.items()}

    @classmethod
    def of(cls, snapshot: Snapshot, editions: Iterable[Edition]) -> LocalText:
        """Returns every sentence of editions, with the vectors of the ingest."""
        found = [each for edition in editions for each in _of_edition(snapshot, edition.edition_id)]
        vectors = np.stack([vector for _, vector in found]) if found else np.zeros((0, 1), dtype=np.float32)
        return cls([sentence for sentence, _ in found], vectors)

    def nearest(self, quote: str, vector: Vectors) -> tuple[Evidence, ...]:
        """Returns the local sentences nearest to a text, the nearest first, ties in reading order; () where none is there.

        Args:
            quote: The text.
            vector: float32 (dim,) of it.
        """
        if not self.sentences:
            return ()
        likeness = self.vectors @ vector
        least = np.partition(likeness, -SHOWN)[-SHOWN] if len(likeness) > SHOWN else -2.0
        near = np.flatnonzero(likeness >= least)
        places = near[np.argsort(-likeness[near], kind="stable")[:SHOWN]]
        wanted = frozenset(content_words(quote))
        return tuple(self._evidence(int(place), float(likeness[place]), wanted) for place in places)

    def _evidence(self, place: int, likeness: float, wanted: frozenset[str]) -> Evidence:
        local = self.sentences[place]
        rare = math.log((len(self.sentences) + 1) / 0.5)
        total = sum(self._weight.get(word, rare) for word in wanted)
        shared = sum(self._weight[word] for word in wanted & self._words[place]) / total if total else 0.0
        return Evidence(local, likeness, shared)


def _of_edition(snapshot: Snapshot, edition_id: EditionId) -> list[tuple[LocalSentence, Vectors]]:
    text = snapshot.text(edition_id)
    passages = snapshot.passages_of(edition_id)
    vectors = snapshot.sentence_vectors([each.passage_id for each in passages])
    found = []
    for passage in passages:
        for place, sentence in enumerate(passage.sentences):
            parts = (*sentence.lead_ins, sentence.span)
            words = " ".join(text[each.start : each.end] for each in parts)
            where = (edition_id, passage.passage_id, label_at(passage, parts[-1].start), passage.headings, parts, words)
            found.append((LocalSentence(*where), vectors[passage.passage_id][place]))
    return found
