"""The policy team's decisions on coverage findings, the counts of earlier runs, and the questions behind them."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from assistant.model.library import EditionId, Span
from assistant.model.people import Groups


@dataclass(frozen=True, slots=True)
class Decision:
    """A person's decision on one finding, and the words it was based on."""

    section: str
    """Such as ``duties``."""
    key: str
    """Key of the finding, stable from run to run."""
    state: str
    """State of the finding from now on."""
    note: str
    """Why; may be empty."""
    by: str
    """User id of the person who decided."""
    at: datetime
    evidence: str
    """Digest of the words it was decided on: when they change, the finding needs another look."""
    groups: tuple[Groups, ...] = ()
    """For each restricted edition that the finding speaks of, the groups that may see it."""


@dataclass(frozen=True, slots=True)
class CoverageRun:
    """The counts of one run of the whole report."""

    at: datetime
    fingerprint: str
    """Of the library that it was made from."""
    counts: Mapping[str, Mapping[str, int]]
    """Section, then state, to number of findings."""
    scope: str = ""
    """The groups whose restricted editions it could see, sorted, separated by commas; only runs of the same scope are compared."""


@dataclass(frozen=True, slots=True)
class Place:
    """Spans of an edition, with the paragraph and headings they stand under."""

    edition_id: EditionId
    spans: tuple[Span, ...]
    label: str | None
    """Paragraph number as printed."""
    headings: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Ending:
    """How a question ended when it was put to a library."""

    is_answered: bool
    reason: str | None
    """Why it was refused, None where it was answered."""
    places: tuple[Place, ...]
    """The cited places where it was answered, the best first; otherwise the nearest passages, which may not answer it."""


@dataclass(frozen=True, slots=True)
class ImportedQuestion:
    """A question that the policy team imported, masked."""

    question: str
    asked_on: str
    """The day, ISO."""
    audience: str
    """Who asked, in general words such as "schools"; may be empty."""
    source: str
    """Name of the file it came from."""


@dataclass(frozen=True, slots=True)
class Theme:
    """Questions about one subject. A theme keeps its name as questions are added."""

    theme_id: str
    label: str
    members: tuple[str, ...]
    """Digests of its questions; their words are stored in the records only."""


def question_digest(question: str) -> str:
    """Returns the digest of a question's words, ignoring case, spacing and closing punctuation."""
    words = " ".join(question.casefold().split()).rstrip(" ?.!")
    return hashlib.sha256(words.encode()).hexdigest()
