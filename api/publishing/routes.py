"""``/v1/publishing``: upload documents, preview, publish and undo; for the policy role."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Annotated

from fastapi import APIRouter, Depends, Form, Path, Query, Request, Response

from api.audit_log import audit
from api.deps import CurrentState, require_role
from api.documents.page_routes import PICTURE, Number, picture_response
from api.documents.routes import NOT_MODIFIED
from api.http.problems import Problem, problems
from api.publishing.changes import staged_changes
from api.publishing.locking import one_at_a_time
from api.publishing.schemas import (
    ChangesResponse,
    LastPublicationResponse,
    MetadataRequest,
    PreviewResponse,
    PublicationResponse,
    UploadListResponse,
    UploadRequest,
    UploadResponse,
    changes_response,
    last_response,
    preview_response,
    upload_fields,
)
from api.publishing.undoing import undo_view
from api.state import State
from assistant.model import Generation
from assistant.model.formats import PDF, format_of
from assistant.model.people import Asker, Role
from assistant.ports import Preview, Publisher

router = APIRouter(prefix="/v1/publishing", tags=["publishing"])
PolicyAsker = Annotated[Asker, Depends(require_role(Role.POLICY))]
UploadId = Annotated[str, Path(max_length=100, examples=["0f1e2d3c4b5a69780f1e2d3c"])]
Offset = Annotated[int, Query(ge=0, le=1_000_000)]
Limit = Annotated[int, Query(ge=1, le=500)]


@router.post("/uploads", status_code=201, responses=problems(404, 409, 503))
def upload(
    state: CurrentState, asker: PolicyAsker, form: Annotated[UploadRequest, Form(media_type="multipart/form-data")]
) -> PreviewResponse:
    """Uploads a file, reads it and returns a preview; nothing is published yet."""
    with publishing(state) as publisher:
        preview = publisher.stage(asker, form.file.filename or "", form.file.file.read(), form.fields())
    audit(state, asker, "upload", preview.upload_id, preview.edition.edition_id)
    return preview_response(preview, 0, 50)


@router.get("/uploads", responses=problems(404, 503))
def uploads(state: CurrentState, asker: PolicyAsker) -> UploadListResponse:
    """Lists the uploads that wait to be published, oldest first."""
    with publishing(state) as publisher:
        return UploadListResponse(
            uploads=[UploadResponse.model_validate(upload_fields(each)) for each in publisher.staged(asker)]
        )


@router.get("/uploads/{upload_id}", responses=problems(404, 503))
def preview(
    state: CurrentState, asker: PolicyAsker, upload_id: UploadId, offset: Offset = 0, limit: Limit = 50
) -> PreviewResponse:
    """Returns the preview of an upload: its passages, and what is excluded and why."""
    return preview_response(staged(state, asker, upload_id), offset, limit)


@router.get(
    "/uploads/{upload_id}/pages/{number}.png",
    responses={**PICTURE, **NOT_MODIFIED, **problems(404, 503)},
    response_class=Response,
)
def picture(request: Request, state: CurrentState, asker: PolicyAsker, upload_id: UploadId, number: Number) -> Response:
    """Returns the image of a page of an upload that is a PDF, as PNG."""
    preview = staged(state, asker, upload_id)
    with publishing(state) as publisher:
        path = publisher.file(asker, upload_id)
    if path is None or format_of(preview.filename) is not PDF:
        raise Problem(404, "no_picture", "There is no image of this page; only PDF files have pictures of pages.")
    return picture_response(request, state, path, preview.edition.sha256 or upload_id, number)


@router.get("/uploads/{upload_id}/changes", responses=problems(404, 503))
def changes(
    state: CurrentState, asker: PolicyAsker, upload_id: UploadId, offset: Offset = 0, limit: Limit = 50
) -> ChangesResponse:
    """Returns what an upload changes against the edition that it replaces; duty words, times, numbers, contacts first."""
    return changes_response(staged_changes(state, asker, staged(state, asker, upload_id)), offset, limit)


@router.put("/uploads/{upload_id}/metadata", responses=problems(404, 409, 503))
def metadata(state: CurrentState, asker: PolicyAsker, upload_id: UploadId, body: MetadataRequest) -> PreviewResponse:
    """Replaces the metadata of an upload and returns its new preview."""
    staged(state, asker, upload_id)
    with publishing(state) as publisher:
        return preview_response(publisher.describe(asker, upload_id, body.fields()), 0, 50)


@router.delete("/uploads/{upload_id}", status_code=204, responses=problems(404, 503))
def discard(state: CurrentState, asker: PolicyAsker, upload_id: UploadId) -> Response:
    """Discards an upload."""
    with publishing(state) as publisher:
        if not publisher.discard(asker, upload_id):
            raise upload_not_found()
    audit(state, asker, "discard", upload_id)
    return Response(status_code=204)


@router.post("/uploads/{upload_id}/publish", responses=problems(404, 409, 503))
def publish(state: CurrentState, asker: PolicyAsker, upload_id: UploadId) -> PublicationResponse:
    """Publishes an upload; questions are answered from the old library until the new one is complete."""
    edition_id = staged(state, asker, upload_id).edition.edition_id
    with publishing(state) as publisher:
        generation = publisher.publish(asker, upload_id)
    audit(state, asker, "publish", f"generation {generation.number}", edition_id)
    return publication_response(generation)


@router.get("/last", responses=problems(404, 503))
def last(state: CurrentState, asker: PolicyAsker) -> LastPublicationResponse:
    """Returns the publication that `roll-back` would undo: its documents, when it was, and by whom."""
    with publishing(state):
        undo = undo_view(state, asker)
    if undo is None:
        raise Problem(404, "not_found", "There is no publication to undo. Publish something first.")
    return last_response(undo)


@router.post("/roll-back", responses=problems(404, 409, 503))
def roll_back(
    state: CurrentState,
    asker: PolicyAsker,
    generation: Annotated[
        int | None,
        Query(
            ge=1, le=1_000_000_000, description="What `last` named; nothing is undone if something was published since."
        ),
    ] = None,
) -> PublicationResponse:
    """Undoes the last publication; calling it twice restores it."""
    with publishing(state) as publisher:
        current = publisher.roll_back(asker, generation)
    audit(state, asker, "roll_back", f"generation {current.number}")
    return publication_response(current)


@contextmanager
def publishing(state: State) -> Iterator[Publisher]:
    """Yields the publisher. Raises ``Problem``: 404 if there is none, 409 while somebody else is publishing."""
    if state.publisher is None:
        raise Problem(404, "no_publisher", "This server does not accept documents. Start it with `assistant serve`.")
    with one_at_a_time():
        yield state.publisher


def staged(state: State, asker: Asker, upload_id: str) -> Preview:
    """Returns the preview of an upload. Raises ``Problem`` (404) if there is none that the asker may see."""
    with publishing(state) as publisher:
        preview = publisher.preview(asker, upload_id)
    if preview is None:
        raise upload_not_found()
    return preview


def upload_not_found() -> Problem:
    """Returns the problem of an upload that does not exist."""
    return Problem(404, "not_found", "There is no such upload. It may have been published or discarded.")


def publication_response(generation: Generation) -> PublicationResponse:
    """Returns the response for a generation."""
    return PublicationResponse(
        generation=generation.number, editions=generation.edition_count, passages=generation.passage_count
    )
