"""What routes ask of a request: the state, the asker, a role."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime
from typing import Annotated

from fastapi import Depends, Request

from api.access.guard import Guard
from api.http.problems import Problem
from api.state import State
from assistant.model.people import Asker, AuditLine, Role


def state(request: Request) -> State:
    """Returns the state of the application."""
    found = request.app.state.state
    assert isinstance(found, State)
    return found


def asker(request: Request) -> Asker:
    """Returns who asks. Raises ``Problem`` (401)."""
    return state(request).guard.asker(request)


def needs(*roles: Role) -> Callable[[Request], Asker]:
    """Returns a dependency that gives the asker where he has one of these roles, and ``Problem`` (403) otherwise."""

    def permitted(request: Request) -> Asker:
        found = asker(request)
        if any(found.may(role) for role in roles):
            return found
        _note_forbidden(request, found)
        wanted = " or ".join(role.value for role in roles)
        raise Problem(403, "forbidden", f"This needs the role {wanted}. Ask your administrator for it.")

    return permitted


def _note_forbidden(request: Request, asker: Asker) -> None:
    path = getattr(request.scope.get("route"), "path", "")
    line = AuditLine(datetime.now(UTC), asker.user_id, "forbidden", f"{request.method} {path}")
    state(request).assistant.access_store.audit(line)


def guard(request: Request) -> Guard:
    """Returns the door, for the routes that let people in and out."""
    found = state(request).guard
    assert isinstance(found, Guard)
    return found


def counted(request: Request) -> Asker:
    """Returns who asks, with the question counted. Raises ``Problem`` (401, 429)."""
    found = asker(request)
    state(request).guard.count_ask(request, found)
    return found


def counted_with(*roles: Role) -> Callable[[Request], Asker]:
    """Returns a dependency that gives the asker where he has one of these roles, with a question counted.

    It raises ``Problem`` (401, 403, 429) otherwise.
    """
    permitted = needs(*roles)

    def found(request: Request) -> Asker:
        asker = permitted(request)
        state(request).guard.count_ask(request, asker)
        return asker

    return found


Stated = Annotated[State, Depends(state)]
CurrentAsker = Annotated[Asker, Depends(asker)]
Counted = Annotated[Asker, Depends(counted)]
