"""What every ``WebhookStore`` does: the fake of the tests, and the tables."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from assistant.adapters.records_sql import RecordsDatabase, SqlWebhooks
from assistant.model.webhooks import Delivery, DeliveryState, EventType
from assistant.ports import WebhookStore
from tests.fakes_webhooks import FakeWebhooks

NOW = datetime(2026, 11, 30, 9, 0, tzinfo=UTC)
LATER = NOW + timedelta(minutes=1)


def waiting(event_id: str, webhook: str = "intranet", at: datetime = NOW) -> Delivery:
    return Delivery(event_id, webhook, EventType.COVERAGE_CHANGED, '{"é":1}', at, next_at=at)


class TestWebhookStore:
    @pytest.fixture(params=["fake", "sql"])
    def store(self, request: pytest.FixtureRequest, tmp_path: Path) -> WebhookStore:
        return FakeWebhooks() if request.param == "fake" else SqlWebhooks(RecordsDatabase(tmp_path))

    def test_what_is_due_is_claimed_once_and_again_after_its_time(self, store: WebhookStore) -> None:
        store.add([waiting("b", at=NOW - timedelta(seconds=1)), waiting("a"), waiting("c", at=LATER)])
        assert [each.event_id for each in store.claim(NOW, LATER, 10)] == ["b", "a"]
        assert store.claim(NOW, LATER, 10) == ()
        assert [each.event_id for each in store.claim(LATER, LATER + timedelta(minutes=1), 2)] == ["a", "b"]

    def test_an_event_is_delivered_to_each_webhook_by_itself(self, store: WebhookStore) -> None:
        store.add([waiting("a"), waiting("a", "board")])
        first = replace(
            waiting("a"), state=DeliveryState.DELIVERED, attempts=1, next_at=None, last_at=NOW, last_result="204"
        )
        store.settle(first)
        assert store.deliveries(webhook="intranet") == (first,)
        assert store.deliveries(state=DeliveryState.WAITING) == (waiting("a", "board"),)
        assert store.counts() == {("intranet", DeliveryState.DELIVERED): 1, ("board", DeliveryState.WAITING): 1}

    def test_what_was_given_up_is_tried_again_when_told(self, store: WebhookStore) -> None:
        store.add([replace(waiting("a"), state=DeliveryState.FAILED, attempts=10, next_at=None), waiting("b", "board")])
        assert store.claim(NOW, LATER, 10) == (waiting("b", "board"),)
        assert (store.retry("intranet", NOW), store.retry("intranet", NOW)) == (1, 0)
        assert [each.attempts for each in store.claim(NOW, LATER, 10)] == [0]

    def test_the_newest_is_first_and_the_old_is_forgotten(self, store: WebhookStore) -> None:
        store.add([waiting("a"), waiting("b", at=LATER)])
        assert [each.event_id for each in store.deliveries()] == ["b", "a"]
        assert [each.event_id for each in store.deliveries(limit=1)] == ["b"]
        assert store.forget(LATER) == 1
        store.settle(waiting("a"))
        assert [each.event_id for each in store.deliveries()] == ["b"]

    def test_of_two_who_note_something_new_one_does(self, store: WebhookStore) -> None:
        assert store.noted("documents") is None
        assert store.note("documents", "1", None, [waiting("a")])
        assert not store.note("documents", "2", None, [waiting("b")])
        assert store.deliveries() == (waiting("a"),)
        assert store.note("documents", "2", "1")
        assert store.noted("documents") == "2"
