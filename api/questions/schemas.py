"""Responses of the question log, without who asked."""

from __future__ import annotations

from pydantic import BaseModel, ConfigDict
from pydantic.config import JsonDict

from assistant.model.people import Opinion, PolicyQuestion

QUESTION: JsonDict = {
    "record_id": "2deb3bbdf07048eaac42bf519fbf37b5",
    "question": "What is the annual budget of the partnership?",
    "outcome": "refused",
    "reason": "not_answered_here",
    "editions": ["example-policy-2026"],
    "asked_on": "2026-05-01",
    "opinions": ["missing"],
}


class QuestionResponse(BaseModel):
    """A question, masked, with the day it was asked and its outcome."""

    model_config = ConfigDict(json_schema_extra={"examples": [QUESTION]})

    record_id: str
    question: str
    outcome: str
    """answered, refused or signposted."""
    reason: str | None
    """Why it was refused; null unless it was."""
    editions: list[str]
    """Ids of the cited editions that you may see."""
    asked_on: str
    """The day; the time of day is left out because it could reveal who asked."""
    opinions: list[Opinion]


class QuestionListResponse(BaseModel):
    """A page of questions, the newest day first."""

    model_config = ConfigDict(
        json_schema_extra={"examples": [{"questions": [QUESTION], "next_after": "2deb3bbdf07048eaac42bf519fbf37b5"}]}
    )

    questions: list[QuestionResponse]
    next_after: str | None
    """Pass as ``after`` to get the next page; null on the last one."""


def question_response(question: PolicyQuestion, open_editions: frozenset[str]) -> QuestionResponse:
    """Returns the response for a question; of its editions only the visible ones."""
    return QuestionResponse(
        record_id=question.record_id,
        question=question.question,
        outcome=question.outcome,
        reason=question.reason,
        editions=[each for each in question.editions if each in open_editions],
        asked_on=question.asked_on,
        opinions=list(question.opinions),
    )
