"""The sentences of local documents, and a search for those nearest to a duty or recommendation."""

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
"""Types of document that implement duties: a strategy is not a procedure."""
RELATED = 0.53
"""Least cosine similarity of a local sentence and a duty for both to be about the same matter."""
SHOWN = 3
"""Local sentences shown for a duty."""


@dataclass(frozen=True, slots=True)
class LocalSentence:
    """A sentence of a local document."""

    edition_id: EditionId
    passage_id: PassageId
    label: str | None
    headings: tuple[str, ...]
    parts: tuple[Span, ...]
    text: str


@dataclass(frozen=True, slots=True)
class LocalMatch:
    """A local sentence compared with a duty."""

    local: LocalSentence
    likeness: float
    """Cosine similarity, -1 to 1."""
    word_share: float
    """Share of the duty's words that it contains, weighted by rarity, 0 to 1."""
    action_share: float = 0.0
    """Share of the words of the duty's action that it contains, weighted by rarity among duties, 0 to 1."""

    @property
    def nearness(self) -> float:
        """Returns the sum of likeness and shared words."""
        return self.likeness + self.word_share

    @property
    def coverage_score(self) -> float:
        """Returns the sum of likeness and shared words of the action."""
        return self.likeness + self.action_share


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
        """Returns every sentence of some editions, with the vectors stored by the ingest."""
        pairs = [pair for edition in editions for pair in _of_edition(snapshot, edition.edition_id)]
        vectors = np.stack([vector for _, vector in pairs]) if pairs else np.zeros((0, 1), dtype=np.float32)
        return cls([sentence for sentence, _ in pairs], vectors)

    def nearest(self, quote: str, vector: Vectors) -> tuple[LocalMatch, ...]:
        """Returns the local sentences nearest to a text, the nearest first, ties in reading order; () where there are none.

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
        words = frozenset(content_words(quote))
        return tuple(self._match(int(place), float(likeness[place]), words) for place in places)

    def _match(self, place: int, likeness: float, words: frozenset[str]) -> LocalMatch:
        local = self.sentences[place]
        rare = math.log((len(self.sentences) + 1) / 0.5)
        total = sum(self._weight.get(word, rare) for word in words)
        word_share = sum(self._weight[word] for word in words & self._words[place]) / total if total else 0.0
        return LocalMatch(local, likeness, word_share)


def _of_edition(snapshot: Snapshot, edition_id: EditionId) -> list[tuple[LocalSentence, Vectors]]:
    text = snapshot.text(edition_id)
    passages = snapshot.passages_of(edition_id)
    vectors = snapshot.sentence_vectors([each.passage_id for each in passages])
    pairs = []
    for passage in passages:
        for place, sentence in enumerate(passage.sentences):
            parts = (*sentence.lead_ins, sentence.span)
            words = " ".join(text[each.start : each.end] for each in parts)
            where = (edition_id, passage.passage_id, label_at(passage, parts[-1].start), passage.headings, parts, words)
            pairs.append((LocalSentence(*where), vectors[passage.passage_id][place]))
    return pairs
