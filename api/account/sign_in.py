"""Signing in with a key or with the organisation's account, and signing out."""

from __future__ import annotations

import json
from dataclasses import asdict
from datetime import UTC, datetime
from typing import Annotated

from fastapi import APIRouter, Depends, Form, Query, Request, Response
from fastapi.responses import RedirectResponse

from api.access.guard import Guard
from api.access.oidc import Flow, SignInFailed
from api.access.safe_redirect import safe_redirect
from api.deps import CurrentAsker, guard
from api.http.problems import Problem
from api.web.routing import PageRoute
from api.web.templating import render, require_same_origin
from assistant.model.people import Asker
from assistant.operations.api_keys import asker_of

router = APIRouter(route_class=PageRoute)
CurrentGuard = Annotated[Guard, Depends(guard)]
FLOW = "sign-in"
"""Cookie of a sign-in with the organisation that has begun."""
FLOW_S = 600
ReturnTo = Annotated[str, Query(max_length=2_000)]


@router.get("/sign-in")
def sign_in(request: Request, guard: CurrentGuard, return_to: ReturnTo = "/") -> Response:
    """Renders the ways to sign in."""
    if guard.access.is_open:
        return RedirectResponse("/", 303)
    return _render(request, guard, return_to)


@router.post("/sign-in", dependencies=[Depends(require_same_origin)])
def with_key(
    request: Request,
    guard: CurrentGuard,
    key: Annotated[str, Form(max_length=500)] = "",
    return_to: Annotated[str, Form(max_length=2_000)] = "/",
) -> Response:
    """Exchanges an API key for a session."""
    if not guard.access.keys:
        raise Problem(404, "not_found", "Sign-in with a key is not enabled here.")
    try:
        api_key = guard.check_key(request, key.strip())
    except Problem as problem:
        page = _render(request, guard, return_to, problem.detail, problem.status)
        page.headers.update({name: problem.headers[name] for name in problem.headers if name == "Retry-After"})
        return page
    return start_session(request, guard, asker_of(api_key), return_to, api_key.expires)


@router.get("/sign-in/start")
def start(request: Request, guard: CurrentGuard, return_to: ReturnTo = "/") -> Response:
    """Redirects a browser to the organisation's sign-in."""
    _require_provider(guard)
    try:
        url, flow = guard.oidc.start(safe_redirect(return_to))
    except SignInFailed as error:
        return _render(request, guard, return_to, str(error), 503)
    response = RedirectResponse(url, 303)
    guard.sessions.remember(response, FLOW, json.dumps(asdict(flow)), FLOW_S)
    return response


@router.get("/sign-in/callback")
def callback(request: Request, guard: CurrentGuard) -> Response:
    """Receives a browser back from the organisation's sign-in, and begins a session."""
    _require_provider(guard)
    flow = _flow(guard.sessions.recall(request, FLOW))
    try:
        if flow is None:
            raise SignInFailed("This sign-in was started in another browser or too long ago. Sign in again.")
        asker = guard.oidc.finish(flow, request.query_params)
    except SignInFailed as error:
        guard.count_failure(request, "organisation")
        page = _render(request, guard, flow.return_to if flow else "/", str(error), 401)
        guard.sessions.forget(page, FLOW)
        return page
    response = start_session(request, guard, asker, flow.return_to)
    guard.sessions.forget(response, FLOW)
    return response


def _require_provider(guard: Guard) -> None:
    if guard.access.oidc is None:
        raise Problem(404, "not_found", "Sign-in with an organisation's account is not enabled here.")


def _flow(text: str) -> Flow | None:
    try:
        fields = json.loads(text)
        flow = Flow(**fields) if isinstance(fields, dict) else None
    except (ValueError, TypeError):
        return None
    return flow if flow is not None and all(isinstance(each, str) for each in asdict(flow).values()) else None


@router.post("/sign-out", dependencies=[Depends(require_same_origin)])
def sign_out(request: Request, guard: CurrentGuard, asker: CurrentAsker) -> Response:
    """Ends the session, on the server too."""
    response = RedirectResponse("/sign-in", 303)
    guard.sessions.end(request.cookies.get(guard.sessions.cookie, ""))
    guard.sessions.remove_cookie(response)
    guard.audit(asker.user_id, "sign_out")
    return response


def start_session(
    request: Request, guard: Guard, asker: Asker, return_to: str, until: datetime | None = None
) -> Response:
    """Returns the redirect that begins a session, always a new one, whatever cookie the browser sent."""
    guard.sessions.end(request.cookies.get(guard.sessions.cookie, ""))
    token, session = guard.sessions.begin(asker, datetime.now(UTC), until)
    response = RedirectResponse(safe_redirect(return_to), 303)
    guard.sessions.set_cookie(response, token, session)
    return response


def _render(request: Request, guard: Guard, return_to: str, fault: str = "", status: int = 200) -> Response:
    context = {"keys": guard.access.keys, "oidc": guard.access.oidc is not None, "fault": fault}
    return render(request, "sign_in.html", None, status, return_to=safe_redirect(return_to), **context)
