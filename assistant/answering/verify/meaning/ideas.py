"""The ideas that the meaning verifier knows, from ``ideas.toml``, and the lemma of a word."""

from __future__ import annotations

import tomllib
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache, lru_cache
from importlib.resources import files

import simplemma

_COMPARED = ("er", "est")
"""Endings of a comparison, which a lemma would lose."""


@dataclass(frozen=True, slots=True)
class Idea:
    """One meaning that several phrases share."""

    key: str
    kind: str
    """duty, negation, scope, limit, condition, link, time, number or word."""


@dataclass(frozen=True, slots=True)
class Lexicon:
    """Phrases by their lemmas, and the words that carry nothing."""

    ideas: dict[tuple[str, ...], Idea]
    free: frozenset[tuple[str, ...]]
    longest: int
    """Words of the longest phrase."""

    def idea_at(self, lemmas: Sequence[str], at: int) -> tuple[Idea | None, int]:
        """Returns the idea of the longest phrase that begins at a word, and its length; (None, 1) for none.

        A phrase that carries nothing is the idea with an empty key.
        """
        for length in range(min(self.longest, len(lemmas) - at), 0, -1):
            phrase = tuple(lemmas[at : at + length])
            if phrase in self.ideas:
                return self.ideas[phrase], length
            if phrase in self.free:
                return Idea("", "free"), length
        return None, 1


@cache
def _listed() -> dict[str, list[str] | list[dict[str, str | list[str]]]]:
    return tomllib.loads((files("assistant.answering.verify.meaning") / "ideas.toml").read_text(encoding="utf-8"))


@cache
def _unlemmatised() -> frozenset[str]:
    return frozenset(str(each) for each in _listed()["as_they_are"])


@lru_cache(maxsize=20_000)
def lemma(word: str) -> str:
    """Returns the dictionary form of one lower-case word; comparisons and the words listed as they are stay."""
    if word in _unlemmatised() or not word.isalpha():
        return word
    form = str(simplemma.lemmatize(word, lang="en")).lower()
    return word if form != word and word.endswith(_COMPARED) else form


@cache
def lexicon() -> Lexicon:
    """Returns the lexicon that ``ideas.toml`` lists."""
    ideas: dict[tuple[str, ...], Idea] = {}
    for group in _listed()["group"]:
        assert isinstance(group, dict)
        idea = Idea(str(group["key"]), str(group["kind"]))
        for phrase in group["phrases"]:
            ideas[_lemmas(phrase)] = idea
    free = frozenset(_lemmas(str(phrase)) for phrase in _listed()["free"])
    return Lexicon(ideas, free, max(len(each) for each in ideas))


def _lemmas(phrase: str) -> tuple[str, ...]:
    return tuple(lemma(word) for word in phrase.replace("-", " ").replace("'s", "").replace(".", " ").split())
