"""Schemas of approved answers."""

from __future__ import annotations

from datetime import date, datetime
from typing import Annotated, Self

from pydantic import BaseModel, ConfigDict, Field
from pydantic.config import JsonDict

from api.http.schemas import RequestModel
from assistant.answering.approved.units import unit_at
from assistant.errors import UsageError
from assistant.model import PassageId, Span
from assistant.model.approved import (
    ApprovedContent,
    ApprovedEvent,
    ApprovedState,
    ApprovedVersion,
    QuotedUnit,
    UnitFault,
)
from assistant.operations.approved.desk import AnswerView, Checked
from assistant.operations.approved.exchange import AnswersFile, Imported
from assistant.operations.approved.needs_you import NeedsYou
from assistant.outcomes.view import ApprovedView
from assistant.ports import Snapshot

ID = "5b0c7e7d4f3a4c1f9d0e2a6b8c1d3e5f"
UNIT: JsonDict = {
    "edition_id": "example-policy-2026", "title": "Example policy", "spans": [[120, 165]],
    "text": "Staff must record the reasons for a decision.", "fault": "changed",
}  # fmt: skip
CONTENT: JsonDict = {
    "wordings": ["Who records the reasons for a decision?"], "own_words": "", "audience": "", "area": "",
    "owner": "Policy team", "review_by": "2027-05-01",
}  # fmt: skip
SUMMARY: JsonDict = {
    "answer_id": ID, "state": "live", "version": 1, "wordings": ["Who records the reasons for a decision?"],
    "owner": "Policy team", "review_by": "2027-05-01", "needs_you": False, "is_review_due": False, "has_draft": False,
    "reason": "", "conflicts": [],
}  # fmt: skip
VERSION: JsonDict = {
    **CONTENT, "version": 1, "state": "live", "units": [UNIT], "drafted_by": "user-1", "drafted_at": "2026-11-24T09:00:00Z",
    "approved_by": "user-2", "approved_at": "2026-11-25T09:00:00Z", "reason": "",
}  # fmt: skip
EVENT: JsonDict = {"version": 1, "act": "approve", "by": "user-2", "at": "2026-11-25T09:00:00Z", "note": ""}
DRAFT: JsonDict = {**CONTENT, "units": [{"passage_id": "example-policy-2026:0f1e2d3c4b5a:1", "spans": [[120, 165]]}]}
FILE: JsonDict = {
    "format": "approved-answers-1",
    "answers": [
        {
            **CONTENT, "state": "live",
            "units": [
                {
                    "edition_id": "example-policy-2026", "title": "Example policy", "spans": [[120, 165]], "under": [],
                    "quotes": ["Staff must record the reasons for a decision."],
                }
            ],
        }
    ],
}  # fmt: skip
Line = Annotated[str, Field(max_length=500)]


class UnitRequest(RequestModel):
    """A passage to quote, or some stretches of its edition that lie in it and lead into it."""

    passage_id: Annotated[str, Field(min_length=1, max_length=300)]
    """As a search gives it."""
    spans: Annotated[list[tuple[int, int]], Field(max_length=50)] = []
    """Start and end in the edition's text, in code points; the whole passage unless given."""

    def unit(self, snapshot: Snapshot) -> QuotedUnit:
        """Returns the quoted unit. Raises ``UsageError`` where it cannot be quoted."""
        found = snapshot.passages([PassageId(self.passage_id)])
        if not found:
            raise UsageError(f"There is no passage {self.passage_id!r}. Take the passage_id of a search hit.")
        spans = tuple(Span(*each) for each in self.spans) or (found[0].span,)
        return unit_at(found[0].edition_id, spans, snapshot)


class ApprovedAnswerRequest(RequestModel):
    """What an approved answer says, and to which questions."""

    model_config = ConfigDict(json_schema_extra={"examples": [DRAFT]})

    wordings: Annotated[list[Line], Field(min_length=1, max_length=50)]
    units: Annotated[list[UnitRequest], Field(max_length=20)]
    own_words: Annotated[str, Field(max_length=1000)] = ""
    """At most one sentence, without a number, time limit, duty word, contact or condition that no quote has."""
    audience: Annotated[str, Field(max_length=200)] = ""
    area: Annotated[str, Field(max_length=200)] = ""
    owner: Annotated[str, Field(max_length=200)]
    review_by: date

    def content(self, snapshot: Snapshot) -> ApprovedContent:
        """Returns the content. Raises ``UsageError`` for a unit that cannot be quoted."""
        units = tuple(each.unit(snapshot) for each in self.units)
        return ApprovedContent(
            tuple(self.wordings), units, self.own_words, self.audience, self.area, self.owner, self.review_by
        )


class WithdrawRequest(RequestModel):
    """Why an answer is withdrawn."""

    model_config = ConfigDict(json_schema_extra={"examples": [{"reason": "The panel has changed its mind."}]})

    reason: Annotated[str, Field(min_length=1, max_length=2000)]


class UnitResponse(BaseModel):
    """A quoted unit, and why it does not hold any more, null where it does."""

    edition_id: str
    title: str
    spans: list[tuple[int, int]]
    text: str
    fault: UnitFault | None

    @classmethod
    def of(cls, unit: QuotedUnit, fault: UnitFault | None) -> Self:
        """Returns the response for a unit."""
        spans = [(part.start, part.end) for part in unit.parts]
        return cls(edition_id=unit.edition_id, title=unit.title, spans=spans, text=unit.text, fault=fault)


class VersionResponse(BaseModel):
    """One version of an approved answer."""

    version: int
    state: ApprovedState
    wordings: list[str]
    units: list[UnitResponse]
    own_words: str
    audience: str
    area: str
    owner: str
    review_by: date | None
    drafted_by: str
    drafted_at: datetime
    approved_by: str
    approved_at: datetime | None
    reason: str

    @classmethod
    def of(cls, version: ApprovedVersion, faults: tuple[UnitFault | None, ...] = ()) -> Self:
        """Returns the response for a version."""
        content = version.content
        units = [
            UnitResponse.of(unit, faults[at] if at < len(faults) else None) for at, unit in enumerate(content.units)
        ]
        return cls(
            version=version.version, state=version.state, wordings=list(content.wordings), units=units,
            own_words=content.own_words, audience=content.audience, area=content.area, owner=content.owner,
            review_by=content.review_by, drafted_by=version.drafted_by, drafted_at=version.drafted_at,
            approved_by=version.approved_by, approved_at=version.approved_at, reason=version.reason,
        )  # fmt: skip


class EventResponse(BaseModel):
    """Something that was done; ``by`` is "" for a publication."""

    version: int
    act: str
    by: str
    at: datetime
    note: str

    @classmethod
    def of(cls, event: ApprovedEvent) -> Self:
        """Returns the response for an event."""
        return cls(version=event.version, act=event.act, by=event.by, at=event.at, note=event.note)


class AnswerSummaryResponse(BaseModel):
    """An approved answer in a list."""

    model_config = ConfigDict(json_schema_extra={"examples": [SUMMARY]})

    answer_id: str
    state: ApprovedState
    """Of the version shown: the draft, else the live one, else the last."""
    version: int
    wordings: list[str]
    owner: str
    review_by: date | None
    needs_you: bool
    is_review_due: bool
    has_draft: bool
    reason: str
    """Why it was withdrawn."""
    conflicts: list[str]
    """What legislation or statutory guidance says otherwise."""

    @classmethod
    def of(cls, view: AnswerView) -> Self:
        """Returns the response for an answer."""
        shown = view.shown
        return cls(
            answer_id=view.answer_id, state=shown.state, version=shown.version, wordings=list(shown.content.wordings),
            owner=shown.content.owner, review_by=shown.content.review_by, needs_you=view.needs_you,
            is_review_due=view.is_review_due, has_draft=view.draft is not None, reason=shown.reason,
            conflicts=list(view.conflicts),
        )  # fmt: skip


class AnswerListResponse(BaseModel):
    """Approved answers, by their first wording."""

    model_config = ConfigDict(json_schema_extra={"examples": [{"answers": [SUMMARY], "count": 1, "next_offset": 50}]})

    answers: list[AnswerSummaryResponse]
    count: int
    """How many there are in all."""
    next_offset: int | None


class AnswerResponse(AnswerSummaryResponse):
    """An approved answer with its versions and history, the latest first."""

    model_config = ConfigDict(json_schema_extra={"examples": [{**SUMMARY, "versions": [VERSION], "events": [EVENT]}]})

    versions: list[VersionResponse]
    events: list[EventResponse]

    @classmethod
    def of_all(cls, view: AnswerView, events: tuple[ApprovedEvent, ...]) -> Self:
        """Returns the response for an answer with everything about it."""
        versions = [
            VersionResponse.of(each, view.faults if each is view.shown else ()) for each in reversed(view.versions)
        ]
        summary = AnswerSummaryResponse.of(view).model_dump()
        return cls(**summary, versions=versions, events=[EventResponse.of(each) for each in events])


class CheckResponse(BaseModel):
    """Whether a content can be stored, what the asker would see, and what a higher authority says otherwise."""

    model_config = ConfigDict(
        json_schema_extra={"examples": [{"faults": ["Pick at least one passage to quote."], "conflicts": []}]}
    )

    faults: list[str]
    conflicts: list[str]
    preview: ApprovedView | None = None

    @classmethod
    def of(cls, checked: Checked) -> Self:
        """Returns the response for a check."""
        preview = ApprovedView.of(checked.preview) if checked.preview else None
        return cls(faults=list(checked.faults), conflicts=list(checked.conflicts), preview=preview)


class NeedsYouResponse(BaseModel):
    """What needs the policy team: ids only."""

    model_config = ConfigDict(
        json_schema_extra={"examples": [{"count": 1, "answers": [ID], "review_due": [], "drafts": [], "blocks": []}]}
    )

    count: int
    """Answers and blocks that need somebody; drafts do not count."""
    answers: list[str]
    """Withdrawn by a publication, or contradicted by legislation or statutory guidance."""
    review_due: list[str]
    drafts: list[str]
    """Waiting for a second person."""
    blocks: list[str]
    """Set, and on nothing in the library any more."""

    @classmethod
    def of(cls, needed: NeedsYou) -> Self:
        """Returns the response for what needs somebody."""
        return cls(
            count=needed.count, answers=list(needed.answers), review_due=list(needed.review_due),
            drafts=list(needed.drafts), blocks=list(needed.blocks),
        )  # fmt: skip


class AnswersFileModel(AnswersFile):
    """Approved answers as a file; what is imported is a draft."""

    model_config = ConfigDict(json_schema_extra={"examples": [FILE]})


class RefusedAnswerResponse(BaseModel):
    """An answer of a file that was not imported; ``number`` is its place from 1."""

    number: int
    why: str


class ImportResponse(BaseModel):
    """What an import did."""

    model_config = ConfigDict(json_schema_extra={"examples": [{"drafted": [ID], "refused": []}]})

    drafted: list[str]
    """Ids of the drafts."""
    refused: list[RefusedAnswerResponse]

    @classmethod
    def of(cls, done: Imported) -> Self:
        """Returns the response for an import."""
        refused = [RefusedAnswerResponse(number=number, why=why) for number, why in done.refused]
        return cls(drafted=list(done.drafted), refused=refused)
