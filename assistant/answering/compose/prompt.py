"""The request to a language model: a question and its passages, under tokens that mean nothing outside the request."""

from __future__ import annotations

import json
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from assistant.errors import ModelMalformed
from assistant.model import Hit, Passage
from assistant.prompts.passages import about, random_token

BYTES_PER_TOKEN = 3
"""Fewer than any tokenizer in use packs into one token of English, so that the estimate errs to the safe side."""


@dataclass(frozen=True, slots=True)
class Request:
    """What is sent, and which passage each token stands for."""

    data: str
    passages: dict[str, Passage]


def request_of(
    question: str, hits: Sequence[Hit], room_tokens: int, token: Callable[[], str] = random_token
) -> Request:
    """Returns the request for a question over the quotable hits in use, best first, as many as there is room for.

    Raises:
        ModelMalformed: There is no room for one passage.
    """
    passages: dict[str, Passage] = {}
    entries: list[dict[str, str]] = []
    for hit in hits:
        if hit.rejected is not None or not hit.passage.is_quotable:
            continue
        name = _unused(token, passages)
        more = [*entries, {"token": name, "about": about(hit.passage), "text": hit.passage.text}]
        if tokens_of(_data(question, more)) > room_tokens:
            break
        passages[name], entries = hit.passage, more
    if not passages:
        raise ModelMalformed("There is no room for a passage beside the question. Raise language_model.prompt_tokens.")
    return Request(_data(question, entries), passages)


def tokens_of(text: str) -> int:
    """Returns a generous estimate of the tokens of a text."""
    return -(-len(text.encode()) // BYTES_PER_TOKEN)


def _data(question: str, passages: Sequence[dict[str, str]]) -> str:
    return json.dumps({"question": question, "passages": passages}, ensure_ascii=False)


def _unused(token: Callable[[], str], passages: dict[str, Passage]) -> str:
    while (name := token()) in passages:
        pass
    return name
