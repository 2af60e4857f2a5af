"""Responses about documents and their pages."""

from __future__ import annotations

from datetime import date
from typing import Annotated

from pydantic import BaseModel, ConfigDict, Field
from pydantic.config import JsonDict

from api.http.schemas import MARK
from assistant.editions.areas import area_of, layer_of
from assistant.editions.status import EditionStatus, EditionWithStatus
from assistant.model import Edition, Form, Kind, Layer
from assistant.model.reading import ReadingReport
from assistant.outcomes.reading_text import reading_warnings
from assistant.outcomes.view import SourceMarkView, mark_view

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
    "area": "",
    "audience": "schools and colleges",
    "layer": "local",
    "status": "superseded",
    "is_indexed": True,
    "is_answering": False,
    "is_past_review": True,
    "replaced_by": {"edition_id": "example-policy-2028", "title": "Example policy", "in_force_from": "2028-02-01"},
    "source_mark": MARK,
}


class EditionReference(BaseModel):
    """A short reference to an edition."""

    edition_id: str
    title: str
    in_force_from: date | None


class DocumentResponse(BaseModel):
    """An edition and its status today."""

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
    """Id of the edition that this one replaces."""
    review_by: date | None
    source_url: str | None
    licence: str | None
    area: str
    """Area that a local document is for, from its metadata, publisher or title; "" where there is none."""
    audience: str
    """Whom it is written for, from its metadata; "" where nobody said."""
    layer: Layer | None
    """National, regional or local, from its metadata, else from kind and area; null where nothing says so."""
    status: EditionStatus
    is_indexed: bool
    """False if it is only named in a catalogue; such an edition cannot be quoted."""
    is_answering: bool
    """Whether answers may quote it today."""
    is_past_review: bool
    replaced_by: EditionReference | None
    """The edition in force that replaces it."""
    source_mark: SourceMarkView | None = None
    """What its source says of it now, as soon as a sync has noticed; null where it is current."""


class DocumentListResponse(BaseModel):
    """A page of the documents that you may see."""

    model_config = ConfigDict(
        json_schema_extra={"examples": [{"documents": [EDITION], "total": 51, "next_offset": 50}]}
    )

    documents: list[DocumentResponse]
    total: int
    """Number of documents that match the filter."""
    next_offset: int | None
    """Pass as ``offset`` to get the next page; null on the last one."""


class SectionResponse(BaseModel):
    """A section of an edition."""

    headings: list[str]
    label: str | None
    page: int
    """Number of the page on which it begins."""
    start: int
    """Offset in the edition's text, in code points."""
    end: int


class PageLabelResponse(BaseModel):
    """The number of a page and the label printed on it."""

    number: int
    label: str


class ExclusionResponse(BaseModel):
    """Text that was excluded and is never quoted, and why."""

    page: int
    reason: str
    preview: str


READING: JsonDict = {
    "share": 0.96,
    "words": 5500,
    "quotable_words": 5280,
    "figure_words": 220,
    "table_rows": 21,
    "figure_pages": [7],
    "picture_pages": [],
    "left_out": [{"reason": "page_number", "words": 12, "pages": [2, 3]}],
    "warnings": [
        "Figures and charts on page 7 (220 words) are pointed to and never quoted: check that what they say also stands in "
        "the text."
    ],
}


class LeftOutResponse(BaseModel):
    """Words that were left out for one reason."""

    reason: str
    words: int
    """At least so many for a document that an earlier release read."""
    pages: list[int]


class ReadingResponse(BaseModel):
    """How much of a file can be quoted, and what to look at; pages are numbers of pages in the file."""

    model_config = ConfigDict(json_schema_extra={"examples": [READING]})

    share: Annotated[float, Field(ge=0, le=1)] | None
    """Share of the words that can be quoted; headers, page numbers and contents do not count. Null if there is no word."""
    words: int
    quotable_words: int
    figure_words: int
    """Words of figures and charts, which answers point to and never quote."""
    table_rows: int
    """Rows of tables that were read with their columns."""
    figure_pages: list[int]
    picture_pages: list[int]
    """Pages without readable text that are not blank, such as scanned ones."""
    left_out: list[LeftOutResponse]
    warnings: list[str]
    """What to look at, with pages and a next step."""


def reading_response(report: ReadingReport) -> ReadingResponse:
    """Returns the response for how a file was read."""
    return ReadingResponse(
        share=None if report.share is None else round(report.share, 4),
        words=report.words,
        quotable_words=report.quotable_words,
        figure_words=report.figure_words,
        table_rows=report.table_rows,
        figure_pages=list(report.figure_pages),
        picture_pages=list(report.picture_pages),
        left_out=[LeftOutResponse(reason=e.reason, words=e.words, pages=list(e.pages)) for e in report.left_out],
        warnings=list(reading_warnings(report)),
    )


DETAIL: JsonDict = {
    **EDITION,
    "pages": [{"number": 1, "label": "i"}, {"number": 2, "label": "1"}],
    "sections": [{"headings": ["Example policy", "1. Recording"], "label": "1", "page": 2, "start": 0, "end": 210}],
    "exclusions": [{"page": 2, "reason": "page_number", "preview": "1"}],
    "passages": 80,
    "not_quotable": 1,
    "reading": READING,
    "has_file": True,
    "has_pictures": True,
}


class DocumentDetailResponse(DocumentResponse):
    """An edition with its contents."""

    model_config = ConfigDict(json_schema_extra={"examples": [DETAIL]})

    pages: list[PageLabelResponse]
    sections: list[SectionResponse]
    exclusions: list[ExclusionResponse]
    passages: int
    not_quotable: int
    """Number of passages that answers refer to but never quote: figures, flow charts, uncertain tables."""
    reading: ReadingResponse
    has_file: bool
    has_pictures: bool


class RectangleResponse(BaseModel):
    """A rectangle around marked words on the page image, in fractions of its width and height from the top left."""

    left: Annotated[float, Field(ge=0, le=1)]
    top: Annotated[float, Field(ge=0, le=1)]
    width: Annotated[float, Field(ge=0, le=1)]
    height: Annotated[float, Field(ge=0, le=1)]


class LeftOutRegionResponse(BaseModel):
    """Something on a page that is never quoted: a figure, a whole page without text, withdrawn or hidden words, a note."""

    reason: str
    text: str
    """All words of a figure, else the first ones; empty for a whole page."""
    rectangles: list[RectangleResponse]
    """Areas of the page image; [] if there is no image or the place is not certain."""


class StretchResponse(BaseModel):
    """A piece of the page's text, marked or not."""

    text: str
    is_marked: bool


class PageResponse(BaseModel):
    """A page with the requested quotes marked."""

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
                    "left_out": [
                        {
                            "reason": "withdrawn",
                            "text": "Staff may wait for two weeks.",
                            "rectangles": [{"left": 0.1, "top": 0.6, "width": 0.5, "height": 0.02}],
                        }
                    ],
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
    stretches: list[StretchResponse]
    """The page's text in order."""
    is_found: bool
    """Whether everything requested was found on this page exactly once; what was not is not marked."""
    rectangles: list[RectangleResponse]
    """[] if there is no page image or the place is not certain."""
    picture: str | None
    """Path of the page image (PNG); null if there is none."""
    left_out: list[LeftOutRegionResponse] | None
    """What of the page is never quoted; null unless requested."""


def edition_reference(edition: Edition) -> EditionReference:
    """Returns a short reference to an edition."""
    return EditionReference(edition_id=edition.edition_id, title=edition.title, in_force_from=edition.in_force_from)


def document_fields(with_status: EditionWithStatus) -> dict[str, object]:
    """Returns the fields of the response for an edition."""
    edition, successor = with_status.edition, with_status.replaced_by
    names = ("edition_id", "work", "title", "kind", "form", "publisher", "published", "in_force_from", "supersedes",
           "review_by", "source_url", "licence")  # fmt: skip
    return {
        **{name: getattr(edition, name) for name in names},
        "area": area_of(edition),
        "audience": edition.audience,
        "layer": layer_of(edition),
        "status": with_status.status,
        "is_indexed": with_status.is_indexed,
        "is_answering": with_status.is_answering,
        "is_past_review": with_status.is_past_review,
        "replaced_by": edition_reference(successor) if successor else None,
        "source_mark": mark_view(edition),
    }
