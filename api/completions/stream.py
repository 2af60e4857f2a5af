"""A streamed chat completion: the emergency card at once, the rest when it is verified."""

from __future__ import annotations

import json
from collections.abc import AsyncIterator, Callable
from dataclasses import dataclass
from typing import Any

from fastapi import Request
from fastapi.sse import KEEPALIVE_COMMENT, format_sse_event

from api.asking.ask_stream import Card, Done, Failed, Heartbeat, Work, ask_events
from api.completions.outcome_text import Link, card_text, links_of, text_of
from api.completions.schemas import Annotation, Extension, UrlCitation
from api.http.problems import logged_problem
from api.http.stopping import Stopping
from assistant.outcomes.view import OutcomeView

FRAME_OBJECT = "chat.completion.chunk"
USAGE = {"prompt_tokens": 0, "completion_tokens": 0, "total_tokens": 0}
"""Always zero: quoting uses no language model, and the cost of one that writes is not charged to the caller."""


@dataclass(frozen=True, slots=True)
class CompletionHead:
    """The fields that every frame of a completion repeats."""

    name: str
    created: int
    model: str


FrameBuilder = Callable[..., bytes]


def annotations_of(links: tuple[Link, ...]) -> list[Annotation]:
    """Returns links as ``url_citation`` annotations."""
    return [
        Annotation(url_citation=UrlCitation(start_index=link.start, end_index=link.end, title=link.title, url=link.url))
        for link in links
    ]


async def completion_frames(
    request: Request, work: Work, stopping: Stopping, named: CompletionHead, base_url: str, *, has_usage: bool
) -> AsyncIterator[bytes]:
    """Yields the frames of a streamed completion, ``[DONE]`` last; a fault is an ``error`` frame."""

    def frame(delta: dict[str, Any], finish: str | None = None, **more: Any) -> bytes:
        choice = {"index": 0, "delta": delta, "finish_reason": finish}
        return _frame({**_head(named), "choices": [choice], **more})

    yield frame({"role": "assistant", "content": ""})
    shown = ""
    async for event in ask_events(request, work, stopping):
        match event:
            case Card(outcome):
                shown = card_text(outcome.card)
                yield frame({"content": shown})
            case Heartbeat():
                yield KEEPALIVE_COMMENT
            case Failed(error):
                problem = logged_problem(error if isinstance(error, Exception) else Exception())
                yield _frame({"error": {**problem, **problem["error"]}})
                return
            case Done(record, outcome):
                for last in _final_frames(outcome, shown, base_url, frame, record.record_id):
                    yield last
            case _:
                pass
    if has_usage:
        yield _frame({**_head(named), "choices": [], "usage": USAGE})
    yield format_sse_event(data_str="[DONE]")


async def text_frames(text: str, named: CompletionHead) -> AsyncIterator[bytes]:
    """Yields the frames of a completion that is a text and nothing else, ``[DONE]`` last."""
    for delta, finish in (({"role": "assistant", "content": text}, None), ({}, "stop")):
        choice = {"index": 0, "delta": delta, "finish_reason": finish}
        yield _frame({**_head(named), "choices": [choice]})
    yield format_sse_event(data_str="[DONE]")


def _head(named: CompletionHead) -> dict[str, Any]:
    return {"id": named.name, "object": FRAME_OBJECT, "created": named.created, "model": named.model}


def _final_frames(outcome: OutcomeView, shown: str, base_url: str, frame: FrameBuilder, record_id: str) -> list[bytes]:
    text = text_of(outcome, base_url)
    rest = text.removeprefix(shown)
    paragraphs = rest.split("\n\n")
    frames = [frame({"content": each if not at else f"\n\n{each}"}) for at, each in enumerate(paragraphs)]
    links = [each.model_dump(mode="json") for each in annotations_of(links_of(text, outcome, base_url))]
    extension = Extension(record_id=record_id, outcome=outcome).model_dump(mode="json")
    return [*frames, frame({"annotations": links} if links else {}, "stop", policy_assistant=extension)]


def _frame(value: Any) -> bytes:
    return format_sse_event(data_str=json.dumps(value, ensure_ascii=False))
