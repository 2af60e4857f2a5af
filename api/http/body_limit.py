"""Limits the size of request bodies: larger ones are answered 413 before they are read."""

from __future__ import annotations

from starlette.datastructures import Headers
from starlette.exceptions import HTTPException
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from api.http.problems import Problem, problem_response
from assistant.settings.serving import ServeSetting

UPLOADS = ("/v1/publishing", "/publishing", "/v1/evidence/verify", "/evidence/verify")
"""Paths below which a body may be a document or an evidence file."""


class BodyLimit:
    """ASGI middleware that limits body sizes; a body without a stated length is counted as it arrives."""

    def __init__(self, app: ASGIApp, limits: ServeSetting) -> None:
        self._app = app
        self._limits = limits

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Passes a request on, or answers 413."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        most = self._most(scope["path"])
        length = Headers(scope=scope).get("content-length", "")
        if length.isdecimal() and int(length) > most:
            problem = Problem(413, "too_large", f"The body is larger than {most // 1024} KB.")
            await problem_response(problem)(scope, receive, send)
            return
        await self._app(scope, _counted(receive, most), send)

    def _most(self, path: str) -> int:
        is_upload = any(path == each or path.startswith(f"{each}/") for each in UPLOADS)
        return (self._limits.upload_mb + 1) * 1024**2 if is_upload else self._limits.body_kb * 1024


def _counted(receive: Receive, most: int) -> Receive:
    seen = 0

    async def counted() -> Message:
        nonlocal seen
        message = await receive()
        seen += len(message.get("body", b""))
        if seen > most:
            raise HTTPException(413, f"The body is larger than {most // 1024} KB.")
        return message

    return counted
