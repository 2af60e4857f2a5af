"""One polite client for a sync: conditional requests, a delay between them, limits, and a clear name."""

from __future__ import annotations

import hashlib
import time
from collections.abc import Callable
from dataclasses import dataclass, replace
from pathlib import Path
from types import TracebackType
from typing import Self
from urllib.parse import urlsplit

import httpx

from assistant import __version__
from assistant.errors import SourceError
from assistant.settings.sources import SourcesSetting
from assistant.text.retry_after import seconds_to_wait
from ingest.sources.web.addresses import joined, origin_of
from ingest.sources.web.allowed_addresses import NotPublic

PIECE = 65_536
REDIRECTS = 6
TRIES = 3
LONGEST_WAIT_S = 120.0
"""Longest wait for a server that is busy; one that asks for longer is synced later."""
PAUSE_S = 2.0
AGENT = "policy-assistant"
"""Name by which robots.txt may address this program."""


class LimitReached(Exception):
    """A limit of the sync is reached; the next one goes on from there."""


class Later(SourceError):
    """The site asks to come back later.

    Args:
        what: What it said.
        wait_s: How long it asks to wait.
    """

    def __init__(self, what: str, wait_s: float) -> None:
        super().__init__(what)
        self.wait_s = wait_s


class Unreachable(SourceError):
    """One address cannot be fetched now: the network, the server, or what it sends."""


@dataclass(frozen=True, slots=True)
class Answer:
    """What came from an address."""

    address: str
    """Where it came from in the end."""
    status: int
    """200, 304, or a status of the kind 4xx."""
    path: Path | None = None
    """The body, for status 200."""
    sha256: str = ""
    etag: str = ""
    last_modified: str = ""
    content_type: str = ""
    charset: str = ""
    """Encoding that the server names, "" where it names none."""
    filename: str = ""
    """Name that the server gives to the file."""
    body_bytes: int = 0


@dataclass(slots=True)
class Limits:
    """How far a sync may go; ``left_bytes`` shrinks as it goes."""

    left_bytes: int
    until: float
    """On the clock of the client."""
    most_file_bytes: int


class WebClient:
    """Fetches addresses one after another.

    Args:
        setting: User agent, timeouts, proxy.
        limits: Bytes and time of the whole sync.
        transport: Carries requests.
        delay_s: Least time between two requests.
        clock: Seconds that only grow.
        sleep: Waits some seconds.
    """

    def __init__(
        self,
        setting: SourcesSetting,
        limits: Limits,
        transport: httpx.BaseTransport,
        delay_s: float,
        *,
        clock: Callable[[], float] = time.monotonic,
        sleep: Callable[[float], None] = time.sleep,
    ) -> None:
        self._setting = setting
        self._limits = limits
        self._clock = clock
        self._sleep = sleep
        self._last: dict[str, float] = {}
        self.delay_s = delay_s
        self.body_bytes = 0
        agent = f"{AGENT}/{__version__}" + (f" (+{setting.contact})" if setting.contact else "")
        headers = {"User-Agent": agent, "Accept-Encoding": "gzip", "Accept": "*/*", "Accept-Language": "en-GB,en;q=0.8"}
        timeout = httpx.Timeout(setting.timeout_s)
        self._client = httpx.Client(transport=transport, headers=headers, timeout=timeout, trust_env=False)

    def __enter__(self) -> Self:
        """Returns itself."""
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Closes every connection."""
        self._client.close()

    def get(
        self,
        address: str,
        to: Path,
        *,
        etag: str = "",
        last_modified: str = "",
        may_follow: Callable[[str], bool] = lambda address: True,
        wants: Callable[[Answer], bool] = lambda answer: True,
    ) -> Answer:
        """Returns what an address answers, its body written to a file.

        Args:
            address: The address.
            to: Where the body is written; an earlier one is replaced.
            etag: Of the body that is known already; the server may say that it is still the same.
            last_modified: The same by time.
            may_follow: Whether a redirect to an address is followed; the answer to one that is not has its status.
            wants: Whether the body of an answer is wanted, by its head; one that is not has no body.

        Raises:
            Unreachable: The network or server fails, at the third try too; it sends too much, or is not public.
            Later: The server asks to come back later than a sync waits.
            LimitReached: The bytes or the time of the sync are used up.
        """
        conditions = {"If-None-Match": etag, "If-Modified-Since": last_modified}
        headers = {name: value for name, value in conditions.items() if value}
        for attempt in range(TRIES):
            try:
                return self._followed(address, to, headers, may_follow, wants)
            except _TryAgain as error:
                if error.wait_s > LONGEST_WAIT_S:
                    raise Later(f"{address}: {error.what}", error.wait_s) from error
                if attempt == TRIES - 1:
                    raise Unreachable(f"{address}: {error.what}") from error
                self._pause(error.wait_s or PAUSE_S * 2**attempt)
        raise AssertionError("every attempt returns or raises")

    def _followed(
        self,
        address: str,
        to: Path,
        headers: dict[str, str],
        may_follow: Callable[[str], bool],
        wants: Callable[[Answer], bool],
    ) -> Answer:
        at, seen = address, {address}
        for _ in range(REDIRECTS):
            answer, location = self._once(at, to, headers if at == address else {}, wants)
            if location is None:
                return answer
            target = joined(at, location)
            if target is None or target in seen:
                raise Unreachable(f"{address}: redirects in a circle, or to no address of the web.")
            if at.startswith("https:") and target.startswith("http:"):
                raise Unreachable(f"{address}: redirects to {target}, which is not encrypted.")
            if not may_follow(target):
                return Answer(target, answer.status)
            seen.add(target)
            at = target
        raise Unreachable(f"{address}: redirects more than {REDIRECTS} times.")

    def _once(
        self, address: str, to: Path, headers: dict[str, str], wants: Callable[[Answer], bool]
    ) -> tuple[Answer, str | None]:
        self._wait_politely(origin_of(address))
        try:
            with self._client.stream("GET", address, headers=headers, follow_redirects=False) as response:
                self._last[origin_of(address)] = self._clock()
                return self._read(address, response, to, wants)
        except (httpx.TimeoutException, httpx.NetworkError, httpx.ProtocolError, httpx.ProxyError) as error:
            raise _TryAgain(_said(error)) from error
        except NotPublic as error:
            raise Unreachable(str(error)) from error
        except (httpx.HTTPError, httpx.InvalidURL, httpx.StreamError, httpx.CookieConflict) as error:
            raise Unreachable(f"{address}: {_said(error)}.") from error

    def _read(
        self, address: str, response: httpx.Response, to: Path, wants: Callable[[Answer], bool]
    ) -> tuple[Answer, str | None]:
        status, head = response.status_code, response.headers
        if status in (301, 302, 303, 307, 308) and head.get("location"):
            return Answer(address, status), head["location"]
        if status == 429 or status >= 500:
            raise _TryAgain(f"the server answered {status}", seconds_to_wait(head.get("retry-after")) or 0.0)
        if status != 200:
            return Answer(address, status), None
        type_, charset = _content_type(head.get("content-type", ""))
        answer = Answer(
            address,
            status,
            etag=head.get("etag", "")[:300],
            last_modified=head.get("last-modified", "")[:100],
            content_type=type_,
            charset=charset,
            filename=_filename(head.get("content-disposition", "")),
        )
        if not wants(answer):
            return answer, None
        digest, size = self._write(address, response, to)
        return replace(answer, path=to, sha256=digest, body_bytes=size), None

    def _write(self, address: str, response: httpx.Response, to: Path) -> tuple[str, int]:
        """Returns the sha256 of a body, written to a file, and how many bytes came over the network."""
        digest, size = hashlib.sha256(), 0
        until = self._clock() + self._setting.page_s
        try:
            with to.open("wb") as file:
                for piece in response.iter_bytes(PIECE):
                    size += len(piece)
                    self._check(address, size, response.num_bytes_downloaded or size, until)
                    digest.update(piece)
                    file.write(piece)
        finally:
            came = response.num_bytes_downloaded or size
            self._limits.left_bytes -= came
            self.body_bytes += came
        return digest.hexdigest(), came

    def _check(self, address: str, size: int, came: int, until: float) -> None:
        if size > self._limits.most_file_bytes:
            most = self._limits.most_file_bytes // 1_000_000
            raise Unreachable(f"{address}: more than {most} MB. Raise ASSISTANT_MAX_FILE_MB if it is right.")
        if came > self._limits.left_bytes:
            raise LimitReached("the megabytes of one sync are used up")
        if self._clock() > until:
            raise Unreachable(f"{address}: not finished within {self._setting.page_s:.0f} seconds.")

    def _wait_politely(self, origin: str) -> None:
        if self._clock() > self._limits.until:
            raise LimitReached("the time of one sync is used up")
        last = self._last.get(origin)
        if last is not None and self._clock() < last + self.delay_s:
            self._pause(last + self.delay_s - self._clock())
        self._last[origin] = self._clock()

    def _pause(self, seconds: float) -> None:
        if self._clock() + seconds > self._limits.until:
            raise LimitReached("the time of one sync is used up")
        self._sleep(seconds)


class _TryAgain(Exception):
    """An attempt failed in a way that another may mend."""

    def __init__(self, what: str, wait_s: float = 0.0) -> None:
        super().__init__(what)
        self.what = what
        self.wait_s = wait_s


def _said(error: Exception) -> str:
    return (str(error) or type(error).__name__).splitlines()[0][:200]


def _content_type(value: str) -> tuple[str, str]:
    message = httpx.Response(200, headers={"content-type": value}) if value else None
    charset = message.charset_encoding if message is not None else None
    return value.split(";")[0].strip().lower(), charset or ""


def _filename(disposition: str) -> str:
    """Returns the name of a file that a server gives, "" where it gives none."""
    from email.message import Message

    message = Message()
    message["content-disposition"] = disposition or "inline"
    name = message.get_filename() or ""
    return urlsplit(name).path.replace("\\", "/").rsplit("/", 1)[-1][:200]
