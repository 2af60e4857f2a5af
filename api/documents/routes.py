"""``GET /v1/documents``, one of them, and its file."""

from __future__ import annotations

from typing import Annotated, Any

from fastapi import APIRouter, Path, Query, Request
from fastapi.responses import FileResponse, Response

from api.deps import CurrentAsker, Stated
from api.documents.page_view import file_name, kept_file, picture_file
from api.documents.schemas import (
    Documents,
    DocumentShown,
    DocumentWhole,
    Excluded,
    PageNamed,
    SectionShown,
    fields_of,
)
from api.documents.visible_editions import indexed_edition, page_numbers, shelf
from api.http.etags import is_known, tagged
from api.http.problems import Problem, problems
from assistant.editions.locations import pages_of
from assistant.editions.status import EditionStatus, EditionWithStatus
from assistant.model import Edition, Kind, Section
from assistant.model.formats import format_of
from assistant.ports import Snapshot

Answers = dict[int | str, dict[str, Any]]
router = APIRouter(tags=["documents"])
EditionName = Annotated[str, Path(max_length=200, description="Edition id.", examples=["example-policy-2026"])]
FILE: Answers = {
    200: {"description": "The file.", "content": {"application/octet-stream": {"schema": {"type": "string"}}}}
}
SAME: Answers = {304: {"description": "As it was under the ETag given."}}


@router.get("/v1/documents", responses=problems(503))
def documents(
    state: Stated,
    asker: CurrentAsker,
    kind: Annotated[list[Kind] | None, Query(max_length=6)] = None,
    status: Annotated[list[EditionStatus] | None, Query(max_length=6)] = None,
    work: Annotated[str | None, Query(max_length=200)] = None,
    title: Annotated[str | None, Query(max_length=200, description="Words of the title.")] = None,
    limit: Annotated[int, Query(ge=1, le=200)] = 50,
    offset: Annotated[int, Query(ge=0, le=1_000_000)] = 0,
) -> Documents:
    """Lists editions, the highest authority first; those that the asker may not see are neither listed nor counted."""
    with state.assistant.opened() as snapshot:
        found = shelf(snapshot, asker, state.assistant.resources.today())
    mine = [each for each in found if _is_wanted(each, kind, status, work, title)]
    return Documents(
        documents=[DocumentShown.model_validate(fields_of(each)) for each in mine[offset : offset + limit]],
        total=len(mine),
        next_offset=offset + limit if len(mine) > offset + limit else None,
    )


def _is_wanted(
    standing: EditionWithStatus,
    kinds: list[Kind] | None,
    statuses: list[EditionStatus] | None,
    work: str | None,
    title: str | None,
) -> bool:
    edition = standing.edition
    return (
        (not kinds or edition.kind in kinds)
        and (not statuses or standing.status in statuses)
        and (work is None or edition.work == work)
        and all(each in edition.title.casefold() for each in (title or "").casefold().split())
    )


@router.get("/v1/documents/{edition_id}", responses=problems(404, 503))
def document(state: Stated, asker: CurrentAsker, edition_id: EditionName) -> DocumentWhole:
    """Shows an indexed edition: how it stands, its pages and sections, and what was left out of it and why."""
    with state.assistant.opened() as snapshot:
        edition = indexed_edition(snapshot, asker, edition_id)
        everything = shelf(snapshot, asker, state.assistant.resources.today())
        standing = next(each for each in everything if each.is_indexed and each.edition == edition)
        name, passages = edition.edition_id, snapshot.passages_of(edition.edition_id)
        return DocumentWhole.model_validate(
            {
                **fields_of(standing),
                "pages": [
                    PageNamed(number=number, label=label)
                    for number, label in page_numbers(snapshot.pages(name)).items()
                ],
                "sections": [_section(each, edition, snapshot) for each in snapshot.sections(name)],
                "exclusions": [
                    Excluded(page=each.page, reason=each.reason, preview=each.preview)
                    for each in snapshot.exclusions(name)
                ],
                "passages": len(passages),
                "not_quotable": sum(not each.is_quotable for each in passages),
                "has_file": kept_file(state, snapshot, edition) is not None,
                "has_pictures": picture_file(state, snapshot, edition) is not None,
            }
        )


def _section(section: Section, edition: Edition, snapshot: Snapshot) -> SectionShown:
    on = pages_of(section.span, snapshot.pages(edition.edition_id))
    start, end = section.span
    page = on[0].number if on else 1
    return SectionShown(headings=list(section.headings), label=section.label, page=page, start=start, end=end)


@router.get(
    "/v1/documents/{edition_id}/file", responses={**FILE, **SAME, **problems(404, 503)}, response_class=FileResponse
)
def file(request: Request, state: Stated, asker: CurrentAsker, edition_id: EditionName) -> Response:
    """Gives the file that an edition was read from, as it was."""
    with state.assistant.opened() as snapshot:
        edition = indexed_edition(snapshot, asker, edition_id)
        path, name = kept_file(state, snapshot, edition), file_name(snapshot, edition)
    if path is None or edition.sha256 is None:
        raise Problem(404, "no_file", "The file of this edition was not kept. Ingest it again to keep it.")
    headers = tagged(edition.sha256)
    if is_known(request, headers):
        return Response(status_code=304, headers=headers)
    file_format = format_of(name)
    how = "inline" if file_format is not None and file_format.is_shown_inline else "attachment"
    kind = "application/octet-stream" if file_format is None else file_format.media_type
    return FileResponse(path, headers=headers, media_type=kind, filename=name, content_disposition_type=how)
