"""The ingest pipeline: file -> pages -> sections -> passages -> library.

``read_pages | split_sections | cut_into_passages`` for each edition that is new or changed, then ``embed | publish``
for all of them at once.
"""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterator, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import replace
from pathlib import Path
from tempfile import TemporaryDirectory

from assistant.errors import AssistantError, DocumentError
from assistant.model import Document, EditionId
from assistant.model.formats import is_collection
from assistant.ports import (
    NO_TELEMETRY,
    Embedder,
    Fact,
    Files,
    Library,
    Progress,
    Snapshot,
    Source,
    Telemetry,
    TelemetryId,
    Update,
)
from assistant.settings import Settings
from assistant.stopwatch import Stopwatch
from ingest.catalogue.sources import FoundFiles, find_files
from ingest.publish.changes import (
    Changes,
    LibraryState,
    check_ids,
    is_unchanged,
    known_editions,
    library_state,
    removed_editions,
    with_kept,
)
from ingest.publish.embedding import embed_missing
from ingest.publish.intake import (
    IngestResources,
    Intake,
    cut_into_passages,
    document_of,
    intakes_of,
    read_pages,
    split_sections,
)
from ingest.publish.members import with_members
from ingest.publish.proposed import proposed_for
from ingest.publish.report import FailedFile, IngestReport, readings_of
from ingest.sandbox.sandbox import Sandbox

__all__ = ("STEPS", "FailedFile", "IngestReport", "document_of", "ingest")

log = logging.getLogger(__name__)
Step = Callable[[Intake, IngestResources], Intake]

STEPS: tuple[tuple[str, Step], ...] = (
    ("reading", read_pages),
    ("cutting", split_sections),
    ("cutting", cut_into_passages),
)


def ingest(
    paths: Sequence[Path],
    library: Library,
    embedder: Embedder,
    settings: Settings,
    *,
    catalogue: Path | None = None,
    keep_going: bool = False,
    unlisted: bool = False,
    progress: Progress | None = None,
    files: Files | None = None,
    telemetry: Telemetry = NO_TELEMETRY,
) -> IngestReport:
    """Reads files and folders, and publishes what changed as one new generation.

    Unchanged files are not read again, wherever they lie now; a file gone from a folder that was ingested before is
    removed, one that a catalogue does not name stays (``unlisted`` reads it). Nothing is published unless every file could
    be read, or ``keep_going`` is set and one could. A copy of each file is stored in ``files`` before its text counts.

    Raises:
        DocumentError: A file or the catalogue cannot be read; names file, page and fix.
        LibraryLocked: Another ingest is running.
    """
    listed, progress = find_files(paths, catalogue, unlisted=unlisted), progress or (lambda stage, done, total: None)
    stopwatch = stopwatch_of_ingest(telemetry)
    with telemetry.span(TelemetryId("ingest")) as span, library.writing(), _reading(settings) as (sandbox, folder):
        before = library_state(library)
        found, changes = with_members(with_kept(listed, before), sandbox.unpack, folder, keep_going=keep_going)
        resources = IngestResources(sandbox.read, embedder, settings)
        read_changed_files(found, before, resources, stopwatch, progress, changes, keep_going=keep_going)
        proposed = proposed_for(found.files, changes.documents, sandbox.read_cover)
        with stopwatch.stage("embedding"):
            embedded = embed_missing([document for document, _ in changes.documents], library, embedder, progress)
        update = update_of(changes, before, found, paths, settings)
        with files_tidied(library, files), stopwatch.stage("publishing"):
            store_files(changes, before, files)
            generation = library.publish(update, progress).number if changes.ids() else before.generation
        span.tell(**ingest_facts(changes, embedded, generation))
    _log(changes, update, embedded, stopwatch)
    return replace(report_of(found, before, changes, update, embedded, generation, stopwatch), proposed=proposed)


@contextmanager
def draft(
    paths: Sequence[Path],
    library: Library,
    embedder: Embedder,
    settings: Settings,
    *,
    catalogue: Path | None = None,
    progress: Progress | None = None,
) -> Iterator[Snapshot]:
    """Yields the library as an ingest of these files and folders would make it; nothing is published, no file is stored.

    Raises:
        DocumentError: A file or the catalogue cannot be read; names file, page and fix.
        LibraryLocked: Another ingest is running.
    """
    listed, progress = find_files(paths, catalogue, unlisted=False), progress or (lambda stage, done, total: None)
    with ExitStack() as stack:
        with library.writing(), _reading(settings) as (sandbox, folder):
            before = library_state(library)
            found, changes = with_members(with_kept(listed, before), sandbox.unpack, folder, keep_going=False)
            resources, watch = IngestResources(sandbox.read, embedder, settings), stopwatch_of_ingest(NO_TELEMETRY)
            read_changed_files(found, before, resources, watch, progress, changes, keep_going=False)
            embed_missing([document for document, _ in changes.documents], library, embedder, progress)
            update = replace(update_of(changes, before, found, paths, settings), moved=())
            snapshot = stack.enter_context(library.draft(update, progress))
        yield snapshot


def _log(changes: Changes, update: Update, embedded: int, stopwatch: Stopwatch) -> None:
    log.info(
        "ingest: %d editions read, %d unchanged, %d removed, %d failed, %d passages embedded; seconds %s",
        len(changes.documents), len(changes.unchanged), len(update.removed), len(changes.failed), embedded, stopwatch.seconds,
    )  # fmt: skip


@contextmanager
def _reading(settings: Settings) -> Iterator[tuple[Sandbox, Path]]:
    """Yields what reads files, and a folder for what they hold."""
    with Sandbox(settings) as sandbox, TemporaryDirectory(prefix="unpacked-") as folder:
        yield sandbox, Path(folder)


def stopwatch_of_ingest(telemetry: Telemetry) -> Stopwatch:
    """Returns a stopwatch with the stages of an ingest at 0, so that a report names each; each is a span too."""
    seconds = {"reading": 0.0, "cutting": 0.0, "embedding": 0.0, "publishing": 0.0}
    return Stopwatch(seconds, lambda name: telemetry.span(TelemetryId(f"ingest.{name}")))


def ingest_facts(changes: Changes, embedded: int, generation: int | None) -> dict[str, Fact]:
    """Returns what telemetry may tell of an ingest: counts and the generation."""
    return {
        "read": len(changes.documents),
        "unchanged": len(changes.unchanged),
        "failed": len(changes.failed),
        "embedded": embedded,
        "generation": generation or 0,
    }


def read_changed_files(
    found: FoundFiles,
    before: LibraryState,
    resources: IngestResources,
    stopwatch: Stopwatch,
    progress: Progress,
    changes: Changes,
    *,
    keep_going: bool,
) -> None:
    """Adds the documents of new and changed files to the changes, and which editions are unchanged.

    Raises:
        DocumentError: A file cannot be read, and ``keep_going`` is not set.
    """
    seen: dict[EditionId, Path] = {}
    for place, file in enumerate(found.files):
        progress("read", place, len(found.files))
        try:
            intakes = intakes_of(file, resources)
            check_ids(intakes, file, before, seen)
            read_editions(intakes, before, resources, stopwatch, changes)
        except DocumentError as error:
            if not keep_going:
                raise
            changes.failed.append(FailedFile(file.path, error))
    progress("read", len(found.files), len(found.files))


def read_editions(
    intakes: Sequence[Intake],
    before: LibraryState,
    resources: IngestResources,
    stopwatch: Stopwatch,
    changes: Changes,
) -> None:
    """Takes the editions of one file through the steps and adds them to the changes: all of them, or none on a fault."""
    data = resources.settings.data
    unchanged = {
        intake.edition.edition_id: intake.source
        for intake in intakes
        if is_unchanged(intake.source, before.sources.get(intake.edition.edition_id), data)
    }
    documents = [
        read_edition(intake, resources, stopwatch) for intake in intakes if intake.edition.edition_id not in unchanged
    ]
    changes.documents.extend(documents)
    changes.unchanged.extend(sorted(unchanged))
    changes.moved.extend(source for name, source in unchanged.items() if source.path != before.sources[name].path)


def read_edition(intake: Intake, resources: IngestResources, stopwatch: Stopwatch) -> tuple[Document, Source]:
    """Returns an edition that was taken through the steps, and where it was read from. Raises ``DocumentError``."""
    for name, step in STEPS:
        with stopwatch.stage(name):
            intake = step(intake, resources)
    assert intake.document is not None
    return intake.document, intake.source


def update_of(
    changes: Changes, before: LibraryState, found: FoundFiles, paths: Sequence[Path], settings: Settings
) -> Update:
    """Returns what the library has to change."""
    removed = removed_editions(before, paths, changes, settings.data)
    return Update(tuple(changes.documents), removed, known_editions(before, found), tuple(changes.moved))


@contextmanager
def files_tidied(library: Library, files: Files | None) -> Iterator[None]:
    """Removes copies of files that no edition needs when the context is left, also after a fault."""
    with ExitStack() as undo:
        undo.callback(_tidied_after_a_fault, library, files)
        yield
        undo.pop_all()
    if files is not None:
        files.remove_all_but(library.files_in_use())


def _tidied_after_a_fault(library: Library, files: Files | None) -> None:
    try:
        if files is not None:
            files.remove_all_but(library.files_in_use())
    except (AssistantError, OSError) as error:
        log.warning("the next ingest removes the copies of a failed one (%s)", type(error).__name__)


def store_files(changes: Changes, before: LibraryState, files: Files | None) -> None:
    """Stores a copy of the files of all editions that are there after this ingest; collections of texts have none."""
    if files is None:
        return
    lying = {**before.sources, **{source.edition_id: source for source in changes.moved}}
    sources = [source for _, source in changes.documents] + [lying[name] for name in changes.unchanged]
    for source in sources:
        if not is_collection(source.path):
            files.store(changes.unpacked.get(source.path, source.path), source.sha256)


def report_of(
    found: FoundFiles,
    before: LibraryState,
    changes: Changes,
    update: Update,
    embedded: int,
    generation: int,
    stopwatch: Stopwatch,
) -> IngestReport:
    """Returns the report of an ingest that is done."""
    names = [document.edition.edition_id for document, _ in update.documents]
    return IngestReport(
        added=tuple(name for name in names if name not in before.sources),
        changed=tuple(name for name in names if name in before.sources),
        unchanged=tuple(changes.unchanged),
        removed=update.removed,
        skipped=found.skipped,
        failed=tuple(changes.failed),
        pages=sum(document.page_count for document, _ in update.documents),
        passages=sum(len(document.passages) for document, _ in update.documents),
        embedded=embedded,
        generation=generation,
        seconds=stopwatch.seconds,
        readings=readings_of(update.documents),
    )
