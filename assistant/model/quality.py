"""What the policy team says of answers, what it tries before it publishes, and what it measures."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Any, Literal

from assistant.model.people import Groups, Opinion

STOPPED_AFTER = timedelta(seconds=90)
"""A run of which nothing was heard for so long has stopped with its server."""


class Verdict(StrEnum):
    """What the policy team says of an outcome."""

    RIGHT = "right"
    PARTLY = "partly"
    WRONG = "wrong"
    SHOULD_REFUSE = "should_refuse"
    SHOULD_ANSWER = "should_answer"


@dataclass(frozen=True, slots=True)
class GoldQuote:
    """Words of an edition that answer a question."""

    edition_id: str
    page: int
    """Index of the page in the file, from 1."""
    quote: str


@dataclass(frozen=True, slots=True)
class Mark:
    """A mark of the policy team on one outcome; the last of an outcome counts."""

    mark_id: str
    record_id: str
    verdict: Verdict
    reason: str
    """Masked; may be empty."""
    gold: tuple[GoldQuote, ...]
    """The words that answer, of those shown or of those somebody pointed to."""
    by: str
    """User id of whoever marked it."""
    at: datetime


@dataclass(frozen=True, slots=True)
class Remark:
    """Feedback on an outcome without who gave it and when."""

    opinion: Opinion
    statement: int | None
    note: str
    """Masked; may be empty."""


@dataclass(frozen=True, slots=True)
class AskedQuestion:
    """A question with all that was shown, as the policy team sees it: never who asked, nor the time of day."""

    record_id: str
    question: str
    """Masked."""
    outcome: dict[str, Any]
    seconds: float
    asked_on: str
    """The day, ISO."""
    remarks: tuple[Remark, ...] = ()
    marks: tuple[Mark, ...] = ()
    """The last first."""


@dataclass(frozen=True, slots=True)
class EverydayQuestion:
    """A question of the set that is tried before a document is published."""

    question_id: str
    text: str
    theme: str
    is_own: bool = False
    """Whether the policy team wrote or changed it."""
    is_removed: bool = False


@dataclass(frozen=True, slots=True)
class QuestionSet:
    """A set of labelled questions that the policy team uploaded."""

    name: str
    content: bytes
    questions: int
    by: str
    at: datetime


RunKind = Literal["bench", "evaluation"]
RunState = Literal["running", "done", "cancelled", "failed"]


@dataclass(frozen=True, slots=True)
class Run:
    """A run of the bench or of an evaluation, while it goes on and afterwards."""

    run_id: str
    kind: RunKind
    title: str
    subject: str
    """What is tried or measured, for programs: upload ids, or the name of the set."""
    by: str
    started: datetime
    updated: datetime
    state: RunState
    done: int = 0
    total: int = 0
    detail: str = ""
    """Why it failed."""
    groups: Groups = ()
    """Groups that a reader needs, all of them: those through which whoever started it saw restricted editions."""
    report: dict[str, Any] = field(default_factory=dict)
    """What it found; {} before it is done."""

    def is_going_on(self, now: datetime) -> bool:
        """Returns whether it still runs; one of which nothing was heard for a while does not."""
        return self.state == "running" and now - self.updated < STOPPED_AFTER

    def may_read(self, groups: Groups) -> bool:
        """Returns whether somebody with these groups may see it."""
        return set(self.groups) <= set(groups)
