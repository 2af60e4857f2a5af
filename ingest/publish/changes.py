"""What of an ingest is new, and what of the library is gone."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from assistant.errors import CatalogueError, IndexMismatch, LibraryEmpty
from assistant.model import Document, Edition, EditionId
from assistant.ports import Library, Source
from ingest.catalogue.sources import Found, FoundFile
from ingest.publish.intake import Intake
from ingest.publish.report import Failed

UPLOADED = Path("uploads", "published")
"""Folder, within the data folder, of documents that were published by upload, with a catalogue of their own."""


@dataclass(frozen=True, slots=True)
class Held:
    """What the library holds before an ingest; nothing where it is empty or of another model or cut."""

    sources: Mapping[EditionId, Source] = field(default_factory=dict)
    known: tuple[Edition, ...] = ()
    generation: int = 0


def held(library: Library) -> Held:
    """Returns what a library holds."""
    try:
        with library.open() as snapshot:
            sources = {each.edition_id: each for each in snapshot.sources()}
            return Held(sources, snapshot.known(), snapshot.generation.number)
    except (LibraryEmpty, IndexMismatch):
        return Held()


@dataclass(slots=True)
class Taken:
    """What an ingest has taken so far; grows file by file."""

    documents: list[tuple[Document, Source]] = field(default_factory=list)
    unchanged: list[EditionId] = field(default_factory=list)
    failed: list[Failed] = field(default_factory=list)

    def ids(self) -> set[EditionId]:
        """Returns the editions that are there after this ingest, as far as it looked."""
        return {document.edition.edition_id for document, _ in self.documents} | set(self.unchanged)


def check_ids(intakes: Sequence[Intake], file: FoundFile, before: Held, seen: dict[EditionId, Path]) -> None:
    """Notes the edition ids of a file.

    Raises:
        CatalogueError: Another file of this ingest has one of them; or one in the library has, is another document
            and is still there, and no catalogue says that they are the same edition.
    """
    for each in intakes:
        name = each.edition.edition_id
        other = seen.get(name)
        if other is None and not file.has_own_title:
            other = _other_in_library(each.source, before.sources.get(name))
        if other is not None and other != each.source.path:
            what = f"has the edition id {name!r}, as {other} has"
            raise CatalogueError(file.path, what, "Rename one of them, or give both a catalogue entry")
    seen.update({each.edition.edition_id: each.source.path for each in intakes})


def _other_in_library(mine: Source, there: Source | None) -> Path | None:
    if there is None or there.path == mine.path or there.sha256 == mine.sha256 or not there.path.exists():
        return None
    return there.path


def is_unchanged(source: Source, before: Source | None) -> bool:
    """Returns whether a file is as it was when the library took it in."""
    mine = (source.path, source.sha256, source.recipe)
    return before is not None and mine == (before.path, before.sha256, before.recipe)


def gone(before: Held, found: Found, paths: Iterable[Path], taken: Taken, data: Path) -> tuple[EditionId, ...]:
    """Returns editions whose file, or line of ready texts, was under the paths and is not there any more.

    Those of a file that could not be taken stay; so do those published by upload, which are in the data folder.
    """
    roots = [path.resolve() for path in paths]
    uploads = data.resolve() / UPLOADED
    failed = {each.path.resolve() for each in taken.failed}
    kept = taken.ids()
    return tuple(
        sorted(
            name
            for name, source in before.sources.items()
            if name not in kept
            and source.path not in failed
            and (uploads in roots or source.root != uploads)
            and any(source.root == root or source.path.is_relative_to(root) for root in roots)
        )
    )


def known(before: Held, found: Found) -> tuple[Edition, ...]:
    """Returns the editions known but not indexed: those remembered and those that this ingest found."""
    return tuple({each.edition_id: each for each in (*before.known, *found.known)}.values())
