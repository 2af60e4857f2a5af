"""Downloads one file over https: streamed, limited in size and time, whole or absent."""

from __future__ import annotations

import hashlib
import os
import time
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlsplit

import httpx
from tenacity import Retrying, retry_if_exception_type, stop_after_attempt, wait_exponential

from assistant.errors import FetchError

LOOPBACK = ("127.0.0.1", "::1", "localhost")
PIECE = 65_536
"""Bytes read at once."""


@dataclass(frozen=True, slots=True)
class DownloadLimits:
    """How far a download may go."""

    max_mb: int = 200
    connect_s: float = 10.0
    read_s: float = 30.0
    """Longest wait for the next bytes."""
    whole_s: float = 900.0
    """Longest time that one attempt may take."""
    attempts: int = 3
    pause_s: float = 1.0
    """Wait before the second attempt; each further one doubles it."""
    redirects: int = 5
    allows_loopback_http: bool = False
    """Lets plain http through to this machine itself; for tests."""


class _Retryable(Exception):
    """An attempt failed in a way that another attempt may fix."""


def download(url: str, to: Path, limits: DownloadLimits, name: str) -> str:
    """Returns the sha256 of what an address holds, written to ``to``.

    Nothing is left at ``to`` unless the whole file arrived. Faults of the network and of the server (status 5xx,
    429) are tried again; others are not.

    Args:
        url: The address.
        to: Where it is written.
        limits: How far the download may go.
        name: The name under which a user may bring the file by hand.

    Raises:
        FetchError: The address is not https, cannot be reached, answers with an error or holds too much.
    """
    attempts = Retrying(
        stop=stop_after_attempt(limits.attempts),
        wait=wait_exponential(limits.pause_s),
        retry=retry_if_exception_type(_Retryable),
        reraise=True,
    )
    try:
        return attempts(_attempt, url, to, limits)
    except _Retryable as error:
        to.unlink(missing_ok=True)
        raise FetchError(_unreachable(url, str(error), name)) from error
    except FetchError:
        to.unlink(missing_ok=True)
        raise


def _attempt(url: str, to: Path, limits: DownloadLimits) -> str:
    _check_scheme(url, limits)
    timeout = httpx.Timeout(limits.read_s, connect=limits.connect_s)
    hooks = {"request": [lambda request: _check_scheme(str(request.url), limits)]}
    try:
        with (
            httpx.Client(
                timeout=timeout,
                event_hooks=hooks,
                max_redirects=limits.redirects,
                trust_env=urlsplit(url).hostname not in LOOPBACK,
            ) as client,
            client.stream("GET", url, follow_redirects=True) as response,
        ):
            _check_status(url, response.status_code)
            return _write_body(url, response, to, limits)
    except (httpx.TransportError, httpx.DecodingError, httpx.StreamError) as error:
        raise _Retryable(str(error) or type(error).__name__) from error
    except (httpx.HTTPError, httpx.InvalidURL, httpx.CookieConflict) as error:
        raise FetchError(f"{url}: {error}. Correct the source_url in the catalogue.") from error


def _check_scheme(url: str, limits: DownloadLimits) -> None:
    parts = urlsplit(url)
    is_own = limits.allows_loopback_http and parts.scheme == "http" and parts.hostname in LOOPBACK
    if parts.scheme != "https" and not is_own:
        raise FetchError(f"{url}: not an https address. Correct the source_url in the catalogue.")


def _check_status(url: str, status: int) -> None:
    if status >= 500 or status == 429:
        raise _Retryable(f"the server answered {status}")
    if status != 200:
        fix = "Correct the source_url in the catalogue, or run `assistant fetch --from DIR`"
        raise FetchError(f"{url}: the server answered {status}. {fix}.")


def _write_body(url: str, response: httpx.Response, to: Path, limits: DownloadLimits) -> str:
    """Returns the sha256 of the body, written and flushed to disk; counts decoded bytes, whatever is declared."""
    digest = hashlib.sha256()
    size = 0
    until = time.monotonic() + limits.whole_s
    with to.open("wb") as file:
        for piece in response.iter_bytes(PIECE):
            size += len(piece)
            if size > limits.max_mb * 1_000_000:
                raise FetchError(f"{url}: more than {limits.max_mb} MB. Raise ASSISTANT_MAX_FILE_MB if it is right.")
            if time.monotonic() > until:
                raise _Retryable(f"not finished within {limits.whole_s:.0f} seconds")
            digest.update(piece)
            file.write(piece)
        file.flush()
        os.fsync(file.fileno())
    if size == 0:
        raise _Retryable("the server sent nothing")
    return digest.hexdigest()


def _unreachable(url: str, why: str, name: str) -> str:
    fix = f"Download it on another machine, save it as {name} and run `assistant fetch --from DIR` with its folder"
    return f"{url}: cannot be fetched ({why}). {fix}."
