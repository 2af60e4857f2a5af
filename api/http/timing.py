"""Reports how long each response took (W3C Server Timing), and counts requests."""

from __future__ import annotations

import time

from starlette.datastructures import MutableHeaders
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from api.http.metrics import Metrics, route_of


class Timing:
    """ASGI middleware, the outermost: milliseconds from the head of the request to the head of the response."""

    def __init__(self, app: ASGIApp, metrics: Metrics) -> None:
        self._app = app
        self._metrics = metrics

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Passes a request on."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        start = time.perf_counter()

        async def send_timed(message: Message) -> None:
            if message["type"] == "http.response.start":
                spent = 1000 * (time.perf_counter() - start)
                MutableHeaders(scope=message)["Server-Timing"] = f"total;dur={spent:.2f}"
                self._metrics.count_request(scope["method"], route_of(scope), message["status"])
            await send(message)

        await self._app(scope, receive, send_timed)
