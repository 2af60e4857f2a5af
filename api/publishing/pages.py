"""The publishing pages for the policy role: upload a document, preview it, publish it, undo."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Depends, Form, Path, Query, Request, Response, UploadFile
from fastapi.responses import RedirectResponse

from api.audit_log import audit
from api.bench.service import last_bench_of
from api.deps import CurrentState, require_role
from api.documents.outlined import outlined_pages
from api.http.problems import Problem, problem_of
from api.publishing.changes import staged_changes
from api.publishing.details import details_of, fields_of, given_of
from api.publishing.undoing import undo_view
from api.state import State
from api.web.routing import PageRoute
from api.web.templating import render, require_same_origin
from assistant.errors import AssistantError, LibraryEmpty
from assistant.model import Edition
from assistant.model.formats import PDF, UPLOADABLE, endings_of, format_of
from assistant.model.people import Asker, Role
from assistant.ports import Preview, Publisher
from assistant.text.enumerations import alternatives

router = APIRouter(route_class=PageRoute)
PolicyAsker = Annotated[Asker, Depends(require_role(Role.POLICY))]
Fields = Annotated[dict[str, str], Depends(fields_of)]
Id = Annotated[str, Path(max_length=100)]
FromPage = Annotated[int, Query(ge=1, le=1_000_000)]
FromGeneration = Annotated[int | None, Form(ge=1, le=1_000_000_000)]
Done = Annotated[str, Query(max_length=20)]
MOST_PASSAGES = 200
"""Passages of a preview that are shown."""


@router.get("/publishing")
def publishing(request: Request, state: CurrentState, asker: PolicyAsker, done: Done = "") -> Response:
    """Renders the staged documents, the upload form, and the undo."""
    return _render(request, state, asker, done=done)


@router.post("/publishing", dependencies=[Depends(require_same_origin)])
def stage(
    request: Request,
    state: CurrentState,
    asker: PolicyAsker,
    file: UploadFile,
    fields: Fields,
) -> Response:
    """Reads an uploaded document and redirects to its preview."""
    metadata = {name: text.strip() for name, text in fields.items() if text.strip()}
    try:
        staged = _publisher(state).stage(asker, file.filename or "", file.file.read(), metadata)
    except AssistantError as error:
        return _render(request, state, asker, error=error, fields=fields)
    audit(state, asker, "upload", staged.upload_id, staged.edition.edition_id)
    return RedirectResponse(f"/publishing/{staged.upload_id}", 303)


@router.get("/publishing/undo")
def ask_undo(request: Request, state: CurrentState, asker: PolicyAsker) -> Response:
    """Asks once whether to undo the last publication, and names it."""
    _publisher(state)
    return render(request, "undo.html", asker, undo=undo_view(state, asker))


@router.get("/publishing/{upload}")
def preview(
    request: Request, state: CurrentState, asker: PolicyAsker, upload: Id, left_out_from: FromPage = 1
) -> Response:
    """Renders how a staged document was read: its passages, what is never quoted, outlined on its pages, and why."""
    return _render_preview(request, state, asker, _staged_preview(state, asker, upload), left_out_from)


@router.post("/publishing/undo", dependencies=[Depends(require_same_origin)])
def undo(request: Request, state: CurrentState, asker: PolicyAsker, generation: FromGeneration = None) -> Response:
    """Undoes the last publication; ``generation`` is the one that was shown."""
    try:
        current = _publisher(state).roll_back(asker, generation)
    except AssistantError as error:
        return _render(request, state, asker, error=error)
    audit(state, asker, "roll_back", f"generation {current.number}")
    return RedirectResponse("/publishing?done=undone", 303)


@router.post("/publishing/{upload}/describe", dependencies=[Depends(require_same_origin)])
def describe(request: Request, state: CurrentState, asker: PolicyAsker, upload: Id, fields: Fields) -> Response:
    """Saves the details of a staged document, reads it again and redirects to its preview."""
    staged = _staged_preview(state, asker, upload)
    try:
        _describe(state, asker, staged, fields)
    except AssistantError as error:
        return _render_preview(request, state, asker, staged, error=error, fields=fields)
    return RedirectResponse(f"/publishing/{staged.upload_id}", 303)


@router.post("/publishing/{upload}/publish", dependencies=[Depends(require_same_origin)])
def publish(request: Request, state: CurrentState, asker: PolicyAsker, upload: Id, fields: Fields) -> Response:
    """Makes a staged document part of the library, with the details that are sent along."""
    staged = _staged_preview(state, asker, upload)
    try:
        if fields["title"]:
            _describe(state, asker, staged, fields)
    except AssistantError as error:
        return _render_preview(request, state, asker, staged, error=error, fields=fields)
    edition_id = _staged_preview(state, asker, upload).edition.edition_id
    generation = _publisher(state).publish(asker, staged.upload_id)
    audit(state, asker, "publish", f"generation {generation.number}", edition_id)
    return RedirectResponse("/publishing?done=published", 303)


@router.post("/publishing/{upload}/discard", dependencies=[Depends(require_same_origin)])
def discard(state: CurrentState, asker: PolicyAsker, upload: Id) -> Response:
    """Removes a staged document."""
    if _publisher(state).discard(asker, upload):
        audit(state, asker, "discard", upload)
    return RedirectResponse("/publishing?done=discarded", 303)


def _describe(state: State, asker: Asker, staged: Preview, fields: dict[str, str]) -> None:
    """Saves details where they differ from those that somebody filled in or left empty before."""
    if fields != given_of(staged):
        kept = {"edition_id": str(staged.edition.edition_id), "licence": staged.edition.licence or ""}
        _publisher(state).describe(asker, staged.upload_id, {**kept, **fields})


def _render_preview(
    request: Request,
    state: State,
    asker: Asker,
    staged: Preview,
    left_out_from: int = 1,
    error: AssistantError | None = None,
    fields: dict[str, str] | None = None,
) -> Response:
    problem = problem_of(error) if error is not None else None
    file = _publisher(state).file(asker, staged.upload_id) if format_of(staged.filename) is PDF else None
    context = {
        "preview": staged, "most_shown": MOST_PASSAGES, "details": details_of(staged, fields, _editions(state, asker)),
        "error": problem.detail if problem else None, "changes": staged_changes(state, asker, staged),
        "outlined": outlined_pages(state.assistant.page_images, file, staged.regions, {}, left_out_from),
        "tried": last_bench_of(state, asker, staged.upload_id),
        "version": next((each for each in staged.proposals if each.field == "version"), None),
    }  # fmt: skip
    return render(request, "preview.html", asker, problem.status if problem else 200, **context)


def _editions(state: State, asker: Asker) -> tuple[Edition, ...]:
    """Returns the editions that a document may replace, of those that the asker may see."""
    try:
        with state.assistant.opened(asker.groups) as snapshot:
            return (*snapshot.editions(), *snapshot.known())
    except LibraryEmpty:
        return ()


def _publisher(state: State) -> Publisher:
    if state.publisher is None:
        raise Problem(503, "no_publisher", "This server does not accept documents. Start it with `assistant serve`.")
    return state.publisher


def _staged_preview(state: State, asker: Asker, upload: str) -> Preview:
    preview = _publisher(state).preview(asker, upload)
    if preview is None:
        raise Problem(404, "not_found", "There is no such upload. It may have been published or discarded.")
    return preview


def _render(
    request: Request,
    state: State,
    asker: Asker,
    done: str = "",
    error: AssistantError | None = None,
    fields: dict[str, str] | None = None,
) -> Response:
    problem = problem_of(error) if error is not None else None
    staged = state.publisher.staged(asker) if state.publisher else ()
    context = {
        "staged": staged,
        "done": done,
        "error": problem.detail if problem else None,
        "details": details_of(None, fields, _editions(state, asker)),
        "undo": undo_view(state, asker),
        "is_open": state.publisher is not None,
        "endings": endings_of(UPLOADABLE),
        "formats": alternatives([each.label for each in UPLOADABLE]),
    }
    return render(request, "publishing.html", asker, problem.status if problem else 200, **context)
