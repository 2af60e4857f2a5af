"""A server that is told to stop ends open streams and is gone within five seconds."""

from __future__ import annotations

import signal
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from pathlib import Path

import httpx
import pytest

from evals.bench.running_server import free_port
from tests.api.conftest import QUESTION
from tests.data_folders import DataFolders

ROOT = Path(__file__).parents[2]
LIMIT_S = 5.0
STREAM = {"Accept": "text/event-stream"}
BODY = {"model": "policy-assistant", "messages": [{"role": "user", "content": QUESTION}]}


@pytest.fixture
def slow(data_folders: DataFolders) -> Iterator[tuple[str, subprocess.Popen[bytes]]]:
    """Yields the address and the process of a server whose answers take a minute."""
    port = free_port()
    command = [sys.executable, "-m", "tests.slow_server", str(data_folders.copy()), str(port)]
    process = subprocess.Popen(command, cwd=ROOT, stdout=subprocess.DEVNULL)
    address = f"http://127.0.0.1:{port}"
    try:
        for _ in range(300):
            try:
                if httpx.get(f"{address}/healthz").status_code == 200:
                    break
            except httpx.TransportError:
                time.sleep(0.1)
        yield address, process
    finally:
        process.kill()
        process.wait()


def read(address: str, path: str, body: dict[str, object], into: dict[str, str]) -> None:
    """Stores all that a server sends for a question."""
    with httpx.stream("POST", f"{address}{path}", json=body, headers=STREAM, timeout=30) as answer:
        into[path] = ""
        for text in answer.iter_text():
            into[path] += text


def test_open_streams_are_told_and_the_server_is_gone_in_time(slow: tuple[str, subprocess.Popen[bytes]]) -> None:
    address, process = slow
    name = httpx.post(f"{address}/v1/conversations").json()["conversation_id"]
    asked: tuple[tuple[str, dict[str, object]], ...] = (
        (f"/v1/conversations/{name}/messages", {"question": QUESTION}),
        ("/v1/chat/completions", {**BODY, "stream": True}),
        ("/v1/ask", {"question": QUESTION}),
    )
    sent: dict[str, str] = {}
    readers = [threading.Thread(target=read, args=(address, *each, sent)) for each in asked]
    for each in readers:
        each.start()
    until = time.monotonic() + 20
    while len([text for text in sent.values() if text]) < 2 and time.monotonic() < until:
        time.sleep(0.05)

    started = time.monotonic()
    process.send_signal(signal.SIGTERM)
    process.wait(30)
    seconds = time.monotonic() - started

    for each in readers:
        each.join(10)
    assert seconds < LIMIT_S
    assert "event: problem" in sent[asked[0][0]]
    assert '"error"' in sent[asked[1][0]]
    assert all("The server is stopping" in text for text in sent.values())
    assert '"status":503' in sent["/v1/ask"].replace(" ", "")
    assert len(sent) == 3
