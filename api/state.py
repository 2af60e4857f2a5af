"""The state that all requests of a worker share."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Protocol

from fastapi import Request

from api.asking.examples import Examples
from api.following.wiring import Following
from api.http.metrics import Metrics
from api.http.part_cache import PartCache
from api.http.stopping import Stopping
from assistant.bootstrap import Assistant
from assistant.model.people import Asker
from assistant.ports import Publisher


class Gate(Protocol):
    """Identifies askers and limits their rate: ``api.access.guard.Guard``."""

    def asker(self, request: Request) -> Asker:
        """Returns who makes a request. Raises ``Problem`` (401) if that is not known."""

    def count_ask(self, asker: Asker) -> None:
        """Counts a question. Raises ``Problem`` (429, Retry-After) if there were too many."""

    def count_card(self, asker: Asker) -> bool:
        """Counts an urgent question; returns whether it may be looked up too. Raises ``Problem`` (429)."""


@dataclass(frozen=True, slots=True)
class State:
    """One worker's assistant, publisher, guard, metrics and caches."""

    assistant: Assistant
    publisher: Publisher | None
    guard: Gate
    metrics: Metrics
    host: str = "127.0.0.1"
    """Address that the server listens on."""
    stopping: Stopping = field(default_factory=Stopping)
    coverage: PartCache = field(default_factory=PartCache)
    following: Following | None = None
    """The sources that this server follows; None where it follows none."""
    examples: Examples = field(init=False)

    def __post_init__(self) -> None:
        """Makes what finds the examples of the first page."""
        object.__setattr__(self, "examples", Examples(self.assistant))
