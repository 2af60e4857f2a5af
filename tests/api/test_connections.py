"""What comes over a socket is bounded in size, time and number; raw bytes against a real server on loopback."""

from __future__ import annotations

import resource
import socket
import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager, suppress
from pathlib import Path
from urllib.parse import urlsplit

import httpx
import pytest
from fastapi import FastAPI, Request

from api.health.retention import retention_lifespan
from api.http.connections import most_connections
from api.http.head_limit import HeadLimit
from api.http.problems import handle_problems
from assistant.settings.serving import ServeSetting
from tests.api.conftest import Served
from tests.api.loopback import listening

QUICK = ServeSetting(head_timeout_s=0.4, body_timeout_s=0.4, connections=8, head_kb=16)
GET = b"GET /healthz HTTP/1.1\r\nHost: 127.0.0.1\r\n"
POST = b"POST /read HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Length: 1000\r\n\r\n"
PATIENCE_S = 10.0


@contextmanager
def quick_server(limits: ServeSetting = QUICK) -> Iterator[tuple[str, int]]:
    """Yields the address of a small application with the protocol of the server."""

    class Stub:
        class settings:
            serve = limits

            class data:
                @staticmethod
                def is_dir() -> bool:
                    return False

    app = FastAPI(lifespan=retention_lifespan(Stub()))  # type: ignore[arg-type]
    app.add_middleware(HeadLimit, limits=limits)
    handle_problems(app, Path("data"))

    @app.get("/healthz")
    def healthz() -> str:
        return "ok"

    @app.get("/slow")
    def slow() -> str:
        time.sleep(0.8)
        return "slow"

    @app.post("/read")
    async def read(request: Request) -> int:
        return len(await request.body())

    @app.get("/large")
    def large() -> dict[str, str]:
        return {"text": "x" * 40_000_000}

    with listening(app) as address:
        parts = urlsplit(address)
        yield str(parts.hostname), int(parts.port or 0)


@pytest.fixture(scope="module")
def address() -> Iterator[tuple[str, int]]:
    with quick_server() as found:
        yield found


def sent(address: tuple[str, int], *pieces: bytes, pause_s: float = 0.0) -> tuple[bytes, float]:
    """Returns all that comes back until the server closes the connection, and after how many seconds that was."""
    begun = time.monotonic()
    with socket.create_connection(address, timeout=PATIENCE_S) as peer:
        for piece in pieces:
            try:
                peer.sendall(piece)
            except OSError:
                break
            time.sleep(pause_s)
        told = b""
        try:
            while piece := peer.recv(65536):
                told += piece
        except ConnectionResetError:
            pass
    return told, time.monotonic() - begun


def status_of(told: bytes) -> int:
    return int(told.split(b" ", 2)[1])


def test_a_head_that_does_not_end_is_closed(address: tuple[str, int]) -> None:
    told, seconds = sent(address, GET)
    assert status_of(told) == 408
    assert b"application/problem+json" in told
    assert 0.3 < seconds < 5


def test_a_head_that_trickles_is_closed_though_bytes_come(address: tuple[str, int]) -> None:
    told, seconds = sent(address, GET, *[b"X-A: b\r\n"] * 30, pause_s=0.1)
    assert status_of(told) == 408
    assert seconds < 5


def test_a_body_that_stops_or_trickles_is_closed(address: tuple[str, int]) -> None:
    told, _ = sent(address, POST, b"half")
    assert status_of(told) == 408
    told, seconds = sent(address, POST, *[b"x"] * 30, pause_s=0.1)
    assert status_of(told) == 408
    assert seconds < 5


def test_a_body_that_comes_fast_enough_may_take_longer(address: tuple[str, int]) -> None:
    head = POST.replace(b"1000", b"80000").replace(b"\r\n\r\n", b"\r\nConnection: close\r\n\r\n")
    told, seconds = sent(address, head, *[b"x" * 10_000] * 8, pause_s=0.1)
    assert told.endswith(b"80000")
    assert seconds > QUICK.body_timeout_s


def test_a_second_request_that_does_not_end_is_closed_too(address: tuple[str, int]) -> None:
    told, seconds = sent(address, GET + b"\r\n" + GET, *[b"X-A: b\r\n"] * 30, pause_s=0.1)
    assert told.count(b"HTTP/1.1 200") == 1
    assert seconds < 5


def test_a_connection_that_says_nothing_is_closed_without_a_word(address: tuple[str, int]) -> None:
    told, seconds = sent(address)
    assert told == b""
    assert seconds < 5


def test_an_answer_that_takes_long_is_waited_for(address: tuple[str, int]) -> None:
    told, seconds = sent(address, GET.replace(b"healthz", b"slow") + b"Connection: close\r\n\r\n")
    assert status_of(told) == 200
    assert seconds > QUICK.head_timeout_s


def test_an_answer_that_nobody_takes_is_dropped(address: tuple[str, int]) -> None:
    with socket.create_connection(address, timeout=PATIENCE_S) as peer:
        peer.sendall(GET.replace(b"healthz", b"large") + b"\r\n")
        time.sleep(2)
        taken = 0
        with suppress(ConnectionResetError):
            while piece := peer.recv(1 << 20):
                taken += len(piece)
    assert taken < 40_000_000


@pytest.mark.parametrize(
    ("lines", "status"),
    [
        (b"Host: 127.0.0.1\r\nHost: evil.example\r\n", 400),
        (b"Host: 127.0.0.1\r\nHost: 127.0.0.1\r\n", 400),
        (b"Host: 127.0.0.1\r\nX-A: " + b"a" * 100_000 + b"\r\n", 431),
        (b"Host: 127.0.0.1\r\n" + b"X-A: aaaaaaaaaaaaaaaa\r\n" * 1_000, 431),
        (b"Host: 127.0.0.1\r\nContent-Length: 5\r\nContent-Length: 6\r\n", 400),
        (b"Host: 127.0.0.1\r\nContent-Length: 5\r\nTransfer-Encoding: chunked\r\n", 400),
        (b"Host: 127.0.0.1\r\nTransfer-Encoding: odd\r\n", 400),
        (b"Host : 127.0.0.1\r\n", 400),
        (b"Host: 127.0.0.1\r\nX-A: a\x00b\r\n", 400),
    ],
)  # fmt: skip
def test_a_head_that_is_ambiguous_or_too_long_is_refused(address: tuple[str, int], lines: bytes, status: int) -> None:
    told, _ = sent(address, b"GET /healthz HTTP/1.1\r\n" + lines + b"Connection: close\r\n\r\n")
    assert status_of(told) in {status, 501 if b"odd" in lines else status}
    assert b"application/problem+json" in told


def test_what_is_no_http_is_refused(address: tuple[str, int]) -> None:
    for line in (b"\x16\x03\x01\x02\x00\x01", b"HELO there\r\n\r\n", b"GET /\r\n\r\n", b"GET  /  HTTP/9.9\r\n\r\n"):
        told, _ = sent(address, line, b"\r\n\r\n")
        assert status_of(told) in (400, 408, 431)


def test_many_idle_connections_do_not_keep_others_out(address: tuple[str, int]) -> None:
    with ExitStack() as stack:
        idle = [stack.enter_context(socket.create_connection(address, timeout=PATIENCE_S)) for _ in range(50)]
        for each in idle[::2]:
            each.sendall(GET)
        for _ in range(5):
            assert httpx.get(f"http://{address[0]}:{address[1]}/healthz", timeout=PATIENCE_S).status_code == 200


def test_too_many_that_are_answered_are_told_to_come_again() -> None:
    with quick_server(QUICK.model_copy(update={"connections": 3})) as address, ExitStack() as stack:
        busy = [stack.enter_context(socket.create_connection(address, timeout=PATIENCE_S)) for _ in range(3)]
        for each in busy:
            each.sendall(GET.replace(b"healthz", b"slow") + b"\r\n")
        time.sleep(0.2)
        told, _ = sent(address)
        assert status_of(told) == 503
        assert b"Retry-After" in told
        assert all(each.recv(65536).startswith(b"HTTP/1.1 200") for each in busy)


def test_a_small_limit_of_handles_leaves_room_for_files(monkeypatch: pytest.MonkeyPatch) -> None:
    for soft, most in ((256, 64), (1024, 448), (65_536, 512), (resource.RLIM_INFINITY, 512), (64, 1)):
        monkeypatch.setattr(resource, "getrlimit", lambda _, soft=soft: (soft, soft))
        assert most_connections(ServeSetting()) == most


def test_the_application_itself_refuses_two_hosts_and_long_heads(served: Served) -> None:
    assert served.client.get("/healthz", headers={"x-a": "a" * 100_000}).status_code == 431
    assert served.client.get("/healthz", headers={"x-a": "a" * 10_000}).status_code == 200
    twice = [("host", "127.0.0.1"), ("host", "127.0.0.1")]
    assert served.client.send(served.client.build_request("GET", "/healthz", headers=twice)).status_code == 400
