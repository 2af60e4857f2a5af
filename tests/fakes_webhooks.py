"""Webhooks in memory: a store, and a sender that says what it is told to say."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime

from assistant.model.webhooks import Delivery, DeliveryState
from assistant.ports.webhooks import Sent


class FakeWebhooks:
    """The ``WebhookStore`` port over a dict."""

    def __init__(self) -> None:
        self.held: dict[tuple[str, str], Delivery] = {}
        self.notes: dict[str, str] = {}

    def add(self, deliveries: Sequence[Delivery]) -> None:
        self.held |= {(each.event_id, each.webhook): each for each in deliveries}

    def claim(self, now: datetime, until: datetime, limit: int) -> tuple[Delivery, ...]:
        due = [
            each
            for each in self.held.values()
            if each.state == DeliveryState.WAITING and each.next_at and each.next_at <= now
        ]
        found = sorted(due, key=lambda each: (each.next_at, each.event_id, each.webhook))[:limit]
        self.add([replace(each, next_at=until) for each in found])
        return tuple(found)

    def settle(self, delivery: Delivery) -> None:
        if (delivery.event_id, delivery.webhook) in self.held:
            self.add([delivery])

    def deliveries(
        self, *, webhook: str | None = None, state: DeliveryState | None = None, limit: int = 100
    ) -> tuple[Delivery, ...]:
        found = [each for each in self.held.values() if webhook in (None, each.webhook) and state in (None, each.state)]
        return tuple(sorted(found, key=lambda each: (-each.created.timestamp(), each.event_id, each.webhook))[:limit])

    def counts(self) -> Mapping[tuple[str, DeliveryState], int]:
        return Counter((each.webhook, each.state) for each in self.held.values())

    def retry(self, webhook: str, now: datetime) -> int:
        failed = self.deliveries(webhook=webhook, state=DeliveryState.FAILED)
        self.add([replace(each, state=DeliveryState.WAITING, attempts=0, next_at=now) for each in failed])
        return len(failed)

    def forget(self, before: datetime) -> int:
        gone = [key for key, each in self.held.items() if each.created < before]
        for key in gone:
            del self.held[key]
        return len(gone)

    def noted(self, name: str) -> str | None:
        return self.notes.get(name)

    def note(self, name: str, value: str, before: str | None, deliveries: Sequence[Delivery] = ()) -> bool:
        if self.notes.get(name) != before:
            return False
        self.notes[name] = value
        self.add(deliveries)
        return True


@dataclass
class FakeSender:
    """The ``WebhookSender`` port: what it answers in turn, the last for ever."""

    answers: list[Sent]
    sent: list[tuple[str, Mapping[str, str], bytes, bool]] = field(default_factory=list)

    def send(self, url: str, headers: Mapping[str, str], body: bytes, *, private: bool) -> Sent:
        self.sent.append((url, headers, body, private))
        return self.answers.pop(0) if len(self.answers) > 1 else self.answers[0]
