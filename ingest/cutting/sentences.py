"""Cuts running text into sentences, as spans."""

from __future__ import annotations

import re

from assistant.model import Span

_END = re.compile(r"[.!?]['’”\")\]]*(?=\s+[\"'‘“(\[]?[A-Z0-9•])")
_OPEN = r"(?:^|[\s(‘“'\"])"
_CLOSE = r"\.['’”\")\]]*$"
_ABBREVIATION = re.compile(
    rf"{_OPEN}(?:e\.g|i\.e|cf|vs|viz|dr|mr|mrs|ms|prof|st|rev|hon|dept|approx|inc|ltd|al){_CLOSE}", re.IGNORECASE
)
_BEFORE_NUMBER = re.compile(
    rf"{_OPEN}(?:nos?|paras?|pp?|ss?|ch|regs?|arts?|sch|vol|fig|tel|ext|eds?){_CLOSE}", re.IGNORECASE
)
"""Abbreviations that stand before a number: "para. 24", but "the answer is no. They"."""
_INITIAL = re.compile(rf"{_OPEN}[A-Za-z]{_CLOSE}")
_NAMED_BY_LETTER = re.compile(
    rf"\b(?:annex|appendix|article|chapter|ground|part|section|schedule|table) [A-Z]{_CLOSE}", re.I
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
    for stop in _END.finditer(text):
        if stop.end() <= begin or not _ends(text[begin : stop.end()], text[stop.end() :].lstrip()[:1]):
            continue
        spans.append(Span(begin + start, stop.end() + start))
        begin = stop.end() + len(text[stop.end() :]) - len(text[stop.end() :].lstrip())
    end = len(text.rstrip())
    if begin < end:
        spans.append(Span(begin + start, end + start))
    return tuple(spans)


def _ends(sentence: str, following: str) -> bool:
    """Returns whether a sentence ends with this stop, before a letter, digit or quote mark that follows."""
    if _NUMBERED.match(sentence):
        return False
    if sentence.rstrip("'’”\")]").endswith(("!", "?")):
        return True
    if _ABBREVIATION.search(sentence) or (_BEFORE_NUMBER.search(sentence) and following.isdigit()):
        return False
    return not _INITIAL.search(sentence) or bool(_NAMED_BY_LETTER.search(sentence))
