"""Traces and metrics as a port: what the program tells an operator's monitoring, in numbers, enums and ids alone."""

from __future__ import annotations

from collections.abc import Mapping
from contextlib import AbstractContextManager, nullcontext
from enum import StrEnum
from typing import NewType, Protocol

TelemetryId = NewType("TelemetryId", str)
"""A name that the program itself gave: a route's pattern, a step, a fingerprint; never words of people or of documents."""
Fact = bool | int | float | StrEnum | TelemetryId


class Span(Protocol):
    """A stretch of work that is being timed."""

    def tell(self, **facts: Fact) -> None:
        """Adds facts; words of questions, names of files and of people are none."""

    def rename(self, name: TelemetryId) -> None:
        """Gives it another name, where that is known only afterwards."""


class Telemetry(Protocol):
    """Where spans and measurements go."""

    def span(
        self, name: TelemetryId, parent: Mapping[str, str] | None = None, **facts: Fact
    ) -> AbstractContextManager[Span]:
        """Returns a span around some work, below the one that is open; of an exception it tells the type alone.

        Args:
            name: Name of the work.
            parent: Headers of a caller, whose W3C ``traceparent`` it continues; None for work of our own.
            facts: Facts known at its start.
        """

    def count(self, name: TelemetryId, **facts: Fact) -> None:
        """Adds one to a counter."""

    def measure(self, name: TelemetryId, seconds: float, **facts: Fact) -> None:
        """Adds a length of time to a histogram."""

    def close(self) -> None:
        """Sends what is waiting, for a few seconds at most."""


class NoSpan:
    """Tells nobody anything."""

    def tell(self, **facts: Fact) -> None:
        """Does nothing."""

    def rename(self, name: TelemetryId) -> None:
        """Does nothing."""


class NoTelemetry:
    """Sends nothing: the default."""

    def span(
        self, name: TelemetryId, parent: Mapping[str, str] | None = None, **facts: Fact
    ) -> AbstractContextManager[Span]:
        """Returns a context that does nothing."""
        return NOTHING

    def count(self, name: TelemetryId, **facts: Fact) -> None:
        """Does nothing."""

    def measure(self, name: TelemetryId, seconds: float, **facts: Fact) -> None:
        """Does nothing."""

    def close(self) -> None:
        """Does nothing."""


NOTHING: AbstractContextManager[Span] = nullcontext(NoSpan())
NO_TELEMETRY = NoTelemetry()
