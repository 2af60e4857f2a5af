"""What routes ask of a request: the state, the asker, a role."""

from __future__ import annotations

from collections.abc import Callable
from typing import Annotated

from fastapi import Depends, Request

from api.problems import Problem
from api.state import State
from assistant.model.people import Asker, Role


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
        wanted = " or ".join(role.value for role in roles)
        raise Problem(403, "forbidden", f"This needs the role {wanted}. Ask your administrator for it.")

    return permitted


def counted(request: Request) -> Asker:
    """Returns who asks, with the question counted. Raises ``Problem`` (401, 429)."""
    found = asker(request)
    state(request).guard.count_ask(request, found)
    return found


Stated = Annotated[State, Depends(state)]
Asking = Annotated[Asker, Depends(asker)]
Counted = Annotated[Asker, Depends(counted)]
