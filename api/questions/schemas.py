"""What was asked, as the policy team sees it: never who."""

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


class QuestionShown(BaseModel):
    """A question, masked, with the day it was asked and how it ended."""

    model_config = ConfigDict(json_schema_extra={"examples": [QUESTION]})

    record_id: str
    question: str
    outcome: str
    """answered, refused or signposted."""
    reason: str | None
    """Why it was refused."""
    editions: list[str]
    """Edition ids cited, those left out that the reader may not see."""
    asked_on: str
    """The day, not the minute, which might tell who."""
    opinions: list[Opinion]


class Questions(BaseModel):
    """Some questions, the newest day first."""

    model_config = ConfigDict(
        json_schema_extra={"examples": [{"questions": [QUESTION], "next_after": "2deb3bbdf07048eaac42bf519fbf37b5"}]}
    )

    questions: list[QuestionShown]
    next_after: str | None
    """Give this as ``after`` for those that follow; null at the end."""


def question_shown(question: PolicyQuestion, open_editions: frozenset[str]) -> QuestionShown:
    """Returns a question as the policy team sees it."""
    return QuestionShown(
        record_id=question.record_id,
        question=question.question,
        outcome=question.outcome,
        reason=question.reason,
        editions=[each for each in question.editions if each in open_editions],
        asked_on=question.asked_on,
        opinions=list(question.opinions),
    )
