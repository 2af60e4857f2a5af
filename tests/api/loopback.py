"""A real server on loopback, in a thread of this process."""

from __future__ import annotations

import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager

import uvicorn
from fastapi import FastAPI

from api.http.connections import BACKLOG, PROTOCOL


@contextmanager
def listening(app: FastAPI) -> Iterator[str]:
    """Yields the address of a server over an application."""
    config = uvicorn.Config(
        app, port=0, log_level="error", access_log=False, http=PROTOCOL, ws="none", backlog=BACKLOG
    )  # as `assistant serve`
    server = uvicorn.Server(config)
    thread = threading.Thread(target=server.run, daemon=True)
    thread.start()
    while not server.started:
        time.sleep(0.02)
    port = server.servers[0].sockets[0].getsockname()[1]
    yield f"http://127.0.0.1:{port}"
    server.should_exit = True
    thread.join(10)
