"""The coverage report as the API gives it."""

from __future__ import annotations

from datetime import date, datetime

from pydantic import BaseModel, ConfigDict, Field
from pydantic.config import JsonDict

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


class QuoteShown(BaseModel):
    """Words of a document, with the place to check them at."""

    role: str
    """What it is to the finding, such as duty, local, before, after."""
    edition_id: str
    title: str
    kind: Kind
    form: Form
    paragraph: str | None
    headings: list[str]
    pages: list[str]
    """Labels as printed."""
    page: int | None
    """Index in the file."""
    spans: list[tuple[int, int]]
    likeness: float | None
    """Cosine to the finding, where it was found by likeness."""
    quote: str


class ItemShown(BaseModel):
    """What a finding is made of, where that is not in the documents: a question, and how it ended."""

    text: str
    outcome: str


class DecisionShown(BaseModel):
    """What was decided of a finding."""

    state: str
    note: str
    by: str
    at: datetime
    is_stale: bool
    """The words that it was decided on have changed since: the finding has come up again."""


class FindingShown(BaseModel):
    """One finding."""

    model_config = ConfigDict(json_schema_extra={"examples": [FINDING]})

    key: str
    """Names it from run to run."""
    state: str
    """What was decided, or what is proposed while nothing is."""
    proposed: str
    title: str
    facts: dict[str, str]
    quotes: list[QuoteShown]
    items: list[ItemShown]
    series: dict[str, int]
    """Month and number, where it is counted over time."""
    decision: DecisionShown | None


class PartCounted(BaseModel):
    """What a part counts."""

    part: str
    title: str
    counts: dict[str, int]
    """State, the worst first, to number of findings."""
    waiting: int
    """Questions not asked yet; ask again with ``go`` until it is 0."""


class CoverageShown(BaseModel):
    """The overview."""

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
    """Of the library."""
    since: datetime | None
    """When the counts were kept that ``changed`` compares with; null where none were."""
    changed: dict[str, dict[str, int]]
    """Part, then state, to how many findings more, or below 0 fewer."""
    parts: list[PartCounted]


class PartShown(PartCounted):
    """One part with some of its findings."""

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
    """What limits it today."""
    judgements: list[str]
    """What a finding may be held to be."""
    rows: list[FindingShown]
    found: int
    """Findings that the filters leave."""
    next_offset: int | None


class DecisionGiven(BaseModel):
    """A decision on a finding."""

    model_config = ConfigDict(
        extra="forbid",
        json_schema_extra={"examples": [{"key": "3f0c9a1b", "state": "covered", "note": "Our procedure, section 4"}]},
    )

    key: str = Field(max_length=500)
    state: str = Field(max_length=40)
    note: str = Field(default="", max_length=NOTE_CHARS)
    """Why."""
    old: str = Field(default="", max_length=200)
    """For ``diff``: the earlier edition."""
    new: str = Field(default="", max_length=200)
    """For ``diff``: the later edition."""


class DecisionKept(BaseModel):
    """One decision of a finding's history."""

    state: str
    note: str
    by: str
    at: datetime


class Decisions(BaseModel):
    """Every decision of a finding, the latest first."""

    model_config = ConfigDict(
        json_schema_extra={
            "examples": [
                {"decisions": [{"state": "covered", "note": "Section 4", "by": "user-1", "at": "2026-11-24T09:00:00Z"}]}
            ]
        }
    )

    decisions: list[DecisionKept]


class QuestionGiven(BaseModel):
    """A question that the policy team brings in; it is masked before it is kept."""

    model_config = ConfigDict(extra="forbid")

    question: str = Field(min_length=1, max_length=2000)
    asked_on: date | None = None
    """Today unless given."""
    audience: str = Field(default="", max_length=100)
    """Who asked, in general words such as "schools"; never a name."""


class QuestionsGiven(BaseModel):
    """Questions brought in."""

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
    questions: list[QuestionGiven] = Field(min_length=1, max_length=1000)


class QuestionsBrought(BaseModel):
    """How many questions were brought in."""

    model_config = ConfigDict(json_schema_extra={"examples": [{"added": 1, "were_there": 0, "too_old": 0}]})

    added: int
    were_there: int
    too_old: int
    """Left out: asked longer ago than records are kept."""
