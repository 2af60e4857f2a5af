"""The protocol over HTTP ("Streamable HTTP"), at one address of the application; each request stands by itself.

Nothing is kept between requests, so that any worker may serve the next one. Access control, limits and the check of host and
origin are those of every other address.
"""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from fastapi import FastAPI
from mcp.server.transport_security import TransportSecuritySettings
from starlette.routing import Route

from api.http.addresses import TOOLS
from api.mcp.asker import caller_of_request
from api.mcp.server import mcp_server
from api.state import State

_CHECKED_BEFORE = TransportSecuritySettings(enable_dns_rebinding_protection=False)
"""``api.access.host_check`` has checked host and origin."""


class OverHttp:
    """The server of one application.

    Args:
        state: What all requests of the worker share.
    """

    def __init__(self, state: State) -> None:
        settings = state.assistant.settings
        self._server = mcp_server(state, caller_of_request(settings.access))
        self._inner = self._server.streamable_http_app(
            streamable_http_path=TOOLS,
            json_response=True,
            stateless_http=True,
            max_request_body_size=settings.serve.body_kb * 1024,
            transport_security=_CHECKED_BEFORE,
        )

    def add_to(self, app: FastAPI) -> None:
        """Adds the address to an application; only calls are taken there, as a stream of news would never end."""
        (route,) = (each for each in self._inner.routes if isinstance(each, Route) and each.path == TOOLS)
        app.router.routes.append(Route(TOOLS, endpoint=route.endpoint, methods=["POST"]))

    @asynccontextmanager
    async def running(self) -> AsyncIterator[None]:
        """Serves while the application runs."""
        async with self._server.session_manager.run():
            yield
