"""Faults as RFC 9457 problem details: one shape for every error that the API gives.

A message of the ``AssistantError`` tree is fit for a user and is passed on; of an unknown fault only its id is, under
which the log has it. What was asked is never repeated in a problem.
"""

from __future__ import annotations

import logging
import traceback
import uuid
from collections.abc import Mapping
from http import HTTPStatus
from typing import Any

from fastapi import FastAPI, Request
from fastapi.exceptions import RequestValidationError
from fastapi.responses import JSONResponse
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
    TooClose,
    UsageError,
)

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
)
"""The tree of errors, the first that fits."""


class Problem(Exception):
    """A request that cannot be done.

    Args:
        status: HTTP status.
        code: Short name of the kind of problem, for programs.
        detail: What is wrong with this request and what to do, for people.
        title: The kind of problem in words; that of the status unless given.
        headers: Headers of the answer.
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
    """Returns the problem that an error is to a caller; an unknown one says nothing of itself."""
    if isinstance(error, Problem):
        return error
    for kind, status, code in FAULTS:
        if isinstance(error, kind):
            return Problem(status, code, str(error))
    return Problem(500, "fault", "Something went wrong here. Try again; if it stays, tell your administrator the id.")


def problem_object(problem: Problem, errors: list[dict[str, str]] | None = None) -> dict[str, Any]:
    """Returns a problem as plain JSON values, under a new id."""
    name = uuid.uuid4()
    told: dict[str, Any] = {
        "type": f"urn:policy-assistant:problem:{problem.code}",
        "title": problem.title,
        "status": problem.status,
        "detail": problem.detail,
        "instance": f"urn:uuid:{name}",
        "id": str(name),
    }
    return {**told, "errors": errors} if errors else told


def told_of(error: Exception) -> dict[str, Any]:
    """Returns the problem object of an error, and logs what is no fault of the caller under its id."""
    problem = problem_of(error)
    told = problem_object(problem)
    if problem.status >= HTTPStatus.INTERNAL_SERVER_ERROR:
        frames = "".join(traceback.format_tb(error.__traceback__)) if problem.code == "fault" else ""
        logger.error("problem %s %s %s\n%s", told["id"], problem.code, type(error).__name__, frames)
    return told


def problem_response(error: Exception) -> JSONResponse:
    """Returns the answer that an error is."""
    problem, told = problem_of(error), told_of(error)
    return JSONResponse(told, problem.status, problem.headers, MEDIA)


def handle_problems(app: FastAPI) -> None:
    """Makes every error of an application a problem."""
    app.add_exception_handler(Problem, _handled)
    app.add_exception_handler(AssistantError, _handled)
    app.add_exception_handler(Exception, _handled)
    app.add_exception_handler(HTTPException, _http)
    app.add_exception_handler(RequestValidationError, _invalid)


async def _handled(request: Request, error: Exception) -> JSONResponse:
    return problem_response(error)


async def _http(request: Request, error: Exception) -> JSONResponse:
    assert isinstance(error, HTTPException)
    status = HTTPStatus(error.status_code)
    return problem_response(Problem(status, status.name.lower(), str(error.detail), headers=error.headers))


async def _invalid(request: Request, error: Exception) -> JSONResponse:
    assert isinstance(error, RequestValidationError)
    errors = [{"where": "/".join(str(part) for part in each["loc"]), "what": each["msg"]} for each in error.errors()]
    problem = Problem(422, "invalid", "The request is not as the API describes it; see errors.")
    told = problem_object(problem, [{key: _clean(text) for key, text in each.items()} for each in errors])
    return JSONResponse(told, 422, media_type=MEDIA)


def _clean(text: str) -> str:
    return text.encode("utf-8", "replace").decode()[:300]


def problems(*statuses: int) -> dict[int | str, dict[str, Any]]:
    """Returns the problem answers of a route for OpenAPI; 400, 403, 413, 422, 429 and 500 stand for every route."""
    always = (400, 401, 403, 413, 422, 429, 500)
    content = {MEDIA: {"schema": {"$ref": "#/components/schemas/ProblemDetails"}}}
    return {
        status: {"description": HTTPStatus(status).phrase, "model": ProblemDetails, "content": content}
        for status in sorted({*always, *statuses})
    }
