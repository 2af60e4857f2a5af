"""What other programs are told by webhooks, and how far that has come. No word of a question is ever part of it."""

from __future__ import annotations

import uuid
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum

MOST_NAMED = 50
"""Editions that one event names; more are counted."""
Data = Mapping[str, object]


class EventType(StrEnum):
    """What has happened."""

    DOCUMENT_PUBLISHED = "document.published"
    """The documents that everybody may see have changed."""
    ANSWER_NEEDS_YOU = "answer.needs_you"
    """Somebody has to look at an approved answer."""
    COVERAGE_CHANGED = "coverage.changed"
    """The counts of the coverage report differ from those saved before."""
    TEST = "webhook.test"
    """Somebody tries a webhook out."""


class DeliveryState(StrEnum):
    """How far a delivery has come."""

    WAITING = "waiting"
    DELIVERED = "delivered"
    FAILED = "failed"
    """Given up."""


@dataclass(frozen=True, slots=True)
class Event:
    """Something that has happened, in ids, counts and names that everybody may know."""

    type: EventType
    at: datetime
    data: Data = field(default_factory=dict)
    event_id: str = field(default_factory=lambda: f"msg_{uuid.uuid4().hex}")
    """The same at every attempt, so that a receiver can tell a repetition."""


@dataclass(frozen=True, slots=True)
class Delivery:
    """One event on its way to one address."""

    event_id: str
    webhook: str
    """Name of the webhook in the settings."""
    type: EventType
    body: str
    """What is sent, JSON."""
    created: datetime
    state: DeliveryState = DeliveryState.WAITING
    attempts: int = 0
    next_at: datetime | None = None
    """When it is tried next; None where it is not tried again."""
    last_at: datetime | None = None
    last_result: str = ""
    """What the last attempt came to, such as "204" or "no connection"."""


@dataclass(frozen=True, slots=True)
class PublicEdition:
    """An edition that everybody may see."""

    edition_id: str
    title: str
    sha256: str
    """Of its file."""


def document_published(
    generation: int, published: Sequence[PublicEdition], removed: Sequence[str], at: datetime
) -> Event:
    """Returns the event of editions that are new or changed, and of those that are gone."""
    named = [{"edition_id": each.edition_id, "title": each.title} for each in published[:MOST_NAMED]]
    data = {
        "generation": generation,
        "published": named,
        "removed": list(removed[:MOST_NAMED]),
        "published_count": len(published),
        "removed_count": len(removed),
    }
    return Event(EventType.DOCUMENT_PUBLISHED, at, data)


def coverage_changed(sections: Sequence[str], at: datetime) -> Event:
    """Returns the event of coverage whose counts have changed, by the sections; how much is told to those who may see it."""
    return Event(EventType.COVERAGE_CHANGED, at, {"sections": list(sections)})


def answer_needs_you(answer_id: str, why: str, at: datetime) -> Event:
    """Returns the event of an approved answer that somebody has to look at.

    Args:
        answer_id: Its id; never its words.
        why: A fixed word, such as "withdrawn".
        at: When that came to be.
    """
    return Event(EventType.ANSWER_NEEDS_YOU, at, {"answer_id": answer_id, "why": why})
