"""Questions and what comes back of them."""

from __future__ import annotations

from datetime import date, datetime
from typing import Annotated, Any, Literal

from pydantic import BaseModel, ConfigDict, Field, WithJsonSchema

from assistant.model import EditionId, Kind, Question, Turn
from assistant.model.people import Record

OutcomeObject = Annotated[dict[str, Any], WithJsonSchema({"type": "object", "title": "x-outcome"})]
"""The outcome object; ``api/http/openapi.py`` puts its published schema in this place."""


class Message(BaseModel):
    """One earlier message of a conversation that the caller keeps."""

    model_config = ConfigDict(extra="forbid")

    role: Literal["user", "assistant"]
    content: Annotated[str, Field(max_length=20_000)]


class Scope(BaseModel):
    """A question with what narrows it."""

    model_config = ConfigDict(
        extra="forbid",
        json_schema_extra={"examples": [{"question": "How long may an assessment take?"}]},
    )

    question: Annotated[str, Field(min_length=1, description="At most 2,000 characters unless set otherwise.")]
    as_at: Annotated[date | None, Field(description="Ask as at this day; today unless given.")] = None
    kinds: Annotated[list[Kind], Field(max_length=6, description="Only documents of these kinds.")] = []
    editions: Annotated[
        list[Annotated[str, Field(max_length=200)]], Field(max_length=50, description="Only these editions.")
    ] = []

    mode: Annotated[
        Literal["quoted", "written"],
        Field(description="Whether a language model may write, where one is set up; each sentence is checked."),
    ] = "quoted"

    def asked(self, history: tuple[Turn, ...] = ()) -> Question:
        """Returns the question as a value."""
        editions = tuple(EditionId(each) for each in self.editions)
        is_written = self.mode == "written"
        return Question(self.question, history, self.as_at, tuple(self.kinds), editions, is_written=is_written)


class AskRequest(Scope):
    """A question on its own, or with the earlier messages that the caller kept."""

    history: Annotated[list[Message], Field(max_length=20)] = []

    def turns(self) -> tuple[Turn, ...]:
        """Returns the earlier messages as values."""
        return tuple(Turn(each.role, each.content) for each in self.history)


EXAMPLE: dict[str, Any] = {
    "record_id": "2deb3bbdf07048eaac42bf519fbf37b5",
    "conversation_id": "b6f1c2d3e4f5",
    "asked_at": "2026-05-01T09:00:00Z",
    "seconds": 0.0182,
    "outcome": {
        "outcome": "refused",
        "question": "What is the annual budget of the partnership?",
        "standalone": "What is the annual budget of the partnership?",
        "reason": "not_answered_here",
        "message": "The indexed documents do not answer this.",
        "statements": [],
        "criteria": [],
        "citations": [],
        "nearest": [],
        "contact": {
            "name": "the designated safeguarding lead of your agency",
            "phone": "01632 960000",
            "email": "lead@agency.example",
            "hours": "Monday to Friday, 9:00 to 17:00",
            "source": "https://agency.example/safeguarding",
            "check_by": "2026-12-01",
        },
        "notices": [],
        "masked": [],
        "trace": {"stages": {"screen": 0.001}, "fingerprint": "0f1e2d3c4b5a6978", "probability": 0.12, "hits": []},
    },
}


class Asked(BaseModel):
    """A question with its outcome. A refusal is an outcome, not an error."""

    model_config = ConfigDict(json_schema_extra={"examples": [EXAMPLE]})

    record_id: str
    """For feedback and for the page."""
    conversation_id: str | None
    asked_at: datetime
    seconds: float
    outcome: OutcomeObject


def asked_of(record: Record, outcome: dict[str, Any]) -> Asked:
    """Returns what a caller is told of a question."""
    return Asked(
        record_id=record.record_id,
        conversation_id=record.conversation_id,
        asked_at=record.asked_at,
        seconds=round(record.seconds, 4),
        outcome=outcome,
    )
