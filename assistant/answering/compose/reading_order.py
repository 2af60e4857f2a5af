"""The quotable sentences of an edition in reading order, and what stands between them."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from assistant.model import EditionId, Passage, Section, Sentence, SentenceKind, Span
from assistant.ports import Snapshot


@dataclass(frozen=True, slots=True)
class ReadingOrder:
    """The quotable sentences of an edition; a sentence is named by its place from 0."""

    text: str
    passages: tuple[Passage, ...]
    """The quotable ones, by start."""
    sentences: tuple[Sentence, ...]
    sections: tuple[Section, ...]
    places: Mapping[int, int]
    """Start of a sentence to its place."""
    led: Mapping[Span, tuple[int, ...]]
    """Lead-in to the places of what it leads in, in reading order."""
    series_of_sections: dict[int, list[Any]] = field(default_factory=dict, compare=False, repr=False)
    """The series that ``series.py`` found in the paragraphs of a section before, by where the section starts."""

    @classmethod
    def of(cls, edition_id: EditionId, snapshot: Snapshot) -> ReadingOrder:
        """Returns the reading order of an edition."""
        passages = tuple(each for each in snapshot.passages_of(edition_id) if each.is_quotable)
        sentences = tuple(sentence for passage in passages for sentence in passage.sentences)
        led: dict[Span, list[int]] = {}
        for place, sentence in enumerate(sentences):
            for span in sentence.lead_ins:
                led.setdefault(span, []).append(place)
        return cls(
            snapshot.text(edition_id),
            passages,
            sentences,
            snapshot.sections(edition_id),
            {sentence.span.start: place for place, sentence in enumerate(sentences)},
            {span: tuple(places) for span, places in led.items()},
        )

    def words(self, place: int) -> str:
        """Returns the words of a sentence."""
        return self.slice(self.sentences[place].span)

    def slice(self, span: Span) -> str:
        """Returns the words of a stretch."""
        return self.text[span.start : span.end]

    def kind(self, place: int) -> SentenceKind:
        """Returns the kind of a sentence."""
        return self.sentences[place].kind

    def is_prose(self, place: int) -> bool:
        """Returns whether there is a sentence at a place, of running text."""
        return 0 <= place < len(self.sentences) and self.kind(place) is SentenceKind.PROSE

    def gap(self, place: int) -> str:
        """Returns what stands between a sentence and the one before it; headings and figures are in it."""
        before = self.sentences[place - 1].span.end if place else 0
        return self.text[before : self.sentences[place].span.start]

    def follows(self, place: int) -> bool:
        """Returns whether a sentence follows the one before it with nothing between them, in its section."""
        return 0 < place < len(self.sentences) and not self.gap(place).strip()

    def is_on_line(self, place: int) -> bool:
        """Returns whether a sentence follows the one before it on the same line: in its paragraph, item or row."""
        return 0 < place < len(self.sentences) and "\n" not in self.gap(place)

    def line(self, place: int) -> range:
        """Returns the places of the sentences of the paragraph, item or row that a sentence stands in."""
        first = last = place
        while self.is_on_line(first):
            first -= 1
        while self.is_on_line(last + 1):
            last += 1
        return range(first, last + 1)

    def led_by(self, place: int) -> tuple[int, ...]:
        """Returns the places of what a sentence leads in, without notes."""
        led = self.led.get(self.sentences[place].span, ())
        return tuple(each for each in led if self.kind(each) is not SentenceKind.FOOTNOTE)

    def notes_of(self, place: int) -> tuple[int, ...]:
        """Returns the places of the notes that limit or explain a sentence."""
        led = self.led.get(self.sentences[place].span, ())
        return tuple(each for each in led if self.kind(each) is SentenceKind.FOOTNOTE)

    def section_at(self, start: int) -> Section:
        """Returns the section that a character stands in."""
        return self.sections[max(bisect_right(self.sections, start, key=lambda each: each.span.start) - 1, 0)]

    def heading_before(self, place: int) -> Span | None:
        """Returns the heading that stands directly before a sentence, None where something else does."""
        heading = heading_span(self.section_at(self.sentences[place].span.start), self.text)
        between = self.gap(place)
        if heading is None or not between.strip():
            return None
        return heading if self.text[heading.end : self.sentences[place].span.start].strip() == "" else None

    def passage_of(self, span: Span) -> Passage | None:
        """Returns the quotable passage that holds a stretch, None where none does."""
        at = bisect_right(self.passages, span.start, key=lambda each: each.span.start) - 1
        passage = self.passages[at] if at >= 0 else None
        return passage if passage is not None and span.end <= passage.span.end else None

    def merged(self, places: Iterable[int]) -> tuple[Span, ...]:
        """Returns sentences as stretches, each in one passage and as long as can be, in reading order."""
        spans: list[Span] = []
        last: int | None = None
        for place in sorted(set(places)):
            span = self.sentences[place].span
            joined = Span(spans[-1].start, span.end) if spans else span
            if last is not None and place == last + 1 and self._is_plain(place) and self.passage_of(joined):
                spans[-1] = joined
            else:
                spans.append(span)
            last = place
        return tuple(spans)

    def _is_plain(self, place: int) -> bool:
        return not self.gap(place).strip(" \n|•")

    def word_count(self, places: Sequence[int]) -> int:
        """Returns how many words sentences have together."""
        return sum(len(self.words(each).split()) for each in places)


MOST_HELD = 16
"""Editions whose order is held between questions, some megabytes for a long one."""
_HELD: dict[tuple[EditionId, str, int], ReadingOrder] = {}


def reading_order(edition_id: EditionId, snapshot: Snapshot) -> ReadingOrder:
    """Returns the reading order of an edition; those read last are held for the next questions of the same generation."""
    key = (edition_id, snapshot.generation.fingerprint, hash(snapshot.text(edition_id)))
    order = _HELD.get(key) or ReadingOrder.of(edition_id, snapshot)
    while len(_HELD) >= MOST_HELD and key not in _HELD:
        _HELD.pop(next(iter(tuple(_HELD)), key), None)
    _HELD[key] = order
    return order


def heading_span(section: Section, text: str) -> Span | None:
    """Returns the heading that a section opens with, None for text that no heading opens."""
    if not section.headings:
        return None
    heading = Span(section.span.start, section.span.start + len(section.headings[-1]))
    return heading if text[heading.start : heading.end] == section.headings[-1] else None
