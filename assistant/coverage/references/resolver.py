"""Resolves references in texts to editions of the catalogue."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from assistant.coverage.references.names import document_name
from assistant.coverage.references.titles import (
    address_of,
    is_named,
    short_titles,
    title_of,
    words_of,
    year_in,
    year_of,
)
from assistant.coverage.references.values import NamedDocument, ReferenceKind, ReferenceState
from assistant.coverage.texts.paragraphs import plain
from assistant.editions.in_force import is_in_force, replaced_by
from assistant.editions.library_view import LibraryView
from assistant.model import Edition, Form, Reference, Span
from assistant.ports import Snapshot

_NOT_A_DOCUMENT = re.compile(r"^(?:mailto:|tel:|file:)")
_LAW = re.compile(r"legislation\.gov\.uk|\b(?:Act|Regulations?|Order) (?:19|20)\d\d\b")
_PUBLICATION = re.compile(r"/publications?/|\.pdf\b|/statistics/|/guidance/|/consultation", re.IGNORECASE)
LEAST_NAME = 2


@dataclass(frozen=True, slots=True)
class KnownEditions:
    """The editions that a reader may know of; all others are treated as absent."""

    indexed: tuple[Edition, ...]
    known: tuple[Edition, ...]
    """Editions of the catalogue that are not indexed."""
    at: date
    """The day for which "in force" is judged."""


def known_editions(view: LibraryView) -> KnownEditions:
    """Returns the editions that a reader may know of, on the day of the view."""
    return KnownEditions(view.visible(), view.known(), view.at)


class ReferenceResolver:
    """Finds the edition that a text means, by title, year and address.

    Args:
        snapshot: The library.
        editions: The editions that the reader may know of.
    """

    def __init__(self, snapshot: Snapshot, editions: KnownEditions) -> None:
        self._at, indexed = editions.at, editions.indexed
        self._editions = (*indexed, *editions.known)
        self._indexed = {each.edition_id for each in indexed}
        self._headings = {
            plain(heading).lower()
            for each in indexed
            for section in snapshot.sections(each.edition_id)
            for heading in section.headings
        }
        self._titles: dict[str, str] = {}
        self._short: dict[str, str] = {}
        for each in self._editions:
            self._titles.setdefault(title_of(each), each.work)
            self._short |= dict.fromkeys(short_titles(each), each.work)
        self._by_address = {address_of(each.source_url): each for each in self._editions if each.source_url}
        names = sorted((re.escape(title) for title in (*self._titles, *self._short)), key=len, reverse=True)
        self._cited = re.compile(rf"\b({'|'.join(names)}),? \(?((?:19|20)\d\d)\b", re.IGNORECASE) if names else None

    def resolve(self, reference: Reference, edition: Edition) -> NamedDocument | None:
        """Returns the document of a reference; None for one to the edition's own work or to no document."""
        target = None if reference.target is None or is_contact_or_file(reference.target) else reference.target
        text = plain(reference.text)
        known = self._by_address.get(address_of(target)) if target else None
        meant = known or self._meant(text, words_of(target) if target else "")
        if meant is not None:
            return None if meant.work == edition.work else self.document_of(meant)
        name = document_name(text, target)
        if target is None and (len(name.split()) < LEAST_NAME or name.lower() in self._headings):
            return None
        return NamedDocument(name, target, _kind(target, name), ReferenceState.MISSING, None, None, ())

    def dated_citations(self, text: str, edition: Edition) -> Iterator[tuple[Span, Edition]]:
        """Yields each span in which a text names an edition of a known work by its year."""
        for match in self._cited.finditer(text) if self._cited else ():
            title = plain(match.group(1)).lower()
            meant = self._of_year(self._titles.get(title) or self._short[title], match.group(2))
            if meant is not None and meant.work != edition.work:
                yield Span(match.start(), match.end()), meant

    def document_of(self, meant: Edition) -> NamedDocument:
        """Returns the referenced document of an edition of the catalogue."""
        successor = replaced_by(meant, self._editions, self._at)
        state = ReferenceState.INDEXED if meant.edition_id in self._indexed else ReferenceState.NOT_INDEXED
        if successor is not None:
            state = ReferenceState.SUPERSEDED
        later = successor.edition_id if successor else None
        return NamedDocument(
            meant.title, meant.source_url, ReferenceKind.PUBLICATION, state, meant.edition_id, later, ()
        )

    def planned_document(self, name: str) -> NamedDocument:
        """Returns a referenced document that is still to be written."""
        return NamedDocument(name, None, ReferenceKind.NAMED, ReferenceState.PLANNED, None, None, ())

    def _meant(self, text: str, address: str) -> Edition | None:
        titles = sorted(self._titles.items(), key=lambda pair: -len(pair[0]))
        work = next((work for title, work in titles if address.startswith(title) or is_named(title, text)), None)
        if work is None:
            return None
        year = year_in(f"{address} {text}")
        return (self._of_year(work, year) if year else None) or self._current(work)

    def _of_year(self, work: str, year: str) -> Edition | None:
        return next((each for each in self._editions if each.work == work and year_of(each) == year), None)

    def _current(self, work: str) -> Edition | None:
        """Returns the edition that a title without a year means: the one in force, official before a summary or draft."""
        in_force = [each for each in self._editions if each.work == work and is_in_force(each, self._at)]
        current = [each for each in in_force if replaced_by(each, self._editions, self._at) is None]
        order = sorted(current, key=lambda each: (each.form is not Form.OFFICIAL, each.edition_id not in self._indexed))
        return next(iter(order), None)


def is_contact_or_file(target: str) -> bool:
    """Returns whether an address is mail, telephone or a local file, and so leads to no document or page."""
    return _NOT_A_DOCUMENT.match(target) is not None


def _kind(target: str | None, text: str) -> ReferenceKind:
    if _LAW.search(target or text):
        return ReferenceKind.LAW
    if target is None:
        return ReferenceKind.NAMED
    return ReferenceKind.PUBLICATION if _PUBLICATION.search(target) else ReferenceKind.PAGE
