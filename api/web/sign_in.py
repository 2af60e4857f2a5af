"""Signing in with a key or with the organisation's account, and signing out."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Annotated

from fastapi import APIRouter, Depends, Form, Query, Request, Response
from fastapi.responses import RedirectResponse

from api.access.guard import Guard
from api.access.returning import local_path
from api.deps import Asking, guard
from api.problems import Problem
from api.web.drawing import draw, from_here
from api.web.routing import PageRoute
from assistant.keys import asker_of
from assistant.model.people import Asker

router = APIRouter(route_class=PageRoute)
Door = Annotated[Guard, Depends(guard)]
Back = Annotated[str, Query(max_length=2_000)]


@router.get("/sign-in")
def sign_in(request: Request, door: Door, return_to: Back = "/") -> Response:
    """Draws the ways to sign in."""
    if door.access.is_open:
        return RedirectResponse("/", 303)
    return _drawn(request, door, return_to)


@router.post("/sign-in", dependencies=[Depends(from_here)])
def with_key(
    request: Request,
    door: Door,
    key: Annotated[str, Form(max_length=500)] = "",
    return_to: Annotated[str, Form(max_length=2_000)] = "/",
) -> Response:
    """Takes a key once, and gives a session for it."""
    if not door.access.keys:
        raise Problem(404, "not_found", "Nobody signs in with a key here.")
    try:
        known = door.key(request, key.strip())
    except Problem as problem:
        drawn = _drawn(request, door, return_to, problem.detail, problem.status)
        drawn.headers.update({name: problem.headers[name] for name in problem.headers if name == "Retry-After"})
        return drawn
    return begun(request, door, asker_of(known), return_to, known.expires)


@router.post("/sign-out", dependencies=[Depends(from_here)])
def sign_out(request: Request, door: Door, asker: Asking) -> Response:
    """Ends the session, on the server too."""
    gone = RedirectResponse("/sign-in", 303)
    door.sessions.end(request.cookies.get(door.sessions.cookie, ""))
    door.sessions.take(gone)
    door.note(asker.user_id, "sign_out")
    return gone


def begun(request: Request, door: Guard, asker: Asker, return_to: str, until: datetime | None = None) -> Response:
    """Returns the answer that begins a session: a new one, whatever cookie the browser brought."""
    door.sessions.end(request.cookies.get(door.sessions.cookie, ""))
    token, session = door.sessions.begin(asker, datetime.now(UTC), until)
    answer = RedirectResponse(local_path(return_to), 303)
    door.sessions.give(answer, token, session)
    return answer


def _drawn(request: Request, door: Guard, return_to: str, fault: str = "", status: int = 200) -> Response:
    shown = {"keys": door.access.keys, "oidc": door.access.oidc is not None, "fault": fault}
    return draw(request, "sign_in.html", None, status, return_to=local_path(return_to), **shown)
