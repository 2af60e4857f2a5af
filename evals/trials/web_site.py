"""A site that plays a manual, a council site or the content API, with the faults that real ones have.

``transport`` answers without any network; ``served`` runs it on loopback.
"""

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

import httpx

HOST = "https://www.aldmoor.example"
FRAME = (
    '<!doctype html><html lang="en"><head><meta charset="utf-8"><title>{title} | Aldmoor procedures</title></head><body>'
    '<header><a href="/manual/">Aldmoor Safeguarding Children Partnership</a></header>'
    '<nav><ul><li><a href="/manual/">Start</a></li>{menu}</ul></nav><main><h1>{title}</h1>{body}</main>'
    "<footer>{links}Built {built}. Cookies and privacy.</footer></body></html>"
)
SIGN_IN = (
    b"<html><head><title>Sign in</title></head><body><h1>Sign in</h1><form><input type='password'></form></body></html>"
)
PARKED = (
    b"<html><title>aldmoor.example</title><body><p>This domain is for sale. Buy this domain today.</p></body></html>"
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
    """A site, with what it was asked."""

    address: str = HOST
    pages: dict[str, Reply] = field(
        default_factory=lambda: {"/robots.txt": Reply(b"User-agent: *\nAllow: /\n", content_type="text/plain")}
    )
    asked: Counter[str] = field(default_factory=Counter)
    agents: set[str] = field(default_factory=set)
    sent: int = 0
    at: list[float] = field(default_factory=list)
    any_page: Reply | None = None
    """What every path answers while it is set: a sign-in page, an empty page, a parked domain."""
    on_request: Callable[[str], None] = lambda path: None
    menu: str = ""
    """What stands in the menu of every page."""

    def page(self, path: str, title: str, *paragraphs: str, links: tuple[str, ...] = (), **reply: Any) -> None:
        """Puts a page at a path."""
        body = "".join(f"<p>{each}</p>" for each in paragraphs)
        shown = "".join(f'<a href="{each}">{each}</a> ' for each in links)
        self.pages[path] = Reply(
            FRAME.format(title=title, body=body, links=shown, built="today", menu=self.menu).encode(), **reply
        )

    def json(self, path: str, value: object, **reply: Any) -> None:
        """Puts a JSON object at a path."""
        self.pages[path] = Reply(json.dumps(value).encode(), content_type="application/json", **reply)

    def redirect(self, path: str, to: str, status: int = 301) -> None:
        """Makes a path lead elsewhere."""
        self.pages[path] = Reply(b"", status, headers={"Location": to})

    def transport(self) -> httpx.MockTransport:
        """Returns what carries requests to the site without a network."""
        return httpx.MockTransport(self._handle)

    def _handle(self, request: httpx.Request) -> httpx.Response:
        if not str(request.url).startswith(self.address):
            raise httpx.ConnectError("no such host", request=request)
        status, headers, body = self.answer(request.url.raw_path.decode(), dict(request.headers))
        return httpx.Response(status, headers=headers, content=body)

    def answer(self, path: str, headers: dict[str, str]) -> tuple[int, dict[str, str], bytes]:
        """Returns status, headers and body for a request."""
        self.asked[path] += 1
        self.at.append(time.monotonic())
        self.agents.add(headers.get("user-agent", ""))
        self.on_request(path)
        reply = self.any_page or self.pages.get(path) or Reply(b"<h1>Not found</h1>", 404)
        if reply.times and self.asked[path] > reply.times and reply.then is not None:
            reply = reply.then
        if reply.slow_s:
            time.sleep(reply.slow_s)
        status, body, said = reply.status, reply.body, {"Content-Type": reply.content_type, **reply.headers}
        if status == 200 and reply.has_etag:
            said["ETag"] = f'"{hashlib.sha256(body).hexdigest()[:20]}"'
            if headers.get("if-none-match") == said["ETag"]:
                del said["Content-Type"]
                status, body = 304, b""
        if len(body) > 500 and "html" in reply.content_type and "Content-Encoding" not in said:
            body, said["Content-Encoding"] = gzip.compress(body, 1), "gzip"
        self.sent += len(body) + sum(len(name) + len(value) + 4 for name, value in said.items()) + 20
        return status, said, body


@contextmanager
def served(site: Site) -> Iterator[Site]:
    """Runs a site on loopback until the context is left; its address says where."""

    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def do_GET(self) -> None:
            """Answers as the site does."""
            status, headers, body = site.answer(self.path, {k.lower(): v for k, v in self.headers.items()})
            length = {} if status == 304 else {"Content-Length": str(len(body))}
            lines = "".join(f"{name}: {value}\r\n" for name, value in {**headers, **length}.items())
            try:
                self.wfile.write(f"HTTP/1.1 {status} .\r\n{lines}\r\n".encode() + body)
            except (BrokenPipeError, ConnectionResetError):
                self.close_connection = True

        def log_message(self, *arguments: object) -> None:
            """Says nothing."""

    class Server(ThreadingHTTPServer):
        daemon_threads = True

        def handle_error(self, request: object, client_address: object) -> None:
            """Says nothing of a client that was killed."""

    server = Server(("127.0.0.1", 0), Handler)
    site.address = f"http://127.0.0.1:{server.server_address[1]}"
    thread = threading.Thread(target=server.serve_forever, args=(0.02,), daemon=True)
    thread.start()
    try:
        yield site
    finally:
        server.shutdown()
        server.server_close()
        thread.join()
