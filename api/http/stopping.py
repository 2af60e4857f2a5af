"""The server stops: open streams are told, so that it is gone within seconds."""

from __future__ import annotations

import os
import signal
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from types import FrameType

from api.http.problems import Problem

GRACE_S = 2.0
"""How long questions in progress may go on once the server was told to stop."""
LONGEST_S = 4.0
"""After which the process ends in any case."""
SIGNALS = (signal.SIGTERM, signal.SIGINT)


class Stopping:
    """Whether the server was told to stop, and since when; one per worker."""

    def __init__(self) -> None:
        self._since: float | None = None

    def begin(self) -> None:
        """Takes note that the server was told to stop."""
        if self._since is None:
            self._since = time.monotonic()

    def end_soon(self) -> None:
        """Ends the process after a while: a thread that still computes would keep it; what it writes is whole or absent."""
        timer = threading.Timer(LONGEST_S, os._exit, (0,))
        timer.daemon = True
        timer.start()

    def is_over(self) -> bool:
        """Returns whether questions in progress have to end now."""
        return self._since is not None and time.monotonic() - self._since >= GRACE_S

    @contextmanager
    def watching(self) -> Iterator[None]:
        """Takes note of the signals that stop the server, besides whoever handles them; only in the main thread."""
        if threading.current_thread() is not threading.main_thread():
            yield
            return
        before = {each: signal.getsignal(each) for each in SIGNALS}

        def stop(number: int, frame: FrameType | None) -> None:
            if self._since is None:
                self.begin()
                self.end_soon()
            handler = before[signal.Signals(number)]
            if callable(handler):
                handler(number, frame)

        watched = [each for each in SIGNALS if callable(before[each])]
        for each in watched:
            signal.signal(each, stop)
        try:
            yield
        finally:
            for each in watched:
                signal.signal(each, before[each])


NEVER = Stopping()
"""Of a server that nobody stops."""


def stopping_problem() -> Problem:
    """Returns the problem of a question that ends with the server."""
    detail = "The server is stopping. Ask again in a moment."
    return Problem(503, "stopping", detail, headers={"Retry-After": "5"})
