"""The first steps of an ingest: one edition from its file to a document."""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from dataclasses import dataclass, replace
from functools import cache
from pathlib import Path

from assistant.errors import CatalogueError, DocumentError
from assistant.model import CUT_VERSION, Document, Edition, EditionId
from assistant.model.formats import is_collection
from assistant.ports import Embedder, Source
from assistant.settings import Settings
from assistant.text.file_digest import file_digest
from ingest.catalogue.sources import FoundFile, sha256_of
from ingest.cutting.passages import cut_passages
from ingest.cutting.sections import Layout, lay_out
from ingest.readers.blocks import ReadFile
from ingest.readers.jsonl import ReadyText, read_jsonl


@dataclass(frozen=True, slots=True)
class IngestResources:
    """What the steps need besides the file."""

    read: Callable[[Path], ReadFile]
    """Reads a file within limits."""
    embedder: Embedder
    settings: Settings


@dataclass(frozen=True, slots=True)
class Intake:
    """An edition on its way from file to document; each step fills in one field more."""

    edition: Edition
    source: Source
    has_own_title: bool
    ready_text: str | None = None
    """The text itself, where the file is a collection of texts."""
    read: ReadFile | None = None
    layout: Layout | None = None
    document: Document | None = None
    content: Path | None = None
    """Where the content lies, for a file out of another file."""


def intakes_of(file: FoundFile, resources: IngestResources) -> tuple[Intake, ...]:
    """Returns what a file holds before it is read: one edition, or one per line of a collection.

    Raises:
        UnreadableDocument: It cannot be opened, or a line is not a text with its id.
        CatalogueError: It is not the file that the catalogue describes.
    """
    root, path = file.root.resolve(), file.path.resolve()
    if is_collection(file.path):
        return tuple(_ready_intake(text, root, path, resources) for text in read_jsonl(file.path))
    sha256 = sha256_of(file.unpacked or file.path)
    _check_expected(file, sha256)
    edition = replace(file.edition, sha256=sha256)
    source = Source(edition.edition_id, root, path, sha256, recipe_of(edition, resources))
    return (Intake(edition, source, file.has_own_title, content=file.unpacked),)


def _ready_intake(text: ReadyText, root: Path, path: Path, resources: IngestResources) -> Intake:
    edition = Edition(EditionId(text.edition_id), text.edition_id, text.title, text.kind)
    source = Source(edition.edition_id, root, path, text.sha256, recipe_of(edition, resources))
    return Intake(replace(edition, sha256=text.sha256), source, True, text.text)


def _check_expected(file: FoundFile, sha256: str) -> None:
    expected = file.edition.sha256
    if expected is not None and sha256 != expected:
        what = f"is not the file that the catalogue describes as {file.edition.edition_id} (sha256 {sha256})"
        fix = f"Get the right one (`assistant fetch`), or describe this one in the catalogue instead of {expected}"
        raise CatalogueError(file.path, what, fix)


def recipe_of(edition: Edition, resources: IngestResources) -> str:
    """Returns a digest of everything besides the file that shapes its document: code that reads and cuts included."""
    window = f"{resources.settings.passage_tokens}/{resources.embedder.fingerprint}"
    return hashlib.sha256("|".join((repr(edition), reading_digest(), CUT_VERSION, window)).encode()).hexdigest()


@cache
def reading_digest() -> str:
    """Returns the digest of the code that reads and cuts; another one means that every file is read again."""
    return file_digest(Path(__file__).parents[1], ("readers", "cutting"))


def read_pages(intake: Intake, resources: IngestResources) -> Intake:
    """Returns the intake with the blocks of its file; the file gives the title unless a catalogue does."""
    if intake.ready_text is not None:
        from ingest.readers.text import blocks_of_text

        return replace(intake, read=blocks_of_text(intake.ready_text))
    read = _read(intake, resources)
    has_title = intake.has_own_title or not read.title
    edition = intake.edition if has_title else replace(intake.edition, title=str(read.title))
    return replace(intake, edition=edition, read=read)


def _read(intake: Intake, resources: IngestResources) -> ReadFile:
    """Returns the file of an intake as blocks; an error names it as the user knows it."""
    if intake.content is None:
        return resources.read(intake.source.path)
    try:
        return resources.read(intake.content)
    except DocumentError as error:
        raise type(error)(intake.source.path, error.what, error.fix, error.page) from error


def split_sections(intake: Intake, resources: IngestResources) -> Intake:
    """Returns the intake laid out as one text under its headings."""
    assert intake.read is not None
    return replace(intake, layout=lay_out(intake.read))


def cut_into_passages(intake: Intake, resources: IngestResources) -> Intake:
    """Returns the intake as a document, cut into passages."""
    assert intake.read is not None
    assert intake.layout is not None
    document = _document(intake.edition, intake.read, intake.layout, resources.embedder, resources.settings)
    return replace(intake, read=None, layout=None, document=document)


def document_of(edition: Edition, read: ReadFile, embedder: Embedder, settings: Settings) -> Document:
    """Returns a file that was read as the document of its edition: laid out and cut."""
    return _document(edition, read, lay_out(read), embedder, settings)


def _document(edition: Edition, read: ReadFile, layout: Layout, embedder: Embedder, settings: Settings) -> Document:
    limit = min(settings.passage_tokens, embedder.window)
    passages = cut_passages(edition, layout, count_tokens=embedder.count_tokens, limit_tokens=limit)
    return Document(
        edition,
        layout.text,
        layout.pages,
        layout.sections,
        passages,
        layout.footnotes,
        read.exclusions,
        layout.references,
        layout.offsets,
        len(read.raw_pages),
    )
