"""Rejects requests made by other sites (403): those with a foreign host name or a foreign origin.

A page of another site can make a browser send requests to a loopback address, by a host name that it resolves to that
address (DNS rebinding) or by a form. The first carries a foreign ``Host``, the second a foreign ``Origin``.
"""

from __future__ import annotations

from urllib.parse import urlsplit

from starlette.datastructures import Headers
from starlette.types import ASGIApp, Receive, Scope, Send

from api.http.problems import Problem, problem_response
from assistant.settings.serving import AccessSetting

LOOPBACK = frozenset({"127.0.0.1", "localhost", "::1"})
SAFE_METHODS = frozenset({"GET", "HEAD", "OPTIONS"})


class HostCheck:
    """ASGI middleware that checks ``Host`` and ``Origin``."""

    def __init__(self, app: ASGIApp, access: AccessSetting) -> None:
        self._app = app
        public = urlsplit(access.public_url).hostname if access.public_url else None
        self._origins = {access.public_url, *access.cors_origins}
        self._hosts = LOOPBACK | set(access.trusted_hosts) | ({public} if public else set())

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Passes a request on, or answers 403."""
        fault = self._fault(scope) if scope["type"] == "http" else None
        if fault is not None:
            await problem_response(Problem(403, "foreign", fault))(scope, receive, send)
            return
        await self._app(scope, receive, send)

    def _fault(self, scope: Scope) -> str | None:
        headers = Headers(scope=scope)
        if _name(headers.get("host", "")) not in self._hosts:
            return "This server does not answer to that host name. If it should, add the name to access.trusted_hosts."
        origin = headers.get("origin")
        if scope["method"] in SAFE_METHODS or origin is None:
            return None
        is_own = origin in self._origins or urlsplit(origin).netloc == headers.get("host")
        return None if is_own else "This request was sent from a page of another site. Use the pages of this server."


def _name(host: str) -> str | None:
    """Returns the name in a Host header without its port, None if there is none."""
    try:
        return urlsplit(f"//{host}").hostname
    except ValueError:
        return None
