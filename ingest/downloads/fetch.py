"""Fetches the official documents of a catalogue: by address, or from a folder; checked by sha256."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from assistant.errors import AssistantError, CatalogueError, FetchError, UnreadableDocument
from assistant.model import EditionId, Form
from assistant.model.formats import format_of
from assistant.ports import Progress
from ingest.catalogue.catalogue import Catalogue, Entry, read_catalogue
from ingest.catalogue.lock_file import LockedDocument, lock_path, read_locks, write_locks
from ingest.catalogue.sources import sha256_of
from ingest.downloads.download import DownloadLimits, download
from ingest.readers.content import checked_format


@dataclass(frozen=True, slots=True)
class FetchFailure:
    """A document that could not be fetched, and what to do."""

    edition_id: EditionId
    error: AssistantError


@dataclass(frozen=True, slots=True)
class FetchReport:
    """What a fetch did: edition ids in the order of the catalogue."""

    fetched: tuple[EditionId, ...] = ()
    present: tuple[EditionId, ...] = ()
    """There already, and the expected files."""
    locked: tuple[EditionId, ...] = ()
    """Had no sha256 before; the lock file has it from now on."""
    failed: tuple[FetchFailure, ...] = ()


def fetch(
    catalogue: Path,
    *,
    source: Path | None = None,
    limits: DownloadLimits | None = None,
    progress: Progress | None = None,
    today: date | None = None,
) -> FetchReport:
    """Fetches the official documents of a catalogue to the paths that it names, and reports document by document.

    A document that is there already is only checked. One without a sha256 is accepted the first time and recorded in
    the lock file; another file later is a failure. A failure leaves the file that was there.

    Args:
        catalogue: The catalogue; files go where its entries say, below its folder.
        source: A folder with the files, found by sha256 or else by name; the network is then not used.
        limits: Limits of downloads.
        progress: Called after each document.
        today: Date written into the lock file; the current one unless given.

    Raises:
        CatalogueError: The catalogue or its lock file is wrong.
        FetchError: ``source`` is no folder.
    """
    entries = read_catalogue(catalogue)
    if source is not None and not source.is_dir():
        raise FetchError(f"{source}: not a folder. Give the folder that holds the downloaded files.")
    run = _Fetch(entries, read_locks(lock_path(catalogue)), source, limits or DownloadLimits(), today or date.today())
    official = [entry for entry in entries.entries if _is_official(entries, entry)]
    for place, entry in enumerate(official, start=1):
        run.fetch(entry)
        if progress is not None:
            progress("fetch", place, len(official))
    return FetchReport(tuple(run.fetched), tuple(run.present), tuple(run.locked), tuple(run.failed))


def _is_official(catalogue: Catalogue, entry: Entry) -> bool:
    """Returns whether an entry names an official document that comes from elsewhere, not one written here."""
    path = catalogue.file_of(entry)
    if path is None or entry.form is not Form.OFFICIAL:
        return False
    return bool(entry.source_url or entry.sha256 or not path.exists())


class _Fetch:
    """A running fetch, with what it has done so far."""

    def __init__(
        self,
        catalogue: Catalogue,
        locks: dict[str, LockedDocument],
        source: Path | None,
        limits: DownloadLimits,
        today: date,
    ) -> None:
        self._catalogue = catalogue
        self._locks = locks
        self._source = source
        self._limits = limits
        self._today = today
        self.fetched: list[EditionId] = []
        self.present: list[EditionId] = []
        self.locked: list[EditionId] = []
        self.failed: list[FetchFailure] = []

    def fetch(self, entry: Entry) -> None:
        """Fetches one document, or records why not."""
        name = EditionId(entry.edition_id)
        try:
            path = self._destination(entry)
            if path.exists():
                self._check(entry, path, sha256_of(path), "Delete it and run `assistant fetch` again")
                self._lock(entry, sha256_of(path), path.name)
                self.present.append(name)
            else:
                path.parent.mkdir(parents=True, exist_ok=True)
                self._bring_in(entry, path)
                self.fetched.append(name)
        except AssistantError as error:
            self.failed.append(FetchFailure(name, error))
        except OSError as error:
            fault = FetchError(f"{entry.path}: cannot be written ({error.strerror}). Check the folder's permissions.")
            self.failed.append(FetchFailure(name, fault))

    def _destination(self, entry: Entry) -> Path:
        path, folder = self._catalogue.file_of(entry), self._catalogue.path.parent.resolve()
        if path is None or not path.is_relative_to(folder):
            what = f"edition {entry.edition_id}: path {entry.path!r} leads out of the folder of the catalogue"
            raise CatalogueError(self._catalogue.path, what, "Give a path below it, such as official/NAME.pdf")
        return path

    def _bring_in(self, entry: Entry, path: Path) -> None:
        """Writes the file beside its destination, checks it, and only then moves it there."""
        part = path.with_name(f".part-{path.name}")
        try:
            came_from, sha256 = self._obtain(entry, part)
            self._check(entry, part, sha256, "Check that the address still shows this edition")
            _check_format(entry, part, came_from)
            self._lock(entry, sha256, came_from)
            os.replace(part, path)  # noqa: PTH105  atomic on every system, unlike rename
        finally:
            part.unlink(missing_ok=True)

    def _obtain(self, entry: Entry, part: Path) -> tuple[str, str]:
        """Returns where the file came from and its sha256."""
        if self._source is not None:
            file = _in_folder(self._source, entry, self._expected(entry))
            shutil.copyfile(file, part)
            return file.name, sha256_of(part)
        if entry.source_url is None:
            fix = "Get the file from its publisher and run `assistant fetch --from DIR`"
            raise FetchError(f"edition {entry.edition_id}: the catalogue gives no address for {entry.path}. {fix}.")
        return entry.source_url, download(entry.source_url, part, self._limits, Path(entry.path or "").name)

    def _expected(self, entry: Entry) -> str | None:
        locked = self._locks.get(entry.edition_id)
        return entry.sha256 or (locked.sha256 if locked else None)

    def _check(self, entry: Entry, path: Path, sha256: str, fix: str) -> None:
        expected = self._expected(entry)
        if expected is None or sha256 == expected:
            return
        where = self._catalogue.path.name if entry.sha256 else lock_path(self._catalogue.path).name
        new = "give a new edition an entry of its own that supersedes this one; if the same edition was corrected"
        raise FetchError(
            f"{entry.path}: is not the expected file of edition {entry.edition_id} (sha256 {sha256}, {where} says "
            f"{expected}). {fix}; {new}, change the sha256 in {where}."
        )

    def _lock(self, entry: Entry, sha256: str, came_from: str) -> None:
        """Records the sha256 of a document that has none; nothing changes for one that has."""
        if self._expected(entry) is not None:
            return
        self._locks[entry.edition_id] = LockedDocument(sha256=sha256, fetched=self._today, source=came_from)
        write_locks(lock_path(self._catalogue.path), self._locks)
        self.locked.append(EditionId(entry.edition_id))


def _check_format(entry: Entry, part: Path, came_from: str) -> None:
    try:
        checked_format(part)
    except UnreadableDocument as error:
        fix = "Open it in a browser and look for the document itself"
        raise FetchError(f"{entry.path}: what came from {came_from} is not it ({error.what}). {fix}.") from error


def _in_folder(folder: Path, entry: Entry, expected: str | None) -> Path:
    """Returns the file of an entry: the one with the sha256, whatever its name; by name where none is known."""
    files = list(_documents(folder))
    name = Path(entry.path or "").name
    named = [file for file in files if file.name == name]
    if expected is None and named:
        return named[0]
    match = next((file for file in _named_first(files, name) if sha256_of(file) == expected), None)
    if match is not None:
        return match
    description = f"named {name}" if expected is None else f"with sha256 {expected}"
    other = f" ({named[0]} is another file)" if named else ""
    address = f" Its address: {entry.source_url}." if entry.source_url else ""
    raise FetchError(f"edition {entry.edition_id}: no file {description} in {folder}{other}. Put it there.{address}")


def _documents(folder: Path) -> Iterator[Path]:
    return (path for path in sorted(folder.rglob("*")) if format_of(path) is not None and path.is_file())


def _named_first(files: Sequence[Path], name: str) -> list[Path]:
    return sorted(files, key=lambda file: file.name != name)
