"""Rebuild: every edition is read again from what the data folder holds of it, for another embedder, cut or reader.

The same reading, cutting, embedding and publishing as ``ingest.build``; what differs is where files and metadata come
from. The library says which editions there are, with their metadata; the text comes from the stored copy of the file.
"""

from __future__ import annotations

import logging
import shutil
import tempfile
from dataclasses import replace
from pathlib import Path

from assistant.errors import DocumentError, UnreadableDocument
from assistant.model import Document, Edition
from assistant.model.formats import is_collection
from assistant.ports import (
    NO_TELEMETRY,
    Embedder,
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
from ingest.build import ingest_facts, read_edition, stopwatch_of_ingest
from ingest.catalogue.sources import inferred, sha256_of
from ingest.publish.changes import Changes, library_state
from ingest.publish.embedding import embed_missing
from ingest.publish.intake import IngestResources, Intake, recipe_of
from ingest.publish.report import FailedFile, IngestReport, readings_of
from ingest.readers.blocks import ReadFile
from ingest.sandbox.sandbox import Sandbox

log = logging.getLogger(__name__)


def rebuild(
    library: Library,
    embedder: Embedder,
    settings: Settings,
    files: Files,
    *,
    keep_going: bool = False,
    progress: Progress | None = None,
    telemetry: Telemetry = NO_TELEMETRY,
) -> IngestReport:
    """Reads every edition of the library again and publishes them all as one new generation.

    Metadata, and where each file was ingested from, stay. Only passages without a vector of the embedder are embedded,
    so that a rebuild that was killed goes on where it ended. Readers have the old generation meanwhile. Where nothing is
    different and the indexes are whole, nothing is published.

    With ``keep_going``, editions that cannot be read leave a library that was built otherwise, and stay as they are in
    one that fits.

    Raises:
        LibraryEmpty: Nothing has been ingested yet.
        DocumentError: A file is nowhere any more or cannot be read; names it and the fix.
        LibraryLocked: An ingest is running.
    """
    progress, stopwatch = progress or (lambda stage, done, total: None), stopwatch_of_ingest(telemetry)
    with telemetry.span(TelemetryId("rebuild")) as span, library.writing(), Sandbox(settings) as sandbox:
        resources = IngestResources(sandbox.read, embedder, settings)
        with library.open_for_rebuild() as snapshot:
            changes = read_again(snapshot, resources, files, stopwatch, progress, keep_going=keep_going)
        with stopwatch.stage("embedding"):
            embedded = embed_missing([document for document, _ in changes.documents], library, embedder, progress)
        store_copies(changes, files)
        update = update_of(changes, library)
        with stopwatch.stage("publishing"):
            generation = library.publish(update, progress).number
        span.tell(**ingest_facts(changes, embedded, generation))
        if not changes.failed:  # else what was left out would be lost
            files.remove_all_but(library.files_in_use())
    return report_of(changes, update, embedded, generation, stopwatch)


def read_again(
    snapshot: Snapshot,
    resources: IngestResources,
    files: Files,
    stopwatch: Stopwatch,
    progress: Progress,
    *,
    keep_going: bool,
) -> Changes:
    """Returns the documents of all editions, read from their copies.

    Raises:
        DocumentError: One cannot be read and ``keep_going`` is not set, or none can.
    """
    changes = Changes()
    sources = {source.edition_id: source for source in snapshot.sources()}
    editions = snapshot.editions()
    for place, edition in enumerate(editions):
        progress("read", place, len(editions))
        source = sources[edition.edition_id]
        try:
            changes.documents.append(read_edition_again(edition, source, snapshot, resources, files, stopwatch))
        except DocumentError as error:
            if not keep_going:
                raise
            changes.failed.append(FailedFile(source.path, error))
            changes.unchanged.append(edition.edition_id)
    if changes.failed and not changes.documents:
        raise changes.failed[0].error
    progress("read", len(editions), len(editions))
    return changes


def read_edition_again(
    edition: Edition,
    source: Source,
    snapshot: Snapshot,
    resources: IngestResources,
    files: Files,
    stopwatch: Stopwatch,
) -> tuple[Document, Source]:
    """Returns an edition read from what is stored of it, with its metadata and the recipe of this version."""
    if is_collection(source.path):  # its text is the library's own
        described = replace(source, recipe=recipe_of(replace(edition, sha256=None), resources))
        intake = Intake(edition, described, True, snapshot.text(edition.edition_id))
        return read_edition(intake, resources, stopwatch)
    titles: list[str | None] = []

    def read(path: Path) -> ReadFile:
        file = read_copy(source, files, resources)
        titles.append(file.title)
        return file

    document, _ = read_edition(Intake(edition, source, True), replace(resources, read=read), stopwatch)
    return document, replace(source, recipe=recipe_of(described_as(edition, source, titles[0]), resources))


def described_as(edition: Edition, source: Source, title: str | None) -> Edition:
    """Returns an edition as it is known before its file is read: without a catalogue, the title is that of the file."""
    plain = replace(inferred(source.path), sha256=edition.sha256)
    return plain if replace(plain, title=title or plain.title) == edition else edition


def read_copy(source: Source, files: Files, resources: IngestResources) -> ReadFile:
    """Returns the file of an edition as blocks; errors name the file that was ingested.

    A copy is read under the name of that file, since the name tells its format.
    """
    file = file_of(source, files)
    with tempfile.TemporaryDirectory(prefix="rebuild-") as folder:
        named = Path(shutil.copyfile(file, Path(folder) / f"document{source.path.suffix}"))
        try:
            return resources.read(named)
        except DocumentError as error:
            raise type(error)(source.path, error.what, error.fix, error.page) from error


def file_of(source: Source, files: Files) -> Path:
    """Returns the stored copy of a file, else the file itself where it is still the same.

    Raises:
        UnreadableDocument: There is neither.
    """
    for file in (files.path_of(source.sha256, source.path.name), source.path):
        if file is not None and file.is_file() and sha256_of(file) == source.sha256:
            return file
    what = f"neither this file nor an undamaged copy in the data folder is there any more ({source.edition_id})"
    raise UnreadableDocument(source.path, what, "Put it back, or leave it out with --keep-going")


def store_copies(changes: Changes, files: Files) -> None:
    """Stores a copy of each file that has none yet, as an ingest does."""
    for _, source in changes.documents:
        if not is_collection(source.path) and files.path_of(source.sha256, source.path.name) is None:
            files.store(source.path, source.sha256)


def update_of(changes: Changes, library: Library) -> Update:
    """Returns what the library has to change; what cannot be read leaves a library that was built otherwise."""
    is_fitting = bool(library_state(library).generation)
    return Update(tuple(changes.documents), () if is_fitting else tuple(changes.unchanged))


def report_of(changes: Changes, update: Update, embedded: int, generation: int, stopwatch: Stopwatch) -> IngestReport:
    """Returns the report of a rebuild that is done."""
    documents = [document for document, _ in changes.documents]
    log.info("rebuild: %d editions, %d failed, %d passages embedded", len(documents), len(changes.failed), embedded)
    return IngestReport(
        changed=tuple(document.edition.edition_id for document in documents),
        unchanged=tuple(name for name in changes.unchanged if name not in update.removed),
        removed=update.removed,
        failed=tuple(changes.failed),
        pages=sum(document.page_count for document in documents),
        passages=sum(len(document.passages) for document in documents),
        embedded=embedded,
        generation=generation,
        seconds=stopwatch.seconds,
        readings=readings_of(changes.documents),
    )
