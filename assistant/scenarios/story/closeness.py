"""Whether a story is so close to an indexed learning review that a family could recognise itself."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from importlib import resources
from typing import Protocol

from assistant.model import Edition, Filter, Kind, Passage
from assistant.model.scenario import Person
from assistant.ports import Embedder, Snapshot
from assistant.text.words import runs

LIKE = 0.55
"""Cosine of a stage and a review passage from which it is too close, whatever the details: between the stories
of the grammar (at most .43) and reviews with every fifth word left out (at least .54), docs/scenarios.md."""
LIKE_WITH_DETAILS = 0.45
"""Cosine from which shared details count."""
DETAILS = 3
"""Shared details with one passage, at that cosine, from which a story is too close."""
RUN = 8
"""Words in a row, without names, that no story may share with a review."""
LOOKED_AT = 5
"""Review passages compared with each stage."""
_WORD = re.compile(r"[a-z]+")
_AGE = re.compile(
    r"\b(?:aged? |was )?(\d{1,2})(?=[- ](?:year|month)s?[- ]old\b)|\baged? (\d{1,2})\b|(?:^|\. )(\d{1,2}),"
)


class HasText(Protocol):
    """Anything with a text, such as a stage."""

    @property
    def text(self) -> str:
        """The text."""


@dataclass(frozen=True, slots=True)
class ClosestPassage:
    """The review passage closest to a story."""

    edition: Edition
    passage: Passage
    likeness: float
    """Cosine, -1..1."""
    details: tuple[str, ...]
    """Details in both, such as "kin: uncle"."""
    run: str
    """``RUN`` words in a row in both, "" for none."""

    @property
    def is_too_close(self) -> bool:
        """Returns whether a limit is exceeded."""
        by_details = self.likeness >= LIKE_WITH_DETAILS and len(self.details) >= DETAILS
        return self.likeness >= LIKE or bool(self.run) or by_details


def closest_passage(
    stages: Sequence[HasText],
    people: Iterable[Person],
    snapshot: Snapshot,
    editions: Sequence[Edition],
    embedder: Embedder,
) -> ClosestPassage | None:
    """Returns the review passage closest to a story, any that is too close before others.

    Args:
        stages: The story.
        people: Its people, with their roles in words.
        snapshot: The library.
        editions: Editions to compare with; only learning reviews count.
        embedder: The embedder of the library.

    Returns:
        None where no learning review is indexed.
    """
    reviews = {each.edition_id: each for each in editions if each.kind is Kind.LEARNING_REVIEW}
    if not reviews:
        return None
    cast = tuple(people)
    names = {person.name.casefold() for person in cast}
    roles = ". ".join(person.role for person in cast)
    scope = Filter(kinds=(Kind.LEARNING_REVIEW,), editions=tuple(reviews))
    passages = []
    for stage, vector in zip(stages, embedder.embed([each.text for each in stages], kind="passage"), strict=True):
        near = snapshot.search_vectors(vector, k=LOOKED_AT, filter=scope)
        likeness = {each.passage_id: each.score for each in near}
        own = _details(f"{roles}. {stage.text}")
        for passage in snapshot.passages([each.passage_id for each in near]):
            shared = tuple(sorted(own & _details(passage.text)))
            run = shared_run(stage.text, passage.text, names)
            passages.append(
                ClosestPassage(reviews[passage.edition_id], passage, likeness[passage.passage_id], shared, run)
            )
    return max(passages, key=lambda each: (each.is_too_close, each.likeness), default=None)


def shared_run(one: str, other: str, names: Iterable[str]) -> str:
    """Returns the first ``RUN`` words in a row, without names, that two texts share; "" for none."""
    left, right = (runs(_words(text, set(names)), RUN) for text in (one, other))
    there = set(right)
    return " ".join(next((run for run in left if run in there), ()))


def _words(text: str, names: set[str]) -> list[str]:
    return [word for word in _WORD.findall(text.casefold()) if word not in names]


def _details(text: str) -> set[str]:
    folded = text.casefold()
    ages = {f"age: {next(filter(None, match.groups()))}" for match in _AGE.finditer(folded)}
    return ages | {
        f"{kind}: {match.group()}" for kind, pattern in _patterns().items() for match in pattern.finditer(folded)
    }


@lru_cache(maxsize=1)
def _patterns() -> Mapping[str, re.Pattern[str]]:
    """Returns a pattern for each type of detail by which a family could be recognised."""
    data = (resources.files("assistant.scenarios.grammar") / "data" / "details.toml").read_text(encoding="utf-8")
    return {
        kind: re.compile(r"\b(?:" + "|".join(_word(each) for each in words) + r")\b")
        for kind, words in tomllib.loads(data).items()
    }


def _word(word: str) -> str:
    return re.escape(word.removesuffix("*")) + (r"\w*" if word.endswith("*") else "")
