"""The text of an edition in units that can be compared: sentences with their kind and headings, and what stands between."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum

from assistant.model import Document, Edition, Exclusion, Passage, Reference, Section, SentenceKind
from assistant.text.quote_matching import comparable


class UnitKind(StrEnum):
    """What a unit is on its page."""

    PROSE = "prose"
    LIST_ITEM = "list_item"
    TABLE_ROW = "table_row"
    FOOTNOTE = "footnote"
    FIGURE = "figure"
    """What is never quoted: a figure, a flow chart, a table of uncertain order."""
    BETWEEN = "between"
    """What stands between sentences: headings as printed, numbers and marks of items, column borders."""


@dataclass(frozen=True, slots=True)
class Unit:
    """One stretch of an edition's text, folded as quotes are compared: equal units differ in typography at most."""

    kind: UnitKind
    text: str
    headings: tuple[str, ...]
    lead_ins: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class EditionUnits:
    """An edition as it is compared."""

    edition: Edition
    headings: tuple[tuple[tuple[str, ...], str | None], ...]
    """The path and label of each section, in order."""
    units: tuple[Unit, ...]
    addresses: tuple[str, ...]
    """What its links lead to, in order."""
    left_out: tuple[tuple[str, str], ...]
    """Reason and first words of what is no evidence but was there to see, such as a figure."""


_SEEN = frozenset({"figure", "flow_chart", "uncertain_table", "no_text_layer", "footnote_unattached"})
"""Reasons of exclusions that a reader sees and that may lay something down."""
_KINDS = {
    SentenceKind.PROSE: UnitKind.PROSE,
    SentenceKind.LIST_ITEM: UnitKind.LIST_ITEM,
    SentenceKind.TABLE_ROW: UnitKind.TABLE_ROW,
    SentenceKind.FOOTNOTE: UnitKind.FOOTNOTE,
}


def units_of(document: Document) -> EditionUnits:
    """Returns a document that was read, as it is compared."""
    parts = document.text, document.sections, document.passages, document.exclusions, document.references
    return _units(document.edition, *parts)


def _units(
    edition: Edition,
    text: str,
    sections: Sequence[Section],
    passages: Sequence[Passage],
    exclusions: Sequence[Exclusion],
    references: Sequence[Reference],
) -> EditionUnits:
    headings = tuple((tuple(map(comparable, each.headings)), each.label) for each in sections)
    left_out = tuple((each.reason, comparable(each.preview)) for each in exclusions if each.reason in _SEEN)
    addresses = tuple(each.target for each in references if each.target)
    return EditionUnits(edition, headings, tuple(_in_order(text, passages)), addresses, left_out)


def _in_order(text: str, passages: Sequence[Passage]) -> Iterator[Unit]:
    """Yields the whole text in order; nothing of it is left out."""
    at = 0
    for start, end, unit in sorted(_stretches(text, passages), key=lambda each: each[:2]):
        yield from _between(text[at:start], unit.headings)
        if end > at:
            yield unit
        at = max(at, end)
    yield from _between(text[at:], ())


def _stretches(text: str, passages: Sequence[Passage]) -> Iterator[tuple[int, int, Unit]]:
    for passage in passages:
        headings = tuple(map(comparable, passage.headings))
        if not passage.is_quotable:
            yield *passage.span, Unit(UnitKind.FIGURE, comparable(passage.text), headings)
            continue
        for each in passage.sentences:
            leads = tuple(comparable(text[lead.start : lead.end]) for lead in each.lead_ins)
            words = comparable(text[each.span.start : each.span.end])
            yield *each.span, Unit(_KINDS[each.kind], words, headings, leads)


def _between(text: str, headings: tuple[str, ...]) -> Iterator[Unit]:
    words = comparable(text)
    if words:
        yield Unit(UnitKind.BETWEEN, words, headings)
