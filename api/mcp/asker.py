"""Who calls a tool: the one local user of a program's pipe, or whom the request's key names."""

from __future__ import annotations

from collections.abc import Callable

from starlette.requests import Request

from api.access.guard import with_role_groups
from api.http.addresses import page_address
from api.http.problems import Problem
from assistant.model.people import Asker, Role
from assistant.settings.serving import AccessSetting

Caller = tuple[Asker, str]
"""Who calls, and the address of the server that its links lead to."""
CallerOf = Callable[[object], Caller]
"""Returns who calls, from the request of a call (None over a pipe). Raises ``Problem`` (401)."""


def local_caller(page_url: str) -> CallerOf:
    """Returns what names the one local user, who may see everything.

    Args:
        page_url: Address of the page that links lead to.
    """
    local = with_role_groups(Asker("local", "Local user", frozenset(Role)))
    return lambda request: (local, page_url)


def caller_of_request(access: AccessSetting) -> CallerOf:
    """Returns what finds the asker that access control left in the request of a call.

    Args:
        access: The settings of access control, which may name the address of the page.
    """

    def found(request: object) -> Caller:
        asker = getattr(request.state, "asker", None) if isinstance(request, Request) else None
        if not isinstance(request, Request) or not isinstance(asker, Asker):
            raise Problem(401, "sign_in", "Send an API key as a bearer token.")
        return asker, page_address(request, access)

    return found
