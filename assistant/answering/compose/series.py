"""Series: headings or openings of paragraphs that count on, as "Priority 1 … Priority 4" or "Step 1. … Step 3." do."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import TypeVar

from assistant.answering.compose.reading_order import ReadingOrder, heading_span
from assistant.answering.query_analysis.whole_asked import WholeAsked, number_of
from assistant.model import Section, Span
from assistant.text.number_words import NUMBERS
from assistant.text.words import content_words, stem

_T = TypeVar("_T")
FEWEST = 2
MOST_WORDS = 320
"""Members are quoted whole up to this many words in all; else their opening sentences."""
MOST_INTRODUCTION = 40
"""Most words of a sentence that introduces a series."""
FEWEST_LEAD_WORDS = 3
SHORT = 8
"""An opening of at most this many words is a heading of its own: "Stage one – Notification."."""
_OPENS = re.compile(
    rf"(?P<name>[A-Z][A-Za-z]+) (?P<number>\d{{1,2}}|{'|'.join(NUMBERS)}|[IVX]+|[A-H])\b(?=\s*(?:[:.–—)(-]|$))|"
    r"(?P<digit>\d{1,2})[.)](?=\s)",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Member:
    """One member of a series."""

    name: str
    """What it is called, as a stem: "prioriti"; "" for a number alone."""
    number: int


@dataclass(frozen=True, slots=True)
class Series:
    """A series, or the member of it that is asked for."""

    spans: tuple[Span, ...]
    """Headings that belong to it."""
    places: tuple[int, ...]
    """Sentences that belong to it."""


def member_of(text: str) -> Member | None:
    """Returns which member of a series a heading or paragraph opens, None where it opens none."""
    match = _OPENS.match(text)
    if match is None:
        return None
    number = number_of(match["number"] or match["digit"])
    return Member(stem(match["name"].lower()) if match["name"] else "", number) if number else None


def series_at(place: int, asked: WholeAsked, order: ReadingOrder) -> Series | None:
    """Returns the series that a question asks for around a sentence, or its member that the question numbers.

    None where it asks for none, or the sentence stands in none.
    """
    return _of_headings(place, asked, order) or _of_lines(place, asked, order) or _of_labels(place, asked, order)


def _of_headings(place: int, asked: WholeAsked, order: ReadingOrder) -> Series | None:
    section = order.section_at(order.sentences[place].span.start)
    path = section.headings
    for depth in range(len(path), max(len(path) - 2, 0) - 1, -1):
        siblings = _children(path[:depth], order.sections)
        chosen = _counted([(each, member_of(each.headings[-1])) for each in siblings])
        if not chosen or not _is_asked(chosen[0][1], path[:depth], asked):
            continue
        number = asked.number_of(_name_in(chosen[0][0].headings[-1]))
        if number is not None:
            return _member([each for each, member in chosen if member.number == number], order)
        if asked.is_list:
            spans = [span for each, _ in chosen if (span := heading_span(each, order.text))]
            return Series(tuple(spans), _introduction(spans[0], order)) if len(spans) >= FEWEST else None
    return None


def _children(path: tuple[str, ...], sections: Sequence[Section]) -> list[Section]:
    """Returns the sections directly under a path of headings."""
    return [each for each in sections if len(each.headings) == len(path) + 1 and each.headings[:-1] == path]


def _counted(found: Sequence[tuple[_T, Member | None]]) -> list[tuple[_T, Member]]:
    """Returns the longest run of members of one name that count on by one; [] for fewer than two."""
    best: list[tuple[_T, Member]] = []
    run: list[tuple[_T, Member]] = []
    for each, member in found:
        if member is None:
            continue
        is_next = bool(run) and member.name == run[-1][1].name and member.number == run[-1][1].number + 1
        run = [*run, (each, member)] if is_next else [(each, member)]
        best = max(best, run, key=len)
    return best if len(best) >= FEWEST and best[0][1].number <= 1 else []


def _is_asked(member: Member, path: Sequence[str], asked: WholeAsked) -> bool:
    """Returns whether a question names what a series counts: its name, or the heading over numbers alone."""
    if member.name:
        return member.name in asked.analysis.weights
    above = set(content_words(path[-1])) if path else set()
    return bool(above) and len(above & set(asked.analysis.weights)) / len(above) > 0.5


def _name_in(heading: str) -> str:
    match = _OPENS.match(heading)
    return (match["name"] or "") if match else ""


def _member(sections: Sequence[Section], order: ReadingOrder) -> Series | None:
    """Returns one section with its heading, its first sentences up to so many words."""
    if not sections:
        return None
    section = sections[0]
    heading = heading_span(section, order.text)
    inside = [
        place for place, each in enumerate(order.sentences) if section.span.start <= each.span.start < section.span.end
    ]
    while len(inside) > 1 and order.word_count(inside) > MOST_WORDS // 3:
        inside.pop()
    return Series((heading,), tuple(inside)) if heading and inside else None


def _introduction(span: Span, order: ReadingOrder) -> tuple[int, ...]:
    """Returns the sentence that stands directly before a series, where it is short."""
    place = max((at for at, each in enumerate(order.sentences) if each.span.end <= span.start), default=None)
    if place is None or order.text[order.sentences[place].span.end : span.start].strip():
        return ()
    return (place,) if len(order.words(place).split()) <= MOST_INTRODUCTION else ()


def _of_lines(place: int, asked: WholeAsked, order: ReadingOrder) -> Series | None:
    section = order.section_at(order.sentences[place].span.start)
    chosen = _members_of_lines(place, section, order)
    if not chosen:
        return None
    is_led = not chosen[0][1].name and leads_on(chosen[0][0] - 1, order)
    is_inside = any(place in order.line(each) for each, _ in chosen) or place == chosen[0][0] - 1
    if not is_inside and not _is_asked(chosen[0][1], section.headings, asked):
        return None
    number = asked.number_of(_name_in(order.words(chosen[0][0])))
    if number is not None:
        chosen = [(each, member) for each, member in chosen if member.number == number]
    elif not asked.is_list and not is_led:
        return None
    whole = [at for each, _ in chosen for at in order.line(each)]
    places = (
        whole if order.word_count(whole) <= MOST_WORDS else [at for each, _ in chosen for at in _opening(each, order)]
    )
    if not places:
        return None
    return Series((), tuple(places)) if number is not None else _with_lead(chosen[0][0], places, order)


def _with_lead(first: int, places: Sequence[int], order: ReadingOrder) -> Series:
    """Returns a series with the heading that stands directly before it, or the sentence that introduces it."""
    heading = order.heading_before(first)
    if heading is not None:
        return Series((heading,), tuple(places))
    leads = [first - 1] if first and order.is_prose(first - 1) and _introduces(first - 1, order) else []
    return Series((), (*leads, *places))


_LABEL = re.compile(r"[A-Z][\w’'/-]*(?: [\w’'/-]+){0,4}(?::| [–—-]) \S")
"""A run-in heading without a number: "Contact: who a child meets"."""
FEWEST_LABELS = 3


def _of_labels(place: int, asked: WholeAsked, order: ReadingOrder) -> Series | None:
    """Returns paragraphs in a row that each open with a label, where several things are asked for."""
    line = order.line(place)
    if not asked.is_list or not order.is_prose(place) or not _LABEL.match(order.words(line[0])):
        return None
    first, last = line[0], line[-1]
    while order.follows(first) and order.is_prose(first - 1) and _LABEL.match(order.words(order.line(first - 1)[0])):
        first = order.line(first - 1)[0]
    while order.follows(last + 1) and order.is_prose(last + 1) and _LABEL.match(order.words(last + 1)):
        last = order.line(last + 1)[-1]
    places = range(first, last + 1)
    if sum(not order.is_on_line(each) for each in places) < FEWEST_LABELS or order.word_count(places) > MOST_WORDS:
        return None
    return _with_lead(first, places, order)


_ENDS = re.compile(r"[.!?…][’”\"')\]]*(?:\d{1,2}|[a-z])?\s*$|[)’”]\s*$")
"""Ends a sentence; a mark of a note may stand behind it."""


def leads_on(place: int, order: ReadingOrder) -> bool:
    """Returns whether a sentence of running text ends its paragraph without a full stop: what follows goes on with it."""
    if not order.is_prose(place) or not order.follows(place + 1) or order.is_on_line(place + 1):
        return False
    return not _ENDS.search(order.words(place)) and len(order.words(place).split()) >= FEWEST_LEAD_WORDS


def _introduces(place: int, order: ReadingOrder) -> bool:
    return order.follows(place + 1) and len(order.words(place).split()) <= MOST_INTRODUCTION


def _members_of_lines(place: int, section: Section, order: ReadingOrder) -> list[tuple[int, Member]]:
    """Returns the members of the series that the paragraphs of a sentence's section open; found once for each section."""
    held = order.series_of_sections.get(section.span.start)
    if held is None:
        held = _counted([(each, member_of(order.words(each))) for each in _openings(place, section, order)])
        order.series_of_sections[section.span.start] = held
    return list(held)


def _openings(place: int, section: Section, order: ReadingOrder) -> list[int]:
    """Returns the first sentence of every paragraph of a section, of which one sentence is given."""
    inside: Callable[[int], bool] = lambda at: (  # noqa: E731
        0 <= at < len(order.sentences) and section.span.start <= order.sentences[at].span.start < section.span.end
    )
    first = last = place
    while inside(first - 1):
        first -= 1
    while inside(last + 1):
        last += 1
    return [at for at in range(first, last + 1) if not order.is_on_line(at)]


def _opening(place: int, order: ReadingOrder) -> range:
    """Returns the opening of a paragraph: its first sentence, and the one after it where that is a run-in heading."""
    is_short = len(order.words(place).split()) <= SHORT and order.is_on_line(place + 1)
    return range(place, place + 2 if is_short else place + 1)
