"""Dates that a sentence gives a document: "This policy was agreed by the Board on 3 May 2024", "The next review is due by June 2026"."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from ingest.metadata.labelled_dates import FoundDate, where_of
from ingest.metadata.printed_dates import dates_in
from ingest.metadata.words import words
from ingest.readers.cover import CoverLine

_SENTENCE = re.compile(r"(?<=[.!?])\s+(?=[A-Z‘“'\"(])")
_ITSELF = rf"\b(?:this|these)\s+(?:[\w’'-]+\s+){{0,3}}(?:{words('documents')}|{words('before_dates')}|chapter)s?\b"
_MADE = words("made")
_ON = r"(?:\s+(?:on|in|at|during))?(?:\s+the)?[\s,(]*$"
_ISSUED = tuple(
    re.compile(pattern, re.IGNORECASE)
    for pattern in (
        rf"{_ITSELF}[^.;]{{0,60}}?\b{_MADE}\b[^.;]{{0,70}}?{_ON}",
        rf"^\s*(?:it|they)\b[^.;]{{0,80}}?\b(?:was|were)\s+{_MADE}\s+by\b[^.;]{{0,60}}?{_ON}",
        rf"{_ITSELF},\s*$",
        r"^\s*(?:first\s+)?(?:published|issued)\s+in\s+(?:[A-Z][\w’'-]+\s+){1,3}(?:on|in)\s+$",
        rf"^\s*{words('made_by')}\b[^.;]{{3,110}},\s*$",
    )
)
_DUE = tuple(
    re.compile(pattern, re.IGNORECASE)
    for pattern in (
        rf"\b(?:will|shall|should|must|to)\s+(?:next\s+)?be\s[^.;]{{0,70}}?\b{words('reviewed')}\b(?:\s+(?:again|fully|formally))*\s+"
        rf"(?:in|by|on|before|during|no later than|at the latest by)\s+(?:the end of\s+)?$",
        r"\b(?:next|first)\s+(?:[\w-]+\s+){0,2}(?:review|refresh|revision|update)\b(?:\s+(?:is|will be|falls))?(?:\s+due)?"
        r"(?:\s+(?:by|in|on|before|at))?\s+$",
        r"\b(?:will|shall|should)\s[^.;]{0,30}?\b(?:look at|review|revisit|refresh)\b[^.;]{0,50}\s(?:again\s+)?(?:in|by|before)\s+$",
    )
)
_AMENDED = re.compile(
    rf",?\s*{_ITSELF}\s+(?:was|has been)\s+(?:\w+\s+)?(?:{words('reviewed')}|amended|added)\b", re.IGNORECASE
)
_IN = re.compile(r"^\s*(?:in|on)\s+$", re.IGNORECASE)
_OF_OTHERS = re.compile(r"\b(?:until|since|previous|earlier|replac\w+|supersed\w+|former|last year)\b", re.IGNORECASE)
ISSUED, DUE, AMENDED = 0.7, 0.72, 0.82
"""Confidence of a date of issue, of review and of change that a sentence gives."""


def sentence_issue(lines: Sequence[CoverLine]) -> FoundDate | None:
    """Returns the date of issue that a sentence about the document itself gives."""
    return next(_dates(lines, _ISSUED, ISSUED), None)


def sentence_amendment(lines: Sequence[CoverLine]) -> FoundDate | None:
    """Returns the date at which a chapter says that it was changed: "In May 2025, this chapter was refreshed"."""
    for line in _paragraphs(lines):
        for sentence in _SENTENCE.split(line.text):
            date = next(iter(dates_in(sentence)), None)
            if date and _IN.match(sentence[: date.place[0]]) and _AMENDED.match(sentence[date.place[1] :]):
                return FoundDate(date, AMENDED, where_of(line), sentence.strip())
    return None


def sentence_review(lines: Sequence[CoverLine]) -> FoundDate | None:
    """Returns the date of review that a sentence gives."""
    return next(_dates(lines, _DUE, DUE), None)


def _dates(lines: Sequence[CoverLine], patterns: Sequence[re.Pattern[str]], confidence: float) -> Iterator[FoundDate]:
    for line in _paragraphs(lines):
        for sentence in _SENTENCE.split(line.text):
            for date in dates_in(sentence):
                before = sentence[: date.place[0]]
                if any(each.search(before) for each in patterns) and not _OF_OTHERS.search(before):
                    yield FoundDate(date, confidence, where_of(line), sentence.strip())


def _paragraphs(lines: Sequence[CoverLine]) -> Iterator[CoverLine]:
    """Yields the lines with those of one paragraph joined; rows of tables stay apart."""
    held: list[CoverLine] = []
    for line in lines:
        goes_on = held and not line.cells and not held[-1].cells and line.page == held[-1].page
        if goes_on and abs(line.size - held[-1].size) < 0.3 and line.is_running == held[-1].is_running:
            held.append(line)
            continue
        if held:
            yield _joined(held)
        held = [line]
    if held:
        yield _joined(held)


def _joined(lines: Sequence[CoverLine]) -> CoverLine:
    first = lines[0]
    return CoverLine(" ".join(each.text for each in lines), first.page, first.size, first.is_running)
