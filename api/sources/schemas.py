"""Requests and responses about sources."""

from __future__ import annotations

from dataclasses import asdict, replace
from datetime import date, datetime
from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field
from pydantic.config import JsonDict

from api.http.schemas import RequestModel
from api.sources.changes import ShownChange
from assistant.coverage.edition_diff.held_changes import Touched
from assistant.following.digest import Digest, digest_sentence
from assistant.following.schedule import EXAMPLES, Schedule, schedule_of, schedule_words
from assistant.model import Document, Form, Kind, Layer
from assistant.model.sources import (
    ChangeState,
    Decision,
    DocumentDefaults,
    FollowOptions,
    NewSource,
    PublishingRule,
    RunEnding,
    SourceKind,
    StagedChange,
    SyncRun,
    Terms,
)
from assistant.ports import SourceWithState

Line = Annotated[str, Field(max_length=300)]
Pattern = Annotated[str, Field(min_length=1, max_length=300)]
ChangeId = Annotated[str, Field(min_length=1, max_length=100)]
TERMS: JsonDict = {"licence": "Open Government Licence v3.0", "owner": "Aldmoor Safeguarding Children Partnership"}
NEW: JsonDict = {
    "kind": "website",
    "address": "https://www.example.org/procedures",
    "name": "Aldmoor procedures manual",
    **TERMS,
    "schedule": "daily at 06:00",
    "rule": "by_hand",
    "document_kind": "policy",
}
RUN: JsonDict = {
    "run_id": "0f1e2d3c4b5a69780f1e2d3c",
    "started": "2026-05-01T06:00:00Z",
    "ended": "2026-05-01T06:08:10Z",
    "ending": "done",
    "new": 1,
    "changed": 2,
    "withdrawn": 0,
    "moved": 0,
    "unchanged": 397,
    "suspicious": 0,
    "fetched": 3,
    "not_modified": 397,
    "skipped": 12,
    "body_bytes": 48210,
    "problems": [],
}
SOURCE: JsonDict = {
    **NEW,
    "source_id": "aldmoor-procedures-manual",
    "depth": 5,
    "include": [],
    "exclude": [],
    "delay_s": 1.0,
    "max_pages": 1000,
    "max_mb": 500,
    "max_minutes": 120.0,
    "publisher": "Aldmoor Safeguarding Children Partnership",
    "area": "",
    "audience": "",
    "layer": "local",
    "form": "official",
    "groups": [],
    "added_at": "2026-04-01T09:00:00Z",
    "is_paused": False,
    "is_running": False,
    "is_failing": False,
    "next_run": "2026-05-02T06:00:00Z",
    "last_success": "2026-05-01T06:08:10Z",
    "failures": 1,
    "failing_since": "2026-05-01T18:00:00Z",
    "waiting": 3,
    "documents": 400,
    "last_run": RUN,
}
CHANGE: JsonDict = {
    "change_id": "9f1e2d3c4b5a69780f1e2d3c",
    "source_id": "aldmoor-procedures-manual",
    "state": "changed",
    "address": "https://www.example.org/procedures/referrals",
    "title": "Referrals",
    "found_at": "2026-05-01T06:03:00Z",
    "edition_id": "referrals-2026-05-01",
    "replaces": "referrals-2026-01-05",
    "previous_address": "",
    "why": "Time limits for assessments updated.",
    "dated": "2026-04-30",
    "successor_address": "",
    "decision": "published",
    "decided_at": "2026-05-01T09:30:00Z",
    "decided_by": "key-0f1e2d3c",
}
DIFFERENCE: JsonDict = {
    "kind": "changed",
    "headings": ["Referrals", "2. Time limits"],
    "label": "2.1",
    "concerns": ["time_limit", "number"],
    "words": "An assessment is finished within [-45-] {+40+} working days.",
}
DIGEST: JsonDict = {
    "since": "2026-04-24T09:00:00Z",
    "until": "2026-05-01T09:00:00Z",
    "sentence": "2 documents changed, 1 new edition, 3 approved answers touched",
    "changed": 2,
    "new": 0,
    "withdrawn": 0,
    "moved": 0,
    "published": 1,
    "new_editions": 1,
    "published_by_rule": 0,
    "waiting": 1,
    "approved_answers_touched": 3,
    "failing": [],
    "changes": [CHANGE],
}


class SourceDetails(RequestModel):
    """What may be changed of a source later."""

    model_config = ConfigDict(extra="forbid")

    name: Line = ""
    """Taken from the address if empty."""
    licence: Line
    """On what terms its documents may be used."""
    owner: Line
    """Who owns them."""
    schedule: Annotated[str, Field(max_length=60, description=f"When it is synced: {EXAMPLES}.")] = "daily"
    rule: PublishingRule = PublishingRule.BY_HAND
    """`minor`: changes that touch no duty word, number, time, contact or heading publish by themselves."""
    depth: Annotated[int, Field(ge=0, le=50)] = 5
    """Links from the start page to a page, for a website without a sitemap."""
    include: Annotated[list[Pattern], Field(max_length=50)] = []
    """Patterns of addresses or paths (`*` for any characters); with none, everything below the start."""
    exclude: Annotated[list[Pattern], Field(max_length=50)] = []
    """Patterns of addresses or paths that are left out."""
    delay_s: Annotated[float, Field(ge=0, le=3600)] = 1.0
    max_pages: Annotated[int, Field(ge=1, le=100_000)] = 1000
    max_mb: Annotated[int, Field(ge=1, le=100_000)] = 500
    max_minutes: Annotated[float, Field(gt=0, le=1440)] = 120.0
    document_kind: Kind = Kind.GUIDANCE
    """Kind of its documents."""
    publisher: Line = ""
    """The owner unless given."""
    area: Line = ""
    audience: Line = ""
    layer: Layer | Literal[""] | None = None
    form: Form = Form.OFFICIAL
    groups: Annotated[list[Line], Field(max_length=50)] = []
    """Groups that may see it and its documents; everybody if empty."""

    def of(self, kind: SourceKind, address: str) -> NewSource:
        """Returns the source that this describes. Raises ``UsageError`` for words that are no schedule."""
        schedule = schedule_of(self.schedule)
        options = FollowOptions(
            schedule.every_hours,
            self.depth,
            tuple(self.include),
            tuple(self.exclude),
            self.delay_s,
            self.max_pages,
            self.max_mb,
            self.max_minutes,
        )
        options = replace(options, at=schedule.at)
        named = self.publisher, self.area, self.audience, self.layer or None, tuple(filter(None, self.groups))
        documents = DocumentDefaults(self.document_kind, *named, self.form)
        return NewSource(kind, address, self.name, Terms(self.licence, self.owner), options, documents, self.rule)


class SourceChangeRequest(SourceDetails):
    """The details of a source, which replace those before; its kind and address stay."""

    model_config = ConfigDict(
        extra="forbid",
        json_schema_extra={"examples": [{name: NEW[name] for name in NEW if name not in ("kind", "address")}]},
    )

    def described(self, before: SourceWithState) -> NewSource:
        """Returns the source with these details. Raises ``UsageError``."""
        return self.of(before.source.kind, before.source.address)


class SourceRequest(SourceDetails):
    """A source to follow."""

    model_config = ConfigDict(extra="forbid", json_schema_extra={"examples": [NEW]})

    kind: SourceKind
    address: Annotated[str, Field(min_length=1, max_length=2000)]
    """Start page or sitemap, publication of GOV.UK, feed, or path of a folder."""

    def new_source(self) -> NewSource:
        """Returns the source to add. Raises ``UsageError``."""
        return self.of(self.kind, self.address)


class RunResponse(BaseModel):
    """One sync of a source."""

    model_config = ConfigDict(json_schema_extra={"examples": [RUN]})

    run_id: str
    started: datetime
    ended: datetime | None
    ending: RunEnding | None
    """Null while it runs."""
    new: int
    changed: int
    withdrawn: int
    moved: int
    unchanged: int
    suspicious: int
    fetched: int
    not_modified: int
    skipped: int
    body_bytes: int
    problems: list[str]
    """One sentence each, the weightiest first."""


class SourceResponse(BaseModel):
    """A source, and how it goes with it."""

    model_config = ConfigDict(json_schema_extra={"examples": [SOURCE]})

    source_id: str
    kind: SourceKind
    address: str
    name: str
    licence: str
    owner: str
    schedule: str
    """When it is synced, in words."""
    rule: PublishingRule
    depth: int
    include: list[str]
    exclude: list[str]
    delay_s: float
    max_pages: int
    max_mb: int
    max_minutes: float
    document_kind: Kind
    publisher: str
    area: str
    audience: str
    layer: Layer | None
    form: Form
    groups: list[str]
    added_at: datetime
    is_paused: bool
    is_running: bool
    is_failing: bool
    """Whether it has failed for so long that the policy team is told."""
    next_run: datetime | None
    """Null while it is paused."""
    last_success: datetime | None
    failures: int
    """Syncs in a row that failed or need somebody."""
    failing_since: datetime | None
    waiting: int
    """Changes that nobody has published or discarded."""
    documents: int
    last_run: RunResponse | None


class SourceListResponse(BaseModel):
    """The sources that you may see, by name."""

    model_config = ConfigDict(json_schema_extra={"examples": [{"sources": [SOURCE]}]})

    sources: list[SourceResponse]


class RunListResponse(BaseModel):
    """The last syncs of a source, newest first."""

    model_config = ConfigDict(json_schema_extra={"examples": [{"runs": [RUN]}]})

    runs: list[RunResponse]


class ChangeResponse(BaseModel):
    """What a sync found of one document, and what became of it."""

    model_config = ConfigDict(json_schema_extra={"examples": [CHANGE]})

    change_id: str
    source_id: str
    state: ChangeState
    address: str
    title: str
    found_at: datetime
    edition_id: str | None
    """Of the edition that publishing makes; null where it makes none."""
    replaces: str | None
    """The published edition that it is about."""
    previous_address: str
    why: str
    """What the source says of it, or why it looks wrong."""
    dated: date | None
    """Day of the change by the source's own word."""
    successor_address: str
    decision: Decision
    decided_at: datetime | None
    decided_by: str
    """User id; "rule" where the rule for minor changes published it."""


class ChangeListResponse(BaseModel):
    """Changes, the newest first."""

    model_config = ConfigDict(json_schema_extra={"examples": [{"changes": [CHANGE]}]})

    changes: list[ChangeResponse]


class DifferenceResponse(BaseModel):
    """A paragraph that differs; removed words stand in `[-…-]`, added ones in `{+…+}`, moved ones in `~…~`."""

    kind: Literal["changed", "added", "removed", "moved"]
    headings: list[str]
    label: str | None
    concerns: list[str]
    """What it affects, the most important first."""
    words: str


class HeldResponse(BaseModel):
    """Something that a person has to read before the change is published."""

    touched: Touched
    before: str
    after: str


class ChangeDetailResponse(ChangeResponse):
    """A change with both sides compared."""

    model_config = ConfigDict(
        json_schema_extra={
            "examples": [
                {
                    **CHANGE,
                    "is_minor": False,
                    "held": [
                        {"touched": "number", "before": "within 45 working days", "after": "within 40 working days"}
                    ],
                    "differences": [DIFFERENCE],
                    "difference_count": 1,
                    "page_count": 3,
                    "passage_count": 14,
                }
            ]
        }
    )

    is_minor: bool
    """Whether the rule for minor changes would publish it."""
    held: list[HeldResponse]
    """Why a person has to read it first; empty for a minor change and where there is nothing to compare."""
    differences: list[DifferenceResponse]
    difference_count: int
    """How many there are; at most 300 are given."""
    page_count: int | None
    """Of the document that publishing makes; null where it makes none."""
    passage_count: int | None


class DecisionRequest(RequestModel):
    """Changes that are published or discarded together."""

    model_config = ConfigDict(extra="forbid", json_schema_extra={"examples": [{"changes": [CHANGE["change_id"]]}]})

    changes: Annotated[list[ChangeId], Field(min_length=1, max_length=1000)]
    """Their ids."""


class DiscardedResponse(BaseModel):
    """How many changes were discarded."""

    model_config = ConfigDict(json_schema_extra={"examples": [{"discarded": 2}]})

    discarded: int


class DigestResponse(BaseModel):
    """What happened in a time, for the policy team; nothing in it comes from a question."""

    model_config = ConfigDict(json_schema_extra={"examples": [DIGEST]})

    since: datetime
    until: datetime
    sentence: str
    changed: int
    new: int
    withdrawn: int
    moved: int
    published: int
    new_editions: int
    published_by_rule: int
    waiting: int
    approved_answers_touched: int | None
    """Null where no approved answers are kept."""
    failing: list[str]
    """Ids of sources that have failed for long."""
    changes: list[ChangeResponse]


def source_response(one: SourceWithState, *, is_running: bool = False) -> SourceResponse:
    """Returns the response for a source; ``is_running`` where this worker syncs it now."""
    source, state, options, documents = one.source, one.state, one.source.options, one.source.documents
    return SourceResponse(
        source_id=source.source_id, kind=source.kind, address=source.address, name=source.name,
        licence=source.terms.licence, owner=source.terms.owner, schedule=schedule_words_of(options), rule=source.rule,
        depth=options.depth, include=list(options.include), exclude=list(options.exclude), delay_s=options.delay_s,
        max_pages=options.max_pages, max_mb=options.max_mb, max_minutes=options.max_minutes,
        document_kind=documents.kind, publisher=documents.publisher, area=documents.area, audience=documents.audience,
        layer=documents.layer, form=documents.form, groups=list(documents.groups), added_at=source.added_at,
        is_paused=state.is_paused, is_running=state.is_running or is_running, is_failing=state.is_told,
        next_run=state.next_run, last_success=state.last_success, failures=state.failures,
        failing_since=state.failing_since, waiting=state.waiting, documents=state.documents,
        last_run=run_response(state.last_run) if state.last_run else None,
    )  # fmt: skip


def schedule_words_of(options: FollowOptions) -> str:
    """Returns when a source is synced, in words."""
    return schedule_words(Schedule(options.every_hours, options.at))


def run_response(run: SyncRun) -> RunResponse:
    """Returns the response for a sync."""
    plain = {name: getattr(run, name) for name in ("run_id", "started", "ended", "ending")}
    return RunResponse.model_validate({**plain, **asdict(run.counts), "problems": list(run.problems)})


def change_fields(change: StagedChange) -> dict[str, object]:
    """Returns the fields of a change's response."""
    return {name: getattr(change, name) for name in ChangeResponse.model_fields}


def change_response(change: StagedChange) -> ChangeResponse:
    """Returns the response for a change."""
    return ChangeResponse.model_validate(change_fields(change))


def change_detail(change: StagedChange, shown: ShownChange, after: Document | None) -> ChangeDetailResponse:
    """Returns the response for a change with both sides compared."""
    differences = [
        {
            "kind": each.kind,
            "headings": list(each.headings),
            "label": each.label,
            "concerns": list(each.concerns),
            "words": each.words,
        }
        for each in shown.differences
    ]
    held = [{"touched": each.touched, "before": each.before, "after": each.after} for each in shown.held]
    counts = {
        "page_count": after.page_count if after else None,
        "passage_count": len(after.passages) if after else None,
    }
    more = {"is_minor": shown.is_minor, "held": held, "differences": differences, "difference_count": shown.total}
    return ChangeDetailResponse.model_validate({**change_fields(change), **more, **counts})


def digest_response(digest: Digest) -> DigestResponse:
    """Returns the response for a digest."""
    return DigestResponse(
        since=digest.since,
        until=digest.until,
        sentence=digest_sentence(digest),
        changed=digest.count(ChangeState.CHANGED),
        new=digest.count(ChangeState.NEW),
        withdrawn=digest.count(ChangeState.WITHDRAWN),
        moved=digest.count(ChangeState.MOVED),
        published=len(digest.published),
        new_editions=digest.new_editions,
        published_by_rule=digest.by_rule,
        waiting=digest.waiting,
        approved_answers_touched=digest.touched,
        failing=[each.source.source_id for each in digest.failing],
        changes=[change_response(each.change) for each in digest.lines],
    )
