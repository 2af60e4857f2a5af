"""Webhooks of a data folder: what changes is announced, sent over restarts, signed, and shown to the operator."""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from fastapi.testclient import TestClient
from pydantic import SecretStr
from typer.testing import CliRunner

from api.app import create_app
from api.health.webhooks import tick
from assistant.bootstrap import Assistant
from assistant.cli.app import app as commands
from assistant.coverage.report import coverage_run, make_section
from assistant.model.coverage import CoverageRun
from assistant.operations.webhooks import deliver_due, save_run, signature
from assistant.settings import Settings
from assistant.settings.webhooks import secret_bytes
from ingest.build import ingest
from tests.api.conftest import QUESTION, Served
from tests.libraries import folder_copied
from tests.receiver import Receiver, receiving

SECRET = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw"


@pytest.fixture
def receiver() -> Iterator[Receiver]:
    with receiving() as found:
        yield found


@pytest.fixture
def announcing(served: Served, own_data: Path, receiver: Receiver, tmp_path: Path) -> Assistant:
    """Returns an assistant over a copy of the library that tells the receiver."""
    data = folder_copied(own_data, tmp_path / "data", left_out="records.sqlite*")
    hook = {"url": receiver.address, "secret": SECRET, "private": True}
    return reopened(Assistant(Settings.model_validate({"data": data, "webhooks": {"intranet": hook}})), served)


def reopened(assistant: Assistant, served: Served) -> Assistant:
    """Returns an assistant over the same folder, as after a restart."""
    other = Assistant(assistant.settings)
    other.embedder = served.assistant.embedder  # loaded once
    return other


def test_a_document_published_by_any_program_is_announced_and_arrives_after_a_restart(
    announcing: Assistant, served: Served, receiver: Receiver, tmp_path: Path
) -> None:
    tick(announcing)
    assert receiver.received == []
    (tmp_path / "lockers.md").write_text("# Lockers\n\nStaff must empty every blue locker within nine days.\n")
    ingest((tmp_path / "lockers.md",), announcing.library, announcing.embedder, announcing.settings)
    receiver.status, receiver.headers = 307, {"Location": receiver.address}
    tick(announcing)
    assert len(receiver.received) == 1
    receiver.status = 204
    deliver_due(reopened(announcing, served), datetime.now(UTC) + timedelta(seconds=6))
    (first, again) = receiver.received
    assert first[0]["webhook-id"] == again[0]["webhook-id"]
    headers, body = again
    stamp = int(headers["webhook-timestamp"])
    assert headers["webhook-signature"] == signature(
        secret_bytes(SecretStr(SECRET)), headers["webhook-id"], stamp, body
    )
    told = json.loads(body)
    assert told["type"] == "document.published"
    assert [each["edition_id"] for each in told["data"]["published"]] == ["lockers"]
    assert "locker within nine days" not in body.decode()


def test_coverage_is_announced_when_its_counts_change_by_the_names_of_its_sections(
    announcing: Assistant, receiver: Receiver
) -> None:
    with announcing.opened() as snapshot:
        view = announcing.library_view(snapshot, ())
        sections = [make_section("currency", view, announcing.probe_context())]
        run = coverage_run(sections, view, datetime.now(UTC))
    announcing.coverage_store.add_run(CoverageRun(run.at, run.fingerprint, {"currency": {"invented": 3}}, run.scope))
    save_run(announcing, run)
    save_run(announcing, run)
    tick(announcing)
    (told,) = (json.loads(body) for _, body in receiver.received)
    assert (told["type"], told["data"]) == ("coverage.changed", {"sections": ["currency"]})


def test_no_question_is_ever_part_of_a_webhook(announcing: Assistant, receiver: Receiver) -> None:
    with TestClient(create_app(announcing), base_url="http://127.0.0.1:8000") as client:
        assert client.post("/v1/ask", json={"question": QUESTION}).status_code == 200
        tick(announcing)
        assert receiver.received == []
        assert 'assistant_webhook_deliveries{state="waiting",webhook="intranet"} 0.0' in client.get("/metrics").text


def test_the_operator_sees_tries_and_repeats_them(announcing: Assistant, receiver: Receiver, tmp_path: Path) -> None:
    file = tmp_path / "settings.toml"
    file.write_text(f'[webhooks.intranet]\nurl = "{receiver.address}"\nsecret = "{SECRET}"\nprivate = true\n')

    def said(*words: str) -> tuple[int, str]:
        options = ["--settings", str(file), "--data", str(announcing.settings.data)]
        done = CliRunner().invoke(commands, ["webhooks", *words, *options], standalone_mode=False)
        assert done.exception is None, done.exception
        return int(done.return_value or 0), done.output

    assert said("test", "intranet") == (0, "intranet: arrived (204)\n")
    assert json.loads(receiver.received[0][1])["type"] == "webhook.test"
    receiver.status = 410
    assert said("test", "intranet") == (1, "intranet: not taken (410)\n")
    assert said("deliveries") == (0, "no deliveries\n")
    for count in (3, 0):
        save_run(announcing, CoverageRun(datetime.now(UTC), "f", {"currency": {"invented": count}}, ""))
    tick(announcing)
    assert "coverage.changed  failed (1 attempt, 410)" in said("deliveries", "--state", "failed")[1]
    assert (
        "127.0.0.1: document.published, answer.needs_you, coverage.changed\n  0 waiting, 0 delivered, 1 given up"
        in said("list")[1]
    )
    assert said("retry", "intranet")[1] == "intranet: 1 event will be sent again\n"
    assert json.loads(said("list", "--json")[1])[0]["waiting"] == 1
    assert SECRET not in said("list", "--json")[1]
