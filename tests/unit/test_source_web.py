"""Addresses, the guard around connections, robots.txt, and the polite client: what each lets through."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

import httpcore
import httpx
import pytest

from assistant.errors import ConfigurationError, SourceError
from assistant.public_addresses import is_public
from assistant.settings import Settings
from assistant.settings.sources import SourcesSetting
from ingest.sources.judging import Came, judged
from ingest.sources.web.addresses import folder_of, is_below, is_wanted, normalised
from ingest.sources.web.allowed_addresses import allowed_addresses
from ingest.sources.web.client import Later, LimitReached, Limits, Unreachable, WebClient
from ingest.sources.web.guarded_transport import GuardedBackend, GuardedTransport
from ingest.sources.web.page_facts import NOTHING, page_facts
from ingest.sources.web.robots import Robots


@pytest.mark.parametrize(
    ("given", "one_spelling"),
    [
        ("HTTPS://WWW.Example.ORG:443/a/../b#part", "https://www.example.org/b"),
        ("http://example.org", "http://example.org/"),
        ("http://example.org:8080/x?b=1&utm_source=y&a=2&PHPSESSID=3", "http://example.org:8080/x?b=1&a=2"),
        ("https://example.org/a;jsessionid=12?x=1", "https://example.org/a?x=1"),
        ("https://exämple.org/ü b", "https://xn--exmple-cua.org/%C3%BC%20b"),
        ("https://example.org/a%20b", "https://example.org/a%20b"),
        ("https://example.org./x\n", "https://example.org/x"),
    ],
)
def test_an_address_has_one_spelling(given: str, one_spelling: str) -> None:
    assert normalised(given) == one_spelling
    assert normalised(one_spelling) == one_spelling


@pytest.mark.parametrize(
    "given",
    [
        "ftp://a/b",
        "file:///etc/passwd",
        "javascript:x",
        "https://u:p@a.org/",
        "https://a.org:99999/",
        "x",
        "https:///a",
    ],
)
def test_what_is_no_address_of_the_web_is_refused(given: str) -> None:
    with pytest.raises(ValueError, match=r"\w"):
        normalised(given)


def test_a_source_is_what_lies_beside_and_below_its_start() -> None:
    folder = folder_of("https://www.a.org/manual/start.html")
    assert [is_below(each, folder) for each in (
        "http://a.org/manual/x", "https://www.a.org/manual/", "https://a.org/manuals/x", "https://b.org/manual/x",
        "https://a.org:8443/manual/x",
    )] == [True, True, False, False, False]  # fmt: skip
    assert is_wanted("https://a.org/x/print", (), ("*/print",)) is False
    assert is_wanted("https://a.org/x/print", ("/x/",), ())
    assert not is_wanted("https://a.org/y", ("/x/",), ())


PRIVATE = (
    "127.0.0.1", "10.1.2.3", "172.16.0.1", "192.168.1.1", "169.254.169.254", "100.64.0.1", "0.0.0.0", "224.0.0.1", "255.255.255.255",
    "::1", "::", "fe80::1", "fe80::1%eth0", "fc00::1", "ff02::1", "::ffff:127.0.0.1", "::ffff:10.0.0.1", "64:ff9b::7f00:1",
    "2002:7f00:1::", "2002:a00:1::", "198.18.0.1", "192.0.2.1", "2001:db8::1", "240.0.0.1", "no address",
)  # fmt: skip


@pytest.mark.parametrize("address", PRIVATE)
def test_an_address_of_a_network_of_ones_own_is_not_public(address: str) -> None:
    assert not is_public(address)


@pytest.mark.parametrize("address", ["93.184.215.14", "2606:2800:21f:cb07:6820:80da:af6b:8b2c", "64:ff9b::5db8:d70e"])
def test_a_public_address_is_public(address: str) -> None:
    assert is_public(address)


def test_a_name_with_one_private_address_among_public_ones_is_not_trusted() -> None:
    answers = {"a.org": ("93.184.215.14",), "mixed.org": ("93.184.215.14", "10.0.0.1"), "wiki.local": ("10.0.0.1",)}
    answers["metadata.local"] = ("169.254.169.254",)

    def resolve(host: str, port: int) -> Sequence[str]:
        return answers[host]

    assert allowed_addresses("A.org.", 443, (), resolve) == ("93.184.215.14",)
    assert allowed_addresses("wiki.local", 443, ("Wiki.Local",), resolve) == ("10.0.0.1",)
    for host, allowed in (("mixed.org", ()), ("wiki.local", ()), ("metadata.local", ("metadata.local",))):
        with pytest.raises(SourceError, match=r"sources\.private_hosts"):
            allowed_addresses(host, 443, allowed, resolve)


class _Plain(httpcore.NetworkBackend):
    """Notes where a connection would go."""

    def __init__(self) -> None:
        self.went: list[tuple[str, int]] = []

    def connect_tcp(self, host: str, port: int, *more: object, **named: object) -> httpcore.NetworkStream:
        self.went.append((host, port))
        raise httpcore.ConnectError("not here")


def test_a_connection_goes_to_the_address_that_was_checked_whatever_the_name_says_next() -> None:
    answers = iter([("93.184.215.14",), ("127.0.0.1",)])
    backend, plain = GuardedBackend((), lambda host, port: next(answers)), _Plain()
    backend._plain = plain  # type: ignore[assignment]
    with pytest.raises(httpcore.ConnectError):
        backend.connect_tcp("rebinding.example", 443)
    with pytest.raises(SourceError, match="not public"):
        backend.connect_tcp("rebinding.example", 443)
    assert plain.went == [("93.184.215.14", 443)]
    with pytest.raises(SourceError, match="sockets"):
        backend.connect_unix_socket("/run/x.sock")


@pytest.mark.parametrize("proxy", [None, "http://127.0.0.1:9"])
def test_the_transport_of_a_sync_refuses_private_addresses_by_name_and_by_number(proxy: str | None) -> None:
    setting = SourcesSetting(proxy=proxy)  # type: ignore[arg-type]
    with httpx.Client(
        transport=GuardedTransport(setting, lambda host, port: ("127.0.0.1",)), trust_env=False
    ) as client:
        for address in ("http://localhost/", "https://intranet.example/", "http://[::1]:8000/", "http://2130706433/"):
            with pytest.raises(SourceError, match="not public"):
                client.get(address)


Handler = Callable[[httpx.Request], httpx.Response]


def client(handler: Handler, **limits: float) -> tuple[WebClient, list[float]]:
    slept: list[float] = []
    now = [0.0]

    def sleep(seconds: float) -> None:
        slept.append(seconds)
        now[0] += seconds

    values = {"bytes": 10_000, "until": 1000.0, "file": 5000, **limits}
    limit = Limits(int(values["bytes"]), values["until"], int(values["file"]))
    transport = httpx.MockTransport(handler)
    setting = SourcesSetting(contact="https://aldmoor.example/contact")
    return WebClient(setting, limit, transport, 2.0, clock=lambda: now[0], sleep=sleep), slept


def answers(*responses: httpx.Response) -> tuple[Handler, list[httpx.Request]]:
    seen: list[httpx.Request] = []

    def handler(request: httpx.Request) -> httpx.Response:
        seen.append(request)
        return responses[min(len(seen), len(responses)) - 1]

    return handler, seen


def test_a_client_says_who_it_is_waits_between_requests_and_asks_only_for_what_is_new(tmp_path: Path) -> None:
    handler, seen = answers(httpx.Response(200, content=b"x", headers={"etag": '"1"'}), httpx.Response(304))
    polite, slept = client(handler)
    first = polite.get("https://a.org/", tmp_path / "body")
    assert (first.status, first.etag, first.body_bytes) == (200, '"1"', 1)
    assert polite.get("https://a.org/", tmp_path / "body", etag=first.etag).status == 304
    assert slept == [2.0]
    assert seen[1].headers["if-none-match"] == '"1"'
    assert "(+https://aldmoor.example/contact)" in seen[0].headers["user-agent"]


def moved(to: str) -> httpx.Response:
    return httpx.Response(302, headers={"location": to})


@pytest.mark.parametrize(
    ("responses", "error", "said"),
    [
        ([moved("/b"), moved("/")], Unreachable, "in a circle"),
        ([moved(f"/{number}") for number in range(9)], Unreachable, "more than 6 times"),
        ([moved("http://a.org/x")], Unreachable, "not encrypted"),
        ([moved("file:///etc/passwd")], Unreachable, "no address of the web"),
        ([httpx.Response(200, content=b"x" * 6000)], Unreachable, "MB"),
        ([httpx.Response(500)], Unreachable, "answered 500"),
        ([httpx.Response(429, headers={"retry-after": "3600"})], Later, "429"),
        (
            [httpx.Response(200, stream=httpx.ByteStream(b"no gzip"), headers={"content-encoding": "gzip"})],
            Unreachable,
            "decompressing",
        ),
    ],
)
def test_what_goes_too_far_is_not_followed(
    responses: list[httpx.Response], error: type[SourceError], said: str, tmp_path: Path
) -> None:
    with pytest.raises(error, match=said):
        client(answers(*responses)[0])[0].get("https://a.org/", tmp_path / "body")


def test_a_body_that_never_ends_and_a_server_that_never_answers_are_given_up(tmp_path: Path) -> None:
    now = [0.0]

    def endless() -> Iterator[bytes]:
        while True:
            now[0] += 50.0
            yield b"x"

    def slow(request: httpx.Request) -> httpx.Response:
        if request.url.path == "/endless":
            return httpx.Response(200, stream=Endless())
        raise httpx.ReadTimeout("timed out", request=request)

    class Endless(httpx.SyncByteStream):
        def __iter__(self) -> Iterator[bytes]:
            return endless()

    limits = Limits(10_000_000, 1e9, 10_000_000)
    slept: list[float] = []
    polite = WebClient(
        SourcesSetting(), limits, httpx.MockTransport(slow), 0.0, clock=lambda: now[0], sleep=slept.append
    )
    with pytest.raises(Unreachable, match="not finished within 120 seconds"):
        polite.get("https://a.org/endless", tmp_path / "body")
    with pytest.raises(Unreachable, match="timed out"):
        polite.get("https://a.org/", tmp_path / "body")
    assert slept == [2.0, 4.0]


def test_the_bytes_and_the_time_of_a_sync_are_limits(tmp_path: Path) -> None:
    with pytest.raises(LimitReached):
        client(answers(httpx.Response(200, content=b"x" * 600))[0], bytes=500)[0].get("https://a.org/", tmp_path / "b")
    polite, _ = client(answers(httpx.Response(200, content=b"x"))[0], until=3.0)
    polite.get("https://a.org/1", tmp_path / "b")
    polite.get("https://a.org/2", tmp_path / "b")
    with pytest.raises(LimitReached):
        polite.get("https://a.org/3", tmp_path / "b")


ROBOTS = b"""User-agent: *
Disallow: /private/
Disallow: /*/print$
Allow: /private/open/
Crawl-delay: 4.5

User-agent: policy-assistant
Disallow: /not-for-you/
Crawl-delay: 600
"""


@pytest.mark.parametrize("status", [200, 404])
def test_robots_txt_is_read_as_its_standard_says(status: int, tmp_path: Path) -> None:
    handler, seen = answers(httpx.Response(status, content=ROBOTS, headers={"content-type": "text/plain"}))
    polite, _ = client(handler)
    robots = Robots(polite, tmp_path)
    assert robots.allows("https://a.org/not-for-you/x") is (status != 200)
    assert robots.allows("https://a.org/private/x")
    assert len(seen) == 1
    assert polite.delay_s == (60.0 if status == 200 else 2.0)


def test_a_page_tells_its_links_and_what_it_asks_for() -> None:
    body = (
        b"<html><head><base href='https://a.org/x/'><link rel=canonical href='/y'><meta http-equiv=Refresh content='0; URL=/z'>"
        b"</head><body><h1> A  page </h1><a href='b#c'>b</a><a href='b'>b</a><a href='mailto:x'>m</a><input type=PASSWORD></body>"
    )
    facts = page_facts(body, "https://a.org/", "")
    assert facts.heading == "A page"
    assert facts.links == ("https://a.org/x/b",)
    assert (facts.canonical, facts.refresh, facts.asks_for_password) == ("https://a.org/y", "https://a.org/z", True)
    assert page_facts(b"", "https://a.org/", "no-such-encoding") == NOTHING


LONG = "word " * 400


@pytest.mark.parametrize(
    ("heading", "text", "is_odd"),
    [
        ("Sign in", "Sign in to go on.", True),
        ("Page not found", "Sorry.", True),
        ("Sign in and sign out of children at nursery", LONG, False),
        ("Missing from care: when a child cannot be found", LONG, False),
        ("Contents", "Chapter one", False),
        ("aldmoor.example", "This domain name is for sale", True),
        ("Just a moment...", "Checking your browser", True),
    ],
)
def test_a_short_page_is_judged_by_what_it_calls_itself(heading: str, text: str, is_odd: bool) -> None:
    came = Came("https://a.org/", heading, text, len(text.split()), NOTHING)
    assert bool(judged(came, None).why_odd) is is_odd


@pytest.mark.parametrize("sources", [{"gov_uk": "www.gov.uk"}, {"ca_file": "/no/such/file"}, {"delay_s": -1}])
def test_wrong_settings_are_refused(sources: dict[str, object]) -> None:
    with pytest.raises((ValueError, ConfigurationError)):
        Settings(sources=sources)
