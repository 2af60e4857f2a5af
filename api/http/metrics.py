"""Metrics for Prometheus, and for OpenTelemetry where that is on: counts and seconds, never a word, a name or an id."""

from __future__ import annotations

from prometheus_client import CollectorRegistry, Counter, Histogram, generate_latest
from prometheus_client.multiprocess import MultiProcessCollector
from starlette.types import Scope

from assistant.outcomes.view import OutcomeView, RefusedView
from assistant.ports import NO_TELEMETRY, Telemetry, TelemetryId

CONTENT_TYPE = "text/plain; version=0.0.4; charset=utf-8"
METHODS = frozenset({"GET", "HEAD", "POST", "PUT", "DELETE", "OPTIONS", "PATCH"})
OTHER = "_OTHER"
"""What OpenTelemetry's conventions call any other method: a caller may write any word there."""
SECONDS = (0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 5.0, 10.0, 30.0)


def known_method(method: str) -> str:
    """Returns a method of HTTP, ``OTHER`` for any other word."""
    return method if method in METHODS else OTHER


def route_of(scope: Scope) -> str:
    """Returns the pattern of the route that took a request, "other" where none did; never the address."""
    return str(getattr(scope.get("route"), "path", "other"))


class Metrics:
    """Counters of one worker; with several, ``PROMETHEUS_MULTIPROC_DIR`` combines them (``assistant serve``)."""

    def __init__(self, telemetry: Telemetry = NO_TELEMETRY) -> None:
        self._telemetry = telemetry
        self._registry = CollectorRegistry()
        self._asks = Counter("assistant_asks", "Questions by outcome.", ["outcome", "reason"], registry=self._registry)
        self._ask_seconds = Histogram(
            "assistant_ask_seconds", "Seconds a question took.", registry=self._registry, buckets=SECONDS
        )
        self._stage_seconds = Histogram(
            "assistant_stage_seconds", "Seconds a stage took.", ["stage"], registry=self._registry, buckets=SECONDS
        )
        self._stopped = Counter("assistant_asks_stopped", "Questions whose asker left.", registry=self._registry)
        self._requests = Counter(
            "assistant_requests", "Requests by route.", ["method", "route", "status"], registry=self._registry
        )

    def count_question(self, outcome: OutcomeView, seconds: float) -> None:
        """Counts a question by its outcome."""
        reason = outcome.reason.value if isinstance(outcome, RefusedView) else ""
        self._asks.labels(outcome.outcome, reason).inc()
        self._ask_seconds.observe(seconds)
        for name, spent in outcome.trace.stages.items():
            self._stage_seconds.labels(name).observe(spent)
            self._telemetry.measure(TelemetryId("assistant.stage.duration"), spent, stage=TelemetryId(name))
        told = {"outcome": TelemetryId(outcome.outcome), **({"reason": TelemetryId(reason)} if reason else {})}
        self._telemetry.count(TelemetryId("assistant.asks"), **told)
        self._telemetry.measure(TelemetryId("assistant.ask.duration"), seconds, **told)

    def count_stopped(self) -> None:
        """Counts a question whose asker disconnected before its outcome."""
        self._stopped.inc()
        self._telemetry.count(TelemetryId("assistant.asks.stopped"))

    def count_request(self, method: str, route: str, status: int) -> None:
        """Counts a request; ``route`` is the pattern, never the path."""
        method = known_method(method)
        self._requests.labels(method, route, str(status)).inc()
        told = {"method": TelemetryId(method), "route": TelemetryId(route)}
        self._telemetry.count(TelemetryId("assistant.requests"), status=status, **told)

    def text(self) -> bytes:
        """Returns the counts of all workers in Prometheus's text format."""
        combined = CollectorRegistry()
        try:
            MultiProcessCollector(combined)  # type: ignore[no-untyped-call]
        except ValueError:
            return generate_latest(self._registry)
        return generate_latest(combined)
