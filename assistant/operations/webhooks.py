"""Webhooks: events are stored for every program that wants them, signed, and sent until they arrive or are given up.

The signature is that of Standard Webhooks (https://www.standardwebhooks.com): HMAC-SHA256 over id, timestamp and body, joined
by full stops. A feature announces an event with ``announce``; the server sends what waits (``deliver_due``) and sees itself
when the documents change (``announce_documents``), whichever program published them.
"""

from __future__ import annotations

import base64
import hashlib
import hmac
import json
import logging
import secrets
from collections.abc import Iterator, Mapping
from contextlib import AbstractContextManager
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Protocol

from assistant.editions.access import is_open
from assistant.errors import UsageError
from assistant.model.approved import ApprovedState, ApprovedVersion
from assistant.model.coverage import CoverageRun
from assistant.model.webhooks import (
    Delivery,
    DeliveryState,
    Event,
    EventType,
    PublicEdition,
    answer_needs_you,
    coverage_changed,
    document_published,
)
from assistant.ports import ApprovedStore, CoverageStore, Snapshot, WebhookSender, WebhookStore
from assistant.ports.webhooks import Sent
from assistant.settings import Settings
from assistant.settings.webhooks import SECRET_START, WebhookSetting, secret_bytes

logger = logging.getLogger(__name__)
DELAYS_S = (5, 300, 1_800, 7_200, 18_000, 36_000, 50_400, 72_000, 86_400)
"""Seconds before each further attempt, three days in all; after the last it is given up."""
LEASE = timedelta(minutes=5)
"""How long an attempt may take before another worker makes it."""
AT_ONCE = 10
STORED = timedelta(days=30)
"""How long deliveries are stored."""
DOCUMENTS = "documents"
"""What the documents announced last are noted under."""
ANSWERS = "answers"
"""What the approved answers announced last are noted under."""
GONE = 410


class WebhookStores(Protocol):
    """The stores that webhooks need: ``assistant.bootstrap.Assistant``."""

    @property
    def settings(self) -> Settings:
        """The settings."""

    @property
    def webhook_store(self) -> WebhookStore:
        """Deliveries."""

    @property
    def coverage_store(self) -> CoverageStore:
        """Counts of coverage."""


class Sending(WebhookStores, Protocol):
    """What the server sends with: ``assistant.bootstrap.Assistant``."""

    @property
    def approved_store(self) -> ApprovedStore:
        """Approved answers."""

    @property
    def webhook_sender(self) -> WebhookSender:
        """What sends."""

    def opened(self) -> AbstractContextManager[Snapshot]:
        """Yields the current generation. Raises ``LibraryError``."""


def announce(stores: WebhookStores, event: Event) -> int:
    """Stores an event for every webhook that wants it; returns for how many. Nothing is sent yet, so it is quick.

    Raises:
        LibraryError: The records cannot be written.
    """
    waiting = waiting_of(stores, event)
    if waiting:
        stores.webhook_store.add(waiting)
    return len(waiting)


def waiting_of(stores: WebhookStores, event: Event) -> tuple[Delivery, ...]:
    """Returns the deliveries of an event, one for every webhook that wants it."""
    wanting = [name for name, each in stores.settings.webhooks.items() if event.type in each.events]
    body = body_of(event)
    return tuple(Delivery(event.event_id, name, event.type, body, event.at, next_at=event.at) for name in wanting)


def save_run(stores: WebhookStores, run: CoverageRun) -> None:
    """Saves the counts of coverage, and announces in which sections they differ from those saved before."""
    before = next(iter(stores.coverage_store.runs(scope=run.scope, limit=1)), None)
    stores.coverage_store.add_run(run)
    changed = _changed_sections(before, run) if before is not None else ()
    if changed:
        announce(stores, coverage_changed(changed, run.at))


def _changed_sections(before: CoverageRun, run: CoverageRun) -> tuple[str, ...]:
    """Returns the sections that both runs have and whose counts differ, sorted."""

    def found(counts: Mapping[str, int]) -> dict[str, int]:
        return {state: count for state, count in counts.items() if count}

    both = sorted(set(before.counts) & set(run.counts))
    return tuple(name for name in both if found(before.counts[name]) != found(run.counts[name]))


def announce_documents(stores: Sending, now: datetime) -> bool:
    """Announces which documents that everybody may see have changed since the last time; returns whether any have.

    The first time nothing is announced: what is there is noted.
    """
    with stores.opened() as snapshot:
        generation = snapshot.generation.number
        public = [each for each in snapshot.editions() if is_open(each, ())]
    editions = [PublicEdition(str(each.edition_id), each.title, each.sha256 or "") for each in public]
    seen = json.dumps({each.edition_id: each.sha256 for each in editions}, sort_keys=True)
    before = stores.webhook_store.noted(DOCUMENTS)
    if seen == before:
        return False
    if before is None:
        stores.webhook_store.note(DOCUMENTS, seen, None)
        return False
    known = json.loads(before)
    published = [each for each in editions if known.get(each.edition_id) != each.sha256]
    removed = sorted(set(known) - {each.edition_id for each in editions})
    event = document_published(generation, published, removed, now)
    return stores.webhook_store.note(DOCUMENTS, seen, before, waiting_of(stores, event))


def announce_answers(stores: Sending, now: datetime) -> int:
    """Announces approved answers that a publication has withdrawn or contradicted since the last time; returns how many.

    The first time nothing is announced. Answers that quote restricted documents are not announced.
    """
    stamp, before = stores.approved_store.stamp(), stores.webhook_store.noted(ANSWERS)
    known = None if before is None else json.loads(before)
    if known is not None and known["stamp"] == stamp:
        return 0
    waiting = {f"{each.answer_id}:{each.version}:{why}": (each.answer_id, why) for each, why in _needing(stores)}
    noted = json.dumps({"stamp": stamp, "waiting": sorted(waiting)})
    told = set(waiting) if known is None else set(known["waiting"])
    new = [answer_needs_you(*each, now) for key, each in sorted(waiting.items()) if key not in told]
    deliveries = [delivery for each in new for delivery in waiting_of(stores, each)]
    return len(new) if stores.webhook_store.note(ANSWERS, noted, before, deliveries) else 0


def _needing(stores: Sending) -> Iterator[tuple[ApprovedVersion, str]]:
    """Yields the versions that somebody has to look at, of those that everybody may see, with why."""
    for each in stores.approved_store.versions():
        if each.groups:
            continue
        if each.state is ApprovedState.WITHDRAWN and each.is_expired:
            yield each, "withdrawn"
        elif each.state is ApprovedState.LIVE and each.conflicts:
            yield each, "contradicted"


def deliver_due(stores: Sending, now: datetime) -> int:
    """Sends what is due, and stores what came of it; returns how many were sent."""
    webhooks = stores.settings.webhooks
    claimed = stores.webhook_store.claim(now, now + LEASE, AT_ONCE)
    for each in claimed:
        webhook = webhooks.get(each.webhook)
        sent = Sent(GONE, "") if webhook is None else send(stores.webhook_sender, webhook, each, datetime.now(UTC))
        settled = after_attempt(each, sent, now, is_listed=webhook is not None)
        stores.webhook_store.settle(settled)
        logger.info("webhook %s %s: %s, %s", each.webhook, each.type, settled.last_result, settled.state)
    return len(claimed)


def after_attempt(delivery: Delivery, sent: Sent, now: datetime, *, is_listed: bool = True) -> Delivery:
    """Returns a delivery after an attempt: delivered, waiting for the next, or given up."""
    attempts = delivery.attempts + 1
    result = (sent.what or str(sent.status)) if is_listed else "the settings do not name it any more"
    tried = replace(delivery, attempts=attempts, last_at=now, last_result=result, next_at=None)
    if is_listed and sent.status is not None and 200 <= sent.status < 300:
        return replace(tried, state=DeliveryState.DELIVERED)
    if sent.status == GONE or attempts > len(DELAYS_S):
        return replace(tried, state=DeliveryState.FAILED)
    wait = max(DELAYS_S[attempts - 1], sent.retry_after_s or 0)
    return replace(tried, next_at=now + timedelta(seconds=wait))


def send(sender: WebhookSender, webhook: WebhookSetting, delivery: Delivery, at: datetime) -> Sent:
    """Returns what came of one attempt, signed with the time at which it is made."""
    body = delivery.body.encode()
    headers = signed_headers(webhook, delivery.event_id, int(at.timestamp()), body)
    return sender.send(webhook.url, headers, body, private=webhook.private)


def signed_headers(webhook: WebhookSetting, event_id: str, timestamp: int, body: bytes) -> dict[str, str]:
    """Returns the headers of Standard Webhooks; while a secret is being replaced, both sign."""
    keys = (webhook.secret, *((webhook.old_secret,) if webhook.old_secret else ()))
    signatures = " ".join(signature(secret_bytes(each), event_id, timestamp, body) for each in keys)
    return {"webhook-id": event_id, "webhook-timestamp": str(timestamp), "webhook-signature": signatures}


def signature(key: bytes, event_id: str, timestamp: int, body: bytes) -> str:
    """Returns a signature as it stands in the header.

    Source: https://github.com/standard-webhooks/standard-webhooks/blob/main/spec/standard-webhooks.md
    """
    signed = b".".join((event_id.encode(), str(timestamp).encode(), body))
    return f"v1,{base64.b64encode(hmac.new(key, signed, hashlib.sha256).digest()).decode()}"


def body_of(event: Event) -> str:
    """Returns what is sent of an event, JSON; the same bytes at every attempt."""
    values: Mapping[str, object] = {
        "type": event.type.value,
        "timestamp": event.at.isoformat(),
        "data": dict(event.data),
    }
    return json.dumps(values, ensure_ascii=False, separators=(",", ":"))


def tried_out(stores: Sending, name: str, now: datetime) -> Sent:
    """Returns what came of an event of no meaning, sent at once and not stored. Raises ``UsageError`` for an unknown name."""
    webhook = named(stores, name)
    event = Event(EventType.TEST, now, {"webhook": name})
    delivery = Delivery(event.event_id, name, event.type, body_of(event), now)
    return send(stores.webhook_sender, webhook, delivery, now)


def named(stores: WebhookStores, name: str) -> WebhookSetting:
    """Returns a webhook of the settings. Raises ``UsageError`` where none has that name."""
    webhook = stores.settings.webhooks.get(name)
    if webhook is None:
        known = ", ".join(sorted(stores.settings.webhooks)) or "none"
        raise UsageError(f"{name}: the settings name no such webhook. Webhooks: {known}.")
    return webhook


def new_secret() -> str:
    """Returns a new secret."""
    return SECRET_START + base64.b64encode(secrets.token_bytes(32)).decode()
