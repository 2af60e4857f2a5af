"""``GET /v1/documents``, one document, and its file."""

from __future__ import annotations

from typing import Annotated, Any

from fastapi import APIRouter, Path, Query, Request
from fastapi.responses import FileResponse, Response

from api.deps import CurrentAsker, CurrentState
from api.documents.page_view import file_name, picture_file, stored_file
from api.documents.schemas import (
    DocumentDetailResponse,
    DocumentListResponse,
    DocumentResponse,
    ExclusionResponse,
    PageLabelResponse,
    SectionResponse,
    document_fields,
    reading_response,
)
from api.documents.visible_editions import indexed_edition, is_of_layer, page_numbers, visible_editions
from api.http.etags import etag_headers, is_not_modified
from api.http.problems import Problem, problems
from assistant.editions.locations import pages_of
from assistant.editions.reading import reading_of_edition
from assistant.editions.status import EditionStatus, EditionWithStatus
from assistant.model import Edition, Kind, Layer, Section
from assistant.model.formats import UPLOADABLE, format_of
from assistant.ports import Snapshot

Answers = dict[int | str, dict[str, Any]]
router = APIRouter(tags=["documents"])
EditionName = Annotated[str, Path(max_length=200, description="Edition id.", examples=["example-policy-2026"])]
MEDIA_TYPES = ("application/octet-stream", *(each.media_type.partition(";")[0] for each in UPLOADABLE))
FILE: Answers = {
    200: {"description": "The file.", "content": {each: {"schema": {"type": "string"}} for each in MEDIA_TYPES}}
}
NOT_MODIFIED: Answers = {304: {"description": "Unchanged since the given ETag."}}


@router.get("/v1/documents", responses=problems(503))
def documents(
    state: CurrentState,
    asker: CurrentAsker,
    kind: Annotated[list[Kind] | None, Query(max_length=6)] = None,
    status: Annotated[list[EditionStatus] | None, Query(max_length=6)] = None,
    work: Annotated[str | None, Query(max_length=200)] = None,
    title: Annotated[str | None, Query(max_length=200, description="Words in the title.")] = None,
    limit: Annotated[int, Query(ge=1, le=200)] = 50,
    offset: Annotated[int, Query(ge=0, le=1_000_000)] = 0,
    layer: Annotated[list[Layer] | None, Query(max_length=3)] = None,
) -> DocumentListResponse:
    """Lists editions, highest authority first; those that you may not see are neither listed nor counted."""
    with state.assistant.opened(asker.groups) as snapshot:
        editions = visible_editions(snapshot, asker, state.assistant.resources.today())
    matching = [
        each for each in editions if _matches_filter(each, kind, status, work, title) and is_of_layer(each, layer)
    ]
    page = matching[offset : offset + limit]
    return DocumentListResponse(
        documents=[DocumentResponse.model_validate(document_fields(each)) for each in page],
        total=len(matching),
        next_offset=offset + limit if len(matching) > offset + limit else None,
    )


def _matches_filter(
    with_status: EditionWithStatus,
    kinds: list[Kind] | None,
    statuses: list[EditionStatus] | None,
    work: str | None,
    title: str | None,
) -> bool:
    edition = with_status.edition
    return (
        (not kinds or edition.kind in kinds)
        and (not statuses or with_status.status in statuses)
        and (work is None or edition.work == work)
        and all(word in edition.title.casefold() for word in (title or "").casefold().split())
    )


@router.get("/v1/documents/{edition_id}", responses=problems(404, 503))
def document(state: CurrentState, asker: CurrentAsker, edition_id: EditionName) -> DocumentDetailResponse:
    """Returns an indexed edition: its status, pages and sections, how much of it can be quoted, and what was excluded and why."""
    with state.assistant.opened(asker.groups) as snapshot:
        edition = indexed_edition(snapshot, asker, edition_id)
        editions = visible_editions(snapshot, asker, state.assistant.resources.today())
        with_status = next(each for each in editions if each.is_indexed and each.edition == edition)
        name, passages = edition.edition_id, snapshot.passages_of(edition.edition_id)
        return DocumentDetailResponse.model_validate(
            {
                **document_fields(with_status),
                "pages": [
                    PageLabelResponse(number=number, label=label)
                    for number, label in page_numbers(snapshot.pages(name)).items()
                ],
                "sections": [_section(each, edition, snapshot) for each in snapshot.sections(name)],
                "exclusions": [
                    ExclusionResponse(page=each.page, reason=each.reason, preview=each.preview)
                    for each in snapshot.exclusions(name)
                ],
                "passages": len(passages),
                "not_quotable": sum(not each.is_quotable for each in passages),
                "reading": reading_response(reading_of_edition(name, snapshot)),
                "has_file": stored_file(state, snapshot, edition) is not None,
                "has_pictures": picture_file(state, snapshot, edition) is not None,
            }
        )


def _section(section: Section, edition: Edition, snapshot: Snapshot) -> SectionResponse:
    pages = pages_of(section.span, snapshot.pages(edition.edition_id))
    start, end = section.span
    page = pages[0].number if pages else 1
    return SectionResponse(headings=list(section.headings), label=section.label, page=page, start=start, end=end)


@router.get(
    "/v1/documents/{edition_id}/file",
    responses={**FILE, **NOT_MODIFIED, **problems(404, 503)},
    response_class=FileResponse,
)
def file(request: Request, state: CurrentState, asker: CurrentAsker, edition_id: EditionName) -> Response:
    """Returns the original file of an edition."""
    with state.assistant.opened(asker.groups) as snapshot:
        edition = indexed_edition(snapshot, asker, edition_id)
        path, name = stored_file(state, snapshot, edition), file_name(snapshot, edition)
    if path is None or edition.sha256 is None:
        raise Problem(404, "no_file", "The file of this edition is not stored. Ingest its folder again, or upload it.")
    headers = etag_headers(edition.sha256)
    if is_not_modified(request, headers):
        return Response(status_code=304, headers=headers)
    file_format = format_of(name)
    disposition = "inline" if file_format is not None and file_format.is_shown_inline else "attachment"
    media_type = "application/octet-stream" if file_format is None else file_format.media_type
    return FileResponse(
        path, headers=headers, media_type=media_type, filename=name, content_disposition_type=disposition
    )
