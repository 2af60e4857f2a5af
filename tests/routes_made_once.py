"""Routes of the application made once a process: what FastAPI works out of their functions is the same for every server.

FastAPI works it out again for every application, at its first request, which takes longer than most requests.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import pytest
from fastapi import routing

_Context = routing._EffectiveRouteContext
_make = _Context.from_api_route
_made: dict[tuple[Any, ...], tuple[Any, Any]] = {}
"""By route and how it is included, what was worked out, and what keeps the addresses in the key taken."""


@contextmanager
def routes_made_once() -> Iterator[None]:
    """Has applications share what was worked out of the routes of their routers until the context is left."""
    with pytest.MonkeyPatch.context() as patched:
        patched.setattr(_Context, "from_api_route", _shared)
        yield


def _shared(*, original_route: Any, include_context: Any) -> Any:
    provider = include_context.dependency_overrides_provider
    if getattr(provider, "dependency_overrides", None):
        return _make(original_route=original_route, include_context=include_context)
    key = id(original_route), str({**vars(include_context), "dependency_overrides_provider": None})
    if key not in _made:
        made = _make(original_route=original_route, include_context=include_context)
        _made[key] = made, (original_route, include_context)
    return _made[key][0]
