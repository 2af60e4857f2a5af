"""Schemas of the coverage API."""

from __future__ import annotations

from datetime import date, datetime

from pydantic import BaseModel, ConfigDict, Field
from pydantic.config import JsonDict

from api.http.schemas import RequestModel
from assistant.coverage.decisions import NOTE_CHARS
from assistant.model import Form, Kind

FINDING: JsonDict = {
    "key": "3f0c9a1b",
    "state": "absent",
    "proposed": "absent",
    "title": "Staff must record the reasons for a decision.",
    "facts": {"duty word": "must", "on whom": "Staff"},
    "quotes": [
        {
            "role": "local", "edition_id": "example-procedure-2026", "title": "Example procedure",
            "kind": "policy", "form": "official", "paragraph": "4.2", "headings": ["Recording"],
            "pages": ["7"], "page": 9, "spans": [[120, 158]], "likeness": 0.61,
            "quote": "4.2 Decisions are written down by staff.",
        }
    ],
    "items": [],
    "series": {},
    "decision": {"state": "absent", "note": "", "by": "user-1", "at": "2026-11-24T09:00:00Z", "is_stale": False},
}  # fmt: skip
COUNTED: JsonDict = {"part": "duties", "title": "Duty register", "counts": {"absent": 1, "covered": 4}, "waiting": 0}


class FindingQuoteResponse(BaseModel):
    """Words quoted from a document, with the location to check them at."""

    role: str
    """How it relates to the finding, such as duty, local, before, after."""
    edition_id: str
    title: str
    kind: Kind
    form: Form
    paragraph: str | None
    headings: list[str]
    pages: list[str]
    """Labels as printed."""
    page: int | None
    """Index of the first page in the file."""
    spans: list[tuple[int, int]]
    likeness: float | None
    """Cosine similarity to the finding, where it was found by similarity."""
    quote: str


class FindingItemResponse(BaseModel):
    """A question behind the finding, and how it ended."""

    text: str
    outcome: str


class FindingDecisionResponse(BaseModel):
    """The decision on a finding."""

    state: str
    note: str
    by: str
    at: datetime
    is_stale: bool
    """The words it was decided on have changed since, so the finding needs another look."""


class FindingResponse(BaseModel):
    """One finding."""

    model_config = ConfigDict(json_schema_extra={"examples": [FINDING]})

    key: str
    """Stable from run to run."""
    state: str
    """The decided state, or the proposed one where there is no current decision."""
    proposed: str
    title: str
    facts: dict[str, str]
    quotes: list[FindingQuoteResponse]
    items: list[FindingItemResponse]
    series: dict[str, int]
    """Month and count, where the finding is counted over time."""
    decision: FindingDecisionResponse | None


class CoverageCountsResponse(BaseModel):
    """Counts of a section."""

    part: str
    title: str
    counts: dict[str, int]
    """State, the worst first, to number of findings."""
    waiting: int
    """Questions not asked yet; repeat the request with ``go`` until it is 0."""


class CoverageResponse(BaseModel):
    """Overview of the coverage report."""

    model_config = ConfigDict(
        json_schema_extra={
            "examples": [
                {
                    "as_at": "2026-11-24", "fingerprint": "0f1e2d3c4b5a6978", "since": "2026-11-01T09:00:00Z",
                    "changed": {"duties": {"absent": -2, "covered": 2}}, "parts": [COUNTED],
                }
            ]
        }
    )  # fmt: skip

    as_at: date
    fingerprint: str
    """Fingerprint of the library."""
    since: datetime | None
    """When the counts that ``changed`` compares with were saved; null where none were."""
    changed: dict[str, dict[str, int]]
    """Section, then state, to the change in the number of findings."""
    parts: list[CoverageCountsResponse]


class CoverageSectionResponse(CoverageCountsResponse):
    """One section with one page of its findings."""

    model_config = ConfigDict(
        json_schema_extra={
            "examples": [
                {
                    **COUNTED, "lead": "Every must and should of legislation and statutory guidance.", "notes": [],
                    "judgements": ["covered", "absent"], "rows": [FINDING], "found": 80, "next_offset": 50,
                }
            ]
        }
    )  # fmt: skip

    lead: str
    notes: list[str]
    """Current limitations."""
    judgements: list[str]
    """States that can be decided for a finding."""
    rows: list[FindingResponse]
    found: int
    """Number of findings that match the filters."""
    next_offset: int | None


class FindingDecisionRequest(RequestModel):
    """A decision on a finding."""

    model_config = ConfigDict(
        extra="forbid",
        json_schema_extra={"examples": [{"key": "3f0c9a1b", "state": "covered", "note": "Our procedure, section 4"}]},
    )

    key: str = Field(max_length=500)
    state: str = Field(max_length=40)
    note: str = Field(default="", max_length=NOTE_CHARS)
    """Reason."""
    old: str = Field(default="", max_length=200)
    """For ``diff``: the earlier edition."""
    new: str = Field(default="", max_length=200)
    """For ``diff``: the later edition."""


class DecisionHistoryEntry(BaseModel):
    """One decision in the history of a finding."""

    state: str
    note: str
    by: str
    at: datetime


class DecisionHistoryResponse(BaseModel):
    """Every decision on a finding, the latest first."""

    model_config = ConfigDict(
        json_schema_extra={
            "examples": [
                {"decisions": [{"state": "covered", "note": "Section 4", "by": "user-1", "at": "2026-11-24T09:00:00Z"}]}
            ]
        }
    )

    decisions: list[DecisionHistoryEntry]


class ImportedQuestionRequest(RequestModel):
    """A question to import; it is masked before it is stored."""

    model_config = ConfigDict(extra="forbid")

    question: str = Field(min_length=1, max_length=2000)
    asked_on: date | None = None
    """Day it was asked; today by default."""
    audience: str = Field(default="", max_length=100)
    """Who asked, in general words such as "schools"; never a name."""


class QuestionImportRequest(RequestModel):
    """Questions to import."""

    model_config = ConfigDict(
        extra="forbid",
        json_schema_extra={
            "examples": [
                {
                    "source": "helpline",
                    "questions": [
                        {
                            "question": "Who is told of private fostering?",
                            "asked_on": "2026-05-01",
                            "audience": "schools",
                        }
                    ],
                }
            ]
        },
    )

    source: str = Field(min_length=1, max_length=100)
    questions: list[ImportedQuestionRequest] = Field(min_length=1, max_length=1000)


class QuestionImportResponse(BaseModel):
    """Result of an import of questions."""

    model_config = ConfigDict(json_schema_extra={"examples": [{"added": 1, "were_there": 0, "too_old": 0}]})

    added: int
    were_there: int
    too_old: int
    """Left out because they were asked before the retention period."""
