"""A language model in memory that plays scripted replies, and hits to show it."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from assistant.errors import ModelUnavailable
from assistant.model import Digest, EditionId, Hit, Passage, PassageId, Sentence, Span
from assistant.ports import Piece

Says = Callable[[dict[str, Any]], str]
"""From the data of a request to the text of the reply."""


@dataclass
class FakeModel:
    """Plays one reply per request, the last one on and on; None breaks off."""

    script: list[Says | str | None]
    name: str = "fake-1"
    fingerprint: str = "fake"
    asked: list[tuple[str, str]] = field(default_factory=list)
    """Instructions and data of each request."""
    piece_length: int = 7

    def reply(self, instructions: str, data: str, form: Mapping[str, Any], within_s: float) -> Iterator[Piece]:
        self.asked.append((instructions, data))
        says = self.script[min(len(self.asked), len(self.script)) - 1]
        if says is None:
            raise ModelUnavailable("fake model: down.")
        text = says if isinstance(says, str) else says(json.loads(data))
        for start in range(0, len(text), self.piece_length):
            yield Piece(text[start : start + self.piece_length])
        yield Piece("", 100, 20)


def hit(name: str, *lines: str, start: int = 0, rejected: str | None = None, is_quotable: bool = True) -> Hit:
    """Returns a hit on a passage of one sentence per line, under a title and a heading."""
    text, spans, at = " ".join(lines), [], start
    for line in lines:
        spans.append(Span(at, at + len(line)))
        at += len(line) + 1
    passage = Passage(
        PassageId(name),
        EditionId("secret-file-name"),
        Span(start, start + len(text)),
        ("Heading",),
        None,
        text,
        f"Title | Heading\n{text}",
        Digest("0"),
        tuple(Sentence(each) for each in spans),
        is_quotable,
    )
    return Hit(passage, 1.0, rejected=rejected)
