"""The library and its indexes, as Protocols."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Protocol

from assistant.model import (
    Digest,
    Document,
    Edition,
    EditionId,
    Exclusion,
    Filter,
    Generation,
    Page,
    Passage,
    PassageId,
    Ranked,
    Reference,
    Section,
    Span,
)
from assistant.ports.answering import Progress, Vectors


@dataclass(frozen=True, slots=True)
class Embedding:
    """The vectors of one passage: of its ``embed_text`` and of each of its sentences."""

    passage: Vectors
    """float32 (dim,)"""
    sentences: Vectors
    """float32 (number of sentences, dim), stored as float16"""


class PassageIndex(Protocol):
    """Vectors of one generation, searched by similarity."""

    def build(self, generation: int, passages: Iterable[tuple[Passage, Edition, Vectors]]) -> None:
        """Builds the index of a generation beside the others; building one again replaces it."""

    def extend(
        self,
        generation: int,
        base: int,
        gone: Collection[EditionId],
        passages: Iterable[tuple[Passage, Edition, Vectors]],
    ) -> bool:
        """Builds the index of a generation from that of another, so that it finds what one from ``build`` would.

        Args:
            generation: The number of the new one.
            base: The number of the other, which is complete and stays as it is.
            gone: Editions of the other that are not taken over; of these, ``passages`` may bring other versions.
            passages: What is new.

        Returns:
            Whether it was built; False, with nothing written, where it has to be built whole.
        """

    def search(self, generation: int, vector: Vectors, *, k: int, filter: Filter) -> tuple[Ranked, ...]:
        """Returns up to k passages, most similar first, ties by passage id; the filter is applied inside."""

    def count(self, generation: int) -> int:
        """Returns how many passages the index of a generation holds; 0 where there is none."""

    def is_separated(self, generation: int) -> bool:
        """Returns whether what is hidden from some can be left out unsearched; False for an index of an earlier release."""

    def drop(self, generation: int) -> None:
        """Removes the index of a generation; nothing happens where there is none."""

    def generations(self) -> tuple[int, ...]:
        """Returns the generations that have an index, complete or not, sorted."""


class LexicalIndex(Protocol):
    """Words of one generation, searched by BM25."""

    def build(self, generation: int, passages: Iterable[tuple[Passage, Edition]]) -> None:
        """Builds the index of a generation beside the others; building one again replaces it."""

    def extend(
        self, generation: int, base: int, gone: Collection[EditionId], passages: Iterable[tuple[Passage, Edition]]
    ) -> bool:
        """Builds the index of a generation from that of another, as in ``PassageIndex``; its scores are those of ``build``."""

    def search(self, generation: int, query: str, *, k: int, filter: Filter) -> tuple[Ranked, ...]:
        """Returns up to k passages with at least one word of the query, best first, ties by passage id."""

    def document_frequencies(
        self, generation: int, words: Sequence[str], hidden: Collection[EditionId] = ()
    ) -> tuple[int, ...]:
        """Returns in how many passages each word (as tokenised by the index) occurs, 0 for an unknown one.

        Passages of ``hidden`` editions do not count.
        """

    def vocabulary(self, generation: int, hidden: Collection[EditionId] = ()) -> Mapping[str, int]:
        """Returns the words as they stand, in lower case, with how many passages hold each; hidden ones do not count.

        Empty for an index of an earlier release.
        """

    def count(self, generation: int) -> int:
        """Returns how many passages the index of a generation holds; 0 where there is none."""

    def is_separated(self, generation: int) -> bool:
        """Returns whether what is hidden from some can be left out uncounted; False for an index of an earlier release."""

    def drop(self, generation: int) -> None:
        """Removes the index of a generation; nothing happens where there is none."""

    def generations(self) -> tuple[int, ...]:
        """Returns the generations that have an index, complete or not, sorted."""


@dataclass(frozen=True, slots=True)
class Source:
    """Where an edition was read from, so that the next ingest knows what changed or went away."""

    edition_id: EditionId
    root: Path
    """The folder or file that the user named, absolute."""
    path: Path
    """The file itself, absolute."""
    sha256: str
    """Of the file."""
    recipe: str
    """Digest of the metadata, the readers' version, the cut and the embedder's window; another one means: read again."""


@dataclass(frozen=True, slots=True)
class Update:
    """What one ingest changes; editions that it does not name stay as they are."""

    documents: tuple[tuple[Document, Source], ...] = ()
    """New or changed editions."""
    removed: tuple[EditionId, ...] = ()
    known: tuple[Edition, ...] | None = None
    """Editions of the catalogue that are not indexed; replaces those remembered; None leaves those unchanged."""
    moved: tuple[Source, ...] = ()
    """Where the files of editions that stay as they are lie now."""


@dataclass(frozen=True, slots=True)
class Publication:
    """A generation that was published, with the time in which questions were answered from it."""

    number: int
    since: datetime
    until: datetime | None
    """None for the current one."""
    is_searchable: bool = True
    """Whether the embedder that searches now made its vectors."""


@dataclass(frozen=True, slots=True)
class ErasedEdition:
    """An edition that an earlier generation held and that was removed from the data folder altogether."""

    edition_id: EditionId
    groups: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class LastChange:
    """The publication that somebody would undo, as they see it."""

    number: int
    """Of the generation that it made current."""
    at: datetime | None
    """None where an earlier release published it."""
    came: tuple[Edition, ...] = ()
    changed: tuple[Edition, ...] = ()
    """Editions whose text or details changed, as they are now."""
    went: tuple[Edition, ...] = ()


class Snapshot(Protocol):
    """One whole generation of the library, unchanged for as long as it is open."""

    @property
    def generation(self) -> Generation:
        """Which generation this is."""

    def editions(self) -> tuple[Edition, ...]:
        """Returns the indexed editions, by edition id."""

    def known(self) -> tuple[Edition, ...]:
        """Returns editions that the catalogue names and that are not indexed, by edition id."""

    def sources(self) -> tuple[Source, ...]:
        """Returns where each indexed edition was read from, by edition id."""

    def passages(self, ids: Sequence[PassageId]) -> tuple[Passage, ...]:
        """Returns these passages in the order of the ids; unknown ids are left out."""

    def passages_of(self, edition_id: EditionId) -> tuple[Passage, ...]:
        """Returns every passage of an edition in reading order; () for an unknown edition."""

    def passage_at(self, edition_id: EditionId, span: Span) -> Passage | None:
        """Returns the passage of an edition that contains the whole span, None where none does."""

    def sentence_vectors(self, ids: Sequence[PassageId]) -> Mapping[PassageId, Vectors]:
        """Returns float32 (sentences, dim) per passage."""

    def text(self, edition_id: EditionId) -> str:
        """Returns the edition text. Raises ``LibraryError`` for an unknown edition."""

    def pages(self, edition_id: EditionId) -> tuple[Page, ...]:
        """Returns the page stretches of an edition, by start; () for an unknown edition."""

    def sections(self, edition_id: EditionId) -> tuple[Section, ...]:
        """Returns the sections of an edition, in order."""

    def exclusions(self, edition_id: EditionId) -> tuple[Exclusion, ...]:
        """Returns what was left out of an edition, by page."""

    def references(self, edition_id: EditionId) -> tuple[Reference, ...]:
        """Returns the documents and addresses that an edition mentions, in order."""

    def search_vectors(self, vector: Vectors, *, k: int, filter: Filter) -> tuple[Ranked, ...]:
        """Returns what ``PassageIndex.search`` finds in this generation."""

    def search_words(self, query: str, *, k: int, filter: Filter) -> tuple[Ranked, ...]:
        """Returns what ``LexicalIndex.search`` finds in this generation."""

    def document_frequencies(self, words: Sequence[str], hidden: Collection[EditionId] = ()) -> tuple[int, ...]:
        """Returns what ``LexicalIndex.document_frequencies`` says of this generation."""

    def vocabulary(self, hidden: Collection[EditionId] = ()) -> Mapping[str, int]:
        """Returns what ``LexicalIndex.vocabulary`` says of this generation."""

    def generation_without(self, hidden: Collection[EditionId]) -> Generation:
        """Returns the generation as it would be without these editions: its fingerprint and its counts."""


class Library(Protocol):
    """Editions, texts, passages and embeddings; SQL is the truth and the indexes follow it."""

    def open(self) -> AbstractContextManager[Snapshot]:
        """Returns the current generation, which stays whole until the context is left.

        Raises:
            LibraryEmpty: Nothing has been published yet.
            IndexMismatch: The current generation was built with another embedder, cut or format.
        """

    def open_for_rebuild(self) -> AbstractContextManager[Snapshot]:
        """Returns the current generation whatever it was built with: its editions, sources and texts, not its searches.

        Raises:
            LibraryEmpty: Nothing has been published yet.
        """

    def writing(self) -> AbstractContextManager[None]:
        """Holds the lock of the one writer. Raises ``LibraryLocked`` (who, since when) after the wait of the settings."""

    def missing_embeddings(self, digests: Iterable[Digest]) -> frozenset[Digest]:
        """Returns those digests for which this library has no embedding by the current embedder."""

    def add_embeddings(self, embeddings: Mapping[Digest, Embedding]) -> None:
        """Stores embeddings by digest, in one transaction; they survive a crash before ``publish``."""

    def publish(self, update: Update, progress: Progress | None = None) -> Generation:
        """Makes the updated library current in one step, or leaves the old one untouched.

        An update that changes nothing returns the current generation and writes nothing.
        """

    def draft(self, update: Update, progress: Progress | None = None) -> AbstractContextManager[Snapshot]:
        """Returns the library as an update would make it, to be asked and not published; it is gone when the context is left.

        Questions go on being answered from the current generation, and others may publish meanwhile. The embeddings of the
        update's passages have to be stored, as for ``publish``.
        """

    def roll_back(self, progress: Progress | None = None, *, groups: Collection[str] | None = None) -> Generation:
        """Makes the editions before the last publication current again, as a new generation; a second call undoes the first.

        Args:
            progress: Called during long steps.
            groups: Those of whoever rolls back: the last publication that they see is undone, and what is hidden from
                them stays as it is; None for somebody who sees everything.

        Raises:
            UsageError: There is nothing to go back to.
        """

    def last_change(self, groups: Collection[str] | None = None) -> LastChange | None:
        """Returns what ``roll_back`` would undo for these groups, None where there is nothing to go back to."""

    def publications(self, groups: Collection[str] | None = None) -> tuple[Publication, ...]:
        """Returns from when until when each stored generation was current, oldest first; () before the first publish.

        Args:
            groups: Those of a reader: publications that changed nothing for them are part of the one before; None for all.
        """

    def erased(self, number: int) -> tuple[ErasedEdition, ...]:
        """Returns the editions that a generation held and that were erased since, by edition id."""

    def open_earlier(self, number: int, *, is_searched: bool = True) -> AbstractContextManager[Snapshot]:
        """Returns a generation that was current earlier, with the searches that it had; made for it, which takes seconds.

        Args:
            number: The generation.
            is_searched: False where only its editions and texts are read, which takes no time.

        Raises:
            LibraryError: It is not stored any more.
            IndexMismatch: It was built with another embedder and is searched.
        """

    def forget_earlier(self, before: datetime) -> int:
        """Removes generations that were replaced before a time and that nobody can go back to; returns how many.

        Texts, passages and vectors that no other generation holds go with them.
        """

    def forget_previous(self, erased: Collection[EditionId] | None = None) -> None:
        """Removes the previous generations, so that there is nothing to go back to.

        Args:
            erased: Editions of which nothing but the id may stay, in no earlier generation either; None forgets every
                earlier generation.
        """

    def files_in_use(self) -> frozenset[str]:
        """Returns the sha256 of the files of every stored generation."""

    def check(self) -> tuple[str, ...]:
        """Returns one line per fault (mismatch, broken span, missing index) and per left-over, () when all is well.

        ``is_left_over`` tells them apart.
        """


LEFT_OVERS = ("left over:", "orphan:")
"""How lines begin that name what a killed ingest left: harmless, used or removed by the next one."""


def is_left_over(line: str) -> bool:
    """Returns whether a line of ``Library.check`` names a harmless left-over, no fault."""
    return line.startswith(LEFT_OVERS)
