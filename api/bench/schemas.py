"""Requests and responses of the bench."""

from __future__ import annotations

from typing import Annotated

from pydantic import BaseModel, ConfigDict, Field
from pydantic.config import JsonDict

from api.http.schemas import BODY_CHARS, RequestModel
from api.runs.schemas import RUN, RunResponse, run_fields
from assistant.model.quality import EverydayQuestion, Run
from assistant.quality.bench import Change

TOLD: JsonDict = {
    "outcome": "answered",
    "reason": None,
    "probability": 0.93,
    "card": None,
    "quotes": [
        {
            "edition_id": "example-policy-2026",
            "title": "Example policy",
            "quote": "Staff must record the reasons for a decision.",
        }
    ],
}
REFUSED: JsonDict = {
    "outcome": "refused",
    "reason": "not_answered_here",
    "probability": 0.2,
    "card": None,
    "quotes": [],
}
TRIED: JsonDict = {
    "question_id": "5a1f0c9e8b7d6a42",
    "text": "What should I record when I share information?",
    "theme": "Sharing information",
    "change": "refused_now",
    "is_worse": True,
    "published": TOLD,
    "draft": REFUSED,
}
REPORT: JsonDict = {"questions": 68, "worse": 1, "counts": {"refused_now": 1, "same": 67}, "rows": [TRIED]}
QUESTION: JsonDict = {
    "question_id": "5a1f0c9e8b7d6a42",
    "text": "What should I record when I share information?",
    "theme": "Sharing information",
    "is_own": False,
    "is_removed": False,
}


class EverydayRequest(RequestModel):
    """A question of the set."""

    model_config = ConfigDict(
        extra="forbid",
        json_schema_extra={
            "examples": [
                {"text": "What should I record when I share information?", "theme": "Sharing information"},
            ]
        },
    )

    text: Annotated[str, Field(min_length=1, max_length=BODY_CHARS)]
    """Personal details in it are masked before it is saved."""
    theme: Annotated[str, Field(max_length=300)] = ""
    """What it is about; "Our own" unless given."""


class EverydayResponse(BaseModel):
    """A question of the set."""

    model_config = ConfigDict(json_schema_extra={"examples": [QUESTION]})

    question_id: str
    text: str
    theme: str
    is_own: bool
    """Whether the policy team wrote or changed it; the others come with the program."""
    is_removed: bool
    """Whether it is left out; it may be restored."""


class EverydayListResponse(BaseModel):
    """The everyday questions, by theme."""

    model_config = ConfigDict(json_schema_extra={"examples": [{"questions": [QUESTION]}]})

    questions: list[EverydayResponse]


class BenchRequest(RequestModel):
    """Which documents that wait to be published are tried, together."""

    model_config = ConfigDict(
        extra="forbid", json_schema_extra={"examples": [{"upload_ids": ["0f1e2d3c4b5a69780f1e2d3c"]}]}
    )

    upload_ids: Annotated[list[Annotated[str, Field(max_length=100)]], Field(min_length=1, max_length=20)]


class QuotedResponse(BaseModel):
    """Words that an answer quotes."""

    edition_id: str
    title: str
    quote: str


class ToldResponse(BaseModel):
    """What one library says to a question."""

    outcome: str
    """answered, partly_answered, refused or signposted; behind a card, what follows it."""
    reason: str | None = None
    """Why it refuses."""
    probability: float | None = None
    """How likely the documents answer; null where nothing was judged."""
    card: str | None = None
    """act_now or act_today; null without a card."""
    quotes: list[QuotedResponse]
    approved: str | None = None
    """Id of the approved answer that stands first; null without one."""


class TriedResponse(BaseModel):
    """One question with what both libraries say."""

    question_id: str
    text: str
    theme: str
    change: Change
    is_worse: bool
    """Whether somebody should look at it before publishing."""
    published: ToldResponse
    draft: ToldResponse


class BenchReport(BaseModel):
    """What the draft changes."""

    questions: int
    worse: int
    counts: dict[Change, int]
    """How many questions change in each way."""
    rows: list[TriedResponse]
    """The worst first."""


class BenchRunResponse(RunResponse):
    """A run of the bench; its report once it is done."""

    model_config = ConfigDict(
        json_schema_extra={"examples": [{**RUN, "state": "done", "done": 68, "upload_ids": ["0f1e"], "report": REPORT}]}
    )

    upload_ids: list[str]
    report: BenchReport | None = None
    """null before it is done."""


class BenchRunListResponse(BaseModel):
    """The last runs, the latest first, without their reports."""

    model_config = ConfigDict(
        json_schema_extra={"examples": [{"runs": [{**RUN, "upload_ids": ["0f1e"], "report": None}]}]}
    )

    runs: list[BenchRunResponse]


def everyday_response(question: EverydayQuestion) -> EverydayResponse:
    """Returns the response for a question."""
    return EverydayResponse(
        question_id=question.question_id,
        text=question.text,
        theme=question.theme,
        is_own=question.is_own,
        is_removed=question.is_removed,
    )


def bench_response(run: Run, *, is_whole: bool = True) -> BenchRunResponse:
    """Returns the response for a run, with its report or without."""
    report = run.report if is_whole and run.state == "done" else None
    fields = {**run_fields(run), "upload_ids": run.subject.split(), "report": report}
    return BenchRunResponse.model_validate(fields)
