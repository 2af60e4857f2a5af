from __future__ import annotations

import os
import signal
import socket
import subprocess
import sys
import time
from pathlib import Path

import httpx
import pytest

from assistant.cli import run
from tests.api.conftest import QUESTION
from tests.data_folders import DataFolders


def test_an_empty_data_folder_is_a_clear_error(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["--data", str(tmp_path / "none"), "serve"]) == 1
    assert "assistant ingest" in capsys.readouterr().err


def test_the_network_is_refused_without_access(own_data: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["--data", str(own_data), "serve", "--host", "0.0.0.0"]) == 1
    assert "not loopback" in capsys.readouterr().err


def test_a_port_in_use_is_told_before_anything_else(own_data: Path, capsys: pytest.CaptureFixture[str]) -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        assert run(["--data", str(own_data), "serve", "--port", str(taken.getsockname()[1])]) == 1
    said = capsys.readouterr()
    assert "address already in use. Choose another with --port" in said.err
    assert "http://" not in said.out


def test_two_workers_answer_and_are_counted_together(data_folders: DataFolders) -> None:
    own_data = data_folders.copy()  # other processes: they end as the last that have the records open
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    command = [sys.executable, "-c", "from assistant.cli import main; main()", "--data", str(own_data), "serve"]
    process = subprocess.Popen([*command, "--port", str(port), "--workers", "2"], env=dict(os.environ))
    try:
        with httpx.Client(base_url=f"http://127.0.0.1:{port}") as client:
            _wait(client)
            for _ in range(6):
                fresh = httpx.post(f"{client.base_url}/v1/ask", json={"question": QUESTION})
                assert fresh.json()["outcome"]["outcome"] == "answered"
            assert 'assistant_asks_total{outcome="answered",reason=""} 6.0' in client.get("/metrics").text
    finally:
        process.send_signal(signal.SIGTERM)
        assert process.wait(20) in (0, -signal.SIGTERM)


def _wait(client: httpx.Client) -> None:
    for _ in range(300):
        try:
            if client.get("/readyz").status_code == 200:
                return
        except httpx.TransportError:
            pass
        time.sleep(0.1)
    raise AssertionError("no server after 30 seconds")
