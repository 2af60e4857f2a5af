"""A response that refuses a request, held back while the question in it is read for urgency."""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from http import HTTPStatus
from typing import Any

from starlette.datastructures import Headers
from starlette.types import Message

SIGN_IN = "/sign-in?"
"""Where a browser is sent in which nobody is signed in."""


@dataclass
class Refusal:
    """The messages of a response that refuses; none for a fault that no route answered."""

    messages: list[Message] = field(default_factory=list)

    @property
    def status(self) -> int:
        """Its HTTP status."""
        return int(self.messages[0]["status"]) if self.messages else HTTPStatus.INTERNAL_SERVER_ERROR

    @property
    def was_read(self) -> bool:
        """Whether a route had read the question for urgency: it is over a limit, or too long and not urgent."""
        return self.status == HTTPStatus.TOO_MANY_REQUESTS or str(self._problem().get("type", "")).endswith(":usage")

    @property
    def why(self) -> str:
        """What it says, in words."""
        problem = self._problem()
        faults = "; ".join(f"{each['where']}: {each['what']}" for each in problem.get("errors", ()))
        words = str(problem.get("detail", "")).replace("; see errors.", f": {faults}.")
        is_sign_in = self.status in (HTTPStatus.SEE_OTHER, HTTPStatus.UNAUTHORIZED)
        return words or ("Sign in first." if is_sign_in else "The request could not be answered.")

    def _problem(self) -> dict[str, Any]:
        """Returns the problem object; {} for a page."""
        try:
            value = json.loads(b"".join(each.get("body", b"") for each in self.messages))
        except ValueError:
            return {}
        return value if isinstance(value, dict) else {}


def is_refusal(start: Message) -> bool:
    """Returns whether a response that starts refuses a question, or sends a browser to sign in."""
    if start["status"] == HTTPStatus.SEE_OTHER:
        return Headers(raw=start["headers"]).get("location", "").startswith(SIGN_IN)
    return int(start["status"]) >= HTTPStatus.BAD_REQUEST
