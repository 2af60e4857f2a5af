"""What webhooks need from outside, as Protocols: a store that survives a restart, and what sends."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from assistant.model.webhooks import Delivery, DeliveryState


class WebhookStore(Protocol):
    """Deliveries, and what was announced last; a call that has returned survives a crash."""

    def add(self, deliveries: Sequence[Delivery]) -> None:
        """Stores deliveries that wait."""

    def claim(self, now: datetime, until: datetime, limit: int) -> tuple[Delivery, ...]:
        """Returns deliveries that are due, the longest due first, each for this caller alone until a time.

        Two callers never get the same one; one whose caller is gone is due again after that time.
        """

    def settle(self, delivery: Delivery) -> None:
        """Stores what an attempt came to; a delivery that is gone meanwhile stays gone."""

    def deliveries(
        self, *, webhook: str | None = None, state: DeliveryState | None = None, limit: int = 100
    ) -> tuple[Delivery, ...]:
        """Returns deliveries, the newest first."""

    def counts(self) -> Mapping[tuple[str, DeliveryState], int]:
        """Returns how many deliveries of each webhook are in each state; {} for none."""

    def retry(self, webhook: str, now: datetime) -> int:
        """Has every delivery of a webhook that was given up tried again; returns how many."""

    def forget(self, before: datetime) -> int:
        """Removes deliveries made before a time; returns how many."""

    def noted(self, name: str) -> str | None:
        """Returns what is noted under a name; None for nothing."""

    def note(self, name: str, value: str, before: str | None, deliveries: Sequence[Delivery] = ()) -> bool:
        """Notes a value in place of another (None: where there is none), and stores deliveries, both or neither.

        Returns False, and changes nothing, where it is another by now.
        """


@dataclass(frozen=True, slots=True)
class Sent:
    """What an attempt came to."""

    status: int | None
    """HTTP status; None where there was no response."""
    what: str = ""
    """Why there was none, in a few words."""
    retry_after_s: float | None = None
    """How long the receiver wants to be left alone."""


class WebhookSender(Protocol):
    """Sends one request to a listed address."""

    def send(self, url: str, headers: Mapping[str, str], body: bytes, *, private: bool) -> Sent:
        """Returns what came of a POST, whose redirects are not followed; raises nothing for what a receiver does.

        Args:
            url: Where to.
            headers: Besides those of every request.
            body: JSON.
            private: Whether the address may be in a private network or on this machine.
        """
