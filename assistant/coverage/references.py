"""Documents that the corpus names or links to: indexed, superseded, known and not indexed, missing, or still to be written."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from urllib.parse import unquote, urlsplit

from assistant.abbreviations import abbreviations
from assistant.coverage.paragraphs import plain
from assistant.currency import replaced_by
from assistant.model import Edition, EditionId, Reference, Span
from assistant.ports import Snapshot


class ReferenceState(StrEnum):
    """Where a document that is named stands, the most pressing first."""

    SUPERSEDED = "superseded"
    """An edition that another has replaced."""
    NOT_INDEXED = "not_indexed"
    """The catalogue knows it and nobody has ingested it."""
    PLANNED = "planned"
    """The text says that it is still to be written."""
    MISSING = "missing"
    """Nobody here has it."""
    INDEXED = "indexed"


class ReferenceKind(StrEnum):
    """What is referred to, as far as its address or wording tells."""

    LAW = "law"
    PUBLICATION = "publication"
    NAMED = "named"
    PAGE = "page"
    """A page of the web that is no document of its own: a helpline, an organisation."""


@dataclass(frozen=True, slots=True)
class Mention:
    """Where a document is named."""

    edition_id: EditionId
    span: Span | None
    """In the edition text, None where the reader could not tell the place."""
    words: str


@dataclass(frozen=True, slots=True)
class NamedDocument:
    """One document that the corpus names, with every place."""

    name: str
    target: str | None
    """Its address, None where it is only named."""
    kind: ReferenceKind
    state: ReferenceState
    edition_id: EditionId | None
    """The edition meant, where the catalogue knows it."""
    replaced_by: EditionId | None
    mentions: tuple[Mention, ...]


_YEAR = re.compile(r"\b(?:19|20)\d\d\b")
_TAIL = re.compile(r"[,:]?\s+(?:\(?(?:19|20)\d\d\)?.*|[A-Z][a-z]+ (?:19|20)\d\d.*)$")
_PAGES = re.compile(r"^(?:mailto:|tel:|file:)")
_LAW = re.compile(r"legislation\.gov\.uk|\b(?:Act|Regulations?|Order) (?:19|20)\d\d\b")
_PUBLICATION = re.compile(r"/publications?/|\.pdf\b|/statistics/|/guidance/|/consultation", re.IGNORECASE)
_DOCUMENT = (
    r"(?:polic(?:y|ies)|toolkits?|procedures?|protocols?|pathways?|guidance|frameworks?|action plans?|strateg(?:y|ies)|"
    r"training (?:programme|plan)|threshold document|arrangements|web ?site|handbook|charter|standards)"
)
_PLANNED = re.compile(
    rf"(?P<name>(?:[A-Z][\w-]+ ){{0,6}}(?i:{_DOCUMENT}))\b[^.;:]{{0,60}}?\b(?:will|is to|are to) (?:then |also )?be "
    r"(?:developed|written|produced|published|created|drafted|launched|agreed)\b"
    rf"|\b(?i:develop|produce|write|publish|create|draft|launch)(?: and (?:implement|deliver|embed|launch|publish))?\s+"
    rf"(?:an? |the |our |robust |new |local )*(?P<other>(?:[\w-]+ ){{0,6}}?(?i:{_DOCUMENT}))\b"
    rf"|\b[Tt]he (?P<third>(?:[\w-]+ ){{0,3}}?(?i:{_DOCUMENT})) will (?:then )?(?:provide|set out|explain|contain|describe)\b",
)
_OPENERS = frozenset({"the", "see", "our", "guidance", "and", "by", "in", "of"})
_HEADED = re.compile(r"\b(?:should|must|may)\b")
LEAST_NAME = 2
"""Words of a name below which it names nothing."""
_QUOTED = re.compile(r"(?:^|\s)['\"]([A-Z][^'\"]{8,100})['\"]")


def named_documents(snapshot: Snapshot, editions: Sequence[Edition], at: date) -> tuple[NamedDocument, ...]:
    """Returns what the editions name, the most pressing state first, then by the number of places, ties by name.

    Args:
        snapshot: The library.
        editions: Whose references are wanted.
        at: The day at which editions are in force.
    """
    works = _Works(snapshot, at)
    found: dict[str, list[tuple[NamedDocument, Mention]]] = {}
    for edition in editions:
        for document, mention in _of_edition(snapshot, edition, works):
            found.setdefault(_key(document), []).append((document, mention))
    rows = [_one(pairs) for pairs in found.values()]
    return tuple(
        sorted(rows, key=lambda row: (list(ReferenceState).index(row.state), -len(row.mentions), row.name.lower()))
    )


def _of_edition(snapshot: Snapshot, edition: Edition, works: _Works) -> Iterator[tuple[NamedDocument, Mention]]:
    text = snapshot.text(edition.edition_id)
    for reference in snapshot.references(edition.edition_id):
        if reference.target and _PAGES.match(reference.target) and not reference.target.startswith("file:"):
            continue
        words = plain(_sentence(text, reference.span)) if reference.span else plain(reference.text)
        document = works.document(reference, edition)
        if document is not None:
            yield document, Mention(edition.edition_id, reference.span, words)
    for span, meant in works.cited(text, edition):
        yield works.of(meant), Mention(edition.edition_id, span, plain(_sentence(text, span)))
    for span, name in _planned(text, edition):
        yield works.planned(name), Mention(edition.edition_id, span, plain(_sentence(text, span)))


class _Works:
    """What the catalogue knows, by title and address."""

    def __init__(self, snapshot: Snapshot, at: date) -> None:
        self._at, indexed = at, snapshot.editions()
        self._editions = (*indexed, *snapshot.known())
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
            self._titles.setdefault(_title(each), each.work)
            self._short |= dict.fromkeys(_short_titles(each), each.work)
        self._by_address = {_address(each.source_url): each for each in self._editions if each.source_url}
        names = sorted((re.escape(title) for title in (*self._titles, *self._short)), key=len, reverse=True)
        self._cited = re.compile(rf"\b({'|'.join(names)}),? \(?((?:19|20)\d\d)\b", re.IGNORECASE) if names else None

    def document(self, reference: Reference, edition: Edition) -> NamedDocument | None:
        """Returns the document of a reference; None for one to the edition's own work or to nothing."""
        target = None if reference.target is None or _PAGES.match(reference.target) else reference.target
        text = plain(reference.text)
        known = self._by_address.get(_address(target)) if target else None
        meant = known or self._meant(text, _words(target) if target else "")
        if meant is not None:
            return None if meant.work == edition.work else self.of(meant)
        name = _name(text)
        if target is None and (len(name.split()) < LEAST_NAME or name.lower() in self._headings):
            return None
        return NamedDocument(name, target, _kind(target, name), ReferenceState.MISSING, None, None, ())

    def cited(self, text: str, edition: Edition) -> Iterator[tuple[Span, Edition]]:
        """Yields where a text names an edition of a known work by its year."""
        for found in self._cited.finditer(text) if self._cited else ():
            title = plain(found.group(1)).lower()
            meant = self._of_year(self._titles.get(title) or self._short[title], found.group(2))
            if meant is not None and meant.work != edition.work:
                yield Span(found.start(), found.end()), meant

    def of(self, meant: Edition) -> NamedDocument:
        """Returns the named document of an edition of the catalogue."""
        successor = replaced_by(meant, self._editions, self._at)
        state = ReferenceState.INDEXED if meant.edition_id in self._indexed else ReferenceState.NOT_INDEXED
        if successor is not None:
            state = ReferenceState.SUPERSEDED
        later = successor.edition_id if successor else None
        return NamedDocument(
            meant.title, meant.source_url, ReferenceKind.PUBLICATION, state, meant.edition_id, later, ()
        )

    def planned(self, name: str) -> NamedDocument:
        """Returns the named document of one that is still to be written."""
        return NamedDocument(name, None, ReferenceKind.NAMED, ReferenceState.PLANNED, None, None, ())

    def _meant(self, text: str, address: str) -> Edition | None:
        titles = sorted(self._titles.items(), key=lambda pair: -len(pair[0]))
        work = next((work for title, work in titles if address.startswith(title) or _is_named(title, text)), None)
        if work is None:
            return None
        year = _YEAR.search(f"{address} {text}")
        return (self._of_year(work, year.group()) if year else None) or self._current(work)

    def _of_year(self, work: str, year: str) -> Edition | None:
        return next((each for each in self._editions if each.work == work and _year(each) == year), None)

    def _current(self, work: str) -> Edition | None:
        mine = [each for each in self._editions if each.work == work]
        current = [each for each in mine if replaced_by(each, self._editions, self._at) is None]
        return next((each for each in current if each.edition_id in self._indexed), next(iter(current), None))


def _planned(text: str, edition: Edition) -> Iterator[tuple[Span, str]]:
    """Yields documents that a local text says are still to be written; guidance tells others to write, so it has none."""
    if edition.kind.authority < LOCAL_FROM:
        return
    for found in _PLANNED.finditer(text):
        name = next(each for each in found.groups() if each)
        if plain(name).lower() != _title(edition) and not _HEADED.search(
            text[max(0, found.start() - 40) : found.start()]
        ):
            yield Span(found.start(), found.end()), plain(name).strip()


LOCAL_FROM = 3
"""Rank on the authority ladder from which on documents are local: policy, strategy, learning review."""


def _title(edition: Edition) -> str:
    """Returns the title of a work without its year, lower case."""
    return plain(_TAIL.sub("", edition.title)).lower()


def _short_titles(edition: Edition) -> tuple[str, ...]:
    """Returns the short forms that a work goes by before a year ("Working Together 2023", "KCSIE 2025"), lower case."""
    title = _title(edition)
    short = [each.short.lower() for each in abbreviations() if title in (full.lower() for full in each.full)]
    until = re.match(r"(\w+ together)\b", title)
    return (*short, *((until.group(1),) if until else ()))


def _is_named(title: str, text: str) -> bool:
    """Returns whether a text has a title that is not the end of a longer one ("Tackling Child Sexual Abuse Strategy")."""
    at = text.lower().find(title)
    before = text[:at].split()[-1:] if at > 0 else []
    return at >= 0 and not (before and before[0][:1].isupper() and before[0].lower() not in _OPENERS)


def _name(text: str) -> str:
    """Returns the title that stands in quotation marks in the words of a link, else the words."""
    quoted = _QUOTED.search(text)
    return quoted.group(1) if quoted else text


def _year(edition: Edition) -> str | None:
    found = _YEAR.search(edition.title) or (_YEAR.search(edition.published.isoformat()) if edition.published else None)
    return found.group() if found else None


def _address(target: str | None) -> str:
    parts = urlsplit(target or "")
    return f"{parts.netloc.removeprefix('www.')}{parts.path.rstrip('/')}".lower()


def _words(target: str) -> str:
    """Returns the words of the last part of an address: "working together to safeguard children"."""
    last = urlsplit(target).path.rstrip("/").rsplit("/", 1)[-1]
    return re.sub(r"[-_+]+", " ", unquote(last)).strip().lower()


def _kind(target: str | None, text: str) -> ReferenceKind:
    if _LAW.search(target or text):
        return ReferenceKind.LAW
    if target is None:
        return ReferenceKind.NAMED
    return ReferenceKind.PUBLICATION if _PUBLICATION.search(target) else ReferenceKind.PAGE


def _key(document: NamedDocument) -> str:
    if document.edition_id is not None:
        return f"edition {document.edition_id}"
    return _address(document.target) if document.target else f"{document.state} {document.name.lower()}"


def _one(pairs: Sequence[tuple[NamedDocument, Mention]]) -> NamedDocument:
    first = pairs[0][0]
    name = (
        first.name
        if first.edition_id
        else min((pair[0].name for pair in pairs), key=lambda name: (len(name) < 12, len(name)))
    )
    places = dict.fromkeys(mention for _, mention in pairs)
    return NamedDocument(
        name, first.target, first.kind, first.state, first.edition_id, first.replaced_by, tuple(places)
    )


def _sentence(text: str, span: Span) -> str:
    """Returns the line around a stretch, at most 300 characters of it."""
    start = max(text.rfind("\n", 0, span.start) + 1, span.start - 150)
    end = text.find("\n", span.end)
    return text[start : min(len(text) if end < 0 else end, span.end + 150)]
