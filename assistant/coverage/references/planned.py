"""Documents that a local text says are still to be written."""

from __future__ import annotations

import re
from collections.abc import Iterator

from assistant.coverage.references.titles import title_of
from assistant.coverage.texts.paragraphs import plain
from assistant.model import Edition, Kind, Span

_DOCUMENT = (
    r"(?:polic(?:y|ies)|toolkits?|procedures?|protocols?|pathways?|guidance|frameworks?|action plans?|strateg(?:y|ies)|"
    r"training (?:programme|plan)|threshold document|arrangements|web ?site|handbook|charter|standards)"
)
_PLANNED = re.compile(
    rf"(?P<name>(?:[A-Z][\w-]+ ){{0,6}}(?i:{_DOCUMENT}))\b[^.;:]{{0,60}}?\b(?:will|is to|are to) (?:then |also )?be "
    r"(?:developed|written|produced|published|created|drafted|launched|agreed)\b"
    r"|\b(?i:develop|produce|write|publish|create|draft|launch)(?: and (?:implement|deliver|embed|launch|publish))?\s+"
    rf"(?:an? |the |our |robust |new |local |clear )*(?P<other>(?:[\w-]+ ){{0,6}}?(?i:{_DOCUMENT}))\b"
    rf"|\b[Tt]he (?P<third>(?:[\w-]+ ){{0,3}}?(?i:{_DOCUMENT})) will (?:then )?(?:provide|set out|explain|contain|describe)\b",
)
_DUTY = re.compile(r"\b(?:should|must|may)\b")
BEFORE = 40
"""Characters before the match in which a duty word means that others are told to write it."""


def planned_documents(text: str, edition: Edition) -> Iterator[tuple[Span, str]]:
    """Yields the span and name of each document that a local text says is to be written; guidance only tells others to."""
    if edition.kind.authority < Kind.POLICY.authority:
        return
    for match in _PLANNED.finditer(text):
        name = plain(next(each for each in match.groups() if each)).strip()
        is_for_others = _DUTY.search(text[max(0, match.start() - BEFORE) : match.start()])
        if not is_for_others and name.lower() != title_of(edition):
            yield Span(match.start(), match.end()), name
