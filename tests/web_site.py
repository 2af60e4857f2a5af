"""A site on loopback that plays a manual, a council site or the content API, with every fault that a real one has."""

from __future__ import annotations

import gzip
import hashlib
import json
import threading
import time
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

FRAME = (
    '<!doctype html><html lang="en"><head><meta charset="utf-8"><title>{title} | Aldmoor procedures</title></head><body>'
    '<header><a href="/manual/">Aldmoor Safeguarding Children Partnership</a></header>'
    "<nav><ul>{nav}</ul></nav><main><h1>{title}</h1>{body}{links}</main>"
    "<footer>Built {built}. Cookies and privacy.</footer></body></html>"
)


@dataclass
class Reply:
    """What the site answers to one path."""

    body: bytes = b""
    status: int = 200
    content_type: str = "text/html; charset=utf-8"
    headers: dict[str, str] = field(default_factory=dict)
    slow_s: float = 0.0
    has_etag: bool = True
    times: int = 0
    """Answers after which ``then`` comes; 0 for no end."""
    then: Reply | None = None


@dataclass
class Site:
    """A site that runs, with what it was asked."""

    address: str
    pages: dict[str, Reply]
    asked: Counter[str] = field(default_factory=Counter)
    agents: set[str] = field(default_factory=set)
    sent: int = 0
    at: list[float] = field(default_factory=list)
    any_page: Reply | None = None
    """What every path answers while it is set: a sign-in page, an empty page, a parked domain."""
    on_request: Callable[[str], None] = lambda path: None

    def page(self, path: str, title: str, *paragraphs: str, links: tuple[str, ...] = (), **reply: Any) -> None:
        """Puts a page at a path."""
        body = "".join(f"<p>{each}</p>" for each in paragraphs)
        shown = "".join(
            f'<p><a href="{each}">{each.strip("/").rsplit("/", 1)[-1] or "start"}</a></p>' for each in links
        )
        text = FRAME.format(
            title=title, body=body, links=shown, nav="<li><a href='/manual/'>Start</a></li>", built="today"
        )
        self.pages[path] = Reply(text.encode(), **reply)

    def json(self, path: str, value: object, **reply: Any) -> None:
        """Puts a JSON object at a path."""
        self.pages[path] = Reply(json.dumps(value).encode(), content_type="application/json", **reply)

    def redirect(self, path: str, to: str, status: int = 301) -> None:
        """Makes a path lead elsewhere."""
        self.pages[path] = Reply(b"", status, headers={"Location": to})


@contextmanager
def site() -> Iterator[Site]:
    """Yields a site that runs until the context is left."""
    running = Site("", {"/robots.txt": Reply(b"User-agent: *\nAllow: /\n", content_type="text/plain")})

    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def do_GET(self) -> None:
            running.asked[self.path] += 1
            running.at.append(time.monotonic())
            running.agents.add(self.headers.get("User-Agent", ""))
            running.on_request(self.path)
            reply = running.any_page or running.pages.get(self.path) or Reply(b"<h1>Not found</h1>", 404)
            if reply.times and running.asked[self.path] > reply.times and reply.then is not None:
                reply = reply.then
            self._send(reply)

        def _send(self, reply: Reply) -> None:
            body, headers = reply.body, dict(reply.headers)
            tag = f'"{hashlib.sha256(body).hexdigest()[:20]}"'
            if reply.status == 200 and reply.has_etag:
                headers["ETag"] = tag
            status = reply.status
            if status == 200 and reply.has_etag and self.headers.get("If-None-Match") == tag:
                status, body = 304, b""
            if "gzip" in self.headers.get("Accept-Encoding", "") and len(body) > 500 and "html" in reply.content_type:
                body, headers["Content-Encoding"] = gzip.compress(body, 1), "gzip"
            lines = "".join(f"{name}: {value}\r\n" for name, value in headers.items())
            type_ = "" if status == 304 else f"Content-Type: {reply.content_type}\r\n"
            length = "" if status == 304 else f"Content-Length: {len(body)}\r\n"
            head = f"HTTP/1.1 {status} .\r\n{type_}{length}{lines}\r\n".encode()
            running.sent += len(head) + len(body)
            try:
                if reply.slow_s:
                    time.sleep(reply.slow_s)
                self.wfile.write(head + body)
            except (BrokenPipeError, ConnectionResetError):
                self.close_connection = True

        def log_message(self, *arguments: object) -> None:
            return

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    server.daemon_threads = True
    running.address = f"http://127.0.0.1:{server.server_address[1]}"
    thread = threading.Thread(target=server.serve_forever, args=(0.02,), daemon=True)
    thread.start()
    try:
        yield running
    finally:
        server.shutdown()
        server.server_close()
        thread.join()
