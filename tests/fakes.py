"""Small stand-ins for the ports, inspected by their state."""

from __future__ import annotations

import hashlib
import math
from collections import Counter
from collections.abc import Collection, Iterable, Mapping, Sequence
from typing import Literal

import numpy as np

from assistant.errors import LibraryError
from assistant.model import Edition, EditionId, Filter, Passage, PassageId, Ranked
from assistant.ports import Vectors
from assistant.text.words import content_words, stem, words


class FakeEmbedder:
    """A bag of words: each stem adds to one of 64 columns, an empty text is the first axis."""

    def __init__(self, window: int = 256, name: str = "fake") -> None:
        self._window = window
        self._name = name
        self.embedded: list[str] = []

    @property
    def fingerprint(self) -> str:
        return f"{self._name}/{self._window}"

    @property
    def dimension(self) -> int:
        return 64

    @property
    def window(self) -> int:
        return self._window

    def embed(self, texts: Sequence[str], *, kind: Literal["query", "passage"]) -> Vectors:
        self.embedded.extend(texts)
        vectors = np.zeros((len(texts), self.dimension), dtype=np.float32)
        for row, text in enumerate(texts):
            for word in content_words(text)[: self._window]:
                vectors[row, hashlib.sha256(word.encode()).digest()[0] % self.dimension] += 1.0
            if not vectors[row].any():
                vectors[row, 0] = 1.0
        return np.asarray(vectors / np.linalg.norm(vectors, axis=1, keepdims=True), dtype=np.float32)

    def layers(self, texts: Sequence[str]) -> Vectors:
        return self.embed(texts, kind="query")

    def count_tokens(self, texts: Sequence[str]) -> tuple[int, ...]:
        return tuple(len(text.split()) + 2 for text in texts)


Held = dict[str, tuple[Passage, Edition, Counter[str]]]


class FakeLexicalIndex:
    """Counts shared stems, weighted by how rare they are, in plain dictionaries."""

    def __init__(self) -> None:
        self.built: dict[int, Held] = {}
        self._vocabularies: dict[tuple[int, frozenset[EditionId]], Counter[str]] = {}

    def build(self, generation: int, passages: Iterable[tuple[Passage, Edition]]) -> None:
        self._vocabularies.clear()
        self.built[generation] = {
            passage.passage_id: (passage, edition, Counter(content_words(passage.embed_text)))
            for passage, edition in passages
        }

    def extend(
        self, generation: int, base: int, gone: Collection[EditionId], passages: Iterable[tuple[Passage, Edition]]
    ) -> bool:
        kept = {name: line for name, line in self.built[base].items() if line[1].edition_id not in gone}
        self.build(generation, passages)
        self.built[generation] = {**kept, **self.built[generation]}
        return True

    def search(self, generation: int, query: str, *, k: int, filter: Filter) -> tuple[Ranked, ...]:
        held = self._seen(generation, filter.hidden)
        weights = {each: math.log(1 + len(held) / (1 + _holding(held, each))) for each in content_words(query)}
        ranked = [
            Ranked(passage.passage_id, sum(weight for word, weight in weights.items() if found[word]))
            for passage, edition, found in held.values()
            if _sees(filter, edition)
        ]
        return tuple(sorted((r for r in ranked if r.score > 0), key=lambda r: (-r.score, r.passage_id)))[:k]

    def document_frequencies(
        self, generation: int, asked: Sequence[str], hidden: Collection[EditionId] = ()
    ) -> tuple[int, ...]:
        held = self._seen(generation, hidden)
        return tuple(_holding(held, stem(words(word)[0])) if words(word) else 0 for word in asked)

    def vocabulary(self, generation: int, hidden: Collection[EditionId] = ()) -> Mapping[str, int]:
        key = generation, frozenset(hidden)
        if key not in self._vocabularies:
            seen = self._seen(generation, hidden).values()
            self._vocabularies[key] = Counter(word for passage, _, _ in seen for word in set(words(passage.embed_text)))
        return self._vocabularies[key]

    def is_separated(self, generation: int) -> bool:
        return True

    def count(self, generation: int) -> int:
        return len(self.built.get(generation, {}))

    def drop(self, generation: int) -> None:
        self.built.pop(generation, None)

    def generations(self) -> tuple[int, ...]:
        return tuple(sorted(self.built))

    def _seen(self, generation: int, hidden: Collection[EditionId]) -> Held:
        return {name: held for name, held in self.built[generation].items() if held[1].edition_id not in hidden}


def _holding(held: Held, word: str) -> int:
    return sum(1 for _, _, found in held.values() if found[word])


class FakePassageIndex:
    """Compares a vector with every other one, in plain dictionaries."""

    def __init__(self) -> None:
        self.built: dict[int, dict[str, tuple[Edition, Vectors]]] = {}

    def build(self, generation: int, passages: Iterable[tuple[Passage, Edition, Vectors]]) -> None:
        self.built[generation] = {passage.passage_id: (edition, vector) for passage, edition, vector in passages}

    def extend(
        self,
        generation: int,
        base: int,
        gone: Collection[EditionId],
        passages: Iterable[tuple[Passage, Edition, Vectors]],
    ) -> bool:
        kept = {name: line for name, line in self.built[base].items() if line[0].edition_id not in gone}
        self.build(generation, passages)
        self.built[generation] = {**kept, **self.built[generation]}
        return True

    def search(self, generation: int, vector: Vectors, *, k: int, filter: Filter) -> tuple[Ranked, ...]:
        if generation not in self.built:
            raise LibraryError(f"generation {generation}: no vector index. Run `assistant rebuild`.")
        ranked = [
            Ranked(PassageId(name), float(held @ vector))
            for name, (edition, held) in self.built[generation].items()
            if _sees(filter, edition)
        ]
        return tuple(sorted(ranked, key=lambda r: (-r.score, r.passage_id)))[: max(k, 0)]

    def is_separated(self, generation: int) -> bool:
        return True

    def count(self, generation: int) -> int:
        return len(self.built.get(generation, {}))

    def drop(self, generation: int) -> None:
        self.built.pop(generation, None)

    def generations(self) -> tuple[int, ...]:
        return tuple(sorted(self.built))


def _sees(filter: Filter, edition: Edition) -> bool:
    return (
        (not filter.kinds or edition.kind in filter.kinds)
        and (not filter.editions or edition.edition_id in filter.editions)
        and edition.edition_id not in (*filter.excluded, *filter.hidden)
    )
