"""Limits the head of a request: not too long, with one host, and with one way to tell where its body ends."""

from __future__ import annotations

from starlette.types import ASGIApp, Receive, Scope, Send

from api.http.problems import Problem, problem_response
from assistant.settings.serving import ServeSetting


class HeadLimit:
    """ASGI middleware that answers 431 to a head that is too long and 400 to an ambiguous one.

    Two hosts, or a length beside a transfer in pieces, are read by one server or proxy in one way and by the next in another.
    """

    def __init__(self, app: ASGIApp, limits: ServeSetting) -> None:
        self._app = app
        self._most = limits.head_kb * 1024

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Passes a request on, or answers 400 or 431."""
        problem = self._fault(scope) if scope["type"] == "http" else None
        if problem is not None:
            await problem_response(problem)(scope, receive, send)
            return
        await self._app(scope, receive, send)

    def _fault(self, scope: Scope) -> Problem | None:
        headers = scope["headers"]
        names = [name for name, _ in headers]
        if names.count(b"host") > 1:
            return Problem(400, "hosts", "The request names more than one host.")
        if b"content-length" in names and b"transfer-encoding" in names:
            return Problem(400, "lengths", "The request has a length and comes in pieces; send only one of the two.")
        size = len(scope.get("raw_path") or b"") + len(scope["query_string"])
        if size + sum(len(name) + len(value) for name, value in headers) > self._most:
            detail = f"The address and headers of the request are longer than {self._most // 1024} KB together."
            return Problem(431, "headers_too_large", detail)
        return None
