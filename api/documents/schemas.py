"""Documents, their pages and files."""

from __future__ import annotations

from datetime import date
from typing import Annotated

from pydantic import BaseModel, ConfigDict, Field
from pydantic.config import JsonDict

from assistant.editions.status import EditionStatus, EditionWithStatus
from assistant.model import Edition, Form, Kind

EDITION: JsonDict = {
    "edition_id": "example-policy-2026",
    "work": "example-policy",
    "title": "Example policy",
    "kind": "policy",
    "form": "official",
    "publisher": "Example partnership",
    "published": "2026-01-05",
    "in_force_from": "2026-02-01",
    "supersedes": "example-policy-2024",
    "review_by": "2027-02-01",
    "source_url": "https://partnership.example/policy.pdf",
    "licence": "OGL-3.0",
    "status": "superseded",
    "is_indexed": True,
    "is_answering": False,
    "is_past_review": True,
    "replaced_by": {"edition_id": "example-policy-2028", "title": "Example policy", "in_force_from": "2028-02-01"},
}


class Named(BaseModel):
    """An edition in few words."""

    edition_id: str
    title: str
    in_force_from: date | None


class DocumentShown(BaseModel):
    """An edition and how it stands today."""

    model_config = ConfigDict(json_schema_extra={"examples": [EDITION]})

    edition_id: str
    work: str
    """Groups editions of the same document."""
    title: str
    kind: Kind
    form: Form
    publisher: str
    published: date | None
    in_force_from: date | None
    supersedes: str | None
    """The edition that this one replaces."""
    review_by: date | None
    source_url: str | None
    licence: str | None
    status: EditionStatus
    is_indexed: bool
    """False for one that is named in a catalogue and cannot be quoted."""
    is_answering: bool
    """Whether answers may quote it today."""
    is_past_review: bool
    replaced_by: Named | None
    """The edition in force that replaces it."""


class Documents(BaseModel):
    """Some of the documents that the asker may see."""

    model_config = ConfigDict(
        json_schema_extra={"examples": [{"documents": [EDITION], "total": 51, "next_offset": 50}]}
    )

    documents: list[DocumentShown]
    total: int
    """How many there are under this filter."""
    next_offset: int | None
    """Give this as ``offset`` for those that follow; null at the end."""


class SectionShown(BaseModel):
    """A section."""

    headings: list[str]
    label: str | None
    page: int
    """Page on which it begins."""
    start: int
    """Offset in the edition text, in code points."""
    end: int


class PageNamed(BaseModel):
    """A page and the label printed on it."""

    number: int
    label: str


class Excluded(BaseModel):
    """Something that was left out and is never quoted, and why."""

    page: int
    reason: str
    preview: str


WHOLE: JsonDict = {
    **EDITION,
    "pages": [{"number": 1, "label": "i"}, {"number": 2, "label": "1"}],
    "sections": [{"headings": ["Example policy", "1. Recording"], "label": "1", "page": 2, "start": 0, "end": 210}],
    "exclusions": [{"page": 2, "reason": "page_number", "preview": "1"}],
    "passages": 80,
    "not_quotable": 1,
    "has_file": True,
    "has_pictures": True,
}


class DocumentWhole(DocumentShown):
    """An edition with what is in it."""

    model_config = ConfigDict(json_schema_extra={"examples": [WHOLE]})

    pages: list[PageNamed]
    sections: list[SectionShown]
    exclusions: list[Excluded]
    passages: int
    not_quotable: int
    """Passages that answers point to and never quote: figures, flow charts, uncertain tables."""
    has_file: bool
    has_pictures: bool


class RectangleShown(BaseModel):
    """A stretch of words on a page's picture, in shares of its width and height from the top left."""

    left: Annotated[float, Field(ge=0, le=1)]
    top: Annotated[float, Field(ge=0, le=1)]
    width: Annotated[float, Field(ge=0, le=1)]
    height: Annotated[float, Field(ge=0, le=1)]


class StretchShown(BaseModel):
    """A piece of the page's text."""

    text: str
    is_marked: bool


class PageShown(BaseModel):
    """A page with what was asked for marked on it."""

    model_config = ConfigDict(
        json_schema_extra={
            "examples": [
                {
                    "edition_id": "example-policy-2026",
                    "title": "Example policy",
                    "number": 3,
                    "label": "3",
                    "previous": 2,
                    "next": 4,
                    "page_count": 12,
                    "stretches": [{"text": "Record the reasons.", "is_marked": True}],
                    "is_found": True,
                    "rectangles": [{"left": 0.1, "top": 0.2, "width": 0.5, "height": 0.02}],
                    "picture": "/v1/documents/example-policy-2026/pages/3.png",
                }
            ]
        }
    )

    edition_id: str
    title: str
    number: int
    label: str
    previous: int | None
    next: int | None
    page_count: int
    stretches: list[StretchShown]
    """The page's text in order."""
    is_found: bool
    """Whether everything asked for stands on this page once; what does not is not marked."""
    rectangles: list[RectangleShown]
    """[] where there is no picture or the place is not certain."""
    picture: str | None
    """Where the PNG is."""


def named(edition: Edition) -> Named:
    """Returns an edition in few words."""
    return Named(edition_id=edition.edition_id, title=edition.title, in_force_from=edition.in_force_from)


def fields_of(standing: EditionWithStatus) -> dict[str, object]:
    """Returns what a caller is told of an edition, by field."""
    edition, successor = standing.edition, standing.replaced_by
    own = ("edition_id", "work", "title", "kind", "form", "publisher", "published", "in_force_from", "supersedes",
           "review_by", "source_url", "licence")  # fmt: skip
    return {
        **{name: getattr(edition, name) for name in own},
        "status": standing.status,
        "is_indexed": standing.is_indexed,
        "is_answering": standing.is_answering,
        "is_past_review": standing.is_past_review,
        "replaced_by": named(successor) if successor else None,
    }
