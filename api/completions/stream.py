"""A chat completion piece by piece: the emergency card at once, the rest when it is verified."""

from __future__ import annotations

import json
from collections.abc import AsyncIterator, Callable
from dataclasses import dataclass
from typing import Any

from fastapi import Request
from fastapi.sse import KEEPALIVE_COMMENT, format_sse_event

from api.asking.ask_stream import Card, Done, Failed, Heartbeat, Work, watched
from api.asking.service import Object
from api.completions.outcome_text import Link, card_text, links_of, text_of
from api.http.problems import told_of

PIECE = "chat.completion.chunk"
USAGE = {"prompt_tokens": 0, "completion_tokens": 0, "total_tokens": 0}
"""Nothing is counted: quoting takes no language model, and what one that writes costs is not the caller's."""


@dataclass(frozen=True, slots=True)
class Named:
    """What every frame of a completion says of it."""

    name: str
    created: int
    model: str


Piece = Callable[..., bytes]


def annotations_of(links: tuple[Link, ...]) -> list[dict[str, Any]]:
    """Returns links as ``url_citation`` annotations."""
    return [
        {
            "type": "url_citation",
            "url_citation": {"start_index": each.start, "end_index": each.end, "title": each.title, "url": each.url},
        }
        for each in links
    ]


async def pieces(request: Request, work: Work, named: Named, base_url: str, *, has_usage: bool) -> AsyncIterator[bytes]:
    """Yields the frames of a streamed completion, ``[DONE]`` last; a fault is an ``error`` frame."""

    def piece(delta: dict[str, Any], finish: str | None = None, **more: Any) -> bytes:
        choice = {"index": 0, "delta": delta, "finish_reason": finish}
        return _frame({**_head(named), "choices": [choice], **more})

    yield piece({"role": "assistant", "content": ""})
    shown = ""
    async for item in watched(request, work):
        match item:
            case Card(outcome):
                shown = card_text(outcome["card"])
                yield piece({"content": shown})
            case Heartbeat():
                yield KEEPALIVE_COMMENT
            case Failed(error):
                yield _frame({"error": told_of(error if isinstance(error, Exception) else Exception())})
                return
            case Done(record, outcome):
                for frame in _ending(outcome, shown, base_url, piece, record.record_id):
                    yield frame
            case _:
                pass
    if has_usage:
        yield _frame({**_head(named), "choices": [], "usage": USAGE})
    yield format_sse_event(data_str="[DONE]")


def _head(named: Named) -> dict[str, Any]:
    return {"id": named.name, "object": PIECE, "created": named.created, "model": named.model}


def _ending(outcome: Object, shown: str, base_url: str, piece: Piece, record_id: str) -> list[bytes]:
    text = text_of(outcome, base_url)
    rest = text.removeprefix(shown)
    paragraphs = rest.split("\n\n")
    frames = [piece({"content": each if not at else f"\n\n{each}"}) for at, each in enumerate(paragraphs)]
    links = annotations_of(links_of(text, outcome, base_url))
    told = {"record_id": record_id, "outcome": outcome}
    return [*frames, piece({"annotations": links} if links else {}, "stop", policy_assistant=told)]


def _frame(value: Any) -> bytes:
    return format_sse_event(data_str=json.dumps(value, ensure_ascii=False))
