"""What may go wrong.

PolicyAssistantError
├── Unreachable          no response: not connected, or not in time
├── Incomplete           a stream of events ended before the outcome
└── ProblemError         the server says what is wrong (RFC 9457)
    ├── NotAuthenticated     no key, or one that is not known, has expired or was revoked
    ├── Forbidden            the key lacks a role
    ├── NotFound
    ├── Conflict             such as a conversation that is full
    ├── Invalid              the request is not as it should be
    │   └── UnknownEdition
    ├── TooManyRequests      ``retry_after_s`` says how long to wait
    └── Unavailable          a fault of the server, or it is stopping
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import httpx

START = "urn:policy-assistant:problem:"


class PolicyAssistantError(Exception):
    """Any error of this package."""


class Unreachable(PolicyAssistantError):
    """There was no response."""


class Incomplete(PolicyAssistantError):
    """A stream of events ended before the outcome."""


class ProblemError(PolicyAssistantError):
    """The server says what is wrong.

    Args:
        status: HTTP status.
        problem: The problem object.
        retry_after_s: How long the server wants to be left alone, if it says so.
    """

    def __init__(self, status: int, problem: Mapping[str, Any], retry_after_s: float | None = None) -> None:
        self.status = status
        self.code = str(problem.get("type", "")).removeprefix(START)
        """Short name of the kind of problem, such as "too_many"."""
        self.detail = str(problem.get("detail", "")) or f"HTTP status {status}"
        self.problem_id = str(problem.get("id", ""))
        """Under which the server's log has it."""
        self.errors: list[Mapping[str, str]] = list(problem.get("errors") or ())
        """Parts of the request that are invalid: where, what."""
        self.retry_after_s = retry_after_s
        faults = "; ".join(f"{each.get('where')}: {each.get('what')}" for each in self.errors)
        super().__init__(f"{self.detail} {faults}".strip())


class NotAuthenticated(ProblemError):
    """No key, or one that is not known, has expired or was revoked."""


class Forbidden(ProblemError):
    """The key lacks a role, or the request came from another site."""


class NotFound(ProblemError):
    """There is nothing of that name for this key."""


class Conflict(ProblemError):
    """The state does not allow it, such as a conversation that is full."""


class Invalid(ProblemError):
    """The request is not as it should be."""


class UnknownEdition(Invalid):
    """An edition is not indexed, or not for this key."""


class TooManyRequests(ProblemError):
    """Too many in a minute."""


class Unavailable(ProblemError):
    """A fault of the server, or it is stopping or overloaded."""


BY_CODE: Mapping[str, type[ProblemError]] = {
    "sign_in": NotAuthenticated,
    "key": NotAuthenticated,
    "forbidden": Forbidden,
    "csrf": Forbidden,
    "cross_site": Forbidden,
    "foreign": Forbidden,
    "not_found": NotFound,
    "unknown_model": NotFound,
    "too_many_conversations": Conflict,
    "conversation_full": Conflict,
    "library_locked": Conflict,
    "unknown_edition": UnknownEdition,
    "usage": Invalid,
    "invalid": Invalid,
    "too_large": Invalid,
    "too_many": TooManyRequests,
    "timeout": Unavailable,
    "stopping": Unavailable,
    "too_many_connections": Unavailable,
    "fault": Unavailable,
}
BY_STATUS: Mapping[int, type[ProblemError]] = {
    401: NotAuthenticated,
    403: Forbidden,
    404: NotFound,
    409: Conflict,
    429: TooManyRequests,
}


def problem_error(response: httpx.Response) -> ProblemError:
    """Returns the error of a response that was read: by the kind of its problem, else by its status."""
    try:
        problem = response.json()
    except ValueError:
        problem = {}
    problem = problem if isinstance(problem, dict) else {}
    return error_of(response.status_code, problem, retry_after(response))


def error_of(status: int, problem: Mapping[str, Any], retry_after_s: float | None = None) -> ProblemError:
    """Returns the error of a problem."""
    code = str(problem.get("type", "")).removeprefix(START)
    kind = BY_CODE.get(code) or BY_STATUS.get(status) or (Unavailable if status >= 500 else Invalid)
    return kind(status, problem, retry_after_s)


def retry_after(response: httpx.Response) -> float | None:
    """Returns the seconds that a response asks to wait; None where it does not say."""
    value = response.headers.get("retry-after", "")
    return float(value) if value.isdecimal() else None
