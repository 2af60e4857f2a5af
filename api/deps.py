"""Dependencies of routes: the state of the application, the asker, a required role, the rate limit."""

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
    state = request.app.state.state
    assert isinstance(state, State)
    return state


def guard(request: Request) -> Guard:
    """Returns the guard, for the routes that sign people in and out."""
    guard = state(request).guard
    assert isinstance(guard, Guard)
    return guard


def asker(request: Request) -> Asker:
    """Returns who asks. Raises ``Problem`` (401)."""
    return state(request).guard.asker(request)


def require_role(*roles: Role) -> Callable[[Request], Asker]:
    """Returns a dependency that gives the asker if they have one of these roles and raises ``Problem`` (403) if not."""

    def permitted(request: Request) -> Asker:
        current = asker(request)
        if any(current.may(role) for role in roles):
            return current
        _audit_forbidden(request, current)
        names = " or ".join(role.value for role in roles)
        raise Problem(403, "forbidden", f"This needs the role {names}. Ask your administrator for it.")

    return permitted


def rate_limited(*roles: Role) -> Callable[[Request], Asker]:
    """Returns a dependency that gives the asker and counts a question of theirs; without roles, anybody may ask.

    Routes that take a question from a person count it themselves once it is screened: an urgent one gets its card.

    It raises ``Problem``: 401, 403 for an asker without one of the roles, 429 after too many questions.
    """
    permitted = require_role(*roles) if roles else asker

    def counted(request: Request) -> Asker:
        current = permitted(request)
        state(request).guard.count_ask(current)
        return current

    return counted


def _audit_forbidden(request: Request, asker: Asker) -> None:
    path = getattr(request.scope.get("route"), "path", "")
    line = AuditLine(datetime.now(UTC), asker.user_id, "forbidden", f"{request.method} {path}")
    state(request).assistant.access_store.audit(line)


CurrentState = Annotated[State, Depends(state)]
CurrentAsker = Annotated[Asker, Depends(asker)]
RateLimitedAsker = Annotated[Asker, Depends(rate_limited())]
