"""Server-sent events of one question: stage, card, verified, statement, citation, outcome, problem."""

from __future__ import annotations

import json
from collections.abc import AsyncIterator, Iterator
from typing import Any

from fastapi import Request
from fastapi.responses import StreamingResponse
from fastapi.sse import KEEPALIVE_COMMENT, format_sse_event

from api.asking.ask_stream import Card, Done, Failed, Heartbeat, News, Stage, Verified, Work, watched
from api.asking.schemas import asked_of
from api.asking.service import Object
from api.http.problems import told_of

MEDIA = "text/event-stream"
HEADERS = {"Cache-Control": "no-store", "X-Accel-Buffering": "no"}


def event_stream(request: Request, work: Work) -> StreamingResponse:
    """Returns the events of a question as they happen; a statement is sent only once it is verified.

    ``verified`` comes early, while a language model writes; what follows it at the end counts.
    """
    return StreamingResponse(_frames(request, work), media_type=MEDIA, headers=HEADERS)


async def _frames(request: Request, work: Work) -> AsyncIterator[bytes]:
    async for item in watched(request, work):
        for frame in _told(item):
            yield frame


def _told(item: News) -> Iterator[bytes]:
    match item:
        case Stage(name):
            yield _event("stage", {"stage": name})
        case Card(outcome):
            yield _event("card", outcome["card"])
        case Verified(statement):
            yield _event("verified", statement)
        case Heartbeat():
            yield KEEPALIVE_COMMENT
        case Done(record, outcome):
            yield from _parts(outcome.get("then") or outcome)
            yield _event("outcome", asked_of(record, outcome).model_dump(mode="json"))
        case Failed(error):
            yield _event("problem", told_of(error if isinstance(error, Exception) else Exception()))


def _parts(outcome: Object) -> Iterator[bytes]:
    for number, statement in enumerate(outcome["statements"], start=1):
        yield _event("statement", {"number": number, **statement})
    for citation in outcome["citations"]:
        yield _event("citation", citation)


def _event(name: str, value: Any) -> bytes:
    return format_sse_event(event=name, data_str=json.dumps(value, ensure_ascii=False))
