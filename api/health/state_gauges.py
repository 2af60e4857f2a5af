"""State of the server as gauges for Prometheus, looked at when they are asked for; the same whichever worker answers."""

from __future__ import annotations

import shutil
from datetime import UTC, datetime

from prometheus_client import CollectorRegistry, Gauge, generate_latest

from api.health.readiness import serving_faults
from assistant.bootstrap import Assistant
from assistant.errors import AssistantError
from assistant.operations.default_contacts import default_contact_warnings
from assistant.settings import Settings


def state_gauges(assistant: Assistant) -> bytes:
    """Returns what can be told of the state now, in Prometheus's text format; a gauge that cannot be told is left out."""
    registry = CollectorRegistry()
    generation, faults = _library(assistant)
    _gauge(registry, "assistant_ready", "1 if questions can be answered.", generation is not None)
    _gauge(registry, "assistant_writable", "1 if something can be stored.", assistant.is_writable)
    if generation is not None:
        _gauge(registry, "assistant_generation", "Number of the published generation.", generation)
        _gauge(registry, "assistant_scorecard_faults", "Reasons not to serve by the scorecard.", faults)
    _gauge(registry, "assistant_contacts_unset", "Contacts that are defaults.", _unset(assistant.settings))
    _gauge(registry, "assistant_contacts_overdue", "Contacts past their check_by.", _overdue(assistant.settings))
    free = _free_bytes(assistant.settings)
    if free is not None:
        _gauge(registry, "assistant_disk_free_bytes", "Free bytes of the disk of the data folder.", free)
    return generate_latest(registry)


def _gauge(registry: CollectorRegistry, name: str, meaning: str, value: float) -> None:
    Gauge(name, meaning, registry=registry).set(value)


def _library(assistant: Assistant) -> tuple[int | None, int]:
    """Returns the number of the generation, None where no question can be answered, and the number of faults."""
    try:
        with assistant.opened() as snapshot:
            return snapshot.generation.number, len(serving_faults(snapshot, assistant.resources))
    except AssistantError:
        return None, 0


def _unset(settings: Settings) -> int:
    return len(default_contact_warnings(settings))


def _overdue(settings: Settings) -> int:
    today = datetime.now(UTC).date()
    contacts = (settings.contact, *settings.card.contacts, *settings.card_today.contacts)
    return sum(each.check_by is not None and each.check_by < today for each in contacts)


def _free_bytes(settings: Settings) -> int | None:
    try:
        return shutil.disk_usage(settings.data).free
    except OSError:
        return None
