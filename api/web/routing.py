"""The routes of pages: what goes wrong is a page too, with the same id as in the log."""

from __future__ import annotations

from collections.abc import Callable, Coroutine
from typing import Any

from fastapi import Request, Response
from fastapi.exceptions import RequestValidationError
from fastapi.routing import APIRoute

from api.http.problems import Problem, problem_of, told_of
from api.web.templating import draw
from assistant.errors import AssistantError


class PageRoute(APIRoute):
    """A route whose problems are drawn for people."""

    def get_route_handler(self) -> Callable[[Request], Coroutine[Any, Any, Response]]:
        """Returns the handler with problems made pages."""
        inner = super().get_route_handler()

        async def handled(request: Request) -> Response:
            try:
                return await inner(request)
            except RequestValidationError:
                return _drawn(request, Problem(422, "invalid", "Something in the address or the form is not right."))
            except (Problem, AssistantError) as error:
                return _drawn(request, error)

        return handled


def _drawn(request: Request, error: Exception) -> Response:
    problem = problem_of(error)
    shown = draw(request, "problem.html", None, problem.status, problem=told_of(error))
    shown.headers.update(problem.headers)
    return shown
