"""Identifies the asker before any route runs or any body is read; only a few public paths need none."""

from __future__ import annotations

import hmac
from http import HTTPStatus
from urllib.parse import quote, urlencode

from anyio import to_thread
from fastapi import Request
from fastapi.responses import RedirectResponse
from starlette.types import ASGIApp, Receive, Scope, Send

from api.access.guard import Guard
from api.http.addresses import EMBED, TOOLS
from api.http.problems import Problem, problem_response
from assistant.errors import AssistantError

PUBLIC_PATHS = frozenset({"/healthz", "/readyz", "/openapi.json", "/favicon.ico", "/sign-in", f"{EMBED}.js"})
PUBLIC_PREFIXES = ("/static/", "/sign-in/", "/feeds/")
"""Feeds are read by programs that cannot sign in; their address holds a secret."""
SAFE_METHODS = frozenset({"GET", "HEAD", "OPTIONS"})
FORM_TYPES = ("application/x-www-form-urlencoded", "multipart/form-data")
API_PREFIXES = ("/v1/", "/metrics", TOOLS)
"""Paths that programs call; every other one is a page."""


class AuthMiddleware:
    """ASGI middleware: stores the asker and the CSRF token of their session in the request's state.

    A request that is authenticated by a cookie and changes something must carry the token of its session, in a header
    or as a form field (``check_form_token`` checks the field once the form is read).
    """

    def __init__(self, app: ASGIApp, guard: Guard) -> None:
        self._app = app
        self._guard = guard

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Passes a request on, or answers 401, 403 or 429, or redirects a browser to the sign-in page."""
        if scope["type"] != "http" or _is_public(scope["path"]):
            await self._app(scope, receive, send)
            return
        request = Request(scope)
        try:
            asker, csrf = await to_thread.run_sync(self._guard.identify, request)
            request.state.asker, request.state.csrf = asker, csrf
            request.state.is_form_token_due = _is_form_token_due(request, csrf)
        except (Problem, AssistantError) as error:
            if scope["path"] == EMBED and isinstance(error, Problem) and error.status == HTTPStatus.UNAUTHORIZED:
                request.state.refused = error  # the page in a frame says itself who may ask
                await self._app(scope, receive, send)
                return
            await _rejection(request, error)(scope, receive, send)
            return
        await self._app(scope, receive, send)


def _is_public(path: str) -> bool:
    return path in PUBLIC_PATHS or path.startswith(PUBLIC_PREFIXES)


def _is_form_token_due(request: Request, csrf: str) -> bool:
    """Returns whether a form field must still be checked. Raises ``Problem`` (403) if the header's token is wrong."""
    if not csrf or request.method in SAFE_METHODS:
        return False
    header = request.headers.get("x-csrf-token")
    if header is None and request.headers.get("content-type", "").startswith(FORM_TYPES):
        return True
    if not is_csrf_token(header, csrf):
        raise csrf_problem()
    return False


def is_csrf_token(value: object, csrf: str) -> bool:
    """Returns whether a value of a request is the token of its session."""
    return isinstance(value, str) and hmac.compare_digest(value.encode(), csrf.encode())


def csrf_problem() -> Problem:
    """Returns the problem of a request that was not sent from a page of this session."""
    return Problem(403, "csrf", "This was not sent from a page of your session. Reload the page and try again.")


async def check_form_token(request: Request) -> None:
    """Checks the token in a form. Raises ``Problem`` (403). A dependency of every route of the application."""
    if not getattr(request.state, "is_form_token_due", False):
        return
    form = await request.form()
    if not is_csrf_token(form.get("csrf"), request.state.csrf):
        raise csrf_problem()


def _rejection(request: Request, error: Exception) -> ASGIApp:
    is_page = not request.url.path.startswith(API_PREFIXES)
    if is_page and isinstance(error, Problem) and error.status == 401:
        path = request.url.path if request.method == "GET" else "/"
        query = f"?{request.url.query}" if request.url.query and request.method == "GET" else ""
        return RedirectResponse(f"/sign-in?{urlencode({'return_to': quote(path, safe='/') + query})}", 303)
    return problem_response(error)
