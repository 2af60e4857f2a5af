"""Which theme a question is about: the topic of the coverage report to whose questions it is most similar."""

from __future__ import annotations

from collections.abc import Sequence
from threading import Lock

import numpy as np
from cachetools import LRUCache

from assistant.coverage.questions.topics import Topic
from assistant.model.coverage import question_digest
from assistant.ports import Embedder, Vectors

LEAST_LIKENESS = 0.45
"""Least likeness (cosine) of a question to one of a topic's; below, it is about something else. Of the 68 everyday questions, 7 are
below it, and of the others 8 were sorted otherwise than a reader would (2026-11-30)."""
OTHER = "Something else"
NOT_SORTED = "Not sorted"
"""Said of questions beyond ``AT_ONCE``, which the next request sorts."""
AT_ONCE = 2_000
"""Questions embedded for one request, about five seconds' worth."""
KEPT = 50_000


class ThemeSorter:
    """Sorts questions by topic; what was sorted is kept by digest, without its words.

    Args:
        embedder: The library's embedder.
        topics: The topics.
    """

    def __init__(self, embedder: Embedder, topics: Sequence[Topic]) -> None:
        self._embedder = embedder
        self._titles = [topic.title for topic in topics for _ in topic.probes]
        self._probes = [probe for topic in topics for probe in topic.probes]
        self._vectors: Vectors | None = None
        self._known: LRUCache[str, str] = LRUCache(KEPT)
        self._lock = Lock()

    def themes(self, questions: Sequence[str]) -> tuple[str, ...]:
        """Returns the theme of each question, in order."""
        with self._lock:
            digests = [question_digest(each) for each in questions]
            new = {digest: text for digest, text in zip(digests, questions, strict=True) if digest not in self._known}
            some = dict(list(new.items())[:AT_ONCE])
            if some:
                self._known.update(zip(some, self._sorted(list(some.values())), strict=True))
            return tuple(self._known.get(digest, NOT_SORTED) for digest in digests)

    def _sorted(self, texts: Sequence[str]) -> list[str]:
        if self._vectors is None:
            self._vectors = self._embedder.embed(self._probes, kind="query")
        likeness = self._embedder.embed(texts, kind="query") @ self._vectors.T
        best = np.argmax(likeness, axis=1)
        return [
            self._titles[place] if row[place] >= LEAST_LIKENESS else OTHER
            for row, place in zip(likeness, best, strict=True)
        ]
