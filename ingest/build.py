"""The first straight line: file -> pages -> sections -> passages -> library."""

from __future__ import annotations

import hashlib
import time
from collections.abc import Sequence
from contextlib import ExitStack
from dataclasses import dataclass, field, replace
from pathlib import Path

from assistant.errors import DocumentError, IndexMismatch, LibraryEmpty
from assistant.model import CUT, Document, Edition, EditionId
from assistant.ports import Embedder, Library, Progress, Source, Update
from assistant.settings import Settings
from ingest.blocks import ReadFile
from ingest.embedding import embed_missing
from ingest.passages import cut_passages
from ingest.readers import READERS
from ingest.readers.jsonl import read_jsonl
from ingest.sandbox import Sandbox
from ingest.sections import lay_out
from ingest.sources import Found, FoundFile, Skipped, find_files, sha256_of


@dataclass(frozen=True, slots=True)
class Failed:
    """A file that could not be taken."""

    path: Path
    error: DocumentError


@dataclass(frozen=True, slots=True)
class IngestReport:
    """What an ingest did."""

    added: tuple[EditionId, ...] = ()
    changed: tuple[EditionId, ...] = ()
    unchanged: tuple[EditionId, ...] = ()
    removed: tuple[EditionId, ...] = ()
    skipped: tuple[Skipped, ...] = ()
    failed: tuple[Failed, ...] = ()
    pages: int = 0
    passages: int = 0
    embedded: int = 0
    """Passages whose vectors had to be computed."""
    generation: int = 0
    seconds: dict[str, float] = field(default_factory=dict)


@dataclass(slots=True)
class _Run:
    """What one ingest has read so far."""

    documents: list[tuple[Document, Source]] = field(default_factory=list)
    unchanged: list[EditionId] = field(default_factory=list)
    failed: list[Failed] = field(default_factory=list)
    seconds: dict[str, float] = field(default_factory=lambda: {"reading": 0.0, "cutting": 0.0})


def ingest(
    paths: Sequence[Path],
    library: Library,
    embedder: Embedder,
    settings: Settings,
    *,
    catalogue: Path | None = None,
    keep_going: bool = False,
    progress: Progress | None = None,
) -> IngestReport:
    """Reads files and folders, and publishes what changed as one new generation.

    Files that are as they were are not read again; a file gone from a folder that was ingested before is removed;
    only passages without a vector are embedded. Nothing is published unless every file could be taken, or
    ``keep_going`` is set.

    Raises:
        DocumentError: A file or the catalogue cannot be taken; names file, page and fix.
        LibraryLocked: Another ingest is running.
    """
    tell = progress or (lambda stage, done, total: None)
    found = find_files(paths, catalogue)
    with library.writing():
        before = _sources(library)
        run = read_changed(found, before, embedder, settings, tell, keep_going=keep_going)
        start = time.perf_counter()
        embedded = embed_missing([each for each, _ in run.documents], library, embedder, tell)
        run.seconds["embedding"] = time.perf_counter() - start
        removed = _gone(before, found, paths, run)
        start = time.perf_counter()
        generation = library.publish(Update(tuple(run.documents), removed, _known(library, found)), progress)
        run.seconds["publishing"] = time.perf_counter() - start
    return _report(run, before, removed, found, embedded, generation.number)


def _report(
    run: _Run, before: dict[EditionId, Source], removed: tuple[EditionId, ...], found: Found, embedded: int, number: int
) -> IngestReport:
    names = [document.edition.edition_id for document, _ in run.documents]
    return IngestReport(
        tuple(each for each in names if each not in before),
        tuple(each for each in names if each in before),
        tuple(run.unchanged),
        removed,
        found.skipped,
        tuple(run.failed),
        sum(document.page_count for document, _ in run.documents),
        sum(len(document.passages) for document, _ in run.documents),
        embedded,
        number,
        run.seconds,
    )


def read_changed(
    found: Found,
    before: dict[EditionId, Source],
    embedder: Embedder,
    settings: Settings,
    tell: Progress,
    *,
    keep_going: bool,
) -> _Run:
    """Returns the documents of files that are new or not as they were."""
    run = _Run()
    with ExitStack() as stack:
        sandbox = stack.enter_context(Sandbox(settings))
        for place, file in enumerate(found.files, start=1):
            tell("read", place - 1, len(found.files))
            try:
                _take(file, before, embedder, settings, sandbox, run)
            except DocumentError as error:
                if not keep_going:
                    raise
                run.failed.append(Failed(file.path, error))
        tell("read", len(found.files), len(found.files))
    return run


def _take(
    file: FoundFile,
    before: dict[EditionId, Source],
    embedder: Embedder,
    settings: Settings,
    sandbox: Sandbox,
    run: _Run,
) -> None:
    sha256 = sha256_of(file.path)
    if file.path.suffix.lower() == ".jsonl":
        _take_ready(file, sha256, before, embedder, settings, run)
        return
    edition = replace(file.edition, sha256=sha256)
    source = Source(
        edition.edition_id, file.root.resolve(), file.path.resolve(), sha256, _recipe(file.edition, embedder, settings)
    )
    if before.get(edition.edition_id) == source:
        run.unchanged.append(edition.edition_id)
        return
    start = time.perf_counter()
    read = sandbox.read(file.path)
    run.seconds["reading"] += time.perf_counter() - start
    if read.title and not file.has_own_title:
        edition = replace(edition, title=read.title)
    start = time.perf_counter()
    run.documents.append((document_of(edition, read, embedder, settings), source))
    run.seconds["cutting"] += time.perf_counter() - start


def _take_ready(
    file: FoundFile,
    sha256: str,
    before: dict[EditionId, Source],
    embedder: Embedder,
    settings: Settings,
    run: _Run,
) -> None:
    root, path = file.root.resolve(), file.path.resolve()
    mine = {name: source for name, source in before.items() if source.path == path}
    recipe = _recipe(file.edition, embedder, settings)
    if mine and all(source.sha256 == sha256 and source.recipe == recipe for source in mine.values()):
        run.unchanged.extend(mine)
        return
    for row in read_jsonl(path):
        edition = Edition(EditionId(row.edition_id), row.edition_id, row.title, row.kind, sha256=sha256)
        source = Source(edition.edition_id, root, path, sha256, recipe)
        run.documents.append((document_of(edition, row.read, embedder, settings), source))


def document_of(edition: Edition, read: ReadFile, embedder: Embedder, settings: Settings) -> Document:
    """Returns a file that was read as the document of its edition: laid out and cut."""
    laid_out = lay_out(read)
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


def _recipe(edition: Edition, embedder: Embedder, settings: Settings) -> str:
    """Returns a digest of everything besides the file that shapes a document."""
    parts = (repr(edition), READERS, CUT, str(settings.passage_tokens), embedder.fingerprint)
    return hashlib.sha256("|".join(parts).encode()).hexdigest()


def _sources(library: Library) -> dict[EditionId, Source]:
    try:
        with library.open() as snapshot:
            return {each.edition_id: each for each in snapshot.sources()}
    except (LibraryEmpty, IndexMismatch):
        return {}


def _known(library: Library, found: Found) -> tuple[Edition, ...]:
    """Returns the editions known but not indexed: those remembered and those that this ingest found."""
    try:
        with library.open() as snapshot:
            remembered = {each.edition_id: each for each in snapshot.known()}
    except (LibraryEmpty, IndexMismatch):
        remembered = {}
    return tuple({**remembered, **{each.edition_id: each for each in found.known}}.values())


def _gone(before: dict[EditionId, Source], found: Found, paths: Sequence[Path], run: _Run) -> tuple[EditionId, ...]:
    """Returns editions whose file, or whose line in a file of ready texts, is not there any more."""
    roots = {path.resolve() for path in paths if path.is_dir()}
    here = {file.path.resolve() for file in found.files}
    kept = {document.edition.edition_id for document, _ in run.documents} | set(run.unchanged)
    read_anew = {source.path for _, source in run.documents}
    lost_lines = (n for n, source in before.items() if source.path in read_anew and n not in kept)
    lost_files = (n for n, source in before.items() if source.root in roots and source.path not in here)
    return tuple(sorted({*lost_lines, *lost_files} - kept))
