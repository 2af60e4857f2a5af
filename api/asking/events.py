"""Server-sent events of one question: stage, card, verified, statement, citation, outcome, problem."""

from __future__ import annotations

import json
from collections.abc import AsyncIterator, Iterator, Mapping, Sequence
from typing import Any

from fastapi import Request
from fastapi.responses import StreamingResponse
from fastapi.sse import KEEPALIVE_COMMENT, format_sse_event
from pydantic import BaseModel

from api.asking.ask_stream import Card, Done, Event, Failed, Heartbeat, Stage, Verified, Work, ask_events
from api.asking.schemas import ask_response
from api.http.problems import logged_problem
from api.http.stopping import Stopping
from assistant.model import MaskedSpan
from assistant.outcomes.view import OutcomeView, without_card

MEDIA = "text/event-stream"
STREAM: dict[int | str, dict[str, Any]] = {
    200: {
        "description": "The outcome; or, with Accept: text/event-stream, the events stage, card, verified, statement, "
        "citation, outcome and problem as they happen.",
        "content": {MEDIA: {"schema": {}, "example": 'event: stage\ndata: {"stage": "retrieve"}\n\n'}},
    }
}
"""How OpenAPI describes both forms of an answer."""
HEADERS = {"Cache-Control": "no-store", "X-Accel-Buffering": "no"}


def event_stream(
    request: Request, work: Work, stopping: Stopping, masked: Sequence[MaskedSpan] = ()
) -> StreamingResponse:
    """Returns the events of a question as they happen; a statement is sent only after it is verified.

    ``verified`` events come early, while a language model writes; the ``statement`` events at the end replace them.
    ``masked`` says where what was masked stood in the question as it was typed.
    """
    return StreamingResponse(_frames(request, work, stopping, masked), media_type=MEDIA, headers=HEADERS)


async def _frames(
    request: Request, work: Work, stopping: Stopping, masked: Sequence[MaskedSpan]
) -> AsyncIterator[bytes]:
    async for event in ask_events(request, work, stopping):
        for frame in _frames_of(event, masked):
            yield frame


def _frames_of(event: Event, masked: Sequence[MaskedSpan]) -> Iterator[bytes]:
    match event:
        case Stage(name):
            yield frame("stage", {"stage": name})
        case Card(outcome):
            yield frame("card", outcome.card)
        case Verified(statement):
            yield frame("verified", statement)
        case Heartbeat():
            yield KEEPALIVE_COMMENT
        case Done(record, outcome):
            yield from _answer_frames(without_card(outcome))
            yield frame("outcome", ask_response(record, outcome, masked))
        case Failed(error):
            yield frame("problem", logged_problem(error if isinstance(error, Exception) else Exception()))


def _answer_frames(outcome: OutcomeView) -> Iterator[bytes]:
    for number, statement in enumerate(outcome.statements, start=1):
        yield frame("statement", {"number": number, **statement.model_dump(mode="json")})
    for citation in outcome.citations:
        yield frame("citation", citation)


def frame(name: str, value: BaseModel | Mapping[str, object]) -> bytes:
    """Returns one event."""
    plain = value.model_dump(mode="json") if isinstance(value, BaseModel) else value
    return format_sse_event(event=name, data_str=json.dumps(plain, ensure_ascii=False))
