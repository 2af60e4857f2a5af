"""Signing in with a key or with the organisation's account, and signing out."""

from __future__ import annotations

import json
from dataclasses import asdict
from datetime import UTC, datetime
from typing import Annotated

from fastapi import APIRouter, Depends, Form, Query, Request, Response
from fastapi.responses import RedirectResponse

from api.access.guard import Guard, address_of
from api.access.oidc import Flow, SignInFailed
from api.access.safe_redirect import local_path
from api.deps import CurrentAsker, guard
from api.http.problems import Problem
from api.web.routing import PageRoute
from api.web.templating import draw, from_here
from assistant.model.people import Asker
from assistant.operations.api_keys import asker_of

router = APIRouter(route_class=PageRoute)
Door = Annotated[Guard, Depends(guard)]
FLOW = "sign-in"
"""Cookie of a sign-in with the organisation that has begun."""
FLOW_S = 600
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


@router.get("/sign-in/start")
def start(request: Request, door: Door, return_to: Back = "/") -> Response:
    """Sends a browser to the organisation's sign-in."""
    _needs_provider(door)
    try:
        url, flow = door.oidc.start(local_path(return_to))
    except SignInFailed as error:
        return _drawn(request, door, return_to, str(error), 503)
    going = RedirectResponse(url, 303)
    door.sessions.remember(going, FLOW, json.dumps(asdict(flow)), FLOW_S)
    return going


@router.get("/sign-in/callback")
def callback(request: Request, door: Door) -> Response:
    """Takes a browser back from there, and gives it a session."""
    _needs_provider(door)
    door.limits.check_guesses(address_of(request))
    flow = _flow(door.sessions.recall(request, FLOW))
    try:
        if flow is None:
            raise SignInFailed("This sign-in was not begun in this browser, or long ago. Sign in again.")
        asker = door.oidc.finish(flow, request.query_params)
    except SignInFailed as error:
        door.failed(request, "organisation")
        shown = _drawn(request, door, flow.return_to if flow else "/", str(error), 401)
        door.sessions.forget(shown, FLOW)
        return shown
    answer = begun(request, door, asker, flow.return_to)
    door.sessions.forget(answer, FLOW)
    return answer


def _needs_provider(door: Guard) -> None:
    if door.access.oidc is None:
        raise Problem(404, "not_found", "Nobody signs in with an organisation's account here.")


def _flow(text: str) -> Flow | None:
    try:
        given = json.loads(text)
        flow = Flow(**given) if isinstance(given, dict) else None
    except (ValueError, TypeError):
        return None
    return flow if flow is not None and all(isinstance(each, str) for each in asdict(flow).values()) else None


@router.post("/sign-out", dependencies=[Depends(from_here)])
def sign_out(request: Request, door: Door, asker: CurrentAsker) -> Response:
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
