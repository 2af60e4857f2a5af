"""Requests and responses of publishing."""

from __future__ import annotations

from datetime import date, datetime
from typing import Annotated, Literal

from fastapi import UploadFile
from pydantic import BaseModel, ConfigDict, Field
from pydantic.config import JsonDict

from api.documents.schemas import READING, ExclusionResponse, ReadingResponse, reading_response
from api.http.schemas import RequestModel
from api.publishing.changes import StagedChanges
from api.publishing.undoing import UndoView
from assistant.coverage.edition_diff.compare import Change, ChangeKind
from assistant.coverage.edition_diff.word_changes import Concern
from assistant.coverage.sections.edition_diff import marked
from assistant.model import Edition, Form, Kind, Layer
from assistant.model.formats import PDF, format_of
from assistant.ports import Preview

Text = Annotated[str, Field(max_length=300)]
METADATA: JsonDict = {"title": "Example policy", "kind": "policy", "in_force_from": "2026-02-01"}
SHOWN: JsonDict = {
    "upload_id": "0f1e2d3c4b5a69780f1e2d3c",
    "filename": "example.pdf",
    "edition_id": "example-policy-2026",
    "title": "Example policy",
    "kind": "policy",
    "form": "official",
    "page_count": 12,
    "passage_count": 80,
    "warnings": [],
}


PREVIEW: JsonDict = {
    **SHOWN,
    "passages": [
        {
            "text": "Staff must record the reasons for a decision.",
            "headings": ["Example policy", "1. Recording"],
            "label": "1",
            "pages": [2],
            "is_quotable": True,
        }
    ],
    "exclusions": [{"page": 2, "reason": "page_number", "preview": "1"}],
    "reading": READING,
    "left_out": [
        {"page": 7, "reasons": ["figure"], "picture": "/v1/publishing/uploads/0f1e2d3c4b5a69780f1e2d3c/pages/7.png"}
    ],
    "proposals": [
        {
            "field": "review_by",
            "value": "2027-03-31",
            "confidence": 0.96,
            "where": "cover, page 1",
            "words": "Review date: March 2027",
        }
    ],
    "next_offset": 50,
}


CHANGES: JsonDict = {
    "replaces": "example-policy-2024",
    "weighty": 1,
    "total": 501,
    "changes": [
        {
            "kind": "changed",
            "concerns": ["time_limit", "number"],
            "headings": ["Example policy", "1. Recording"],
            "label": "1.2",
            "words": "Staff must record it within [-five-] {+three+} days.",
        }
    ],
    "next_offset": 500,
}
LAST: JsonDict = {
    "generation": 4,
    "at": "2026-05-01T09:00:00Z",
    "by": "key-7c1d0a2b",
    "is_undo": False,
    "added": [{"edition_id": "example-policy-2026", "title": "Example policy", "in_force_from": "2026-02-01"}],
    "replaced": [],
    "removed": [],
}


class MetadataRequest(RequestModel):
    """Catalogue metadata of a document; empty fields are taken from the file or left open."""

    model_config = ConfigDict(extra="forbid", json_schema_extra={"examples": [METADATA]})

    kind: Kind
    edition_id: Text = ""
    """Defaults to one derived from the file name."""
    work: Text = ""
    """Groups editions of the same document; defaults to the edition id."""
    title: Text = ""
    form: Form = Form.OFFICIAL
    publisher: Text = ""
    published: Text = ""
    """A date such as 2026-02-01, like all dates here."""
    in_force_from: Text = ""
    review_by: Text = ""
    supersedes: Text = ""
    """Id of the edition that it replaces."""
    source_url: Annotated[str, Field(max_length=2000)] = ""
    licence: Text = ""
    groups: Annotated[str, Field(max_length=2000)] = ""
    """Groups that may see it, separated by commas; everybody if empty."""
    area: Text = ""
    """Area that a local document is for; left to publisher and title if empty."""
    audience: Text = ""
    """Whom it is written for."""
    layer: Layer | Literal[""] = ""
    """National, regional or local; left to kind and area if empty."""

    def fields(self) -> dict[str, str]:
        """Returns the metadata by their names in the catalogue."""
        return {name: str(value) for name, value in self.model_dump(exclude={"file"}).items()}


class UploadRequest(MetadataRequest):
    """A file with its metadata."""

    file: UploadFile


class UploadResponse(BaseModel):
    """An upload that waits to be published."""

    model_config = ConfigDict(json_schema_extra={"examples": [SHOWN]})

    upload_id: str
    filename: str
    edition_id: str
    title: str
    kind: Kind
    form: Form
    page_count: int
    passage_count: int
    warnings: list[str]
    """What to check before publishing."""


class UploadListResponse(BaseModel):
    """The uploads that wait to be published, oldest first."""

    model_config = ConfigDict(json_schema_extra={"examples": [{"uploads": [SHOWN]}]})

    uploads: list[UploadResponse]


class PassageResponse(BaseModel):
    """A passage as it would be indexed."""

    text: str
    headings: list[str]
    label: str | None
    pages: list[int]
    is_quotable: bool


class ProposalResponse(BaseModel):
    """A value that was read from the document; nothing uses it until it is sent as metadata."""

    field: str
    """Name of the metadata; ``version`` is shown only."""
    value: str
    confidence: float
    """From 0 to 1."""
    where: str
    """Where it was read, such as "cover, page 1"."""
    words: str
    """The words that say so."""


class LeftOutPageResponse(BaseModel):
    """What of a page is never quoted, and what of it the reasons are."""

    page: int
    reasons: list[str]
    picture: str | None
    """Path of the page image (PNG); null if there is none."""


class PreviewResponse(UploadResponse):
    """An upload that waits to be published, with a page of its passages and everything that is excluded."""

    model_config = ConfigDict(json_schema_extra={"examples": [PREVIEW]})

    passages: list[PassageResponse]
    exclusions: list[ExclusionResponse]
    reading: ReadingResponse | None
    """How much of it can be quoted; null for an upload of an earlier release."""
    left_out: list[LeftOutPageResponse]
    """Pages with something on them that is never quoted."""
    proposals: list[ProposalResponse]
    """Metadata that are proposed; [] for an upload of an earlier release."""
    next_offset: int | None
    """Pass as ``offset`` to get the next page of passages; null on the last one."""


class ChangeResponse(BaseModel):
    """A paragraph that an upload changes."""

    kind: ChangeKind
    concerns: list[Concern]
    """What it affects, the most important first."""
    headings: list[str]
    label: str | None
    """Number of the paragraph, where it has one."""
    words: str
    """The wording with removed words in [-…-], added words in {+…+} and moved ones in ~…~."""


class ChangesResponse(BaseModel):
    """What an upload changes against the published edition that it replaces, the weightiest first."""

    model_config = ConfigDict(json_schema_extra={"examples": [CHANGES]})

    replaces: str | None
    """Edition that it is compared with; null where it replaces none that you see."""
    weighty: int
    """How many of the changes affect duty words, negations, times, numbers or contacts; they come first."""
    total: int
    changes: list[ChangeResponse]
    next_offset: int | None
    """Pass as ``offset`` to get the next page; null on the last one."""


class ChangedEditionResponse(BaseModel):
    """An edition that a publication brought, changed or took out."""

    edition_id: str
    title: str
    in_force_from: date | None


class LastPublicationResponse(BaseModel):
    """The publication that an undo would undo."""

    model_config = ConfigDict(json_schema_extra={"examples": [LAST]})

    generation: int
    """Pass it to ``roll-back``, so that nothing else is undone."""
    at: datetime | None
    """Null where an earlier release published it."""
    by: str | None
    """User id; null for the command line."""
    is_undo: bool
    """Whether it undid another publication itself."""
    added: list[ChangedEditionResponse]
    replaced: list[ChangedEditionResponse]
    """Editions whose text or details it changed."""
    removed: list[ChangedEditionResponse]


class PublicationResponse(BaseModel):
    """The generation of the library that answers from now on."""

    model_config = ConfigDict(json_schema_extra={"examples": [{"generation": 4, "editions": 9, "passages": 1200}]})

    generation: int
    editions: int
    passages: int


def upload_fields(preview: Preview) -> dict[str, object]:
    """Returns the fields of the response for an upload."""
    edition = preview.edition
    return {
        "upload_id": preview.upload_id,
        "filename": preview.filename,
        "edition_id": edition.edition_id,
        "title": edition.title,
        "kind": edition.kind,
        "form": edition.form,
        "page_count": preview.page_count,
        "passage_count": len(preview.passages),
        "warnings": list(preview.warnings),
    }


def left_out_pages(preview: Preview) -> list[LeftOutPageResponse]:
    """Returns the pages of an upload with something that is never quoted, in order."""
    has_pictures = format_of(preview.filename) is PDF
    reasons: dict[int, list[str]] = {}
    for region in preview.regions:
        reasons.setdefault(region.page, []).append(region.reason)
    address = f"/v1/publishing/uploads/{preview.upload_id}/pages"
    return [
        LeftOutPageResponse(
            page=page, reasons=list(dict.fromkeys(each)), picture=f"{address}/{page}.png" if has_pictures else None
        )
        for page, each in sorted(reasons.items())
    ]


def preview_response(preview: Preview, offset: int, limit: int) -> PreviewResponse:
    """Returns the response for a preview with a page of its passages."""
    page = preview.passages[offset : offset + limit]
    return PreviewResponse.model_validate(
        {
            **upload_fields(preview),
            "passages": [
                PassageResponse(
                    text=each.text,
                    headings=list(each.headings),
                    label=each.label,
                    pages=list(each.pages),
                    is_quotable=each.is_quotable,
                )
                for each in page
            ],
            "exclusions": [
                ExclusionResponse(page=e.page, reason=e.reason, preview=e.preview) for e in preview.exclusions
            ],
            "reading": reading_response(preview.reading) if preview.reading else None,
            "left_out": left_out_pages(preview),
            "proposals": [
                ProposalResponse(field=p.field, value=p.value, confidence=p.confidence, where=p.where, words=p.words)
                for p in preview.proposals
            ],
            "next_offset": offset + limit if len(preview.passages) > offset + limit else None,
        }
    )


def changes_response(staged: StagedChanges | None, offset: int, limit: int) -> ChangesResponse:
    """Returns the response for a page of what an upload changes."""
    if staged is None:
        return ChangesResponse(replaces=None, weighty=0, total=0, changes=[], next_offset=None)
    changes = staged.all
    return ChangesResponse(
        replaces=staged.replaced.edition_id,
        weighty=len(staged.weighty),
        total=len(changes),
        changes=[_change_response(each) for each in changes[offset : offset + limit]],
        next_offset=offset + limit if len(changes) > offset + limit else None,
    )


def _change_response(change: Change) -> ChangeResponse:
    paragraph = change.new or change.old
    assert paragraph is not None
    return ChangeResponse(
        kind=change.kind,
        concerns=list(change.concerns),
        headings=list(paragraph.headings),
        label=paragraph.label,
        words=marked(change),
    )


def last_response(undo: UndoView) -> LastPublicationResponse:
    """Returns the response for the publication that an undo would undo."""
    change = undo.change
    return LastPublicationResponse(
        generation=change.number,
        at=change.at,
        by=undo.by or None,
        is_undo=undo.is_undo,
        added=[_changed_edition(each) for each in change.came],
        replaced=[_changed_edition(each) for each in change.changed],
        removed=[_changed_edition(each) for each in change.went],
    )


def _changed_edition(edition: Edition) -> ChangedEditionResponse:
    return ChangedEditionResponse(
        edition_id=edition.edition_id, title=edition.title, in_force_from=edition.in_force_from
    )
