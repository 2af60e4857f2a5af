"""What the library holds: editions, their pages, sections and passages.

Offsets are half-open and count code points of the *normalised edition text*, the one string that an edition
consists of.
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from typing import Literal, NamedTuple, NewType

EditionId = NewType("EditionId", str)
"""Names one edition of a document, for example ``kcsie-2025``."""
CUT_VERSION = "cut-2"
"""Version of the cutting into passages; changes when passages change. An index of another cut is refused and rebuilt."""
PassageId = NewType("PassageId", str)
"""Position-based name of a passage: edition and nth occurrence of its text."""
Digest = NewType("Digest", str)
"""Lower-case hexadecimal sha256."""


class Kind(StrEnum):
    """What a document is; listed from the highest authority to the lowest."""

    LEGISLATION = "legislation"
    STATUTORY_GUIDANCE = "statutory_guidance"
    GUIDANCE = "guidance"
    POLICY = "policy"
    STRATEGY = "strategy"
    LEARNING_REVIEW = "learning_review"

    @property
    def authority(self) -> int:
        """Rank on the authority ladder, 0 for legislation; smaller binds more."""
        return list(Kind).index(self)


class Form(StrEnum):
    """How an edition relates to the official text."""

    OFFICIAL = "official"
    DRAFT = "draft"
    SUMMARY = "summary"


class Layer(StrEnum):
    """For how wide an area a document is."""

    NATIONAL = "national"
    REGIONAL = "regional"
    LOCAL = "local"


class SentenceKind(StrEnum):
    """What a sentence is on its page."""

    PROSE = "prose"
    LIST_ITEM = "list_item"
    TABLE_ROW = "table_row"
    FOOTNOTE = "footnote"


class Span(NamedTuple):
    """A half-open range of characters of the edition text."""

    start: int
    end: int


@dataclass(frozen=True, slots=True)
class SourceMark:
    """What the source of an edition says of it as a whole; shown at every citation as soon as a sync has noticed it."""

    kind: Literal["withdrawn", "superseded"]
    since: date | None = None
    """The day that the source names, None where it names none."""
    note: str = ""
    """Its own words, "" where it gives none."""
    address: str = ""
    """Where it says so."""
    successor: str = ""
    """Address of the replacement, "" where none is named."""


@dataclass(frozen=True, slots=True)
class Edition:
    """One edition of one work; what is in force follows from dates and ``supersedes``."""

    edition_id: EditionId
    work: str
    """Groups editions of the same document, for example ``working-together``."""
    title: str
    kind: Kind
    publisher: str = ""
    published: date | None = None
    in_force_from: date | None = None
    supersedes: EditionId | None = None
    """The edition that this one replaces from ``in_force_from`` on."""
    review_by: date | None = None
    form: Form = Form.OFFICIAL
    source_url: str | None = None
    licence: str | None = None
    sha256: str | None = None
    """Digest of the file that was read; None for an edition known but not indexed."""
    groups: tuple[str, ...] = ()
    """Groups that may see it; empty means everybody."""
    area: str = ""
    """Area that a local document is for, such as "Aldmoor"; "" leaves it to publisher and title."""
    audience: str = ""
    """Whom it is written for, such as "schools and colleges"; "" where nobody said."""
    layer: Layer | None = None
    """National, regional or local; None leaves it to kind, publisher and area."""
    source_mark: SourceMark | None = field(default=None, repr=False, compare=False)
    """What its source says of it today, laid over the library where it is read: it is never stored with the edition."""

    def is_open_to(self, groups: Collection[str]) -> bool:
        """Returns whether somebody with these groups may see it."""
        return not self.groups or not set(self.groups).isdisjoint(groups)


class Recognised(NamedTuple):
    """A stretch of the edition text that was read by OCR from the picture of its page."""

    start: int
    end: int
    confidence: float
    """Mean of its words, in 0..1."""


@dataclass(frozen=True, slots=True)
class Page:
    """One stretch of the edition text on one page.

    A page owns one stretch or several (a footnote may be placed after text of the next page); stretches are
    sorted by ``start``, do not overlap and cover the text.
    """

    number: int
    """Index of the page in the file, from 1."""
    label: str
    """The label printed on the page, else the index as text."""
    start: int
    end: int
    recognised: tuple[Recognised, ...] = ()
    """Stretches of it that were read by OCR, in order."""


@dataclass(frozen=True, slots=True)
class Section:
    """A stretch of the edition text under one path of headings."""

    headings: tuple[str, ...]
    span: Span
    label: str | None = None
    """Number of the section as printed, for example ``2.1``."""


@dataclass(frozen=True, slots=True)
class Sentence:
    """A quotable unit: a prose sentence, a list item, a table row or a footnote.

    ``lead_ins`` are the stretches that must be quoted before it (the lead-in of its list, outermost first; the
    header of a table). A sentence always lies in one passage; its lead-in may lie in an earlier passage.
    """

    span: Span
    kind: SentenceKind = SentenceKind.PROSE
    lead_ins: tuple[Span, ...] = ()
    label: str | None = None
    """Number or letter printed before a list item, such as "3" or "b", which its words leave out."""


@dataclass(frozen=True, slots=True)
class Passage:
    """The unit that is embedded, indexed and shown.

    ``text == edition_text[span.start:span.end]``. ``embed_text`` (title, headings, lead-in, text) is what the
    encoder and the word index use; it fits the encoder's window. ``digest`` covers it and each sentence with its
    lead-ins, so that embeddings stored by digest belong to this division into sentences.
    """

    passage_id: PassageId
    edition_id: EditionId
    span: Span
    headings: tuple[str, ...]
    label: str | None
    """Paragraph or section label as printed ("24", "2.1"), the first one where a passage holds several."""
    text: str
    embed_text: str
    digest: Digest
    sentences: tuple[Sentence, ...]
    is_quotable: bool = True
    """False for figures, flow charts and tables of uncertain reading order: found, pointed to, never quoted."""

    def slice(self, span: Span) -> str:
        """Returns the words at a span of the edition text that lies in this passage."""
        return self.text[span.start - self.span.start : span.end - self.span.start]


@dataclass(frozen=True, slots=True)
class Exclusion:
    """Something on a page that is not evidence, and why."""

    page: int
    reason: Literal[
        "contents", "running_header", "running_footer", "page_number", "figure", "flow_chart",
        "uncertain_table", "blank", "footnote_unattached", "no_text_layer", "cover", "other",
    ]  # fmt: skip
    preview: str
    """First words of what was left out, at most 80 characters."""
    words: int | None = None
    """How many words were left out; None where the preview has them all, or an earlier release did not count."""


@dataclass(frozen=True, slots=True)
class Reference:
    """A document or address that the text names or links to."""

    text: str
    target: str | None
    """The address, None where a document is only named."""
    span: Span | None
    """Its position in the edition text, None where that is not known."""


@dataclass(frozen=True, slots=True)
class Footnote:
    """A note and the position of its mark; its own text is a sentence of kind ``footnote``."""

    mark: str
    anchor: int
    """Offset in the edition text just after the word that carries the mark."""
    span: Span


@dataclass(frozen=True, slots=True)
class OffsetRun:
    """A stretch of edition text that maps one to one onto characters of a page's raw text."""

    start: int
    """Offset in the edition text."""
    length: int
    page: int
    raw_start: int
    """Offset in the raw text of that page as the reader extracted it."""


@dataclass(frozen=True, slots=True)
class Document:
    """The content of one edition: everything that reading and cutting its file yields."""

    edition: Edition
    text: str
    pages: tuple[Page, ...]
    sections: tuple[Section, ...]
    passages: tuple[Passage, ...]
    footnotes: tuple[Footnote, ...] = ()
    exclusions: tuple[Exclusion, ...] = ()
    references: tuple[Reference, ...] = ()
    offsets: tuple[OffsetRun, ...] = ()
    page_count: int = 1


@dataclass(frozen=True, slots=True)
class Generation:
    """One whole state of the library."""

    number: int
    fingerprint: str
    """Digest over embedder, cut, index format and every passage digest."""
    passage_count: int
    edition_count: int
