"""Whether a question asks what a stored wording asks: hard checks first, then a calibrated probability.

A question that differs from every wording in a number, a name, whom it is about, a negation or the kind of answer asked
is no match, however near it is. Equality is looked at apart from case and punctuation only.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any

import numpy as np
from pydantic import BaseModel, ConfigDict

from assistant.answering.approved.reading import Reading, read
from assistant.answering.approved.wordings import StoredWordings, areas_in, repaired
from assistant.answering.query_analysis.names import holds
from assistant.answering.retrieval.linear_model import Logistic
from assistant.ports import Embedder, Vectors
from assistant.text.differences.bodies import are_related
from assistant.text.differences.matter import share
from assistant.text.words import words

FEATURES = ("cosine", "mean_cosine", "common_words", "held_words", "same_kind", "missing_things", "not_turned")
CLAUSE_SHARE = 0.6
"""Most of a question that the clause which asks may be for it to be embedded by itself."""
ROLES = frozenset({("body", "dsl")})
"""Roles that people name as their own when they ask."""


class MatchingCalibration(BaseModel):
    """The fitted model and threshold of matching, and how they were set."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    model: Logistic
    threshold: float
    """Least probability of a match."""
    confidence: float = 0.9
    false_matches_bound: float = 1.0
    """Exact upper bound of false matches on the development set at that confidence, judged by wordings not fitted on."""
    matched: float = 0.0
    """Share of the wordings to be matched that are, judged the same way."""
    set_digest: str = ""
    set_size: int = 0
    date: str = ""


@cache
def packaged_calibration() -> MatchingCalibration:
    """Returns the packaged calibration."""
    source = files("assistant.answering.approved") / "data" / "matching.json"
    return MatchingCalibration.model_validate_json(source.read_text(encoding="utf-8"))


@dataclass(frozen=True, slots=True)
class Asked:
    """A question read for comparison with stored wordings."""

    key: tuple[str, ...]
    """Its words, for equality."""
    reading: Reading
    vectors: Vectors
    """float32 (2, dim): of the whole and of the clause that asks."""
    areas: frozenset[str]
    """Areas of stored answers that it names."""


@dataclass(frozen=True, slots=True)
class Compared:
    """A question compared with the wordings of one answer."""

    stored: StoredWordings
    wording: str
    """The nearest."""
    cosine: float
    score: float
    """Probability that both ask the same."""
    differs_in: str | None
    """numbers, names, audience, negation or kind; None where no hard check fails."""
    is_equal: bool = False

    @property
    def order(self) -> tuple[bool, bool, float]:
        """Sort key, the best last."""
        return self.is_equal, self.differs_in is None, self.score


def asked_of(question: str, vocabulary: Mapping[str, int], areas: Sequence[str], embedder: Embedder) -> Asked:
    """Returns a masked question read for comparison.

    Args:
        question: The question, standing alone.
        vocabulary: Words of the stored wordings, by which mistyped ones are repaired.
        areas: Areas of stored answers and of documents.
        embedder: The packaged encoder.
    """
    reading = read(repaired(question, vocabulary))
    whole = embedder.embed([reading.text], kind="query")
    is_apart = len(reading.core) < CLAUSE_SHARE * len(reading.text)
    clause = embedder.embed([reading.core], kind="query") if is_apart else whole
    return Asked(words(question), reading, np.vstack([whole, clause]), areas_in(question, areas))


def compared(
    asked: Asked, stored: StoredWordings, calibration: MatchingCalibration, own_areas: Iterable[str] = ()
) -> Compared:
    """Returns a question compared with the wordings of an answer.

    Args:
        asked: The question.
        stored: The wordings.
        calibration: The fitted model.
        own_areas: Areas that the asker is in where the question names none.
    """
    cosines = stored.vectors @ asked.vectors.T
    best = cosines.max(axis=1)
    nearest = int(best.argmax())
    rows = np.array([_features(asked, stored, best)])
    score = 1 / (1 + math.exp(-float(calibration.model.logit(rows)[0])))
    differs = differs_in(asked, stored, own_areas)
    is_equal = asked.key in stored.keys
    return Compared(stored, stored.wordings[nearest], float(best[nearest]), score, differs, is_equal)


def is_match(found: Compared, calibration: MatchingCalibration) -> bool:
    """Returns whether a question that was compared asks the same."""
    return found.differs_in is None and (found.is_equal or found.score >= calibration.threshold)


def _features(asked: Asked, stored: StoredWordings, cosines: Vectors) -> list[float]:
    question, readings = asked.reading, stored.readings
    common = set.intersection(*(set(each.topic) for each in readings))
    weights = {word: readings[0].topic[word] for word in common}
    kinds = {each.kinds[0] for each in readings if each.kinds}
    always = frozenset.intersection(*(each.things for each in readings))
    turned = all(each.turns for each in readings)
    return [
        float(cosines.max()),
        float(cosines.mean()),
        share(weights, question.topic),
        max(share(each.topic, question.topic) for each in readings),
        float(bool(question.kinds) and question.kinds[0] in kinds),
        float(len(always - question.things)),
        float(turned and not question.turns),
    ]


def features(asked: Asked, stored: StoredWordings) -> list[float]:
    """Returns the features of a question beside an answer's wordings, in the order of ``FEATURES``; for calibration."""
    return _features(asked, stored, (stored.vectors @ asked.vectors.T).max(axis=1))


def differs_in(
    asked: Asked, stored: StoredWordings, own_areas: Iterable[str] = (), *, knows_things: bool = True
) -> str | None:
    """Returns in what a question differs from every wording, so that it cannot be the same; None where in nothing.

    Args:
        asked: The question.
        stored: The wordings.
        own_areas: Areas that the asker is in where the question names none.
        knows_things: Whether the table of things apart is used; calibration also looks at what remains without it.
    """
    question, readings = asked.reading, stored.readings
    checks = (
        ("numbers", _numbers_differ(question, readings)),
        ("names", _areas_differ(asked, stored, frozenset(own_areas)) or _names_differ(question, stored)),
        ("names", knows_things and bool(question.core_things - _any(readings, "things") - ROLES)),
        ("audience", bool(question.populations - _any(readings, "populations") - stored.audience)),
        ("negation", bool(question.turns - _any(readings, "turns"))),
        ("kind", _kinds_differ(question, readings)),
    )
    return next((name for name, is_so in checks if is_so), None)


def _any(readings: Sequence[Reading], field: str) -> frozenset[Any]:
    return frozenset().union(*(getattr(each, field) for each in readings))


def _numbers_differ(question: Reading, readings: Sequence[Reading]) -> bool:
    always = frozenset.intersection(*(each.every_number for each in readings))
    return bool(question.numbers - _any(readings, "every_number") or always - question.every_number)


def _areas_differ(asked: Asked, stored: StoredWordings, own: frozenset[str]) -> bool:
    """Returns whether a question names another area, or none where the answer is for one that is not the asker's."""
    if asked.areas:
        return stored.area not in asked.areas if stored.area else False
    return bool(stored.area) and stored.area not in own


def _names_differ(question: Reading, stored: StoredWordings) -> bool:
    texts = [each.text for each in stored.readings]
    acronyms = question.acronyms - _any(stored.readings, "acronyms")
    unnamed = [each for each in question.names if not any(holds(each, text) for text in texts)]
    always = [each for each in stored.readings[0].names if all(holds(each, text) for text in texts)]
    missing = [each for each in always if not holds(each, question.text)]
    bodies = _any(stored.readings, "bodies")
    others = [each for each in question.addressed if not any(are_related(each, body) for body in bodies)]
    return bool(acronyms or unnamed or missing or others)


def _kinds_differ(question: Reading, readings: Sequence[Reading]) -> bool:
    kinds = _any(readings, "kinds")
    is_other = bool(question.kinds and kinds) and question.kinds[0] not in kinds
    always = frozenset.intersection(*(each.aspects for each in readings))
    return is_other or bool(question.aspects - _any(readings, "aspects") or always - question.aspects)
