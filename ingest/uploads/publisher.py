"""Publisher: documents are uploaded one at a time, previewed, published and rolled back.

The same reading, cutting and publishing as ``ingest.build``; what is published lies in a folder of the data folder
with a catalogue of its own, and is ingested from there.
"""

from __future__ import annotations

import logging
from collections.abc import Mapping
from datetime import UTC, datetime
from pathlib import Path

from assistant.editions.in_force import is_in_force
from assistant.errors import DocumentError, LibraryEmpty, UsageError
from assistant.model import Document, Edition, Generation, Page, Span
from assistant.ports import Embedder, Files, Library, Preview, PreviewPassage, Snapshot
from assistant.settings import Settings
from ingest.build import STEPS, ingest
from ingest.catalogue.sources import FoundFile
from ingest.publish.changes import UPLOADS_FOLDER
from ingest.publish.intake import IngestResources, intakes_of
from ingest.sandbox.sandbox import Sandbox
from ingest.uploads.published_folder import published_documents, write_folder
from ingest.uploads.staged_uploads import StagedUploads, entry_from

log = logging.getLogger(__name__)


class UploadPublisher:
    """Publishes uploads into a library; safe in threads and processes, the library's lock lets one publish at a time.

    Args:
        library: Where documents are published.
        embedder: The library's embedder.
        settings: The data folder and the limits of reading.
        files: Where the documents' files are stored.
    """

    def __init__(self, library: Library, embedder: Embedder, settings: Settings, files: Files) -> None:
        self._library = library
        self._embedder = embedder
        self._settings = settings
        self._files = files
        self._uploads = StagedUploads(settings.data / "uploads")
        self._folder = settings.data.resolve() / UPLOADS_FOLDER

    def stage(self, filename: str, content: bytes, metadata: Mapping[str, str]) -> Preview:
        """Reads an uploaded file and stages it, unpublished. Raises ``DocumentError``."""
        upload_id, path = self._uploads.add(filename, content)
        is_staged = False
        try:
            preview = self._preview_of(upload_id, path, metadata)
            self._uploads.save(preview)
            is_staged = True
            return preview
        finally:
            if not is_staged:
                self._uploads.remove(upload_id)

    def describe(self, upload_id: str, metadata: Mapping[str, str]) -> Preview:
        """Reads a staged file again with other metadata. Raises ``DocumentError``, ``UsageError``."""
        path = self._uploads.file(self._staged(upload_id))
        preview = self._preview_of(upload_id, path, metadata)
        self._uploads.save(preview)
        return preview

    def staged(self) -> tuple[Preview, ...]:
        """Returns what is staged, oldest first."""
        previews = (self._uploads.preview(upload_id) for upload_id in self._uploads.ids())
        return tuple(preview for preview in previews if preview is not None)

    def preview(self, upload_id: str) -> Preview | None:
        """Returns a staged document, None where there is none of this id."""
        return self._uploads.preview(upload_id)

    def discard(self, upload_id: str) -> bool:
        """Removes a staged document; returns whether there was one."""
        return self._uploads.remove(upload_id)

    def publish(self, upload_id: str) -> Generation:
        """Makes a staged document part of the library. Raises ``UsageError`` for an unknown id."""
        with self._library.writing():
            preview = self._staged(upload_id)
            edition_id, file = preview.edition.edition_id, self._uploads.file(preview)
            published = self._published_documents()
            documents = {name: document for name, document in published.items() if document[0].edition_id != edition_id}
            documents[f"{edition_id}{file.suffix}"] = preview.edition, file
            write_folder(self._folder, documents)
            ingest((self._folder,), self._library, self._embedder, self._settings, files=self._files)
            self._uploads.remove(upload_id)
            return self._current()

    def roll_back(self) -> Generation:
        """Undoes the last publication. Raises ``UsageError`` where there is nothing to go back to."""
        with self._library.writing():
            generation = self._library.roll_back()
            write_folder(self._folder, self._published_documents())
            log.info("rolled back to %d editions", generation.edition_count)
            return generation

    def restore_folder(self) -> None:
        """Rebuilds the folder of published documents, so that it holds no file of an edition the library does not hold."""
        if self._folder.is_dir():
            with self._library.writing():
                write_folder(self._folder, self._published_documents())

    def _staged(self, upload_id: str) -> Preview:
        preview = self._uploads.preview(upload_id)
        if preview is None:
            raise UsageError("There is no such upload. It may have been published or discarded meanwhile.")
        return preview

    def _current(self) -> Generation:
        with self._library.open() as snapshot:
            return snapshot.generation

    def _published_documents(self) -> dict[str, tuple[Edition, Path]]:
        try:
            with self._library.open() as snapshot:
                editions = {str(edition.edition_id): edition for edition in snapshot.editions()}
                return published_documents(self._folder, editions, snapshot.sources(), self._files)
        except LibraryEmpty:
            return {}

    def _preview_of(self, upload_id: str, path: Path, metadata: Mapping[str, str]) -> Preview:
        entry = entry_from(path.name, metadata)
        file = FoundFile(path, path.parent, entry.edition(), bool(metadata.get("title", "").strip()))
        document = self._read(file)
        try:
            with self._library.open() as snapshot:
                warnings = _warnings(document, snapshot)
        except LibraryEmpty:
            warnings = _warnings(document, None)
        return preview_of(upload_id, path.name, document, warnings)

    def _read(self, file: FoundFile) -> Document:
        try:
            with Sandbox(self._settings) as sandbox:
                resources = IngestResources(sandbox.read, self._embedder, self._settings)
                (intake,) = intakes_of(file, resources)
                for _, step in STEPS:
                    intake = step(intake, resources)
        except DocumentError as error:  # whoever uploads need not know its path on this machine
            raise type(error)(file.path.name, error.what, error.fix, error.page) from error
        assert intake.document is not None
        return intake.document


def preview_of(upload_id: str, filename: str, document: Document, warnings: tuple[str, ...]) -> Preview:
    """Returns the preview of a document that was read."""
    passages = tuple(
        PreviewPassage(
            passage.text, passage.headings, passage.label, _pages(passage.span, document.pages), passage.is_quotable
        )
        for passage in document.passages
    )
    return Preview(upload_id, filename, document.edition, document.page_count, passages, document.exclusions, warnings)


def _pages(span: Span, pages: tuple[Page, ...]) -> tuple[int, ...]:
    return tuple(dict.fromkeys(page.number for page in pages if page.start < span.end and span.start < page.end))


def _warnings(document: Document, snapshot: Snapshot | None) -> tuple[str, ...]:
    edition, today = document.edition, datetime.now(UTC).date()
    indexed = {other.edition_id: other for other in snapshot.editions()} if snapshot else {}
    same = indexed.get(edition.edition_id)
    unread = sorted({exclusion.page for exclusion in document.exclusions if exclusion.reason == "no_text_layer"})
    quotable = sum(passage.is_quotable for passage in document.passages)
    supersedes_unknown = edition.supersedes is not None and edition.supersedes not in indexed
    checks = (
        (same is not None, f"It replaces the edition {edition.edition_id} that is published now."),
        (not quotable, "No passage of it can be quoted."),
        (bool(unread), f"Pages without readable text: {', '.join(map(str, unread[:20]))}."),
        (not is_in_force(edition, today), "It is not in force yet."),
        (edition.in_force_from is None and edition.published is None, "It has no date: it counts as in force."),
        (edition.review_by is not None and edition.review_by < today, "Its review date has passed."),
        (supersedes_unknown, f"It supersedes {edition.supersedes}, which is not published here."),
        (same is not None and bool(same.groups) and not edition.groups, "It was for groups only and is not any more."),
    )
    return tuple(warning for applies, warning in checks if applies)
