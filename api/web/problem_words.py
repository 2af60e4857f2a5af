"""What a page says about a problem: a heading and a sentence of its own for each case, and a way on."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from http import HTTPStatus
from types import MappingProxyType

from api.http.problems import Problem


@dataclass(frozen=True, slots=True)
class ProblemWords:
    """The words of a page about a problem."""

    title: str
    text: str = ""
    """In place of what the problem itself says, which is then meant for administrators; "" leaves it."""
    can_be_tried_again: bool = False


OTHER = ProblemWords("Sorry, that did not work")
BY_CODE: Mapping[str, ProblemWords] = MappingProxyType(
    {
        "library_empty": ProblemWords(
            "There are no documents yet",
            "Nothing has been published here, so nothing can be answered. Ask your policy team, or come back later.",
            can_be_tried_again=True,
        ),
        "library_locked": ProblemWords(
            "The documents are busy", "They are being changed just now. Try again in a minute.", can_be_tried_again=True
        ),
        "library": ProblemWords(
            "The documents cannot be opened",
            "Try again in a minute. If it goes on, tell your administrator.",
            can_be_tried_again=True,
        ),
        "busy": ProblemWords("Many people are asking just now", can_be_tried_again=True),
        "timeout": ProblemWords("That took too long", can_be_tried_again=True),
        "stopping": ProblemWords("The service is starting again", can_be_tried_again=True),
    }
)
BY_STATUS: Mapping[int, ProblemWords] = MappingProxyType(
    {
        HTTPStatus.UNAUTHORIZED: ProblemWords("Please sign in"),
        HTTPStatus.FORBIDDEN: ProblemWords("You do not have access to this page"),
        HTTPStatus.NOT_FOUND: ProblemWords(
            "Page not found",
            "There is no page at this address, or you do not have access to it. It may have been moved or deleted.",
        ),
        HTTPStatus.CONFLICT: ProblemWords("There is no room for more"),
        HTTPStatus.TOO_MANY_REQUESTS: ProblemWords("Too many questions at once", can_be_tried_again=True),
        HTTPStatus.SERVICE_UNAVAILABLE: ProblemWords("The service is busy or not ready", can_be_tried_again=True),
    }
)


def words_of(problem: Problem) -> ProblemWords:
    """Returns the words for a problem: by its code, else by its status."""
    return BY_CODE.get(problem.code) or BY_STATUS.get(problem.status) or OTHER
