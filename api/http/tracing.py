"""A span for each request, below the caller's where its head says so (W3C Trace Context)."""

from __future__ import annotations

from starlette.datastructures import Headers
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from api.http.metrics import known_method, route_of
from assistant.ports import Telemetry, TelemetryId


class Tracing:
    """ASGI middleware, the outermost: the span names the route's pattern, never the address."""

    def __init__(self, app: ASGIApp, telemetry: Telemetry) -> None:
        self._app = app
        self._telemetry = telemetry

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Passes a request on."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        method = TelemetryId(known_method(scope["method"]))
        with self._telemetry.span(method, Headers(scope=scope), method=method) as span:

            async def send_told(message: Message) -> None:
                if message["type"] == "http.response.start":
                    span.tell(status=message["status"])
                await send(message)

            try:
                await self._app(scope, receive, send_told)
            finally:
                route = TelemetryId(route_of(scope))
                span.tell(route=route)
                span.rename(TelemetryId(f"{method} {route}"))
