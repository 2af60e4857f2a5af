"""The state that all requests of a worker share."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Protocol

from fastapi import Request

from api.following.wiring import Following
from api.http.metrics import Metrics
from api.http.part_cache import PartCache
from api.http.stopping import Stopping
from api.http.turns import Turns
from assistant.bootstrap import Assistant
from assistant.model.people import Asker
from assistant.ports import Evaluator, Publisher


class Gate(Protocol):
    """Identifies askers and limits their rate: ``api.access.guard.Guard``."""

    def asker(self, request: Request) -> Asker:
        """Returns who makes a request. Raises ``Problem`` (401) if that is not known."""

    def count_ask(self, asker: Asker) -> None:
        """Counts a question. Raises ``Problem`` (429, Retry-After) if there were too many."""

    def count_card(self, asker: Asker) -> bool:
        """Counts an urgent question; returns whether it may be looked up too. Raises ``Problem`` (429)."""


class Offers(Protocol):
    """Finds the questions that the first page offers: ``api.asking.examples.Examples``."""

    def now(self) -> tuple[str, ...]:
        """Returns the questions, () while they are being found."""

    def begin(self, after_s: float = 0.0) -> None:
        """Begins to find them in the background, after a while."""

    def close(self) -> None:
        """Stops finding."""


class NoOffers:
    """Offers nothing."""

    def now(self) -> tuple[str, ...]:
        """Returns ()."""
        return ()

    def begin(self, after_s: float = 0.0) -> None:
        """Begins nothing."""

    def close(self) -> None:
        """Stops nothing."""


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
    examples: Offers = field(default_factory=NoOffers)
    turns: Turns = field(default_factory=lambda: Turns(4, 10.0))
    """Who is looked up now, and who waits."""
    evaluator: Evaluator | None = None
    """Measures the assistant; None where nothing that does is composed in."""
    following: Following | None = None
    """The sources that this server follows; None where it follows none."""
