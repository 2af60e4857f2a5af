"""Publishing for the policy role: take a document in, look at it, publish it, undo."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Depends, Form, Path, Request, Response, UploadFile
from fastapi.responses import RedirectResponse

from api.deps import Stated, needs
from api.http.problems import Problem
from api.state import State
from api.web.routing import PageRoute
from api.web.templating import draw, from_here
from assistant.errors import AssistantError
from assistant.model import Form as EditionForm
from assistant.model import Kind
from assistant.model.formats import UPLOADED, endings_of
from assistant.model.people import Asker, Role
from assistant.ports import Preview, Publisher
from assistant.text.enumerations import alternatives

router = APIRouter(route_class=PageRoute)
PolicyAsker = Annotated[Asker, Depends(needs(Role.POLICY))]
Id = Annotated[str, Path(max_length=100)]
SHOWN = 200
"""Passages of a preview that are drawn."""


@router.get("/publishing")
def publishing(request: Request, state: Stated, asker: PolicyAsker, done: str = "") -> Response:
    """Draws what is staged, the form for a document, and the undo."""
    return _drawn(request, state, asker, done=done)


@router.post("/publishing", dependencies=[Depends(from_here)])
def stage(
    request: Request,
    state: Stated,
    asker: PolicyAsker,
    file: UploadFile,
    title: Annotated[str, Form(max_length=300)] = "",
    work: Annotated[str, Form(max_length=200)] = "",
    kind: Annotated[str, Form(max_length=40)] = "policy",
    form: Annotated[str, Form(max_length=40)] = "official",
    publisher: Annotated[str, Form(max_length=300)] = "",
    in_force_from: Annotated[str, Form(max_length=10)] = "",
    review_by: Annotated[str, Form(max_length=10)] = "",
    supersedes: Annotated[str, Form(max_length=200)] = "",
    source_url: Annotated[str, Form(max_length=2000)] = "",
    groups: Annotated[str, Form(max_length=2000)] = "",
) -> Response:
    """Reads an uploaded document and shows what it would become."""
    given = {
        "title": title, "work": work, "kind": kind, "form": form, "publisher": publisher,
        "in_force_from": in_force_from, "review_by": review_by, "supersedes": supersedes, "source_url": source_url,
        "groups": groups,
    }  # fmt: skip
    metadata = {name: text.strip() for name, text in given.items() if text.strip()}
    try:
        staged = _publisher(state).stage(file.filename or "", file.file.read(), metadata)
    except AssistantError as error:
        return _drawn(request, state, asker, error=str(error), given=given, status=422)
    return RedirectResponse(f"/publishing/{staged.upload_id}", 303)


@router.get("/publishing/{upload}")
def preview(request: Request, state: Stated, asker: PolicyAsker, upload: Id) -> Response:
    """Draws the passages and exclusions of a staged document."""
    return draw(request, "preview.html", asker, preview=_staged(state, upload), most_shown=SHOWN)


@router.post("/publishing/undo", dependencies=[Depends(from_here)])
def undo(request: Request, state: Stated, asker: PolicyAsker) -> Response:
    """Undoes the last publication."""
    try:
        _publisher(state).roll_back()
    except AssistantError as error:
        return _drawn(request, state, asker, error=str(error), status=422)
    return RedirectResponse("/publishing?done=undone", 303)


@router.post("/publishing/{upload}/publish", dependencies=[Depends(from_here)])
def publish(state: Stated, asker: PolicyAsker, upload: Id) -> Response:
    """Makes a staged document part of the library."""
    _publisher(state).publish(_staged(state, upload).upload_id)
    return RedirectResponse("/publishing?done=published", 303)


@router.post("/publishing/{upload}/discard", dependencies=[Depends(from_here)])
def discard(state: Stated, asker: PolicyAsker, upload: Id) -> Response:
    """Removes a staged document."""
    _publisher(state).discard(upload)
    return RedirectResponse("/publishing?done=discarded", 303)


def _publisher(state: State) -> Publisher:
    if state.publisher is None:
        raise Problem(503, "no_publisher", "This server takes no documents in. Start it with `assistant serve`.")
    return state.publisher


def _staged(state: State, upload: str) -> Preview:
    found = _publisher(state).preview(upload)
    if found is None:
        raise Problem(404, "not_found", "There is no such document waiting. It may have been published or discarded.")
    return found


def _drawn(
    request: Request,
    state: State,
    asker: Asker,
    done: str = "",
    error: str | None = None,
    given: dict[str, str] | None = None,
    status: int = 200,
) -> Response:
    staged = state.publisher.staged() if state.publisher else ()
    shown = {
        "staged": staged, "done": done, "error": error, "given": given or {}, "is_open": state.publisher is not None,
        "kinds": [each.value for each in Kind], "forms": [each.value for each in EditionForm],
        "endings": endings_of(UPLOADED), "formats": alternatives([each.label for each in UPLOADED]),
    }  # fmt: skip
    return draw(request, "publishing.html", asker, status, **shown)
