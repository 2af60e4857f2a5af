"""Requests and responses of asking a question."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime
from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field

from api.http.schemas import BODY_CHARS, RequestModel
from assistant.model import EditionId, Kind, MaskedSpan, Question, Reason, Turn
from assistant.model.people import Record
from assistant.outcomes.view import ContactView, OutcomeView, RefusedView, TraceView


class HistoryMessage(BaseModel):
    """An earlier message of a conversation that the caller manages."""

    model_config = ConfigDict(extra="forbid")

    role: Literal["user", "assistant"]
    content: Annotated[str, Field(max_length=20_000)]


class MessageRequest(RequestModel):
    """A question, and the filters that narrow it."""

    model_config = ConfigDict(
        extra="forbid",
        json_schema_extra={"examples": [{"question": "How long may an assessment take?"}]},
    )

    question: Annotated[
        str,
        Field(min_length=1, max_length=BODY_CHARS, description="At most 2,000 characters unless configured otherwise."),
    ]
    as_at: Annotated[date | None, Field(description="Answer as at this date; defaults to today.")] = None
    kinds: Annotated[list[Kind], Field(max_length=6, description="Only documents of these kinds.")] = []
    editions: Annotated[
        list[Annotated[str, Field(min_length=1, max_length=200)]],
        Field(max_length=50, description="Only these editions."),
    ] = []

    mode: Annotated[
        Literal["quoted", "written"],
        Field(
            description="written: a language model may write the answer, if one is configured; each sentence is "
            "checked against its quote."
        ),
    ] = "quoted"

    def to_question(self, history: tuple[Turn, ...] = ()) -> Question:
        """Returns the question as a value."""
        editions = tuple(EditionId(each) for each in self.editions)
        is_written = self.mode == "written"
        return Question(self.question, history, self.as_at, tuple(self.kinds), editions, is_written=is_written)


class AskRequest(MessageRequest):
    """A question on its own, or with the earlier messages of a conversation that the caller manages."""

    history: Annotated[list[HistoryMessage], Field(max_length=20)] = []

    def turns(self) -> tuple[Turn, ...]:
        """Returns the earlier messages as values."""
        return tuple(Turn(each.role, each.content) for each in self.history)


EXAMPLE = RefusedView(
    question="What is the annual budget of the partnership?",
    standalone="What is the annual budget of the partnership?",
    reason=Reason.NOT_ANSWERED_HERE,
    message="I could not confirm an answer in the indexed documents.",
    contact=ContactView(
        name="the designated safeguarding lead of your agency",
        phone="01632 960000",
        email="lead@agency.example",
        hours="Monday to Friday, 9:00 to 17:00",
        source="https://agency.example/safeguarding",
        check_by=date(2026, 12, 1),
    ),
    trace=TraceView(stages={"screen": 0.001}, fingerprint="0f1e2d3c4b5a6978", probability=0.12),
)


class MaskedSpanResponse(BaseModel):
    """Where a detail that was masked stood in the question as it was typed."""

    start: Annotated[int, Field(ge=0, description="In code points of the question as it was sent.")]
    end: Annotated[int, Field(ge=0, description="Exclusive.")]
    kind: Annotated[str, Field(description="One of the kinds in `masked`, such as `name`.")]


class AskResponse(BaseModel):
    """A question with its outcome. A refusal is an outcome, not an error."""

    model_config = ConfigDict(
        json_schema_extra={
            "examples": [
                {
                    "record_id": "2deb3bbdf07048eaac42bf519fbf37b5",
                    "conversation_id": "b6f1c2d3e4f5",
                    "asked_at": "2026-05-01T09:00:00Z",
                    "seconds": 0.0182,
                    "outcome": EXAMPLE.model_dump(mode="json"),
                    "masked_spans": [],
                }
            ]
        }
    )

    record_id: str
    """Id of the record, for feedback and for links to the page; empty if an emergency card could not be stored."""
    conversation_id: str | None
    asked_at: datetime
    seconds: float
    outcome: OutcomeView
    masked_spans: list[MaskedSpanResponse] = []
    """Where what was masked stood in the question as you sent it, in order, so that you can show your user which words were
    removed. Only in the response to the question itself: it is not stored, and empty when a conversation is read again."""


def ask_response(record: Record, outcome: OutcomeView, masked: Sequence[MaskedSpan] = ()) -> AskResponse:
    """Returns the response for a question and its outcome.

    Args:
        record: The record of the question.
        outcome: Its outcome.
        masked: Where what was masked stood in it; () for a question that is read again.
    """
    return AskResponse(
        record_id=record.record_id,
        conversation_id=record.conversation_id,
        asked_at=record.asked_at,
        seconds=round(record.seconds, 4),
        outcome=outcome,
        masked_spans=[MaskedSpanResponse(start=each.start, end=each.end, kind=each.kind) for each in masked],
    )
