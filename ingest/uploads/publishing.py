"""Publisher: documents come in one at a time by upload, are looked at, published and undone.

The same reading, cutting and publishing as ``ingest.build``; what is published lives in a folder of the data folder
with a catalogue of its own, and is ingested from there.
"""

from __future__ import annotations

import logging
from collections.abc import Mapping
from datetime import UTC, datetime
from pathlib import Path

from assistant.editions.in_force import is_in_force
from assistant.errors import DocumentError, LibraryEmpty, UsageError
from assistant.model import Document, Edition, EditionId, Generation, Page, Span
from assistant.ports import Embedder, Files, Library, Preview, PreviewPassage, Snapshot
from assistant.settings import Settings
from ingest.build import STEPS, ingest
from ingest.catalogue.sources import FoundFile
from ingest.publish.changes import UPLOADED
from ingest.publish.intake import Tools, opened
from ingest.sandbox.sandbox import Sandbox
from ingest.uploads.published import held_in, write_folder
from ingest.uploads.uploads import Uploads, entry_of

log = logging.getLogger(__name__)


class UploadPublisher:
    """Publishes uploads into a library; safe in threads and processes, the library's lock lets one publish at a time.

    Args:
        library: Where documents are published.
        embedder: The library's embedder.
        settings: The data folder and the limits of reading.
        files: Where the documents' files are kept.
    """

    def __init__(self, library: Library, embedder: Embedder, settings: Settings, files: Files) -> None:
        self._library = library
        self._embedder = embedder
        self._settings = settings
        self._files = files
        self._uploads = Uploads(settings.data / "uploads")
        self._folder = settings.data.resolve() / UPLOADED

    def stage(self, filename: str, content: bytes, metadata: Mapping[str, str]) -> Preview:
        """Reads an uploaded file and keeps it aside, unpublished. Raises ``DocumentError``."""
        upload_id, path = self._uploads.add(filename, content)
        done = False
        try:
            preview = self._looked_at(upload_id, path, metadata)
            self._uploads.keep(preview)
            done = True
            return preview
        finally:
            if not done:
                self._uploads.remove(upload_id)

    def describe(self, upload_id: str, metadata: Mapping[str, str]) -> Preview:
        """Reads a staged file again with other metadata. Raises ``DocumentError``, ``UsageError``."""
        path = self._uploads.file(self._known(upload_id))
        preview = self._looked_at(upload_id, path, metadata)
        self._uploads.keep(preview)
        return preview

    def staged(self) -> tuple[Preview, ...]:
        """Returns what is staged, oldest first."""
        found = (self._uploads.preview(each) for each in self._uploads.ids())
        return tuple(each for each in found if each is not None)

    def preview(self, upload_id: str) -> Preview | None:
        """Returns a staged document, None where there is none of this id."""
        return self._uploads.preview(upload_id)

    def discard(self, upload_id: str) -> bool:
        """Removes a staged document; returns whether there was one."""
        return self._uploads.remove(upload_id)

    def publish(self, upload_id: str) -> Generation:
        """Makes a staged document part of the library. Raises ``UsageError`` for an unknown id."""
        with self._library.writing():
            preview = self._known(upload_id)
            staged = self._uploads.file(preview)
            documents = self._held()
            documents = {name: each for name, each in documents.items() if each[0].edition_id != _id(preview)}
            documents[f"{_id(preview)}{staged.suffix}"] = preview.edition, staged
            write_folder(self._folder, documents)
            ingest((self._folder,), self._library, self._embedder, self._settings, files=self._files)
            self._uploads.remove(upload_id)
            return self._current()

    def roll_back(self) -> Generation:
        """Undoes the last publication. Raises ``UsageError`` where there is nothing to go back to."""
        with self._library.writing():
            generation = self._library.roll_back()
            write_folder(self._folder, self._held())
            log.info("rolled back to %d editions", generation.edition_count)
            return generation

    def tidy(self) -> None:
        """Leaves no file of an edition in the folder of what was published that the library does not hold."""
        if self._folder.is_dir():
            with self._library.writing():
                write_folder(self._folder, self._held())

    def _known(self, upload_id: str) -> Preview:
        found = self._uploads.preview(upload_id)
        if found is None:
            raise UsageError("There is no such upload. It may have been published or discarded meanwhile.")
        return found

    def _current(self) -> Generation:
        with self._library.open() as snapshot:
            return snapshot.generation

    def _held(self) -> dict[str, tuple[Edition, Path]]:
        try:
            with self._library.open() as snapshot:
                editions = {str(each.edition_id): each for each in snapshot.editions()}
                return held_in(self._folder, editions, snapshot.sources(), self._files)
        except LibraryEmpty:
            return {}

    def _looked_at(self, upload_id: str, path: Path, metadata: Mapping[str, str]) -> Preview:
        entry = entry_of(path.name, metadata)
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
                tools = Tools(sandbox.read, self._embedder, self._settings)
                (intake,) = opened(file, tools)
                for _, step in STEPS:
                    intake = step(intake, tools)
        except DocumentError as error:  # its path on this machine is nobody's business
            raise type(error)(file.path.name, error.what, error.fix, error.page) from error
        assert intake.document is not None
        return intake.document


def preview_of(upload_id: str, filename: str, document: Document, warnings: tuple[str, ...]) -> Preview:
    """Returns what a document that was read would become."""
    passages = tuple(
        PreviewPassage(each.text, each.headings, each.label, _pages(each.span, document.pages), each.is_quotable)
        for each in document.passages
    )
    return Preview(upload_id, filename, document.edition, document.page_count, passages, document.exclusions, warnings)


def _pages(span: Span, pages: tuple[Page, ...]) -> tuple[int, ...]:
    return tuple(dict.fromkeys(each.number for each in pages if each.start < span.end and span.start < each.end))


def _warnings(document: Document, snapshot: Snapshot | None) -> tuple[str, ...]:
    edition, today = document.edition, datetime.now(UTC).date()
    there = {each.edition_id: each for each in snapshot.editions()} if snapshot else {}
    same = there.get(edition.edition_id)
    unread = sorted({each.page for each in document.exclusions if each.reason == "no_text_layer"})
    shown = sum(each.is_quotable for each in document.passages)
    told = (
        (same is not None, f"It replaces the edition {edition.edition_id} that is published now."),
        (not shown, "No passage of it can be quoted."),
        (bool(unread), f"Pages without readable text: {', '.join(map(str, unread[:20]))}."),
        (not is_in_force(edition, today), "It is not in force yet."),
        (edition.in_force_from is None and edition.published is None, "It has no date: it counts as in force."),
        (edition.review_by is not None and edition.review_by < today, "Its review date has passed."),
        (_misses(edition.supersedes, there), f"It supersedes {edition.supersedes}, which is not published here."),
        (same is not None and bool(same.groups) and not edition.groups, "It was for groups only and is not any more."),
    )
    return tuple(text for is_so, text in told if is_so)


def _misses(name: EditionId | None, there: Mapping[EditionId, Edition]) -> bool:
    return name is not None and name not in there


def _id(preview: Preview) -> EditionId:
    return preview.edition.edition_id
