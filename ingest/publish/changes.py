"""What an ingest adds, changes and removes, compared with what the library holds."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path

from assistant.errors import CatalogueError, IndexMismatch, LibraryEmpty
from assistant.model import Document, Edition, EditionId
from assistant.model.formats import format_of
from assistant.ports import Library, Source
from ingest.catalogue.sources import FoundFile, FoundFiles, SkippedFile, inferred
from ingest.publish.intake import Intake
from ingest.publish.report import FailedFile

UPLOADS_FOLDER = Path("uploads", "published")
"""Folder, within the data folder, of documents that were published by upload, with a catalogue of their own."""


@dataclass(frozen=True, slots=True)
class LibraryState:
    """What the library holds before an ingest; nothing where it is empty or of another model or cut."""

    sources: Mapping[EditionId, Source] = field(default_factory=dict)
    known: tuple[Edition, ...] = ()
    editions: Mapping[EditionId, Edition] = field(default_factory=dict)
    generation: int = 0


def library_state(library: Library) -> LibraryState:
    """Returns what a library holds."""
    try:
        with library.open() as snapshot:
            sources = {source.edition_id: source for source in snapshot.sources()}
            editions = {edition.edition_id: edition for edition in snapshot.editions()}
            return LibraryState(sources, snapshot.known(), editions, snapshot.generation.number)
    except (LibraryEmpty, IndexMismatch):
        return LibraryState()


KEPT = "kept as it was ingested before"
"""Why a file is read that its catalogue does not name."""


def with_kept(found: FoundFiles, before: LibraryState) -> FoundFiles:
    """Returns the files of an ingest with those that it would skip, because a catalogue does not name them, but that are indexed.

    A catalogue of some documents never removes the others: they keep the metadata that they have.
    """
    by_path = {source.path: name for name, source in before.sources.items()}
    named = {file.edition.edition_id for file in found.files}
    kept, skipped = [], []
    for each in found.skipped:
        name = by_path.get(each.path.resolve()) if each.unnamed_under is not None else None
        if name is None or name in named or each.unnamed_under is None:
            skipped.append(each)
            continue
        kept.append(_as_before(each.path, each.unnamed_under, before.editions[name]))
        skipped.append(SkippedFile(each.path, f"{each.why}; {KEPT}"))
    files = sorted((*found.files, *kept), key=lambda file: file.edition.edition_id)
    return replace(found, files=tuple(files), skipped=tuple(skipped)) if kept else found


def _as_before(path: Path, root: Path, edition: Edition) -> FoundFile:
    plain = inferred(path)
    if replace(plain, title=edition.title, sha256=edition.sha256) == edition:
        return FoundFile(path, root, plain, False)
    return FoundFile(path, root, replace(edition, sha256=None), True)


@dataclass(slots=True)
class Changes:
    """What an ingest has read so far; grows file by file."""

    documents: list[tuple[Document, Source]] = field(default_factory=list)
    unchanged: list[EditionId] = field(default_factory=list)
    moved: list[Source] = field(default_factory=list)
    """Where files lie now that are unchanged and lay elsewhere before."""
    failed: list[FailedFile] = field(default_factory=list)
    unpacked: dict[Path, Path] = field(default_factory=dict)
    """Where the content of files lies that came out of others, by their paths."""

    def ids(self) -> set[EditionId]:
        """Returns the editions that are there after this ingest, as far as it looked."""
        return {document.edition.edition_id for document, _ in self.documents} | set(self.unchanged)


def check_ids(intakes: Sequence[Intake], file: FoundFile, before: LibraryState, seen: dict[EditionId, Path]) -> None:
    """Notes the edition ids of a file.

    Raises:
        CatalogueError: Another file of this ingest has one of them; or one in the library has, is another document
            and is still there, and no catalogue says that they are the same edition.
    """
    for intake in intakes:
        name = intake.edition.edition_id
        other = seen.get(name)
        if other is None and not file.has_own_title:
            other = _other_document(intake.source, before.sources.get(name))
        if other is not None and other != intake.source.path:
            what = f"has the edition id {name!r}, as {other} has"
            raise CatalogueError(file.path, what, "Rename one of them, or give both a catalogue entry")
    seen.update({intake.edition.edition_id: intake.source.path for intake in intakes})


def _other_document(source: Source, indexed: Source | None) -> Path | None:
    """Returns the file of the indexed edition where it is another document and still there."""
    if indexed is None or indexed.path == source.path or indexed.sha256 == source.sha256 or not is_there(indexed.path):
        return None
    return indexed.path


def is_there(path: Path) -> bool:
    """Returns whether a file is there, by itself or in a file that holds it."""
    return path.exists() or any(parent.is_file() for parent in path.parents)


def is_unchanged(source: Source, indexed: Source | None, data: Path) -> bool:
    """Returns whether a file is as it was when the library indexed it; where it lies does not matter.

    An upload and a file of a folder are not the same, since only one of them goes away with its folder.
    """
    uploads = data.resolve() / UPLOADS_FOLDER
    return indexed is not None and (
        (source.sha256, source.recipe, format_of(source.path), source.root == uploads)
        == (indexed.sha256, indexed.recipe, format_of(indexed.path), indexed.root == uploads)
    )


def removed_editions(
    before: LibraryState, paths: Iterable[Path], changes: Changes, data: Path
) -> tuple[EditionId, ...]:
    """Returns editions whose file, or line of a collection, was under the paths and is not there any more.

    Those of a file that could not be read stay; so do those published by upload, which are in the data folder.
    """
    roots = [path.resolve() for path in paths]
    uploads = data.resolve() / UPLOADS_FOLDER
    failed = {file.path.resolve() for file in changes.failed}
    present = changes.ids()
    return tuple(
        sorted(
            name
            for name, source in before.sources.items()
            if name not in present
            and failed.isdisjoint((source.path, *source.path.parents))
            and (uploads in roots or source.root != uploads)
            and any(source.root == root or source.path.is_relative_to(root) for root in roots)
        )
    )


def known_editions(before: LibraryState, found: FoundFiles) -> tuple[Edition, ...]:
    """Returns the editions known but not indexed: those remembered and those that this ingest found."""
    return tuple({edition.edition_id: edition for edition in (*before.known, *found.known)}.values())
