"""What every request of a worker shares."""

from __future__ import annotations

from dataclasses import dataclass
from ipaddress import ip_address
from typing import Protocol

from fastapi import Request

from api.metrics import Metrics
from assistant.bootstrap import Assistant
from assistant.errors import ConfigurationError
from assistant.model.people import Asker, Role
from assistant.ports import Publisher
from assistant.settings import Settings


class Gate(Protocol):
    """Says who asks: ``api.access.guard.Guard``."""

    def asker(self, request: Request) -> Asker:
        """Returns who makes a request. Raises ``Problem`` (401) where that is not known."""

    def count_ask(self, request: Request, asker: Asker) -> None:
        """Counts a question. Raises ``Problem`` (429, Retry-After) where there were too many."""


class OpenGate:
    """One local user with every role."""

    def asker(self, request: Request) -> Asker:
        """Returns the local user."""
        return Asker("local", "Local user", frozenset(Role))

    def count_ask(self, request: Request, asker: Asker) -> None:
        """Counts nothing."""


def check_open(settings: Settings, host: str) -> None:
    """Raises ``ConfigurationError`` where more than one local user could come in: ``OpenGate`` keeps nobody out."""
    if settings.access.keys or settings.access.oidc is not None:
        raise ConfigurationError("access: keys and sign-in are not built in here. Remove them and serve on 127.0.0.1.")
    if host != "localhost" and not _is_loopback(host):
        raise ConfigurationError(f"{host}: not loopback, and no access is configured. Serve on 127.0.0.1.")


def _is_loopback(host: str) -> bool:
    try:
        return ip_address(host).is_loopback
    except ValueError:
        return False


@dataclass(frozen=True, slots=True)
class State:
    """One worker's assistant and what stands around it."""

    assistant: Assistant
    publisher: Publisher | None
    guard: Gate
    metrics: Metrics
    host: str = "127.0.0.1"
    """Address that the server listens at."""
