"""Requests and responses of evaluations."""

from __future__ import annotations

from typing import Annotated, Literal

from fastapi import UploadFile
from pydantic import BaseModel, ConfigDict, Field
from pydantic.config import JsonDict

from api.evaluation.service import OfferedSet
from api.http.schemas import RequestModel
from api.runs.schemas import RUN, RunResponse, run_fields
from assistant.model.quality import Run
from assistant.operations.scorecard import Scorecard

SET: JsonDict = {
    "name": "ours.jsonl",
    "kind": "uploaded",
    "questions": 120,
    "missing": [],
    "is_signable": True,
    "fault": "",
}
FIGURE: JsonDict = {
    "key": "wrong_of_answered",
    "text": "Wrong answers among those given",
    "figure": "3 of 90, 3.3% (95 %: 0.7% to 9.4%)",
}
FACTS: JsonDict = {
    "date": "2026-05-01",
    "asked": 120,
    "crashed": 0,
    "answered": 90,
    "wrong": 3,
    "wrong_upper": 0.0635,
    "groups": [{"name": "Wrong answers", "text": "The figure to decide by.", "rows": [FIGURE]}],
    "not_right": [
        {
            "id": "ours-7",
            "type": "answerable",
            "question": "Who chairs the conference?",
            "outcome": "refused: not_answered_here",
            "verdict": "refused although the documents answer",
            "ranks": "2",
        }
    ],
    "note": "Logs and stored files are not searched here.",
    "compared": {
        "date": "2026-04-01",
        "is_worse": False,
        "worse": [],
        "better": [["ours-3", "right"]],
        "only_one": [],
        "gains": [{"measure": "right", "of": 120, "value": 0.008, "low": 0.0, "high": 0.025}],
    },
    "is_signable": True,
}
SIGNED: JsonDict = {
    "date": "2026-05-01",
    "questions": "ours",
    "asked": 120,
    "answered": 90,
    "wrong": 3,
    "wrong_upper": 0.0635,
    "signed_by": "key-1a2b3c4d",
    "sentence": "When last measured, on 1 May 2026 with 120 questions, 87 of 90 answers given were right.",
}


class SetResponse(BaseModel):
    """A question set that can be chosen."""

    model_config = ConfigDict(json_schema_extra={"examples": [SET]})

    name: str
    kind: Literal["marked", "uploaded", "packaged"]
    """marked: the questions that the policy team marked, on which no scorecard rests."""
    questions: int
    missing: list[str]
    """Editions that answer it and are not indexed for everybody: with any, it is not run."""
    is_signable: bool
    fault: str
    """Why it cannot be run; "" where it can."""


class SetListResponse(BaseModel):
    """The question sets, and in one sentence how often answers are right."""

    model_config = ConfigDict(json_schema_extra={"examples": [{"sets": [SET], "sentence": SIGNED["sentence"]}]})

    sets: list[SetResponse]
    sentence: str


class SetUpload(RequestModel):
    """A question file: YAML or JSONL, as `assistant eval run` takes it."""

    file: UploadFile


class EvaluationRequest(RequestModel):
    """Which set is asked."""

    model_config = ConfigDict(extra="forbid", json_schema_extra={"examples": [{"set": "ours.jsonl"}]})

    set: Annotated[str, Field(max_length=100)]


class FigureResponse(BaseModel):
    """One figure with its count and interval, as text."""

    key: str
    text: str
    figure: str


class FigureGroup(BaseModel):
    """Figures about one thing."""

    name: str
    text: str
    rows: list[FigureResponse]


class NotRightResponse(BaseModel):
    """A question whose outcome was not right; none of a set that stays unread. Of a marked question, no words are stored."""

    id: str
    type: str
    question: str
    outcome: str
    verdict: str
    ranks: str


class GainResponse(BaseModel):
    """The mean change of a measure over the questions of both runs, with its 95 % interval."""

    measure: str
    of: int
    value: float | None = None
    low: float | None = None
    high: float | None = None


class ComparedResponse(BaseModel):
    """What changed since the last run of the same set."""

    date: str
    is_worse: bool
    worse: list[tuple[str, str]]
    """Question and measure."""
    better: list[tuple[str, str]]
    only_one: list[str]
    """Questions that only one of the runs has."""
    gains: list[GainResponse]


class EvaluationFacts(BaseModel):
    """What was measured."""

    date: str
    asked: int
    crashed: int
    answered: int
    wrong: int
    wrong_upper: float
    """Upper bound of the share of wrong answers among all questions, with 95 % confidence."""
    groups: list[FigureGroup]
    not_right: list[NotRightResponse]
    note: str
    compared: ComparedResponse | None = None
    """null for the first run of a set."""
    is_signable: bool


class EvaluationRunResponse(RunResponse):
    """An evaluation; its facts once it is done."""

    model_config = ConfigDict(
        json_schema_extra={"examples": [{**RUN, "state": "done", "set": "ours.jsonl", "facts": FACTS}]}
    )

    set: str
    facts: EvaluationFacts | None = None
    """null before it is done."""


class EvaluationRunListResponse(BaseModel):
    """The last evaluations, the latest first, without their facts."""

    model_config = ConfigDict(json_schema_extra={"examples": [{"runs": [{**RUN, "set": "ours.jsonl", "facts": None}]}]})

    runs: list[EvaluationRunResponse]


class ScorecardResponse(BaseModel):
    """The signed scorecard."""

    model_config = ConfigDict(json_schema_extra={"examples": [SIGNED]})

    date: str
    questions: str
    """Name of the set."""
    asked: int
    answered: int | None = None
    wrong: int
    wrong_upper: float
    signed_by: str
    sentence: str
    """What help and the first page say from now on."""


def set_response(offered: OfferedSet) -> SetResponse:
    """Returns the response for a set."""
    read = offered.labelled
    return SetResponse(
        name=read.name,
        kind=offered.kind,
        questions=read.questions,
        missing=list(read.missing),
        is_signable=read.is_signable,
        fault=offered.fault,
    )


def evaluation_response(run: Run, *, is_whole: bool = True) -> EvaluationRunResponse:
    """Returns the response for an evaluation, with its facts or without."""
    facts = run.report["facts"] if is_whole and run.state == "done" else None
    return EvaluationRunResponse.model_validate({**run_fields(run), "set": run.subject, "facts": facts})


def scorecard_response(card: Scorecard, sentence: str) -> ScorecardResponse:
    """Returns the response for a scorecard."""
    return ScorecardResponse(
        date=card.date,
        questions=card.questions,
        asked=card.asked,
        answered=card.answered,
        wrong=card.wrong,
        wrong_upper=card.wrong_upper,
        signed_by=card.signed_by,
        sentence=sentence,
    )
