"""The HTTP protocol of the server: uvicorn's over h11, with bounds on how long a peer is waited for and on how many there are.

h11 itself refuses two ``Host`` headers, two lengths and heads that do not end. Added here: a request has to arrive within
a time, a response has to be taken within a time, and of too many connections the one that has been waited for longest is
closed.
"""

from __future__ import annotations

import asyncio
import json
import resource
import sys
import time
from http import HTTPStatus
from typing import Any

import h11
from uvicorn.config import Config
from uvicorn.protocols.http.h11_impl import H11Protocol
from uvicorn.server import ServerState

from api.http.problems import MEDIA, Problem, problem_object
from assistant.settings.serving import ServeSetting

LIMITS = "serve"
"""Name under which the application gives its limits to the connections, in the state of its lifespan."""
PROTOCOL = "api.http.connections:BoundedConnection"
"""For uvicorn, which imports it in each worker."""
BODY_RATE = 16 * 1024
"""Bytes a second that a body has to come with once its first time is over."""
OWN_HANDLES = 0.5
"""Part of the handles of a process that connections leave to its files and databases."""
BACKLOG = 64
"""Connections that the system holds until they are taken; as many may be taken at once, before any is counted."""


def most_connections(limits: ServeSetting) -> int:
    """Returns how many connections a worker holds: as the settings say, and less where it may open few handles."""
    soft, _ = resource.getrlimit(resource.RLIMIT_NOFILE)
    if soft == resource.RLIM_INFINITY:
        return limits.connections
    return max(1, min(limits.connections, int(soft * (1 - OWN_HANDLES)) - BACKLOG))


class BoundedConnection(H11Protocol):
    """One connection. It waits for its peer (for a request, the rest of one, or room to write), or answers a request."""

    def __init__(
        self,
        config: Config,
        server_state: ServerState,
        app_state: dict[str, Any],
        _loop: asyncio.AbstractEventLoop | None = None,
    ) -> None:
        limits = app_state.get(LIMITS)
        self._limits = limits if isinstance(limits, ServeSetting) else ServeSetting()
        super().__init__(config, server_state, app_state, _loop)
        self._most = most_connections(self._limits)
        self._timer: asyncio.TimerHandle | None = None
        self._write_timer: asyncio.TimerHandle | None = None
        self._body_bytes = 0
        self._has_begun = False
        self.waiting_since: float | None = None
        """When it began to wait for its peer to send something, by the monotonic clock; None while it answers."""
        self.is_inside_request = False
        """Whether the head of a request is here and its body is not."""

    def connection_made(self, transport: asyncio.Transport) -> None:  # type: ignore[override]
        """Begins to wait for a request; closes another connection, or this one, if there are too many."""
        super().connection_made(transport)
        self._wait(self._limits.head_timeout_s)
        if len(self.connections) <= self._most:
            return
        others = [each for each in self.connections if isinstance(each, BoundedConnection) and each is not self]
        waiting = [each for each in others if each.waiting_since is not None]
        if waiting:
            min(waiting, key=lambda each: (each.is_inside_request, each.waiting_since or 0.0)).close_for_another()
            return
        detail = "The server has too many connections. Try again in a moment."
        self._refuse(Problem(503, "too_many_connections", detail, headers={"Retry-After": "2"}))

    def connection_lost(self, exc: Exception | None) -> None:
        """Ends the timers."""
        self._cancel()
        self.resume_writing()
        super().connection_lost(exc)

    def data_received(self, data: bytes) -> None:
        """Passes bytes on, and waits for the rest of a request for a limited time."""
        if self.transport.is_closing():
            return
        self._has_begun = True
        if self.is_inside_request:
            self._body_bytes += len(data)
        super().data_received(data)
        self._watch()

    def on_response_complete(self) -> None:
        """Waits for the next request, or goes on with the one that came meanwhile."""
        super().on_response_complete()
        self.is_inside_request = False
        self._cancel()
        if self.cycle.response_complete:
            self._has_begun = False
            self.waiting_since = time.monotonic()  # uvicorn's own timer closes it, until something comes
        else:
            self._watch()

    def pause_writing(self) -> None:
        """Gives the peer a limited time to take what was written."""
        super().pause_writing()
        if self._write_timer is None:
            self._write_timer = self.loop.call_later(self._limits.body_timeout_s, self.transport.abort)

    def resume_writing(self) -> None:
        """Ends that time."""
        if self._write_timer is not None:
            self._write_timer.cancel()
            self._write_timer = None
        super().resume_writing()

    def send_400_response(self, msg: str) -> None:
        """Answers what is no HTTP request: 431 for a head that does not end, else 400."""
        error = sys.exc_info()[1]
        hint = error.error_status_hint if isinstance(error, h11.RemoteProtocolError) else 400
        if hint == HTTPStatus.REQUEST_HEADER_FIELDS_TOO_LARGE:
            self._refuse(Problem(431, "headers_too_large", "The address and headers of the request are too long."))
            return
        self._refuse(Problem(400, "not_http", "This is no valid HTTP request."))

    def close_for_another(self) -> None:
        """Closes this connection, which waits, because there are too many."""
        self._cancel()
        self.transport.abort()

    def _watch(self) -> None:
        """Sets the timer that fits the state after bytes came."""
        if self.transport.is_closing():
            self._cancel()
        elif self.cycle is not None and not self.cycle.response_complete:
            if not self.cycle.more_body:
                self._cancel()
                self.is_inside_request = False
            elif not self.is_inside_request:
                self.is_inside_request, self._body_bytes = True, 0
                self._wait(self._limits.body_timeout_s)
        elif self._timer is None:
            self._wait(self._limits.head_timeout_s)

    def _wait(self, seconds: float) -> None:
        self._cancel()
        self.waiting_since = time.monotonic()
        self._timer = self.loop.call_later(seconds, self._waited)

    def _cancel(self) -> None:
        self.waiting_since = None
        if self._timer is not None:
            self._timer.cancel()
            self._timer = None

    def _waited(self) -> None:
        """Closes the connection, unless a body comes fast enough or is not being read at the moment."""
        self._timer = None
        if self.is_inside_request:
            allowed = self._limits.body_timeout_s + self._body_bytes / BODY_RATE
            left = allowed - (time.monotonic() - (self.waiting_since or 0.0))
            if left > 0 or self.flow.read_paused:
                self._timer = self.loop.call_later(max(left, 1.0), self._waited)
                return
        if not self._has_begun:
            self.transport.close()
            return
        self._refuse(Problem(408, "too_slow", "The request did not arrive in time. Send it again."))

    def _refuse(self, problem: Problem) -> None:
        """Answers with a problem where nothing was answered yet, and closes the connection."""
        self._cancel()
        if self.conn.our_state in (h11.IDLE, h11.SEND_RESPONSE) and not self._has_answered:
            body = json.dumps(problem_object(problem)).encode()
            headers = {
                "Content-Type": MEDIA,
                "Content-Length": str(len(body)),
                "Connection": "close",
                **problem.headers,
            }
            reason = HTTPStatus(problem.status).phrase.encode()
            response = h11.Response(status_code=problem.status, headers=list(headers.items()), reason=reason)
            for event in (response, h11.Data(data=body), h11.EndOfMessage()):
                self.transport.write(self.conn.send(event) or b"")
        if self.cycle is not None:
            self.cycle.disconnected = True
            self.cycle.message_event.set()
        self.transport.close()

    @property
    def _has_answered(self) -> bool:
        return self.cycle is not None and self.cycle.response_started and not self.cycle.response_complete
