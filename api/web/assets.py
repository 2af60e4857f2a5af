"""Static files of the pages, and their colours from the settings."""

from __future__ import annotations

import hashlib
import mimetypes
from collections.abc import Mapping
from functools import cache
from importlib.resources import files
from typing import Annotated

from fastapi import APIRouter, Path, Request, Response

from api.deps import CurrentState
from api.http.problems import Problem

router = APIRouter()
HEADERS = {"Cache-Control": "no-cache", "X-Content-Type-Options": "nosniff"}


@router.get("/static/theme.css")
def theme(state: CurrentState) -> Response:
    """Returns the colours of the settings as a stylesheet."""
    return Response(f":root {{ --brand: {state.assistant.settings.page.colour}; }}\n", media_type="text/css")


@router.get("/static/{name}")
def static(request: Request, name: Annotated[str, Path(max_length=100, pattern=r"^[a-z]+\.(css|js|svg)$")]) -> Response:
    """Returns a stylesheet, a script or an image."""
    return static_response(request, name, HEADERS)


def static_response(request: Request, name: str, headers: Mapping[str, str]) -> Response:
    """Returns the response with a packaged file. Raises ``Problem`` (404)."""
    content = _read(name)
    if content is None:
        raise Problem(404, "not_found", "There is no such file.")
    tag = f'"{hashlib.sha256(content).hexdigest()[:32]}"'
    if request.headers.get("if-none-match") == tag:
        return Response(status_code=304, headers={**headers, "ETag": tag})
    return Response(content, media_type=mimetypes.guess_type(name)[0], headers={**headers, "ETag": tag})


@cache
def _read(name: str) -> bytes | None:
    file = files("api.web").joinpath("static", name)
    return file.read_bytes() if file.is_file() else None
