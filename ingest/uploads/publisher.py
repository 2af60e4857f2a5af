"""Publisher: documents are uploaded one at a time, previewed, published and rolled back.

The same reading, cutting and publishing as ``ingest.build``; what is published lies in a folder of the data folder
with a catalogue of its own, and is ingested from there.
"""

from __future__ import annotations

import logging
from collections.abc import Collection, Iterator, Mapping, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

from assistant.editions.access import is_open
from assistant.editions.in_force import is_in_force
from assistant.editions.reading import reading_of, regions_of
from assistant.editions.visible_snapshot import visible_to
from assistant.errors import DocumentError, LibraryEmpty, LibraryError, UsageError
from assistant.model import Document, Edition, EditionId, Generation, Page, Span
from assistant.model.people import Asker
from assistant.model.proposal import Proposal
from assistant.outcomes.reading_text import reading_warnings
from assistant.ports import (
    NO_TELEMETRY,
    Embedder,
    Files,
    Library,
    Preview,
    PreviewPassage,
    Progress,
    Snapshot,
    Source,
    Telemetry,
    Update,
)
from assistant.ports.library import LastChange
from assistant.settings import Settings
from ingest.build import STEPS, ingest
from ingest.catalogue.sources import FoundFile
from ingest.metadata.proposals import propose
from ingest.metadata.works import Member, member_of, relations
from ingest.publish.changes import UPLOADS_FOLDER
from ingest.publish.embedding import embed_missing
from ingest.publish.intake import IngestResources, intakes_of
from ingest.sandbox.sandbox import Sandbox
from ingest.uploads.published_folder import ASK, published_documents, write_folder
from ingest.uploads.staged_uploads import StagedUploads, entry_from

log = logging.getLogger(__name__)
ID_CHARACTERS = 100
"""Most characters of an edition id."""
ENDING = 4
"""Characters of an ending that keeps an edition id apart from a hidden one."""


class UploadPublisher:
    """Publishes uploads into a library; safe in threads and processes, the library's lock lets one publish at a time.

    Args:
        library: Where documents are published.
        embedder: The library's embedder.
        settings: The data folder and the limits of reading.
        files: Where the documents' files are stored.
        telemetry: Where spans of an ingest go.
    """

    def __init__(
        self,
        library: Library,
        embedder: Embedder,
        settings: Settings,
        files: Files,
        telemetry: Telemetry = NO_TELEMETRY,
    ) -> None:
        self._telemetry = telemetry
        self._library = library
        self._embedder = embedder
        self._settings = settings
        self._files = files
        self._uploads = StagedUploads(settings.data / "uploads")
        self._folder = settings.data.resolve() / UPLOADS_FOLDER

    def stage(self, asker: Asker, filename: str, content: bytes, metadata: Mapping[str, str]) -> Preview:
        """Reads an uploaded file and stages it, unpublished. Raises ``DocumentError``."""
        upload_id, path = self._uploads.add(filename, content, len(self._visible(asker)))
        is_staged = False
        try:
            preview = self._read_preview(asker, upload_id, path, metadata, asker.user_id)
            self._uploads.save(preview)
            is_staged = True
            return self._with_warnings(preview, asker)
        finally:
            if not is_staged:
                self._uploads.remove(upload_id)

    def describe(self, asker: Asker, upload_id: str, metadata: Mapping[str, str]) -> Preview:
        """Reads a staged file again with other metadata. Raises ``DocumentError``, ``UsageError``."""
        before = self._staged(asker, upload_id)
        path = self._uploads.file(before)
        preview = self._read_preview(asker, upload_id, path, metadata, before.uploaded_by)
        preview = replace(preview, given=tuple(sorted(metadata)))  # what was left empty is meant to be
        self._uploads.save(preview)
        return self._with_warnings(preview, asker)

    def staged(self, asker: Asker) -> tuple[Preview, ...]:
        """Returns what is staged and the asker may see, oldest first."""
        return tuple(self._with_warnings(each, asker) for each in self._visible(asker))

    def preview(self, asker: Asker, upload_id: str) -> Preview | None:
        """Returns a staged document, None where there is none of this id for the asker."""
        preview = self._uploads.preview(upload_id)
        return self._with_warnings(preview, asker) if preview is not None and _may_see(preview, asker) else None

    def file(self, asker: Asker, upload_id: str) -> Path | None:
        """Returns the file of a staged document, None where there is none of this id for the asker."""
        preview = self._uploads.preview(upload_id)
        return self._uploads.file(preview) if preview is not None and _may_see(preview, asker) else None

    def discard(self, asker: Asker, upload_id: str) -> bool:
        """Removes a staged document; returns whether there was one."""
        return self.preview(asker, upload_id) is not None and self._uploads.remove(upload_id)

    def publish(self, asker: Asker, upload_id: str) -> Generation:
        """Makes a staged document part of the library. Raises ``UsageError`` for an unknown id."""
        with self._library.writing():
            preview, hidden = self._staged(asker, upload_id), self._hidden(asker)
            edition, file = _beside(preview.edition, upload_id, hidden), self._uploads.file(preview)
            published = self._published_documents(hidden)
            documents = {name: each for name, each in published.items() if each[0].edition_id != edition.edition_id}
            name = f"{edition.edition_id}{file.suffix}"
            documents[name] = edition, file
            write_folder(self._folder, documents)
            with _unnamed((name,), hidden):
                library, embedder, telemetry = self._library, self._embedder, self._telemetry
                ingest((self._folder,), library, embedder, self._settings, files=self._files, telemetry=telemetry)
            self._uploads.remove(upload_id)
            return self._current(asker)

    def publish_all(
        self, asker: Asker | None, documents: Sequence[tuple[Edition, Path]], removed: Collection[EditionId] = ()
    ) -> Generation:
        """Makes files part of the library in one step, and takes editions out; returns the generation as the asker sees it.

        Args:
            asker: Who publishes; None for the operator at the command line, who sees everything.
            documents: Editions, each with its file; one that is published already is replaced.
            removed: Editions that were published by upload or from a source.

        Raises:
            DocumentError: A file cannot be read; nothing is published.
        """
        with self._library.writing():
            hidden = frozenset() if asker is None else self._hidden(asker)
            new = {each.edition_id for each, _ in documents}
            published = self._published_documents(hidden)
            kept = {name: each for name, each in published.items() if each[0].edition_id not in {*new, *removed}}
            own = {f"{each.edition_id}{file.suffix}": (each, file) for each, file in documents}
            write_folder(self._folder, kept | own)
            library, embedder, telemetry = self._library, self._embedder, self._telemetry
            if kept or own:
                with _unnamed(own, hidden):
                    ingest((self._folder,), library, embedder, self._settings, files=self._files, telemetry=telemetry)
            else:
                library.publish(Update(removed=tuple(sorted(each.edition_id for each, _ in published.values()))))
            return self._current(asker)

    def editions(self) -> dict[EditionId, Edition]:
        """Returns every edition of the library, by id; {} for one in which nothing is published."""
        try:
            with self._library.open() as snapshot:
                return {each.edition_id: each for each in snapshot.editions()}
        except LibraryEmpty:
            return {}

    def text_of(self, edition_id: EditionId) -> str:
        """Returns the text of an edition. Raises ``LibraryError`` for an unknown one."""
        with self._library.open() as snapshot:
            return snapshot.text(edition_id)

    def document(self, edition: Edition, path: Path) -> Document:
        """Returns a file as the document that publishing would make. Raises ``DocumentError``."""
        return self._read(FoundFile(path, path.parent, edition, True))[0]

    def published_document(self, edition_id: EditionId) -> Document | None:
        """Returns an edition of the library with its text, sections, passages and links; None where there is none."""
        try:
            with self._library.open() as snapshot:
                edition = next((each for each in snapshot.editions() if each.edition_id == edition_id), None)
                if edition is None:
                    return None
                parts = snapshot.pages(edition_id), snapshot.sections(edition_id), snapshot.passages_of(edition_id)
                left_out, links = snapshot.exclusions(edition_id), snapshot.references(edition_id)
                return Document(edition, snapshot.text(edition_id), *parts, exclusions=left_out, references=links)
        except LibraryEmpty:
            return None

    def last_change(self, asker: Asker) -> LastChange | None:
        """Returns what ``roll_back`` would undo for the asker, None where there is nothing to go back to."""
        return self._library.last_change(asker.groups)

    @contextmanager
    def draft(self, asker: Asker, upload_ids: Sequence[str], progress: Progress | None = None) -> Iterator[Snapshot]:
        """Yields the library as it would be with these documents, as the asker sees it. Raises ``UsageError``."""
        hidden = self._hidden(asker)
        documents = [self._drafted(self._staged(asker, each), hidden) for each in upload_ids]
        with ExitStack() as stack:
            with self._library.writing():  # another publication would remove embeddings that nothing uses yet
                texts = [document for document, _ in documents]
                embed_missing(texts, self._library, self._embedder, progress or _silent)
                snapshot = stack.enter_context(self._library.draft(Update(tuple(documents)), progress))
            yield visible_to(snapshot, asker.groups)

    def _drafted(self, preview: Preview, hidden: Collection[EditionId]) -> tuple[Document, Source]:
        """Returns a staged document read again, and where it lies."""
        edition, path = _beside(preview.edition, preview.upload_id, hidden), self._uploads.file(preview)
        with Sandbox(self._settings) as sandbox:
            return _read_steps(FoundFile(path, path.parent, edition, True), sandbox, self._embedder, self._settings)

    def roll_back(self, asker: Asker, generation: int | None = None) -> Generation:
        """Undoes the last publication that the asker sees, if it is still the one named. Raises ``UsageError`` otherwise."""
        with self._library.writing():
            last = self._library.last_change(asker.groups)
            if generation is not None and last is not None and last.number != generation:
                raise UsageError("Something else was published meanwhile. Look at what would be undone now.")
            current = self._library.roll_back(groups=asker.groups)
            write_folder(self._folder, self._published_documents(self._hidden(asker)))
            log.info("rolled back to %d editions", current.edition_count)
            return self._current(asker)

    def restore_folder(self) -> None:
        """Rebuilds the folder of published documents, so that it holds no file of an edition the library does not hold."""
        if self._folder.is_dir():
            with self._library.writing():
                write_folder(self._folder, self._published_documents())

    def _visible(self, asker: Asker) -> tuple[Preview, ...]:
        previews = (self._uploads.preview(upload_id) for upload_id in self._uploads.ids())
        return tuple(each for each in previews if each is not None and _may_see(each, asker))

    def _staged(self, asker: Asker, upload_id: str) -> Preview:
        preview = self._uploads.preview(upload_id)
        if preview is None or not _may_see(preview, asker):
            raise UsageError("There is no such upload. It may have been published or discarded meanwhile.")
        return preview

    def _hidden(self, asker: Asker) -> frozenset[EditionId]:
        """Returns the editions, indexed and known, that an asker may not see."""
        try:
            with self._library.open() as snapshot:
                every = (*snapshot.editions(), *snapshot.known())
                return frozenset(each.edition_id for each in every if not is_open(each, asker.groups))
        except LibraryEmpty:
            return frozenset()

    def _current(self, asker: Asker | None) -> Generation:
        with self._library.open() as snapshot:
            return snapshot.generation if asker is None else visible_to(snapshot, asker.groups).generation

    def _published_documents(self, hidden: frozenset[EditionId] = frozenset()) -> dict[str, tuple[Edition, Path]]:
        try:
            with self._library.open() as snapshot:
                editions = {str(edition.edition_id): edition for edition in snapshot.editions()}
                return published_documents(self._folder, editions, snapshot.sources(), self._files, hidden)
        except LibraryEmpty:
            return {}

    def _read_preview(
        self, asker: Asker, upload_id: str, path: Path, metadata: Mapping[str, str], uploaded_by: str
    ) -> Preview:
        edition = _beside(entry_from(path.name, metadata).edition(), upload_id, self._hidden(asker))
        file = FoundFile(path, path.parent, edition, bool(metadata.get("title", "").strip()))
        document, proposals = self._read(file)
        given = tuple(sorted(name for name, text in metadata.items() if text.strip()))
        preview = preview_of(upload_id, path.name, document)
        return replace(preview, uploaded_by=uploaded_by, proposals=proposals, given=given)

    def _with_warnings(self, preview: Preview, asker: Asker) -> Preview:
        """Returns a preview with the warnings for a reader: of editions that they may not see, none speaks."""
        try:
            with self._library.open() as snapshot:
                indexed = visible_to(snapshot, asker.groups).editions()
        except LibraryEmpty:
            indexed = ()
        warnings = _warnings(preview, {each.edition_id: each for each in indexed})
        return replace(preview, warnings=warnings, proposals=(*preview.proposals, *_of_works(preview, indexed)))

    def _read(self, file: FoundFile) -> tuple[Document, tuple[Proposal, ...]]:
        """Returns a file as a document, and what its cover proposes."""
        try:
            with Sandbox(self._settings) as sandbox:
                proposals = propose(sandbox.read_cover(file.path))
                document, _ = _read_steps(file, sandbox, self._embedder, self._settings)
        except DocumentError as error:  # whoever uploads need not know its path on this machine
            raise type(error)(file.path.name, error.what, error.fix, error.page) from error
        return document, proposals


def _silent(stage: str, done: int, total: int) -> None:
    """Tells nobody of progress."""


def _read_steps(file: FoundFile, sandbox: Sandbox, embedder: Embedder, settings: Settings) -> tuple[Document, Source]:
    """Returns a file taken through the steps of an ingest, and where it was read from. Raises ``DocumentError``."""
    resources = IngestResources(sandbox.read, embedder, settings)
    (intake,) = intakes_of(file, resources)
    for _, step in STEPS:
        intake = step(intake, resources)
    assert intake.document is not None
    return intake.document, intake.source


def _of_works(preview: Preview, indexed: Sequence[Edition]) -> tuple[Proposal, ...]:
    """Returns which work a document is proposed to be an edition of, and which edition to replace, of those one may see."""
    name = str(preview.edition.edition_id)
    others = [
        Member(
            each.edition_id,
            each.title,
            each.publisher,
            each.kind,
            each.in_force_from or each.published,
            (),
            each.form,
            each.work,
        )
        for each in indexed
        if each.edition_id != name
    ]
    found = relations([*others, member_of(name, preview.proposals)])[name]
    if found.work == name:
        return ()
    work = Proposal("work", found.work, 0.85, "title", f"the title of {found.work} but for its year")
    return (work, *((found.replaces,) if found.replaces else ()))


def _may_see(preview: Preview, asker: Asker) -> bool:
    return is_open(preview.edition, asker.groups) or preview.uploaded_by == asker.user_id != ""


def _beside(edition: Edition, upload_id: str, hidden: Collection[EditionId]) -> Edition:
    """Returns an edition, with an ending to its id where an edition has it that the asker may not see.

    A refusal would tell that there is one, and publishing over it would lose it.
    """
    name, digits = str(edition.edition_id), ENDING
    while EditionId(name) in hidden:
        name = f"{str(edition.edition_id)[: ID_CHARACTERS - digits - 1]}-{upload_id[:digits]}"
        digits += ENDING
    return replace(edition, edition_id=EditionId(name))


@contextmanager
def _unnamed(own: Collection[str], hidden: Collection[EditionId]) -> Iterator[None]:
    """Turns a fault in a document published before, which the asker may not be allowed to see, into one without a name."""
    try:
        yield
    except DocumentError as error:
        if hidden and error.path.name not in own:
            raise LibraryError(f"A document that was published before cannot be read again. {ASK}") from error
        raise


def preview_of(upload_id: str, filename: str, document: Document) -> Preview:
    """Returns the preview of a document that was read, without warnings."""
    passages = tuple(
        PreviewPassage(
            passage.text, passage.headings, passage.label, _pages(passage.span, document.pages), passage.is_quotable
        )
        for passage in document.passages
    )
    parts = document.passages, document.pages, document.exclusions
    return Preview(
        upload_id,
        filename,
        document.edition,
        document.page_count,
        passages,
        document.exclusions,
        (),
        reading=reading_of(*parts),
        regions=regions_of(*parts),
    )


def _pages(span: Span, pages: tuple[Page, ...]) -> tuple[int, ...]:
    return tuple(dict.fromkeys(page.number for page in pages if page.start < span.end and span.start < page.end))


def _warnings(preview: Preview, indexed: Mapping[EditionId, Edition]) -> tuple[str, ...]:
    edition, today = preview.edition, datetime.now(UTC).date()
    same = indexed.get(edition.edition_id)
    unread = sorted({exclusion.page for exclusion in preview.exclusions if exclusion.reason == "no_text_layer"})
    quotable = sum(passage.is_quotable for passage in preview.passages)
    supersedes_unknown = edition.supersedes is not None and edition.supersedes not in indexed
    checks = (
        (same is not None, f"It replaces the edition {edition.edition_id} that is published now."),
        (not quotable, "No passage of it can be quoted."),
        (bool(unread) and preview.reading is None, f"Pages without readable text: {', '.join(map(str, unread[:20]))}."),
        (not is_in_force(edition, today), "It is not in force yet."),
        (edition.in_force_from is None and edition.published is None, "It has no date: it counts as in force."),
        (edition.review_by is not None and edition.review_by < today, "Its review date has passed."),
        (supersedes_unknown, f"It supersedes {edition.supersedes}, which is not published here."),
        (same is not None and bool(same.groups) and not edition.groups, "It was for groups only and is not any more."),
    )
    of_reading = reading_warnings(preview.reading) if preview.reading else ()
    return (*(warning for applies, warning in checks if applies), *of_reading)
