"""What a policy team decides on coverage, and what earlier runs found."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime


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
