"""Webhooks: signatures, attempts, addresses that are never connected to, and events without anybody's words."""

from __future__ import annotations

import json
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from types import SimpleNamespace
from typing import Any

import pytest
from pydantic import SecretStr, ValidationError

from assistant.adapters.webhooks.http_sender import HttpSender, is_open
from assistant.errors import UsageError
from assistant.model import Edition, EditionId, Kind
from assistant.model.approved import ApprovedState, ApprovedVersion
from assistant.model.webhooks import Delivery, DeliveryState, EventType, answer_needs_you, coverage_changed
from assistant.operations import webhooks
from assistant.ports.webhooks import Sent
from assistant.settings import Settings
from assistant.settings.file import load_settings
from assistant.settings.table import settings_page
from assistant.settings.webhooks import WebhookSetting, secret_bytes
from tests.fakes_webhooks import FakeSender, FakeWebhooks

NOW = datetime(2026, 11, 30, 9, 0, tzinfo=UTC)
SECRET = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw"
"""Of the specification's own example."""
URL = "https://intranet.example.org/hook?code=hidden"


@dataclass
class Stores:
    settings: Settings
    webhook_store: FakeWebhooks = field(default_factory=FakeWebhooks)
    webhook_sender: FakeSender = field(default_factory=lambda: FakeSender([Sent(204)]))
    coverage_store: Any = None
    approved_store: Any = None
    editions: list[Any] = field(default_factory=list)

    @contextmanager
    def opened(self) -> Iterator[Any]:
        yield SimpleNamespace(generation=SimpleNamespace(number=7), editions=lambda: self.editions)


def stores(**changes: object) -> Stores:
    hook = {"url": URL, "secret": SECRET, **changes}
    return Stores(Settings.model_validate({"webhooks": {"intranet": hook}}))


def edition(name: str, sha256: str = "1", groups: tuple[str, ...] = ()) -> Edition:
    return Edition(EditionId(name), name, f"Title of {name}", Kind.POLICY, sha256=sha256, groups=groups)


def test_the_signature_is_that_of_the_specifications_example() -> None:
    signed = webhooks.signature(
        secret_bytes(SecretStr(SECRET)), "msg_p5jXN8AQM9LWM0D4loKWxJek", 1614265330, b'{"test": 2432232314}'
    )
    assert signed == "v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE="


def test_a_request_is_signed_anew_with_its_time_and_by_both_secrets_while_one_is_replaced() -> None:
    world = stores(old_secret=webhooks.new_secret())
    webhooks.announce(world, coverage_changed(["duties"], NOW))
    world.webhook_sender.answers = [Sent(500), Sent(204)]
    webhooks.deliver_due(world, NOW)
    webhooks.deliver_due(world, NOW + timedelta(seconds=5))
    (first, again) = world.webhook_sender.sent
    assert first[1]["webhook-id"] == again[1]["webhook-id"]
    assert (
        first[2]
        == again[2]
        == b'{"type":"coverage.changed","timestamp":"2026-11-30T09:00:00+00:00","data":{"sections":["duties"]}}'
    )
    assert len(first[1]["webhook-signature"].split(" ")) == 2
    (delivery,) = world.webhook_store.deliveries()
    assert (delivery.state, delivery.attempts, delivery.last_result) == (DeliveryState.DELIVERED, 2, "204")


def test_it_is_tried_ten_times_over_three_days_and_then_given_up() -> None:
    delivery = Delivery("a", "intranet", EventType.TEST, "{}", NOW, next_at=NOW)
    at, waits = NOW, []
    while delivery.next_at is not None:
        at = delivery.next_at
        delivery = webhooks.after_attempt(delivery, Sent(None, "no connection"), at)
        waits.append(delivery.next_at - at if delivery.next_at else None)
    assert len(waits) == 10
    assert waits[0] == timedelta(seconds=5)
    assert timedelta(days=3) < at - NOW < timedelta(days=4)
    assert (delivery.state, delivery.last_result) == (DeliveryState.FAILED, "no connection")


@pytest.mark.parametrize(
    ("sent", "state", "wait_s"),
    [(Sent(200), DeliveryState.DELIVERED, None), (Sent(302), DeliveryState.WAITING, 5), (Sent(410), DeliveryState.FAILED, None),
     (Sent(429, retry_after_s=90), DeliveryState.WAITING, 90), (Sent(503, retry_after_s=1), DeliveryState.WAITING, 5)],
)  # fmt: skip
def test_what_a_receiver_says_counts(sent: Sent, state: DeliveryState, wait_s: float | None) -> None:
    tried = webhooks.after_attempt(Delivery("a", "b", EventType.TEST, "{}", NOW, next_at=NOW), sent, NOW)
    assert tried.state == state
    assert (tried.next_at - NOW).total_seconds() == wait_s if tried.next_at else wait_s is None


def test_a_webhook_that_the_settings_do_not_name_any_more_gets_nothing() -> None:
    world = stores()
    webhooks.announce(world, answer_needs_you("a-1", "withdrawn", NOW))
    gone = Stores(Settings(), world.webhook_store)
    webhooks.deliver_due(gone, NOW)
    assert gone.webhook_sender.sent == []
    assert gone.webhook_store.deliveries()[0].state == DeliveryState.FAILED


def test_only_wanted_events_are_stored() -> None:
    world = stores(events=["answer.needs_you"])
    assert webhooks.announce(world, coverage_changed(["duties"], NOW)) == 0
    assert webhooks.announce(world, answer_needs_you("a-1", "withdrawn", NOW)) == 1


def test_documents_are_announced_once_by_whoever_published_them_and_restricted_ones_never() -> None:
    world = stores()
    world.editions = [edition("gates"), edition("board-only", groups=("board",))]
    assert not webhooks.announce_documents(world, NOW)
    world.editions = [edition("gates"), edition("board-only", "2", ("board",)), edition("secret", groups=("board",))]
    assert not webhooks.announce_documents(world, NOW)
    world.editions = [edition("gates", "2"), edition("lockers"), edition("secret", groups=("board",))]
    assert webhooks.announce_documents(world, NOW)
    assert not webhooks.announce_documents(world, NOW)
    (delivery,) = world.webhook_store.deliveries()
    assert '"published":[{"edition_id":"gates"' in delivery.body
    assert "lockers" in delivery.body
    assert "board" not in delivery.body
    assert "secret" not in delivery.body


def test_an_approved_answer_that_was_withdrawn_or_contradicted_is_announced_once_by_its_id() -> None:
    def version(name: str, state: ApprovedState, **more: Any) -> ApprovedVersion:
        return ApprovedVersion(name, 1, state, None, "ann", NOW, **more)  # type: ignore[arg-type]

    world, held = stores(), [version("a", ApprovedState.WITHDRAWN, is_expired=True, reason="“Secret” was replaced")]
    world.approved_store = SimpleNamespace(stamp=lambda: len(held), versions=lambda: tuple(held))
    assert webhooks.announce_answers(world, NOW) == 0
    held += [
        version("b", ApprovedState.WITHDRAWN, is_expired=True),
        version("c", ApprovedState.WITHDRAWN),
        version("d", ApprovedState.LIVE, conflicts=("The law says otherwise.",)),
        version("e", ApprovedState.WITHDRAWN, is_expired=True, groups=(("board",),)),
    ]
    assert (webhooks.announce_answers(world, NOW), webhooks.announce_answers(world, NOW)) == (2, 0)
    told = [json.loads(each.body)["data"] for each in world.webhook_store.deliveries()]
    assert sorted(each["answer_id"] + " " + each["why"] for each in told) == ["b withdrawn", "d contradicted"]


@pytest.mark.parametrize(
    "address",
    ["127.0.0.1", "10.0.0.8", "192.168.1.1", "172.16.0.1", "169.254.169.254", "100.64.0.1", "0.0.0.0", "224.0.0.1", "::1", "fd00::1",
     "fe80::1%eth0", "::ffff:127.0.0.1", "64:ff9b::7f00:1", "2002:7f00:1::"],
)  # fmt: skip
def test_no_private_address_is_connected_to_unless_that_is_set(address: str) -> None:
    sender = HttpSender(lambda host, port: ("93.184.215.14", address))
    sent = sender.send(URL, {}, b"{}", private=False)
    assert sent == Sent(None, "the address is not public: set private = true if it may be")


def test_public_addresses_are_public() -> None:
    assert is_open("93.184.215.14")
    assert is_open("2606:2800:21f:cb07:6820:80da:af6b:8b2c")


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"url": "http://intranet.example.org"}, "https address"),
        ({"url": "https://user:word@intranet.example.org"}, "without user"),
        ({"url": "file:///etc/passwd", "private": True}, "https address"),
        ({"secret": "whsec_c2hvcnQ="}, "24 to 64 bytes"),
        ({"secret": "plain"}, "whsec_"),
        ({"events": ["webhook.test"]}, "events are some of"),
        ({"events": []}, "events are some of"),
    ],
)
def test_a_setting_that_is_not_safe_is_refused(changes: dict[str, object], said: str) -> None:
    with pytest.raises(ValidationError, match=said):
        WebhookSetting.model_validate({"url": URL, "secret": SECRET, **changes})


def test_the_secret_may_be_a_file_of_its_own_or_a_variable(tmp_path: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    file = tmp_path / "settings.toml"
    file.write_text(f'[webhooks.intranet]\nurl = "{URL}"\nsecret = "{webhooks.new_secret()}"\n')
    monkeypatch.setenv("ASSISTANT_WEBHOOKS__INTRANET__SECRET", SECRET)
    assert load_settings(file).webhooks["intranet"].secret.get_secret_value() == SECRET
    monkeypatch.delenv("ASSISTANT_WEBHOOKS__INTRANET__SECRET")
    file.write_text(f'[webhooks.intranet]\nurl = "{URL}"\n')
    (tmp_path / "secrets").mkdir()
    (tmp_path / "secrets" / "webhooks__intranet__secret").write_text(SECRET)
    monkeypatch.setenv("ASSISTANT_SECRETS", str(tmp_path / "secrets"))
    assert load_settings(file).webhooks["intranet"].secret.get_secret_value() == SECRET
    assert "[webhooks.NAME]" in settings_page()


def test_an_unknown_name_is_told_with_those_there_are() -> None:
    with pytest.raises(UsageError, match="Webhooks: intranet"):
        webhooks.tried_out(stores(), "intrant", NOW)
    assert webhooks.tried_out(stores(), "intranet", NOW) == Sent(204)
