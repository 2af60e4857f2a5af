"""Referenced documents and their states."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from assistant.model import EditionId, Span


class ReferenceState(StrEnum):
    """State of a referenced document, the most pressing first."""

    SUPERSEDED = "superseded"
    """An edition that has been replaced by a later one."""
    NOT_INDEXED = "not_indexed"
    """In the catalogue, but not ingested."""
    PLANNED = "planned"
    """The text says it is still to be written."""
    MISSING = "missing"
    """Neither indexed nor in the catalogue."""
    INDEXED = "indexed"


class ReferenceKind(StrEnum):
    """Type of the referenced document, judged by its address or wording."""

    LAW = "law"
    PUBLICATION = "publication"
    NAMED = "named"
    PAGE = "page"
    """A web page that is not a document: a helpline, an organisation."""


@dataclass(frozen=True, slots=True)
class Mention:
    """A place where a document is named."""

    edition_id: EditionId
    span: Span | None
    """In the edition text, None where the file reader could not locate it."""
    words: str


@dataclass(frozen=True, slots=True)
class NamedDocument:
    """A document that the corpus refers to, with every mention."""

    name: str
    target: str | None
    """Its address, None where it is named without a link."""
    kind: ReferenceKind
    state: ReferenceState
    edition_id: EditionId | None
    """The edition meant, None where it is not in the catalogue."""
    replaced_by: EditionId | None
    mentions: tuple[Mention, ...]
