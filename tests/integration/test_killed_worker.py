"""A worker is killed under load: what was acknowledged is kept, nothing is kept by half, the server goes on."""

from __future__ import annotations

import json
import os
import signal
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import httpx
import pytest

from evals.bench.running_server import RunningServer, running_server
from tests.data_folders import DataFolders

QUESTION = "How long may an assessment take?"
ASKERS = 6
pytestmark = pytest.mark.slow


class Askers:
    """People who ask, follow up and give feedback, one after another, and remember what they were told."""

    def __init__(self, address: str) -> None:
        self.address = address
        self.told: list[tuple[str, str, str]] = []
        """(conversation, record, feedback) acknowledged to the end."""
        self.lost = 0
        self.is_over = False

    @contextmanager
    def by(self, askers: int) -> Iterator[None]:
        """Lets so many people ask until the context is left."""
        threads = [threading.Thread(target=self.go_on, daemon=True) for _ in range(askers)]
        for each in threads:
            each.start()
        try:
            yield
        finally:
            self.is_over = True
            for each in threads:
                each.join(30)

    def go_on(self) -> None:
        while not self.is_over:
            try:
                self._once()
            except (httpx.TransportError, json.JSONDecodeError):
                self.lost += 1
                time.sleep(0.05)

    def _once(self) -> None:
        with httpx.Client(base_url=self.address, timeout=20) as client:
            name = client.post("/v1/conversations").json()["conversation_id"]
            answer = client.post(f"/v1/conversations/{name}/messages", json={"question": QUESTION})
            record = answer.json()["record_id"]
            given = client.post("/v1/feedback", json={"record_id": record, "opinion": "helpful", "statement": 1})
            assert (answer.status_code, given.status_code) == (200, 201)
            self.told.append((name, record, given.json()["feedback_id"]))


@pytest.fixture(scope="module")
def data(data_folders: DataFolders) -> Path:
    return data_folders.copy()


def test_a_killed_worker_loses_nothing_that_was_acknowledged(data: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("ASSISTANT_RERANKER", "none")  # answers come sooner
    with running_server(data, 2) as server:
        asking = Askers(server.address)
        killed: list[int] = []
        with asking.by(ASKERS):
            for _ in range(3):
                _until(lambda: len(asking.told) > 5 * (len(killed) + 1))
                killed.append(_kill_one(server))
            _until(lambda: len(asking.told) > 30)
        kept = _kept(server.address)
        workers = server.worker_ids()

    assert len(workers) == 2
    assert not set(workers) & set(killed)
    assert {each[2] for each in asking.told} <= kept["feedback"].keys()
    for name, record, feedback in asking.told:
        assert kept["record"][record]["conversation_id"] == name
        assert kept["feedback"][feedback]["record_id"] == record
    whole = [each for each in kept["record"].values() if each["outcome"]["outcome"] == "answered"]
    assert len(whole) == len(kept["record"])
    assert {each["conversation_id"] for each in whole} <= kept["conversation"].keys()
    assert {each["record_id"] for each in kept["feedback"].values()} <= kept["record"].keys()


def _kill_one(server: RunningServer) -> int:
    """Kills the newest worker, waits until there is another in its place, and returns its id."""
    before = set(server.worker_ids())
    victim = max(before)
    os.kill(victim, signal.SIGKILL)
    _until(lambda: len(set(server.worker_ids()) - {victim}) == 2 and bool(set(server.worker_ids()) - before))
    return victim


def _kept(address: str) -> dict[str, dict[str, dict[str, Any]]]:
    """Returns everything that is kept, by type and id."""
    found: dict[str, dict[str, dict[str, Any]]] = {"conversation": {}, "record": {}, "feedback": {}, "audit": {}}
    for line in httpx.get(f"{address}/v1/me/export", timeout=30).text.splitlines():
        row = json.loads(line)
        found[row["type"]][str(row.get(f"{row['type']}_id", len(found["audit"])))] = row
    return found


def _until(done: Callable[[], bool]) -> None:
    until = time.monotonic() + 60
    while not done():
        assert time.monotonic() < until, "not in a minute"
        time.sleep(0.05)
