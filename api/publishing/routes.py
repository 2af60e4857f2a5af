"""``/v1/publishing``: documents come in by upload, are looked at, published and undone; for the policy role."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from typing import Annotated

from fastapi import APIRouter, Depends, Form, Path, Query, Response

from api.deps import Stated, needs
from api.http.problems import Problem, problems
from api.publishing.schemas import (
    Metadata,
    PreviewShown,
    Published,
    Upload,
    Uploads,
    UploadShown,
    preview_shown,
    upload_fields,
)
from api.state import State
from assistant.errors import LibraryLocked
from assistant.model import EditionId, Generation
from assistant.model.people import Asker, AuditLine, Role
from assistant.ports import Preview, Publisher

router = APIRouter(prefix="/v1/publishing", tags=["publishing"])
PolicyAsker = Annotated[Asker, Depends(needs(Role.POLICY))]
UploadId = Annotated[str, Path(max_length=100, examples=["0f1e2d3c4b5a69780f1e2d3c"])]
Offset = Annotated[int, Query(ge=0, le=1_000_000)]
Limit = Annotated[int, Query(ge=1, le=500)]


@router.post("/uploads", status_code=201, responses=problems(404, 409, 503))
def upload(
    state: Stated, asker: PolicyAsker, form: Annotated[Upload, Form(media_type="multipart/form-data")]
) -> PreviewShown:
    """Takes a file in, reads it and shows what it would become; nothing is published."""
    with publishing(state) as publisher:
        preview = publisher.stage(form.file.filename or "", form.file.file.read(), form.fields())
    audit(state, asker, "upload", preview.upload_id, preview.edition.edition_id)
    return preview_shown(preview, 0, 50)


@router.get("/uploads", responses=problems(404, 503))
def uploads(state: Stated, asker: PolicyAsker) -> Uploads:
    """Lists the documents that wait, oldest first."""
    with publishing(state) as publisher:
        return Uploads(uploads=[UploadShown.model_validate(upload_fields(each)) for each in publisher.staged()])


@router.get("/uploads/{upload_id}", responses=problems(404, 503))
def preview(
    state: Stated, asker: PolicyAsker, upload_id: UploadId, offset: Offset = 0, limit: Limit = 50
) -> PreviewShown:
    """Shows what a document would become: its passages, and what is left out of it and why."""
    return preview_shown(staged(state, upload_id), offset, limit)


@router.put("/uploads/{upload_id}/metadata", responses=problems(404, 409, 503))
def metadata(state: Stated, asker: PolicyAsker, upload_id: UploadId, body: Metadata) -> PreviewShown:
    """Gives a document that waits other metadata, and shows what it would become with them."""
    staged(state, upload_id)
    with publishing(state) as publisher:
        return preview_shown(publisher.describe(upload_id, body.fields()), 0, 50)


@router.delete("/uploads/{upload_id}", status_code=204, responses=problems(404, 503))
def discard(state: Stated, asker: PolicyAsker, upload_id: UploadId) -> Response:
    """Removes a document that waits."""
    with publishing(state) as publisher:
        if not publisher.discard(upload_id):
            raise not_there()
    audit(state, asker, "discard", upload_id)
    return Response(status_code=204)


@router.post("/uploads/{upload_id}/publish", responses=problems(404, 409, 503))
def publish(state: Stated, asker: PolicyAsker, upload_id: UploadId) -> Published:
    """Makes a document part of the library; questions are answered from the old one until it is whole."""
    edition_id = staged(state, upload_id).edition.edition_id
    with publishing(state) as publisher:
        generation = publisher.publish(upload_id)
    audit(state, asker, "publish", f"generation {generation.number}", edition_id)
    return told(generation)


@router.post("/roll-back", responses=problems(404, 409, 503))
def roll_back(state: Stated, asker: PolicyAsker) -> Published:
    """Undoes the last publication; done twice, it is undone itself."""
    with publishing(state) as publisher:
        generation = publisher.roll_back()
    audit(state, asker, "roll_back", f"generation {generation.number}")
    return told(generation)


@contextmanager
def publishing(state: State) -> Iterator[Publisher]:
    """Yields what publishes. Raises ``Problem``: 404 where nothing does, 409 while somebody else publishes."""
    if state.publisher is None:
        raise Problem(404, "no_publisher", "This server takes no documents in. Start it with `assistant serve`.")
    try:
        yield state.publisher
    except LibraryLocked as error:
        detail = "Somebody else is publishing. Try again when they have finished."
        raise Problem(409, "library_locked", detail) from error


def staged(state: State, upload_id: str) -> Preview:
    """Returns a document that waits. Raises ``Problem`` (404)."""
    with publishing(state) as publisher:
        found = publisher.preview(upload_id)
    if found is None:
        raise not_there()
    return found


def not_there() -> Problem:
    """Returns the problem of an upload that is not there."""
    return Problem(404, "not_found", "There is no such upload. It may have been published or discarded meanwhile.")


def told(generation: Generation) -> Published:
    """Returns what a caller is told of a generation."""
    return Published(generation=generation.number, editions=generation.edition_count, passages=generation.passage_count)


def audit(state: State, asker: Asker, action: str, what: str, *editions: EditionId) -> None:
    """Notes who did what."""
    state.assistant.access_store.audit(AuditLine(datetime.now(UTC), asker.user_id, action, what, tuple(editions)))
