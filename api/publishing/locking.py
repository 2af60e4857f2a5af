"""What it means for a request that somebody else publishes now."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from api.http.problems import Problem
from assistant.errors import LibraryLocked


@contextmanager
def one_at_a_time() -> Iterator[None]:
    """Turns a library that somebody else publishes into now into ``Problem`` (409)."""
    try:
        yield
    except LibraryLocked as error:
        detail = "Somebody else is publishing. Try again when they have finished."
        raise Problem(409, "library_locked", detail) from error
