"""Hostile requests to a real server with few handles: raw bytes, half-sent requests, idle connections, wrong keys."""

from __future__ import annotations

import re
import resource
import signal
import socket
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path

import httpx

from evals.bench.running_server import START_S, STOP_S, free_port
from evals.trials.invented import QUESTION, URGENT, several, started, write_documents
from evals.trials.promises import Promises

HANDLES = 320
IDLE = 220
WRONG_KEYS = 60
WAIT_S = 2.0
"""The server's own limits in this trial, for the head and for the body of a request."""
LATE_S = 10.0
"""By when a half-sent request has to be closed."""
TIMEOUT_S = 90.0
CANARY = "zaffre quokka"
SETTINGS = f"""
[access]
keys = true
asks_per_minute = 10000
[serve]
head_timeout_s = {WAIT_S}
body_timeout_s = {WAIT_S}
"""
HEADS: dict[str, bytes] = {
    "two hosts": b"GET /healthz HTTP/1.1\r\nHost: 127.0.0.1\r\nHost: evil.example\r\n\r\n",
    "a head of 100 kB": b"GET /healthz HTTP/1.1\r\nHost: 127.0.0.1\r\nX-A: " + b"a" * 100_000 + b"\r\n\r\n",
    "two lengths": b"POST /v1/ask HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Length: 1\r\nContent-Length: 2\r\n\r\n",
    "a length and pieces": b"POST /v1/ask HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Length: 1\r\nTransfer-Encoding: chunked\r\n\r\n",
    "no HTTP": b"\x16\x03\x01\x02\x00\x01\r\n\r\n",
    "another host": b"GET /healthz HTTP/1.1\r\nHost: evil.example\r\n\r\n",
    "a body of 1 GB": b"POST /v1/ask HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Length: 1000000000\r\n\r\n",
}
HALVES: dict[str, bytes] = {
    "head": b"GET /healthz HTTP/1.1\r\nHost: 127.0.0.1\r\n",
    "body": b"POST /v1/ask HTTP/1.1\r\nHost: 127.0.0.1\r\nAuthorization: Bearer KEY\r\nContent-Length: 50\r\n\r\n{",
}
BODIES: tuple[bytes, ...] = (
    b"", b"{", b"[]", b"null", b"\xff\xfe", b'{"question": ' + b"[" * 20_000, b'{"question": "\\ud800 CANARY"}',
    b'{"question": 5, "CANARY": "CANARY"}', b'{"question": "CANARY ' + b"\x00" * 9 + b'"}',
    b'{"question": "CANARY", "editions": [""]}', b'{"question": "CANARY", "as_at": "CANARY"}',
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Target:
    """The server under attack."""

    port: int
    key: str
    log: Path
    is_running: Callable[[], bool]

    @property
    def headers(self) -> dict[str, str]:
        """The right key."""
        return {"Authorization": f"Bearer {self.key}"}

    def ask(self, question: str) -> httpx.Response:
        """Returns the answer to a question with the right key."""
        address = f"http://127.0.0.1:{self.port}/v1/ask"
        return httpx.post(address, json={"question": question}, headers=self.headers, timeout=TIMEOUT_S)


def trial() -> Promises:
    """Returns which promises held against hostile requests, over loopback, in about a minute."""
    promises = Promises()
    with tempfile.TemporaryDirectory(prefix="trial-hostile-") as folder, _server(Path(folder)) as target:
        for attack in (_heads, _bodies, _halves, _idle, _keys):
            attack(target, promises)
            told = target.ask(QUESTION)
            promises.look("after each attack an ordinary question is answered", told.is_success, told.text)
            told = target.ask(URGENT)
            promises.look("after each attack an urgent question gets its card", "999" in told.text, told.text)
            promises.look("the server still runs", target.is_running())
        log = target.log.read_text(encoding="utf-8", errors="replace")
        promises.look("nothing of a question is in the log", not _words(CANARY, log), log[-300:])
    return promises


@contextmanager
def _server(folder: Path) -> Iterator[Target]:
    data, settings, log, port = folder / "data", folder / "settings.toml", folder / "log", free_port()
    settings.write_text(SETTINGS, encoding="utf-8")
    documents = write_documents(folder / "documents", 1)
    made = several(data, [["ingest", str(documents)], ["keys", "create", "trial", "--role", "practitioner"]])
    key = re.search(r"pak_\S+", made[-1][1])
    assert key is not None, made
    process = started(
        "serve", "--port", port, "--data", data, "--settings", settings, prepare=_few_handles, log=log
    )  # fmt: skip
    try:
        _wait(port)
        yield Target(port, key[0], log, lambda: process.poll() is None)
    finally:
        process.send_signal(signal.SIGTERM)
        process.wait(STOP_S)


def _few_handles() -> None:
    resource.setrlimit(resource.RLIMIT_NOFILE, (HANDLES, HANDLES))


def _wait(port: int) -> None:
    until = time.monotonic() + START_S
    while time.monotonic() < until:
        try:
            if httpx.get(f"http://127.0.0.1:{port}/readyz").is_success:
                return
        except httpx.TransportError:
            time.sleep(0.2)
    raise SystemExit("the server did not start")


def _heads(target: Target, promises: Promises) -> None:
    for name, head in HEADS.items():
        told, _ = _told(target.port, head)
        status = told[9:12]
        promises.look(
            "a head that is ambiguous, foreign or too long is refused", status[:1] == b"4", f"{name}: {status!r}"
        )


def _bodies(target: Target, promises: Promises) -> None:
    kind = {"Content-Type": "application/json", **target.headers}
    for body in BODIES:
        told = httpx.post(
            f"http://127.0.0.1:{target.port}/v1/ask", content=body.replace(b"CANARY", CANARY.encode()), headers=kind,
            timeout=TIMEOUT_S,
        )  # fmt: skip
        promises.look("a broken body is a problem or an answer", told.status_code in (200, 400, 413, 422), told.text)


def _halves(target: Target, promises: Promises) -> None:
    for name, half in HALVES.items():
        told, seconds = _told(target.port, half.replace(b"KEY", target.key.encode()))
        what = f"a half-sent request is closed within {LATE_S:g} s"
        promises.look(what, b" 408 " in told[:20] and seconds < LATE_S, f"{name}: {told[:20]!r} after {seconds:.1f} s")


def _idle(target: Target, promises: Promises) -> None:
    with ExitStack() as stack:
        for number in range(IDLE):
            peer = stack.enter_context(socket.create_connection(("127.0.0.1", target.port), timeout=TIMEOUT_S))
            if number % 2:
                peer.sendall(HALVES["head"])
        for _ in range(5):
            begun = time.monotonic()
            told = target.ask(QUESTION)
            seconds = time.monotonic() - begun
            what = f"{IDLE} idle connections and {HANDLES} handles leave room for questions"
            promises.look(what, told.is_success and seconds < LATE_S, f"{told.status_code} after {seconds:.1f} s")


def _keys(target: Target, promises: Promises) -> None:
    address = f"http://127.0.0.1:{target.port}/v1/documents"
    codes = [httpx.get(address, headers={"Authorization": "Bearer pak_wrong"}).status_code for _ in range(WRONG_KEYS)]
    promises.look("wrong keys are refused, and slowed down", set(codes) == {401, 429}, codes)
    right = httpx.get(address, headers=target.headers)
    promises.look(
        f"a right key passes after {WRONG_KEYS} wrong ones of its address", right.is_success, right.status_code
    )


def _told(port: int, sent: bytes) -> tuple[bytes, float]:
    """Returns what the server said until it closed the connection, and after how many seconds that was."""
    begun, told = time.monotonic(), b""
    with socket.create_connection(("127.0.0.1", port), timeout=TIMEOUT_S) as peer:
        try:
            peer.sendall(sent)
            while piece := peer.recv(65536):
                told += piece
                if b"\r\n\r\n" in told and told[9:10] == b"4" and b"connection: close" not in told.lower():
                    break
        except OSError:
            pass
    return told, time.monotonic() - begun


def _words(canary: str, log: str) -> bool:
    return any(word in log for word in canary.split())
