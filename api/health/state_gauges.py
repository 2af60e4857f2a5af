"""State of the server as gauges for Prometheus, looked at when they are asked for; the same whichever worker answers."""

from __future__ import annotations

import shutil
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from itertools import product

from prometheus_client import CollectorRegistry, Gauge, generate_latest

from assistant.model.webhooks import DeliveryState
from assistant.operations.default_contacts import default_contact_warnings
from assistant.settings import Settings

Webhooks = Mapping[tuple[str, DeliveryState], int]


@dataclass(frozen=True, slots=True)
class Served:
    """What questions are answered from."""

    generation: int
    """Number of the published generation."""
    faults: int
    """How many reasons there are not to serve it."""


def state_gauges(settings: Settings, served: Served | None, is_writable: bool, webhooks: Webhooks) -> bytes:
    """Returns what can be told of the state now, in Prometheus's text format; a gauge that cannot be told is left out.

    Args:
        settings: The settings.
        served: What questions are answered from; None where none can be.
        is_writable: Whether something can be stored.
        webhooks: How many deliveries of each webhook are in each state.
    """
    registry = CollectorRegistry()
    _gauge(registry, "assistant_ready", "1 if questions can be answered.", served is not None)
    _gauge(registry, "assistant_writable", "1 if something can be stored.", is_writable)
    if served is not None:
        _gauge(registry, "assistant_generation", "Number of the published generation.", served.generation)
        _gauge(registry, "assistant_scorecard_faults", "Reasons not to serve by the scorecard.", served.faults)
    _gauge(registry, "assistant_contacts_unset", "Contacts that are defaults.", _unset(settings))
    _gauge(registry, "assistant_contacts_overdue", "Contacts past their check_by.", _overdue(settings))
    if settings.webhooks:
        gauge = Gauge(
            "assistant_webhook_deliveries", "Deliveries of webhooks.", ("webhook", "state"), registry=registry
        )
        for name, state in product(settings.webhooks, DeliveryState):
            gauge.labels(name, state.value).set(webhooks.get((name, state), 0))
    free = _free_bytes(settings)
    if free is not None:
        _gauge(registry, "assistant_disk_free_bytes", "Free bytes of the disk of the data folder.", free)
    return generate_latest(registry)


def _gauge(registry: CollectorRegistry, name: str, meaning: str, value: float) -> None:
    Gauge(name, meaning, registry=registry).set(value)


def _unset(settings: Settings) -> int:
    return len(default_contact_warnings(settings))


def _overdue(settings: Settings) -> int:
    today = datetime.now(UTC).date()
    return sum(each.check_by is not None and each.check_by < today for each in settings.contacts)


def _free_bytes(settings: Settings) -> int | None:
    try:
        return shutil.disk_usage(settings.data).free
    except OSError:
        return None
