"""The files of an ingest with those that others hold: of a ZIP as if in its folder, of a mail under its name."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field, replace
from pathlib import Path, PurePosixPath

from assistant.errors import DocumentError, UnreadableDocument
from assistant.model import Edition, EditionId
from assistant.model.formats import MAILS, format_of, is_collection, is_container
from ingest.catalogue.catalogue import CATALOGUE_NAMES
from ingest.catalogue.sources import TOPICS, FoundFile, FoundFiles, SkippedFile, check_edition_ids, inferred
from ingest.publish.changes import Changes
from ingest.publish.report import FailedFile
from ingest.readers.containers.members import BODY, Member

DEEPEST = 3
"""How many files deep a file is still looked for in others."""
MOST_MEMBERS, MOST_BYTES = 10_000, 2_000_000_000
"""Of all that the files of an ingest hold."""
IN_MAIL = " › "
"""Stands between the title of a mail and that of its attachment."""
_LONGEST_ID = 100
Unpack = Callable[[Path, Path], list[Member]]


@dataclass(slots=True)
class _Found:
    files: list[FoundFile] = field(default_factory=list)
    skipped: list[SkippedFile] = field(default_factory=list)
    changes: Changes = field(default_factory=Changes)
    members: int = 0
    bytes: int = 0


def with_members(found: FoundFiles, unpack: Unpack, folder: Path, *, keep_going: bool) -> tuple[FoundFiles, Changes]:
    """Returns the files with those that others hold in place of these, and the changes with which of these failed.

    Args:
        found: The files of an ingest.
        unpack: Writes what a file holds into a folder.
        folder: For all that is unpacked; each file gets one of its own in it.
        keep_going: Whether a file that cannot be unpacked is noted in place of ending the ingest.

    Raises:
        DocumentError: A file cannot be unpacked, or two files have one edition id.
    """
    if not any(is_container(file.path) for file in found.files):
        return found, Changes()
    all_found = _Found()
    for file in found.files:
        try:
            _take(file, unpack, folder, all_found, 0)
        except DocumentError as error:
            if not keep_going:
                raise
            all_found.changes.failed.append(FailedFile(file.path, error))
    check_edition_ids(all_found.files)
    files = tuple(sorted(all_found.files, key=lambda each: each.edition.edition_id))
    all_found.changes.unpacked.update(
        {each.path.resolve(): each.unpacked for each in files if each.unpacked is not None}
    )
    return FoundFiles(files, (*found.skipped, *all_found.skipped), found.known), all_found.changes


def _take(file: FoundFile, unpack: Unpack, folder: Path, found: _Found, depth: int) -> None:
    if not is_container(file.path):
        found.files.append(file)
        return
    if depth >= DEEPEST:
        found.skipped.append(SkippedFile(file.path, f"it lies more than {DEEPEST} files deep in others: unpack it"))
        return
    into = folder / f"{sum(1 for _ in folder.iterdir()):06}"
    into.mkdir()
    try:
        members = unpack(file.unpacked or file.path, into)
    except DocumentError as error:
        raise type(error)(file.path, error.what, error.fix, error.page) from error
    found.members += len(members)
    found.bytes += sum(Path(each.file).stat().st_size for each in members if each.file)
    if found.members > MOST_MEMBERS or found.bytes > MOST_BYTES:
        what = f"it and what it holds come to more than {MOST_MEMBERS} files or {MOST_BYTES // 1_000_000} MB"
        raise UnreadableDocument(file.path, what, "Unpack it and ingest the folder")
    for member in members:
        _member(file, member, unpack, folder, found, depth)


def _member(file: FoundFile, member: Member, unpack: Unpack, folder: Path, found: _Found, depth: int) -> None:
    path = file.path / member.name
    name = PurePosixPath(member.name).name
    if member.why_not or is_collection(path) or name in (*CATALOGUE_NAMES, TOPICS):
        found.skipped.append(
            SkippedFile(path, member.why_not or "a collection of texts or a catalogue is read by itself only")
        )
        return
    is_named = format_of(file.path) in MAILS
    edition = _of_mail(file, member, path) if is_named else inferred(path)
    inner = FoundFile(path, file.root, edition, is_named, Path(member.file))
    _take(inner, unpack, folder, found, depth + 1)


def _of_mail(file: FoundFile, member: Member, path: Path) -> Edition:
    """Returns what a mail, or an attachment of it, is called."""
    if member.name == BODY:
        return replace(file.edition, title=member.title or file.edition.title)
    own = inferred(path)
    name = EditionId(f"{file.edition.edition_id}--{own.edition_id}"[:_LONGEST_ID])
    return replace(
        own, edition_id=name, work=name, title=f"{file.edition.title}{IN_MAIL}{path.name}", kind=file.edition.kind
    )
