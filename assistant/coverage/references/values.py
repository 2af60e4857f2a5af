"""Documents that texts name, and how they stand."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from assistant.model import EditionId, Span


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
