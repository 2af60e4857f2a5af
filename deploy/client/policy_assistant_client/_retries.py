"""When a request is sent again, and after how long."""

from __future__ import annotations

from dataclasses import dataclass

import httpx

from policy_assistant_client._calls import Call
from policy_assistant_client._errors import PolicyAssistantError, ProblemError, Unreachable, problem_error

BUSY = (429, 502, 503, 504)
FIRST_WAIT_S = 0.5


@dataclass(frozen=True, slots=True)
class Retries:
    """How often and how long a client waits for a server that is busy.

    Reading is sent again after every passing fault. A question, and all that changes something, only where the server has
    not begun with it: no connection, or a response that says when to come back.
    """

    most: int = 2
    longest_wait_s: float = 60.0

    def wait_s(
        self, call: Call[object], attempt: int, error: PolicyAssistantError, cause: BaseException | None
    ) -> float | None:
        """Returns how long to wait before the next attempt; None where the error counts."""
        if attempt >= self.most or not _may_pass(call, error, cause):
            return None
        told = error.retry_after_s if isinstance(error, ProblemError) else None
        wait = FIRST_WAIT_S * 2**attempt if told is None else told
        return wait if wait <= self.longest_wait_s else None


def _may_pass(call: Call[object], error: PolicyAssistantError, cause: BaseException | None) -> bool:
    if isinstance(error, ProblemError):
        return error.status in BUSY and (call.method == "GET" or error.retry_after_s is not None)
    return call.method == "GET" or isinstance(cause, (httpx.ConnectError, httpx.ConnectTimeout))


def unreachable(error: httpx.TransportError) -> Unreachable:
    """Returns the error for no response."""
    return Unreachable(f"The server did not answer ({type(error).__name__}).")


def checked(response: httpx.Response) -> httpx.Response:
    """Returns a response that was read and is no problem. Raises ``ProblemError``."""
    if response.status_code >= 400:
        raise problem_error(response)
    return response
