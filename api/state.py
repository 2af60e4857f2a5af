"""What every request of a worker shares."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Protocol

from fastapi import Request

from api.http.metrics import Metrics
from api.http.part_cache import PartCache
from assistant.bootstrap import Assistant
from assistant.model.people import Asker
from assistant.ports import Publisher


class Gate(Protocol):
    """Says who asks: ``api.access.guard.Guard``."""

    def asker(self, request: Request) -> Asker:
        """Returns who makes a request. Raises ``Problem`` (401) where that is not known."""

    def count_ask(self, request: Request, asker: Asker) -> None:
        """Counts a question. Raises ``Problem`` (429, Retry-After) where there were too many."""


@dataclass(frozen=True, slots=True)
class State:
    """One worker's assistant and what stands around it."""

    assistant: Assistant
    publisher: Publisher | None
    guard: Gate
    metrics: Metrics
    host: str = "127.0.0.1"
    """Address that the server listens at."""
    coverage: PartCache = field(default_factory=PartCache)
