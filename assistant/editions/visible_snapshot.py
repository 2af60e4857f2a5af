"""One generation of the library as somebody sees it: editions restricted to other groups are not in it."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import replace

from assistant.editions.access import open_to
from assistant.errors import LibraryError
from assistant.model import (
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
from assistant.ports import Snapshot, Source, Vectors


def visible_to(snapshot: Snapshot, groups: Collection[str]) -> Snapshot:
    """Returns the generation as somebody with these groups sees it; the same one where nothing is hidden from them."""
    every, visible = snapshot.editions(), open_to(snapshot.editions(), groups)
    known = open_to(snapshot.known(), groups)
    if len(visible) == len(every) and len(known) == len(snapshot.known()):
        return snapshot
    return VisibleSnapshot(snapshot, visible, known)


class VisibleSnapshot:
    """A generation without what is hidden; it says what one would say that never had it.

    Args:
        snapshot: The whole generation.
        editions: The indexed editions that can be seen.
        known: The editions of the catalogue that can be seen.
    """

    def __init__(self, snapshot: Snapshot, editions: tuple[Edition, ...], known: tuple[Edition, ...]) -> None:
        self._whole = snapshot
        self._editions = editions
        self._known = known
        self._names = frozenset(each.edition_id for each in editions)
        self._hidden = tuple(e.edition_id for e in snapshot.editions() if e.edition_id not in self._names)

    @property
    def generation(self) -> Generation:
        """Which generation this is; it counts what can be seen."""
        return self._whole.generation_without(self._hidden)

    def generation_without(self, hidden: Collection[EditionId]) -> Generation:
        """Returns the generation as it would be without these editions either."""
        return self._whole.generation_without({*self._hidden, *hidden})

    def editions(self) -> tuple[Edition, ...]:
        """Returns the indexed editions, by edition id."""
        return self._editions

    def known(self) -> tuple[Edition, ...]:
        """Returns editions that the catalogue names and that are not indexed, by edition id."""
        return self._known

    def sources(self) -> tuple[Source, ...]:
        """Returns where each edition was read from, by edition id."""
        return tuple(each for each in self._whole.sources() if each.edition_id in self._names)

    def passages(self, ids: Sequence[PassageId]) -> tuple[Passage, ...]:
        """Returns these passages in the order of the ids; unknown ids are left out."""
        return tuple(each for each in self._whole.passages(ids) if each.edition_id in self._names)

    def passages_of(self, edition_id: EditionId) -> tuple[Passage, ...]:
        """Returns every passage of an edition in reading order; () for an unknown edition."""
        return self._whole.passages_of(edition_id) if edition_id in self._names else ()

    def passage_at(self, edition_id: EditionId, span: Span) -> Passage | None:
        """Returns the passage of an edition that contains the whole span, None where none does."""
        return self._whole.passage_at(edition_id, span) if edition_id in self._names else None

    def sentence_vectors(self, ids: Sequence[PassageId]) -> Mapping[PassageId, Vectors]:
        """Returns float32 (sentences, dim) per passage."""
        return self._whole.sentence_vectors([each.passage_id for each in self.passages(ids)])

    def text(self, edition_id: EditionId) -> str:
        """Returns the edition text. Raises ``LibraryError`` for an unknown edition."""
        return self._whole.text(self._seen(edition_id))

    def pages(self, edition_id: EditionId) -> tuple[Page, ...]:
        """Returns the page stretches of an edition, by start. Raises ``LibraryError`` for an unknown edition."""
        return self._whole.pages(self._seen(edition_id))

    def sections(self, edition_id: EditionId) -> tuple[Section, ...]:
        """Returns the sections of an edition, in order. Raises ``LibraryError`` for an unknown edition."""
        return self._whole.sections(self._seen(edition_id))

    def exclusions(self, edition_id: EditionId) -> tuple[Exclusion, ...]:
        """Returns what was left out of an edition, by page. Raises ``LibraryError`` for an unknown edition."""
        return self._whole.exclusions(self._seen(edition_id))

    def references(self, edition_id: EditionId) -> tuple[Reference, ...]:
        """Returns the documents that an edition mentions. Raises ``LibraryError`` for an unknown edition."""
        return self._whole.references(self._seen(edition_id))

    def search_vectors(self, vector: Vectors, *, k: int, filter: Filter) -> tuple[Ranked, ...]:
        """Returns what the vector index finds."""
        return self._whole.search_vectors(vector, k=k, filter=self._narrowed(filter))

    def search_words(self, query: str, *, k: int, filter: Filter) -> tuple[Ranked, ...]:
        """Returns what the word index finds."""
        return self._whole.search_words(query, k=k, filter=self._narrowed(filter))

    def document_frequencies(self, words: Sequence[str], hidden: Collection[EditionId] = ()) -> tuple[int, ...]:
        """Returns in how many passages each word occurs."""
        return self._whole.document_frequencies(words, (*self._hidden, *hidden))

    def vocabulary(self, hidden: Collection[EditionId] = ()) -> Mapping[str, int]:
        """Returns the words of what can be seen, with how many passages hold each."""
        return self._whole.vocabulary((*self._hidden, *hidden))

    def _narrowed(self, filter: Filter) -> Filter:
        return replace(filter, hidden=tuple(sorted({*self._hidden, *filter.hidden})))

    def _seen(self, edition_id: EditionId) -> EditionId:
        if edition_id not in self._names:
            known = ", ".join(each.edition_id for each in self._editions[:20])
            raise LibraryError(f"No edition {edition_id!r} in the library. It holds: {known}.")
        return edition_id
