"""Answers of a provider, bounded: neither a large nor a slow one holds the server up."""

from __future__ import annotations

import time
from collections.abc import Iterator

import httpx2 as httpx

MOST_BYTES = 1_000_000
MOST_SECONDS = 10.0
TIMEOUT_S = 5.0
"""To connect, and between two parts of an answer."""


class Bounded(httpx.BaseTransport):
    """Reads whole answers up to ``MOST_BYTES`` and ``MOST_SECONDS``, and follows no redirect.

    Raises:
        httpx.TransportError: The provider cannot be reached, or its answer is too large or too slow.
    """

    def __init__(self) -> None:
        self._inner = httpx.HTTPTransport()

    def handle_request(self, request: httpx.Request) -> httpx.Response:
        """Sends a request."""
        answer = self._inner.handle_request(request)
        try:
            content = b"".join(_bounded(answer))
        finally:
            answer.close()
        headers = [(name, value) for name, value in answer.headers.multi_items() if name != "content-encoding"]
        return httpx.Response(answer.status_code, headers=headers, content=content, request=request)

    def close(self) -> None:
        """Closes the connections."""
        self._inner.close()


def _bounded(answer: httpx.Response) -> Iterator[bytes]:
    until, size = time.monotonic() + MOST_SECONDS, 0
    for part in answer.iter_bytes():
        size += len(part)
        if size > MOST_BYTES:
            raise httpx.ReadError("the answer is too large")
        if time.monotonic() > until:
            raise httpx.ReadTimeout("the answer takes too long")
        yield part
