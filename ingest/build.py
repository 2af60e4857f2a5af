"""The first straight line: file -> pages -> sections -> passages -> library.

``read_pages | split_sections | cut`` for each edition that is new or changed, then ``embed | publish`` for all of
them at once.
"""

from __future__ import annotations

import logging
from collections.abc import Callable, Sequence
from pathlib import Path

from assistant.errors import DocumentError
from assistant.model import EditionId
from assistant.model.formats import is_collection
from assistant.ports import Embedder, Files, Library, Progress, Update
from assistant.settings import Settings
from assistant.stopwatch import Stopwatch
from ingest.catalogue.sources import Found, find_files
from ingest.publish.changes import Held, Taken, check_ids, gone, held, is_unchanged, known
from ingest.publish.embedding import embed_missing
from ingest.publish.intake import Intake, Tools, cut, document_of, opened, read_pages, split_sections
from ingest.publish.report import Failed, IngestReport
from ingest.sandbox.sandbox import Sandbox

__all__ = ("STEPS", "Failed", "IngestReport", "document_of", "ingest")

log = logging.getLogger(__name__)
Step = Callable[[Intake, Tools], Intake]

STEPS: tuple[tuple[str, Step], ...] = (
    ("reading", read_pages),
    ("cutting", split_sections),
    ("cutting", cut),
)


def ingest(
    paths: Sequence[Path],
    library: Library,
    embedder: Embedder,
    settings: Settings,
    *,
    catalogue: Path | None = None,
    keep_going: bool = False,
    progress: Progress | None = None,
    files: Files | None = None,
) -> IngestReport:
    """Reads files and folders, and publishes what changed as one new generation.

    Files that are as they were are not read again; a file gone from a folder that was ingested before is removed;
    only passages without a vector are embedded. Nothing is published unless every file could be taken, or
    ``keep_going`` is set and one of them could. A copy of each file is kept in ``files``, before its text counts.

    Raises:
        DocumentError: A file or the catalogue cannot be taken; names file, page and fix.
        LibraryLocked: Another ingest is running.
    """
    tell = progress or (lambda stage, done, total: None)
    found = find_files(paths, catalogue)
    watch = Stopwatch({"reading": 0.0, "cutting": 0.0, "embedding": 0.0, "publishing": 0.0})
    with library.writing(), Sandbox(settings) as sandbox:
        before = held(library)
        taken = take(found, before, Tools(sandbox.read, embedder, settings), watch, tell, keep_going=keep_going)
        with watch.stage("embedding"):
            embedded = embed_missing([each for each, _ in taken.documents], library, embedder, tell)
        keep_files(taken, before, files)
        update = Update(tuple(taken.documents), gone(before, found, paths, taken, settings.data), known(before, found))
        with watch.stage("publishing"):
            generation = library.publish(update, tell).number if taken.ids() else before.generation
        if files is not None:
            files.drop_others(library.held_files())
    log.info(
        "ingest: %d editions read, %d unchanged, %d removed, %d failed, %d passages embedded; seconds %s",
        len(taken.documents), len(taken.unchanged), len(update.removed), len(taken.failed), embedded, watch.seconds,
    )  # fmt: skip
    return reported(found, before, taken, update, embedded, generation, watch)


def take(found: Found, before: Held, tools: Tools, watch: Stopwatch, tell: Progress, *, keep_going: bool) -> Taken:
    """Returns the documents of what is new or changed, and what is not."""
    taken = Taken()
    seen: dict[EditionId, Path] = {}
    for place, file in enumerate(found.files):
        tell("read", place, len(found.files))
        try:
            intakes = opened(file, tools)
            check_ids(intakes, file, before, seen)
            take_file(intakes, before, tools, watch, taken)
        except DocumentError as error:
            if not keep_going:
                raise
            taken.failed.append(Failed(file.path, error))
    tell("read", len(found.files), len(found.files))
    return taken


def take_file(intakes: Sequence[Intake], before: Held, tools: Tools, watch: Stopwatch, taken: Taken) -> None:
    """Takes the editions of one file through the steps: all of them, or none where one cannot be taken."""
    same = [each for each in intakes if is_unchanged(each.source, before.sources.get(each.edition.edition_id))]
    unchanged = {each.edition.edition_id for each in same}
    documents = []
    for each in intakes:
        if each.edition.edition_id not in unchanged:
            intake = each
            for name, step in STEPS:
                with watch.stage(name):
                    intake = step(intake, tools)
            assert intake.document is not None
            documents.append((intake.document, intake.source))
    taken.documents.extend(documents)
    taken.unchanged.extend(sorted(unchanged))


def keep_files(taken: Taken, before: Held, files: Files | None) -> None:
    """Keeps a copy of the files of editions that are there after this ingest; lines of ready texts have none."""
    if files is None:
        return
    sources = [source for _, source in taken.documents] + [before.sources[each] for each in taken.unchanged]
    for source in sources:
        if not is_collection(source.path):
            files.keep(source.path, source.sha256)


def reported(
    found: Found, before: Held, taken: Taken, update: Update, embedded: int, generation: int, watch: Stopwatch
) -> IngestReport:
    """Returns what was done."""
    names = [document.edition.edition_id for document, _ in update.documents]
    return IngestReport(
        added=tuple(each for each in names if each not in before.sources),
        changed=tuple(each for each in names if each in before.sources),
        unchanged=tuple(taken.unchanged),
        removed=update.removed,
        skipped=found.skipped,
        failed=tuple(taken.failed),
        pages=sum(document.page_count for document, _ in update.documents),
        passages=sum(len(document.passages) for document, _ in update.documents),
        embedded=embedded,
        generation=generation,
        seconds=watch.seconds,
    )
