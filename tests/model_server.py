"""A server on loopback that speaks OpenAI's chat protocol and plays scripted replies: right, wrong, slow, broken."""

from __future__ import annotations

import json
import threading
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

Body = dict[str, Any]


@dataclass(frozen=True)
class Reply:
    """How the server answers one request."""

    text: str = ""
    status: int = 200
    silence_s: float = 0.0
    """Waits so long before the first word."""
    pause_s: float = 0.0
    """Waits so long before each further piece."""
    breaks_after: int | None = None
    """Closes the connection after so many pieces, without a word of farewell."""
    raw: bytes | None = None
    """Sent as it is in place of a reply."""
    headers: tuple[tuple[str, str], ...] = ()
    tokens: tuple[int, int] = (700, 60)
    """Read and written."""


Behaviour = Callable[[Body], Reply]


@dataclass
class ScriptedModel:
    """What the server plays, and what it was sent."""

    script: list[Behaviour] = field(default_factory=list)
    """One per request; the last one plays on."""
    seen: list[Body] = field(default_factory=list)
    paths: list[str] = field(default_factory=list)
    base_url: str = ""
    gone: threading.Event = field(default_factory=threading.Event)

    def plays(self, *behaviours: Behaviour) -> None:
        """Begins a new script."""
        self.script[:], self.seen[:], self.paths[:] = behaviours, [], []

    def next_reply(self, body: Body) -> Reply:
        """Returns the reply to a request, and keeps the request."""
        self.seen.append(body)
        return self.script[min(len(self.seen), len(self.script)) - 1](body)

    @property
    def sent(self) -> str:
        """Everything that was sent to the server, as one text."""
        return json.dumps(self.seen, ensure_ascii=False)


def data_of(body: Body) -> Body:
    """Returns the data of a request: the JSON object of its last message."""
    return dict(json.loads(body["messages"][-1]["content"]))


def says(text: str, **more: Any) -> Behaviour:
    """Returns what replies with a text."""
    return lambda body: Reply(text, **more)


def claims(*said: Sequence[str]) -> str:
    """Returns the reply that makes claims, each as text, token and quote."""
    made = [dict(zip(("text", "token", "quote"), each, strict=True)) for each in said]
    return json.dumps({"answered": True, "claims": made}, ensure_ascii=False)


@contextmanager
def serving() -> Iterator[ScriptedModel]:
    """Yields a scripted model behind a server on loopback; silent replies end with it."""
    model = ScriptedModel([says("{}")])

    class Handler(_Handler):
        scripted = model

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    server.daemon_threads = True
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02})
    thread.start()
    model.base_url = f"http://127.0.0.1:{server.server_port}/v1"
    try:
        yield model
    finally:
        model.gone.set()
        server.shutdown()
        thread.join()
        server.server_close()


class _Handler(BaseHTTPRequestHandler):
    scripted: ScriptedModel

    def do_GET(self) -> None:
        self.scripted.paths.append(self.path)
        self.send_error(404)

    def do_POST(self) -> None:
        self.scripted.paths.append(self.path)
        try:
            body = json.loads(self.rfile.read(int(self.headers["content-length"])))
        except ValueError:
            self.send_error(400)
            return
        reply = self.scripted.next_reply(body)
        self.scripted.gone.wait(reply.silence_s)
        with suppress(OSError):  # the caller has gone
            self._send(body, reply)

    def _send(self, body: Body, reply: Reply) -> None:
        is_stream = bool(body.get("stream")) and reply.status == 200 and reply.raw is None
        self.send_response(reply.status)
        self.send_header("content-type", "text/event-stream" if is_stream else "application/json")
        for name, value in reply.headers:
            self.send_header(name, value)
        self.end_headers()
        if reply.raw is not None:
            self.wfile.write(reply.raw)
        elif reply.status != 200:
            self.wfile.write(json.dumps({"error": {"message": "scripted", "type": "scripted"}}).encode())
        elif is_stream:
            self._stream(body, reply)
        else:
            message = {"role": "assistant", "content": reply.text}
            choice = {"index": 0, "message": message, "finish_reason": "stop"}
            self.wfile.write(json.dumps({**_head(body), "choices": [choice], "usage": _usage(reply)}).encode())

    def _stream(self, body: Body, reply: Reply) -> None:
        pieces = [reply.text[start : start + 12] for start in range(0, len(reply.text), 12)]
        for count, text in enumerate(pieces):
            if count == reply.breaks_after:
                return
            self.scripted.gone.wait(reply.pause_s)
            self._event(body, [{"index": 0, "delta": {"role": "assistant", "content": text}, "finish_reason": None}])
        self._event(body, [{"index": 0, "delta": {}, "finish_reason": "stop"}])
        self._event(body, [], _usage(reply))
        self.wfile.write(b"data: [DONE]\n\n")

    def _event(self, body: Body, choices: list[Body], usage: Body | None = None) -> None:
        whole = {**_head(body), "object": "chat.completion.chunk", "choices": choices, "usage": usage}
        self.wfile.write(f"data: {json.dumps(whole, ensure_ascii=False)}\n\n".encode())
        self.wfile.flush()

    def log_message(self, *_: object) -> None:
        """Says nothing."""


def _usage(reply: Reply) -> Body:
    read, written = reply.tokens
    return {"prompt_tokens": read, "completion_tokens": written, "total_tokens": read + written}


def _head(body: Body) -> Body:
    return {"id": "1", "object": "chat.completion", "created": 0, "model": body["model"]}
