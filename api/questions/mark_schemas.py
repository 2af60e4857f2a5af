"""Requests and responses of one question and its marks."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated

from pydantic import BaseModel, ConfigDict, Field
from pydantic.config import JsonDict

from api.asking.schemas import EXAMPLE
from api.http.schemas import RequestModel
from api.questions.marking import REASON_CHARS
from assistant.model.people import Opinion
from assistant.model.quality import AskedQuestion, Mark, Verdict
from assistant.outcomes.view import OutcomeView, read_outcome
from assistant.quality.labels import shown_quotes, verdicts_for

GOLD: JsonDict = {
    "edition_id": "example-policy-2026",
    "page": 4,
    "quote": "The budget is agreed by the partners every March.",
}
MARK: JsonDict = {
    "mark_id": "1f0e2d3c4b5a69780f1e2d3c4b5a6978",
    "verdict": "should_answer",
    "reason": "Section 4 says who agrees it.",
    "gold": [GOLD],
    "by": "key-1a2b3c4d",
    "at": "2026-05-02T09:00:00Z",
}


class MarkRequest(RequestModel):
    """A mark on an outcome. The last one counts."""

    model_config = ConfigDict(
        extra="forbid",
        json_schema_extra={
            "examples": [
                {
                    "verdict": "should_answer",
                    "reason": "Section 4 says who agrees it.",
                    "answering": [],
                    "words": "The budget is agreed by the partners every March.",
                }
            ]
        },
    )

    verdict: Verdict
    """right, partly or wrong; should_refuse for an answer, should_answer for a refusal."""
    reason: Annotated[str, Field(max_length=REASON_CHARS)] = ""
    """Personal details in it are masked before it is saved."""
    answering: Annotated[list[Annotated[str, Field(max_length=10)]], Field(max_length=50, default_factory=list)]
    """Keys of the quotes shown that answer; of a right answer, all that it cites unless some are named."""
    words: Annotated[str, Field(max_length=2_000)] = ""
    """Words of a document, copied exactly, that answer and were not shown."""


class GoldResponse(BaseModel):
    """Words that answer the question, and where they stand."""

    edition_id: str
    page: int
    quote: str


class MarkResponse(BaseModel):
    """A mark as it was saved."""

    model_config = ConfigDict(json_schema_extra={"examples": [MARK]})

    mark_id: str
    verdict: Verdict
    reason: str
    gold: list[GoldResponse]
    by: str
    """User id of whoever marked it."""
    at: datetime


class RemarkResponse(BaseModel):
    """Feedback of whoever asked, without who and when."""

    opinion: Opinion
    statement: int | None = None
    note: str


class ShownQuoteResponse(BaseModel):
    """A quote that was shown, with the key by which a mark names it."""

    key: str
    title: str
    edition_id: str
    page: int
    quote: str


class AskedQuestionResponse(BaseModel):
    """A question with all that was shown, without who asked or the time of day."""

    model_config = ConfigDict(
        json_schema_extra={
            "examples": [
                {
                    "record_id": "2deb3bbdf07048eaac42bf519fbf37b5",
                    "question": "What is the annual budget of the partnership?",
                    "asked_on": "2026-05-01",
                    "seconds": 0.018,
                    "outcome": EXAMPLE.model_dump(mode="json"),
                    "quotes": [],
                    "feedback": [{"opinion": "missing", "statement": None, "note": "The budget must be somewhere."}],
                    "verdicts": ["right", "wrong", "should_answer"],
                    "marks": [MARK],
                }
            ]
        }
    )

    record_id: str
    question: str
    asked_on: str
    seconds: float
    outcome: OutcomeView
    """As it was shown, with its probability in ``trace``."""
    quotes: list[ShownQuoteResponse]
    feedback: list[RemarkResponse]
    verdicts: list[Verdict]
    """The verdicts that fit this outcome."""
    marks: list[MarkResponse]
    """The last first."""


def asked_response(question: AskedQuestion) -> AskedQuestionResponse:
    """Returns the response for a question."""
    outcome = read_outcome(question.outcome)
    return AskedQuestionResponse(
        record_id=question.record_id,
        question=question.question,
        asked_on=question.asked_on,
        seconds=round(question.seconds, 4),
        outcome=outcome,
        quotes=[
            ShownQuoteResponse(
                key=each.key,
                title=each.title,
                edition_id=each.quote.edition_id,
                page=each.quote.page,
                quote=each.quote.quote,
            )
            for each in shown_quotes(outcome)
        ],
        feedback=[RemarkResponse(opinion=r.opinion, statement=r.statement, note=r.note) for r in question.remarks],
        verdicts=list(verdicts_for(outcome)),
        marks=[mark_response(each) for each in question.marks],
    )


def mark_response(mark: Mark) -> MarkResponse:
    """Returns the response for a mark."""
    gold = [GoldResponse(edition_id=each.edition_id, page=each.page, quote=each.quote) for each in mark.gold]
    return MarkResponse(
        mark_id=mark.mark_id, verdict=mark.verdict, reason=mark.reason, gold=gold, by=mark.by, at=mark.at
    )
