"""The route class of pages: errors are answered with a page too, with the same id as in the log."""

from __future__ import annotations

from collections.abc import Callable, Coroutine
from typing import Any

from fastapi import Request, Response
from fastapi.exceptions import RequestValidationError
from fastapi.routing import APIRoute

from api.http.problems import Problem, logged_problem, problem_of
from api.web.templating import render
from assistant.errors import AssistantError


class PageRoute(APIRoute):
    """A route that renders problems as pages."""

    def get_route_handler(self) -> Callable[[Request], Coroutine[Any, Any, Response]]:
        """Returns the handler, with problems rendered as pages."""
        inner = super().get_route_handler()

        async def handled(request: Request) -> Response:
            try:
                return await inner(request)
            except RequestValidationError:
                return _render(request, Problem(422, "invalid", "The address or the form contains something invalid."))
            except (Problem, AssistantError) as error:
                return _render(request, error)

        return handled


def _render(request: Request, error: Exception) -> Response:
    problem = problem_of(error)
    page = render(request, "problem.html", None, problem.status, problem=logged_problem(error))
    page.headers.update(problem.headers)
    return page
