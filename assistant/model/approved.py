"""The partnership's own answers, made of verbatim units of the library, and blocks on what may answer."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from typing import Literal

from assistant.model.library import EditionId, PassageId, Span
from assistant.model.people import Groups


class ApprovedState(StrEnum):
    """What a version of an approved answer is."""

    DRAFT = "draft"
    """Written, and not yet approved by a second person."""
    LIVE = "live"
    """Given to whoever asks a question that it answers."""
    REPLACED = "replaced"
    """Was live until a later version was approved."""
    WITHDRAWN = "withdrawn"
    """Taken back: by a person, or because its quoted words changed."""
    DISCARDED = "discarded"
    """A draft that was undone."""


class UnitFault(StrEnum):
    """Why a quoted unit does not hold any more."""

    CHANGED = "changed"
    """Its words do not stand in its edition any more."""
    SUPERSEDED = "superseded"
    """Its edition was replaced, or is not in force."""
    RESTRICTED = "restricted"
    """Its edition is not open to everybody any more to whom it was when the answer was approved."""
    GONE = "gone"
    """Its edition is not in the library any more."""


@dataclass(frozen=True, slots=True)
class QuotedUnit:
    """Verbatim stretches of one edition, as they were when they were picked."""

    edition_id: EditionId
    passage_id: PassageId
    """The passage of the last part."""
    parts: tuple[Span, ...]
    """Stretches of the edition text, lead-ins first."""
    quotes: tuple[str, ...]
    """The words of each part."""
    digest: str
    """sha256 of the words, with only what quotes forgive removed."""
    turning: tuple[str, ...] = ()
    """The headings above it that turn its words round, such as "Do not"."""
    title: str = ""
    """Title of the edition when the unit was picked, for when it is gone."""

    @property
    def text(self) -> str:
        """Its words, a line for each part."""
        return "\n".join(self.quotes)


@dataclass(frozen=True, slots=True)
class ApprovedContent:
    """What a version of an approved answer says, and to which questions."""

    wordings: tuple[str, ...]
    """Questions that it answers, as people ask them; masked."""
    units: tuple[QuotedUnit, ...]
    """In the order in which they are shown."""
    own_words: str = ""
    """At most one sentence of the partnership, shown as such before the quotes."""
    audience: str = ""
    """Whom it is for, such as "schools"; "" for everybody."""
    area: str = ""
    """Area that it holds in; "" for everywhere."""
    owner: str = ""
    """Who looks after it, such as "Policy team"; shown as who approved it."""
    review_by: date | None = None


@dataclass(frozen=True, slots=True)
class ApprovedVersion:
    """One version of an approved answer."""

    answer_id: str
    version: int
    """From 1."""
    state: ApprovedState
    content: ApprovedContent
    drafted_by: str
    """User id."""
    drafted_at: datetime
    approved_by: str = ""
    approved_at: datetime | None = None
    reason: str = ""
    """Why it was withdrawn, in one sentence."""
    is_expired: bool = False
    """Whether it was withdrawn because a quoted unit does not hold any more."""
    groups: tuple[Groups, ...] = ()
    """For each restricted edition that it quotes, the groups that may see it."""
    conflicts: tuple[str, ...] = ()
    """What legislation or statutory guidance said otherwise at the last publication, a sentence each."""

    @property
    def editions(self) -> tuple[EditionId, ...]:
        """The editions that it quotes, each once."""
        return tuple(dict.fromkeys(each.edition_id for each in self.content.units))


ApprovedAct = Literal["draft", "approve", "withdraw", "expire", "re_anchor", "undo", "import"]


@dataclass(frozen=True, slots=True)
class ApprovedEvent:
    """Something that was done to an approved answer."""

    answer_id: str
    version: int
    act: ApprovedAct
    by: str
    """User id; "" for a publication."""
    at: datetime
    note: str = ""


class BlockedPart(StrEnum):
    """What a block keeps from answering."""

    PASSAGE = "passage"
    SECTION = "section"
    DOCUMENT = "document"


@dataclass(frozen=True, slots=True)
class Block:
    """A part of a document that is kept from answering a topic; search still finds it."""

    block_id: str
    part: BlockedPart
    work: str
    """The document, whichever edition of it."""
    title: str
    """Title of the edition when the block was set."""
    edition_id: EditionId
    """The edition that it was set on."""
    headings: tuple[str, ...]
    """Path of the section, or of the passage's."""
    digest: str
    """Of the passage's words; "" for a section or a document."""
    quote: str
    """First words of the passage, for reading."""
    topics: tuple[str, ...]
    """Questions as people ask them; masked."""
    reason: str
    by: str
    at: datetime
    lifted_by: str = ""
    lifted_at: datetime | None = None
    groups: tuple[Groups, ...] = ()

    @property
    def is_set(self) -> bool:
        """Whether it is in effect."""
        return self.lifted_at is None
