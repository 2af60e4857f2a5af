"""What is on its way through the first steps of an ingest: one edition, from file to document."""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from dataclasses import dataclass, replace
from pathlib import Path

from assistant.errors import CatalogueError
from assistant.model import CUT, Document, Edition, EditionId
from assistant.model.formats import is_collection
from assistant.ports import Embedder, Source
from assistant.settings import Settings
from ingest.catalogue.sources import FoundFile, sha256_of
from ingest.cutting.passages import cut_passages
from ingest.cutting.sections import LaidOut, lay_out
from ingest.readers import READERS_VERSION
from ingest.readers.blocks import ReadFile
from ingest.readers.jsonl import read_jsonl


@dataclass(frozen=True, slots=True)
class Tools:
    """What the steps work with besides the file."""

    read: Callable[[Path], ReadFile]
    """Reads a file within limits."""
    embedder: Embedder
    settings: Settings


@dataclass(frozen=True, slots=True)
class Intake:
    """An edition on its way; each step fills in one field more."""

    edition: Edition
    source: Source
    has_own_title: bool
    ready: str | None = None
    """Text that needs no reading, of a line of ready texts."""
    read: ReadFile | None = None
    laid_out: LaidOut | None = None
    document: Document | None = None


def opened(file: FoundFile, tools: Tools) -> tuple[Intake, ...]:
    """Returns what a file holds before it is read: one edition, or one per line of ready texts.

    Raises:
        UnreadableDocument: It cannot be opened, or a line is not a ready text.
        CatalogueError: It is not the file that the catalogue describes.
    """
    root, path = file.root.resolve(), file.path.resolve()
    if is_collection(file.path):
        lines = ((Edition(EditionId(e.edition_id), e.edition_id, e.title, e.kind), e) for e in read_jsonl(file.path))
        return tuple(
            Intake(
                replace(edition, sha256=each.sha256),
                Source(edition.edition_id, root, path, each.sha256, recipe(edition, tools)),
                True,
                each.text,
            )
            for edition, each in lines
        )
    sha256 = sha256_of(file.path)
    _check_expected(file, sha256)
    edition = replace(file.edition, sha256=sha256)
    source = Source(edition.edition_id, root, path, sha256, recipe(edition, tools))
    return (Intake(edition, source, file.has_own_title),)


def _check_expected(file: FoundFile, sha256: str) -> None:
    expected = file.edition.sha256
    if expected is not None and sha256 != expected:
        what = f"is not the file that the catalogue describes as {file.edition.edition_id} (sha256 {sha256})"
        fix = f"Get the right one (`assistant fetch`), or describe this one in the catalogue instead of {expected}"
        raise CatalogueError(file.path, what, fix)


def recipe(edition: Edition, tools: Tools) -> str:
    """Returns a digest of everything besides the file that shapes its document."""
    window = f"{tools.settings.passage_tokens}/{tools.embedder.fingerprint}"
    return hashlib.sha256("|".join((repr(edition), READERS_VERSION, CUT, window)).encode()).hexdigest()


def read_pages(intake: Intake, tools: Tools) -> Intake:
    """Returns it with the blocks of its file; a title that nobody gave is taken from the file."""
    if intake.ready is not None:
        from ingest.readers.text import blocks_of_text

        return replace(intake, read=blocks_of_text(intake.ready))
    read = tools.read(intake.source.path)
    has_title = intake.has_own_title or not read.title
    edition = intake.edition if has_title else replace(intake.edition, title=str(read.title))
    return replace(intake, edition=edition, read=read)


def split_sections(intake: Intake, tools: Tools) -> Intake:
    """Returns it laid out as one text under its headings."""
    assert intake.read is not None
    return replace(intake, laid_out=lay_out(intake.read))


def cut(intake: Intake, tools: Tools) -> Intake:
    """Returns it cut into passages: a document."""
    assert intake.read is not None
    assert intake.laid_out is not None
    document = _document(intake.edition, intake.read, intake.laid_out, tools.embedder, tools.settings)
    return replace(intake, read=None, laid_out=None, document=document)


def document_of(edition: Edition, read: ReadFile, embedder: Embedder, settings: Settings) -> Document:
    """Returns a file that was read as the document of its edition: laid out and cut."""
    return _document(edition, read, lay_out(read), embedder, settings)


def _document(edition: Edition, read: ReadFile, laid_out: LaidOut, embedder: Embedder, settings: Settings) -> Document:
    limit = min(settings.passage_tokens, embedder.window)
    passages = cut_passages(edition, laid_out, count_tokens=embedder.count_tokens, limit_tokens=limit)
    return Document(
        edition,
        laid_out.text,
        laid_out.pages,
        laid_out.sections,
        passages,
        laid_out.footnotes,
        read.exclusions,
        laid_out.references,
        laid_out.offsets,
        len(read.raw_pages),
    )
