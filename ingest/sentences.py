"""Cuts running text into sentences, as spans."""

from __future__ import annotations

import re

from assistant.model import Span

_END = re.compile(r"[.!?]['’”\")\]]*(?=\s+[\"'‘“(\[]?[A-Z0-9•])")
_ABBREVIATION = re.compile(
    r"(?:^|[\s(‘“'\"])(?:e\.g|i\.e|etc|cf|vs|viz|no|nos|para|paras|p|pp|s|ss|ch|reg|regs|art|sch|vol|ed|eds|dr|mr|mrs|"
    r"ms|prof|st|rev|hon|dept|approx|inc|ltd|co|fig|tel|ext|al|[A-Za-z])\.['’”\")\]]*$",
    re.IGNORECASE,
)
_NUMBERED = re.compile(r"^\(?(?:\d{1,3}(?:\.\d+)*|[a-z]|[ivx]+)[.)]$", re.IGNORECASE)


def sentence_spans(text: str, start: int = 0) -> tuple[Span, ...]:
    """Returns the sentences of a text in order, together covering all but the white space between them.

    A number or letter that opens a paragraph stays with its first sentence; abbreviations ("e.g.", "para. 24",
    "Dr. Khan", "s. 47") do not end one.

    Args:
        text: Running text without line breaks.
        start: Added to every offset.
    """
    spans: list[Span] = []
    begin = len(text) - len(text.lstrip())
    for found in _END.finditer(text):
        if found.end() <= begin or not _ends(text[begin : found.end()]):
            continue
        spans.append(Span(begin + start, found.end() + start))
        begin = found.end() + len(text[found.end() :]) - len(text[found.end() :].lstrip())
    end = len(text.rstrip())
    if begin < end:
        spans.append(Span(begin + start, end + start))
    return tuple(spans)


def _ends(sentence: str) -> bool:
    if _NUMBERED.match(sentence):
        return False
    is_question = sentence.rstrip("'’”\")]").endswith(("!", "?"))
    return is_question or not _ABBREVIATION.search(sentence)
