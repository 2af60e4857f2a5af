"""The route class of pages: errors are answered with a page too, with the same id as in the log."""

from __future__ import annotations

from collections.abc import Callable, Coroutine
from typing import Any

from fastapi import Request, Response
from fastapi.exceptions import RequestValidationError
from fastapi.routing import APIRoute

from api.http.problems import Problem, logged_problem, problem_of
from api.web.problem_words import words_of
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
    words, path = words_of(problem), request.url.path
    again = f"{path}?{request.url.query}".rstrip("?") if words.can_be_tried_again and request.method == "GET" else ""
    asker = getattr(request.state, "asker", None)
    context = {"problem": logged_problem(error), "words": words, "again": again}
    page = render(request, "problem.html", asker, problem.status, **context)
    page.headers.update(problem.headers)
    return page
