"""Stored wordings in memory, and a question as it is compared with them."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np
from rapidfuzz import fuzz, process
from rapidfuzz.distance import OSA

from assistant.answering.approved.reading import Reading, read, speaks_of
from assistant.ports import Embedder, Vectors
from assistant.text.english_words import english_words
from assistant.text.words import words

SHORT, LONG = 4, 7
"""Letters from which a mistyped word may have one slip, and from which two."""
ALIKE = 85.0
"""Least similarity (rapidfuzz ratio, 0 to 100) of a word with the name of an area, so that a mistyped one is found."""
_TYPED = re.compile(r"(?<![\w@'’/-])[A-Za-z]{4,}(?![\w@'’/-])")


@dataclass(frozen=True)
class StoredWordings:
    """The questions that one answer, or one block, is for."""

    name: str
    """Id of the answer or block."""
    wordings: tuple[str, ...]
    readings: tuple[Reading, ...]
    vectors: Vectors
    """float32 (wordings, dim)"""
    audience: frozenset[str] = frozenset()
    """Populations that the audience names."""
    area: str = ""

    @cached_property
    def keys(self) -> frozenset[tuple[str, ...]]:
        """The wordings as words, for equality."""
        return frozenset(map(words, self.wordings))


def stored(answers: Sequence[tuple[str, Sequence[str], str, str]], embedder: Embedder) -> tuple[StoredWordings, ...]:
    """Returns the wordings of answers, given as id, wordings, audience and area, with their vectors."""
    readings = [tuple(read(each) for each in wordings) for _, wordings, _, _ in answers]
    texts = [each.text for rows in readings for each in rows]
    vectors = embedder.embed(texts, kind="query") if texts else np.zeros((0, 1), dtype=np.float32)
    found, start = [], 0
    for (name, wordings, audience, area), rows in zip(answers, readings, strict=True):
        found.append(
            StoredWordings(
                name, tuple(wordings), rows, vectors[start : start + len(rows)], speaks_of(audience.lower()), area
            )
        )
        start += len(rows)
    return tuple(found)


def vocabulary_of(every: Sequence[StoredWordings]) -> Mapping[str, int]:
    """Returns the words of all wordings with how often each stands there."""
    return Counter(word for each in every for wording in each.wordings for word in words(wording) if len(word) >= SHORT)


def repaired(question: str, vocabulary: Mapping[str, int]) -> str:
    """Returns a question with its mistyped words replaced by the words of wordings that they are nearest to."""
    known = tuple(vocabulary)
    return _TYPED.sub(lambda match: _repair(match[0], known), question)


def _repair(word: str, known: Sequence[str]) -> str:
    lower = word.lower()
    if word.isupper() or lower in english_words() or lower in known:
        return word
    slips = 2 if len(word) >= LONG else 1
    near = process.extract(lower, known, scorer=OSA.distance, score_cutoff=slips, limit=5)
    near = [each for each in near if each[0][0] == lower[0] or each[1] == 1]
    best = [each for each in near if each[1] == near[0][1]]
    return str(best[0][0]) if len(best) == 1 else word


def areas_in(text: str, known: Sequence[str]) -> frozenset[str]:
    """Returns those of some areas that a text names, in any case, mistyped ones too."""
    typed = [each for each in words(text) if len(each) >= SHORT]
    return frozenset(area for area in known if area and _is_named(words(area), typed))


def _is_named(area: Sequence[str], typed: Sequence[str]) -> bool:
    own = [each for each in area if len(each) >= SHORT]
    return bool(own) and all(any(fuzz.ratio(word, each) >= ALIKE for each in typed) for word in own)
