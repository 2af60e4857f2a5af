"""An HTTP transport for sign-in providers with bounded responses: a large or slow one cannot hold up the server."""

from __future__ import annotations

import time
from collections.abc import Iterator

import httpx2 as httpx

MOST_BYTES = 1_000_000
MOST_SECONDS = 10.0
TIMEOUT_S = 5.0
"""To connect, and between two parts of a response."""


class BoundedTransport(httpx.BaseTransport):
    """Reads whole responses up to ``MOST_BYTES`` and ``MOST_SECONDS``, and follows no redirect.

    Raises:
        httpx.TransportError: The provider cannot be reached, or its response is too large or too slow.
    """

    def __init__(self) -> None:
        self._inner = httpx.HTTPTransport()

    def handle_request(self, request: httpx.Request) -> httpx.Response:
        """Sends a request."""
        response = self._inner.handle_request(request)
        try:
            content = b"".join(_bounded_parts(response))
        finally:
            response.close()
        headers = [(name, value) for name, value in response.headers.multi_items() if name != "content-encoding"]
        return httpx.Response(response.status_code, headers=headers, content=content, request=request)

    def close(self) -> None:
        """Closes the connections."""
        self._inner.close()


def _bounded_parts(response: httpx.Response) -> Iterator[bytes]:
    deadline, size = time.monotonic() + MOST_SECONDS, 0
    for part in response.iter_bytes():
        size += len(part)
        if size > MOST_BYTES:
            raise httpx.ReadError("the response is too large")
        if time.monotonic() > deadline:
            raise httpx.ReadTimeout("the response takes too long")
        yield part
