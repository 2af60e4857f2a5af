"""Weighs the terms of texts by how distinctive they are among them."""

from __future__ import annotations

import re
import tomllib
from collections import Counter
from collections.abc import Sequence
from functools import cache
from importlib.resources import files
from math import log, sqrt

_TERM = re.compile(r"(?u)\b[a-zA-Z][\w’'-]+\b")
_WORDS = (1, 2, 3)
"""Words of a term."""


@cache
def stop_words() -> frozenset[str]:
    """Returns the words that make no term: scikit-learn's English ones, and words of asking that they lack."""
    text = (files("assistant.coverage.questions") / "data" / "stop_words.toml").read_text(encoding="utf-8")
    return frozenset(word for words in tomllib.loads(text).values() for word in words.split())


def term_weights(texts: Sequence[str]) -> list[dict[str, float]]:
    """Returns the weight of each term of each text, {} for a text without terms.

    A term is one to three words that follow one another once stop words are left out. Its weight is sublinear term frequency
    times smoothed inverse document frequency over the texts, each text's weights of Euclidean length 1: those of scikit-learn's
    ``TfidfVectorizer(ngram_range=(1, 3), sublinear_tf=True)``.

    Source: Manning, Raghavan and Schütze, "Introduction to Information Retrieval", 2008, section 6.4.1.
    """
    counts = [Counter(_terms(text)) for text in texts]
    spread = Counter(term for each in counts for term in each)
    rarity = {term: log((1 + len(texts)) / (1 + holds)) + 1 for term, holds in spread.items()}
    return [_unit({term: (1 + log(count)) * rarity[term] for term, count in each.items()}) for each in counts]


def _terms(text: str) -> list[str]:
    words = [word for word in _TERM.findall(text.lower()) if word not in stop_words()]
    return [" ".join(words[at : at + size]) for size in _WORDS for at in range(len(words) - size + 1)]


def _unit(weights: dict[str, float]) -> dict[str, float]:
    length = sqrt(sum(each * each for each in weights.values()))
    return {term: each / length for term, each in weights.items()}
