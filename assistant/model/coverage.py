"""What a policy team decides on coverage, what earlier runs found, and the questions that stand open."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from assistant.model.library import EditionId, Span


@dataclass(frozen=True, slots=True)
class Decision:
    """What somebody decided of one finding, and on which words."""

    part: str
    """Such as ``duties``."""
    key: str
    """Names the finding from run to run."""
    state: str
    """What the finding is held to be from now on."""
    note: str
    """Why; may be empty."""
    by: str
    """User id of who decided."""
    at: datetime
    evidence: str
    """Digest of the words it was decided on: when they change, the finding comes up again."""


@dataclass(frozen=True, slots=True)
class CoverageRun:
    """The counts of one run of the whole report."""

    at: datetime
    fingerprint: str
    """Of the library that it was made over."""
    counts: Mapping[str, Mapping[str, int]]
    """Part, then state, to number of findings."""
    scope: str = ""
    """The groups whose restricted editions it saw, sorted, with commas; runs of one scope are compared."""


@dataclass(frozen=True, slots=True)
class Place:
    """Stretches of an edition."""

    edition_id: EditionId
    spans: tuple[Span, ...]
    label: str | None
    """Paragraph as printed."""
    headings: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Ending:
    """How a question of the policy team ended over a library."""

    is_answered: bool
    reason: str | None
    """Why it was refused, None where it was answered."""
    places: tuple[Place, ...]
    """What it cites where it was answered, the best first; else the nearest passages, not confirmed to answer."""


@dataclass(frozen=True, slots=True)
class ImportedQuestion:
    """A question that the policy team brought in, masked."""

    question: str
    asked_on: str
    """The day, ISO."""
    audience: str
    """Who asked, in general words such as "schools"; may be empty."""
    source: str
    """Name of the file that it came in."""


@dataclass(frozen=True, slots=True)
class Theme:
    """Questions about one matter. It keeps its name as questions arrive."""

    theme_id: str
    label: str
    members: tuple[str, ...]
    """Digests of its questions; the words stay in the records alone."""


def question_digest(question: str) -> str:
    """Returns the digest of a question's words; case, spacing and what ends it do not count."""
    words = " ".join(question.casefold().split()).rstrip(" ?.!")
    return hashlib.sha256(words.encode()).hexdigest()
