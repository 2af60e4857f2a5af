"""Stands before every route and every body: whoever is not known gets no further, but for a few open paths."""

from __future__ import annotations

import hmac
from urllib.parse import quote, urlencode

from anyio import to_thread
from fastapi import Request
from fastapi.responses import RedirectResponse
from starlette.types import ASGIApp, Receive, Scope, Send

from api.access.guard import Guard
from api.http.problems import Problem, problem_response
from assistant.errors import AssistantError

OPEN = frozenset({"/healthz", "/readyz", "/openapi.json", "/favicon.ico", "/sign-in"})
OPEN_BELOW = ("/static/", "/sign-in/")
READS = frozenset({"GET", "HEAD", "OPTIONS"})
FORMS = ("application/x-www-form-urlencoded", "multipart/form-data")
PROGRAMS = ("/v1/", "/metrics")
"""Paths that programs ask; every other one is a page."""


class AuthMiddleware:
    """ASGI middleware: leaves who asks in the request's state, with what a form of his must carry.

    A request that a cookie speaks for and that changes something carries the token of its session, in a header or as
    a field of a form (``form_token`` looks at that one, once the form is read).
    """

    def __init__(self, app: ASGIApp, guard: Guard) -> None:
        self._app = app
        self._guard = guard

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Passes a request on, or answers 401, 403 or 429, or sends a browser to sign in."""
        if scope["type"] != "http" or _is_open(scope["path"]):
            await self._app(scope, receive, send)
            return
        request = Request(scope)
        try:
            asker, csrf = await to_thread.run_sync(self._guard.identify, request)
            request.state.asker, request.state.csrf = asker, csrf
            request.state.is_token_due = _is_token_due(request, csrf)
        except (Problem, AssistantError) as error:
            await _refusal(request, error)(scope, receive, send)
            return
        await self._app(scope, receive, send)


def _is_open(path: str) -> bool:
    return path in OPEN or path.startswith(OPEN_BELOW)


def _is_token_due(request: Request, csrf: str) -> bool:
    """Returns whether a form's field must still be looked at. Raises ``Problem`` (403) where a token is wrong."""
    if not csrf or request.method in READS:
        return False
    header = request.headers.get("x-csrf-token")
    if header is None and request.headers.get("content-type", "").startswith(FORMS):
        return True
    if not is_token(header, csrf):
        raise foreign()
    return False


def is_token(given: object, csrf: str) -> bool:
    """Returns whether what a request carried is the token of its session."""
    return isinstance(given, str) and hmac.compare_digest(given.encode(), csrf.encode())


def foreign() -> Problem:
    """Returns the problem of a request that does not come from a page of this session."""
    return Problem(403, "csrf", "This did not come from a page of your session. Open the page again and repeat it.")


async def form_token(request: Request) -> None:
    """Looks at the token in a form. Raises ``Problem`` (403). Stands before every route of the application."""
    if not getattr(request.state, "is_token_due", False):
        return
    form = await request.form()
    if not is_token(form.get("csrf"), request.state.csrf):
        raise foreign()


def _refusal(request: Request, error: Exception) -> ASGIApp:
    is_page = not request.url.path.startswith(PROGRAMS)
    if is_page and isinstance(error, Problem) and error.status == 401:
        wanted = request.url.path if request.method == "GET" else "/"
        query = f"?{request.url.query}" if request.url.query and request.method == "GET" else ""
        return RedirectResponse(f"/sign-in?{urlencode({'return_to': quote(wanted, safe='/') + query})}", 303)
    return problem_response(error)
