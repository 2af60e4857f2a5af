"""Errors as RFC 9457 problem details: one format for every error of the API.

The message of an ``AssistantError`` is written for users and is passed on; of any other error only an id is, under
which the log has it. A problem never repeats the question, nor says where a file lies on this machine.
"""

from __future__ import annotations

import logging
import re
import uuid
from collections.abc import Mapping, Sequence
from http import HTTPStatus
from pathlib import Path
from typing import Any

from fastapi import FastAPI, Request
from fastapi.exceptions import RequestValidationError
from fastapi.responses import JSONResponse
from fastapi.routing import iter_route_contexts
from starlette.exceptions import HTTPException

from api.http.schemas import ProblemDetails
from assistant.errors import (
    AssistantError,
    ConfigurationError,
    DocumentError,
    FetchError,
    LibraryEmpty,
    LibraryError,
    LibraryLocked,
    MailError,
    SourceBusy,
    SourceError,
    TooClose,
    UsageError,
)
from assistant.redacted_log import describe

logger = logging.getLogger(__name__)

MEDIA = "application/problem+json"
FAULTS: tuple[tuple[type[AssistantError], int, str], ...] = (
    (TooClose, 422, "too_close"),
    (UsageError, 422, "usage"),
    (DocumentError, 422, "document"),
    (LibraryLocked, 503, "library_locked"),
    (LibraryEmpty, 503, "library_empty"),
    (LibraryError, 503, "library"),
    (ConfigurationError, 503, "configuration"),
    (FetchError, 502, "fetch"),
    (SourceBusy, 409, "source_busy"),
    (SourceError, 502, "source"),
    (MailError, 502, "mail"),
)
"""From an error class to status and code; the first match counts."""


PLACE = re.compile(r"(?:^|(?<=[\s'\"`(=]))/[^:'\"`()\n]*/")
"""The folders of an absolute path in a message."""
_FOLDERS: set[str] = set()
"""Data folders of the applications of this process: their names may hold what no pattern expects."""


class Problem(Exception):
    """A request that cannot be served.

    Args:
        status: HTTP status.
        code: Short name of the problem type, for programs.
        detail: What is wrong with this request and what to do, for people.
        title: The problem type in words; defaults to the phrase of the status.
        headers: Headers of the response.
    """

    def __init__(
        self,
        status: int,
        code: str,
        detail: str,
        title: str | None = None,
        headers: Mapping[str, str] | None = None,
    ) -> None:
        super().__init__(detail)
        self.status = status
        self.code = code
        self.detail = detail
        self.title = title or HTTPStatus(status).phrase
        self.headers = dict(headers or {})


def problem_of(error: Exception) -> Problem:
    """Returns the problem that callers see for an error; that of an unexpected error reveals nothing."""
    if isinstance(error, Problem):
        return error
    for kind, status, code in FAULTS:
        if isinstance(error, kind):
            return Problem(status, code, without_places(str(error)))
    detail = "Something went wrong. Try again; if it happens again, give your administrator the id."
    return Problem(500, "fault", detail)


def without_places(text: str) -> str:
    """Returns a message without the places of files on this machine; of a path, the last part stays."""
    for folder in sorted(_FOLDERS, key=len, reverse=True):
        text = text.replace(f"{folder}/", "").replace(folder, "the data folder")
    return PLACE.sub("", text)


def problem_object(problem: Problem, errors: list[dict[str, str]] | None = None) -> dict[str, Any]:
    """Returns a problem as plain JSON values, under a new id."""
    problem_id = uuid.uuid4()
    details: dict[str, Any] = {
        "type": f"urn:policy-assistant:problem:{problem.code}",
        "title": problem.title,
        "status": problem.status,
        "detail": problem.detail,
        "instance": f"urn:uuid:{problem_id}",
        "id": str(problem_id),
        "error": {
            "message": _whole(problem.detail, errors or ()),
            "type": problem.code,
            "param": None,
            "code": problem.code,
        },
    }
    return {**details, "errors": errors} if errors else details


def _whole(detail: str, errors: Sequence[Mapping[str, str]]) -> str:
    """Returns a detail with what is invalid: front ends made for OpenAI's API show nothing else."""
    faults = "; ".join(f"{each['where']}: {each['what']}" for each in errors)
    return f"{detail.removesuffix('; see errors.')}: {faults}." if faults else detail


def logged_problem(error: Exception) -> dict[str, Any]:
    """Returns the problem object of an error, and logs server errors under its id."""
    problem = problem_of(error)
    details = problem_object(problem)
    if problem.status >= HTTPStatus.INTERNAL_SERVER_ERROR:
        frames = f"\n{describe(error)}" if problem.code == "fault" else ""
        logger.error("problem %s %s %s%s", details["id"], problem.code, type(error).__name__, frames)
    return details


def problem_response(error: Exception) -> JSONResponse:
    """Returns the response for an error."""
    problem, details = problem_of(error), logged_problem(error)
    return JSONResponse(details, problem.status, problem.headers, MEDIA)


def handle_problems(app: FastAPI, data: Path) -> None:
    """Makes an application answer every error with a problem, which never names the place of its data folder."""
    _FOLDERS.update({str(data.absolute()), str(data.resolve())})
    app.add_exception_handler(Problem, _handled)
    app.add_exception_handler(AssistantError, _handled)
    app.add_exception_handler(Exception, _handled)
    app.add_exception_handler(HTTPException, _http)
    app.add_exception_handler(RequestValidationError, _invalid)


async def _handled(request: Request, error: Exception) -> JSONResponse:
    return problem_response(error)


async def _http(request: Request, error: Exception) -> JSONResponse:
    assert isinstance(error, HTTPException)
    status, headers = HTTPStatus(error.status_code), dict(error.headers or {})
    if status is HTTPStatus.METHOD_NOT_ALLOWED:
        headers["Allow"] = ", ".join(sorted(_methods_of(request)))
    return problem_response(Problem(status, status.name.lower(), str(error.detail), headers=headers))


def _methods_of(request: Request) -> set[str]:
    """Returns the methods of a path; the router itself names those of its first route only."""
    routes = [each for each in iter_route_contexts(request.app.routes) if each.methods]
    path = next((each.path for each in routes if each.path_regex.fullmatch(request.scope["path"])), None)
    return {method for each in routes if each.path == path for method in each.methods or ()}


async def _invalid(request: Request, error: Exception) -> JSONResponse:
    assert isinstance(error, RequestValidationError)
    errors = [{"where": "/".join(str(part) for part in each["loc"]), "what": each["msg"]} for each in error.errors()]
    problem = Problem(422, "invalid", "The request does not match the API description; see errors.")
    details = problem_object(problem, [{key: _clean(text) for key, text in each.items()} for each in errors])
    return JSONResponse(details, 422, media_type=MEDIA)


def _clean(text: str) -> str:
    return text.encode("utf-8", "replace").decode()[:300]


def problems(*statuses: int) -> dict[int | str, dict[str, Any]]:
    """Returns the problem responses of a route for OpenAPI; every route has 400, 401, 403, 413, 422, 429, 431 and 500."""
    always = (400, 401, 403, 413, 422, 429, 431, 500)
    content = {MEDIA: {"schema": {"$ref": "#/components/schemas/ProblemDetails"}}}
    return {
        status: {"description": HTTPStatus(status).phrase, "model": ProblemDetails, "content": content}
        for status in sorted({*always, *statuses})
    }
