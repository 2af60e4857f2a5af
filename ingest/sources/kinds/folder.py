"""A watched folder, also one that a cloud service mounts: files that are there, whole, and not being written."""

from __future__ import annotations

import hashlib
import os
import time
from collections.abc import Iterator
from pathlib import Path

from assistant.errors import AssistantError, SourceError
from assistant.model.formats import UPLOADABLE, endings_of, format_of
from assistant.model.sources import FetchedItem
from ingest.catalogue.sources import SkippedFile, files_under
from ingest.sources.judging import NeedsYou
from ingest.sources.sightings import Content, Left, Same, Sighting, Trouble, Visit
from ingest.sources.web.addresses import is_wanted

SETTLED_S = 5.0
"""Age of the last write from which on a file counts as whole."""
_PLACEHOLDERS = (".nextcloud", ".owncloud", ".icloud")
"""Endings that cloud clients give to the stand-in of a file that is not on this disk."""
_DATALESS, _RECALL = 0x40000000, 0x1000 | 0x40000 | 0x400000
"""Flags of files that lie in the cloud only, on macOS (``SF_DATALESS``) and Windows (offline, recall on open or access)."""
_PARTS = ("~$", ".~lock.", "~wrl")
_PART_ENDINGS = (".tmp", ".part", ".partial", ".crdownload", ".download", ".filepart", ".swp", ".lock", "~")


def folder(visit: Visit) -> Iterator[Sighting]:
    """Yields what every file of a folder is. Raises ``SourceError``, ``NeedsYou``."""
    root = Path(visit.source.address)
    skipped: list[SkippedFile] = []
    try:
        paths = list(files_under(root, skipped)) if root.is_dir() else None
    except (OSError, AssistantError) as error:
        raise SourceError(f"{root}: cannot be read ({error}). Check that it is mounted and its permissions.") from error
    published = [each for each in visit.known.values() if each.edition_id is not None]
    if paths is None:
        raise SourceError(f"{root}: the folder is not there. Check that it is mounted; nothing of it is removed.")
    if not paths and published:
        raise NeedsYou(
            f"{root}: the folder is empty, and {len(published)} documents of it are published. Check that it is mounted; "
            "nothing of it is removed."
        )
    for path in paths[: visit.source.options.max_pages]:
        address = path.relative_to(root).as_posix()
        if not visit.is_done(address):
            yield _looked_at(path, address, visit)
    if len(paths) > visit.source.options.max_pages:
        yield Left(str(root), f"there are more than {visit.source.options.max_pages} files; raise max_pages")


def _looked_at(path: Path, address: str, visit: Visit) -> Sighting:
    options = visit.source.options
    if _is_part(path.name):
        return Left(address, "")
    if path.suffix.lower() in _PLACEHOLDERS:
        return _stand_in(address.removesuffix(path.suffix), visit)
    if not is_wanted(address, options.include, options.exclude):
        return Left(address, "left out by the patterns")
    if format_of(path) not in UPLOADABLE:
        return Left(address, f"its format is not read; {', '.join(endings_of(UPLOADABLE))} are")
    if not path.resolve().is_relative_to(Path(visit.source.address).resolve()):
        return Left(address, "a link that leads out of the folder is not followed")
    try:
        return _file(path, address, visit)
    except OSError as error:
        return Trouble(
            address, f"cannot be read now ({error.strerror or error}); it is looked at again at the next sync"
        )


def _file(path: Path, address: str, visit: Visit) -> Sighting:
    before = path.stat()
    stamp, item = _stamp(before), visit.known.get(address)
    if item is not None and item.last_modified == stamp:
        return Same(item)
    if time.time() - before.st_mtime < SETTLED_S or not before.st_size:
        return _later(address, item, "it is empty or being written now")
    if _is_in_cloud(before):
        return _later(address, item, "it lies in the cloud only; make it available offline")
    if before.st_size > visit.settings.max_file_mb * 1_000_000:
        return Left(address, f"more than {visit.settings.max_file_mb} MB; raise ASSISTANT_MAX_FILE_MB if it is right")
    copy = visit.folder / f"file{path.suffix.lower()}"
    digest, copied = _copied(path, copy)
    after = path.stat()
    if _stamp(after) != stamp or copied != before.st_size:
        return _later(address, item, "it changed while it was read")
    return Content(address, copy, digest, last_modified=stamp, body_bytes=copied, is_judged=False)


def _stand_in(address: str, visit: Visit) -> Sighting:
    """Returns what the stand-in of a file means: it is there, only not here."""
    item = visit.known.get(address)
    return (
        Same(item)
        if item is not None
        else _later(address, None, "it lies in the cloud only; make it available offline")
    )


def _is_in_cloud(facts: os.stat_result) -> bool:
    flags, attributes = getattr(facts, "st_flags", 0), getattr(facts, "st_file_attributes", 0)
    return bool(flags & _DATALESS or attributes & _RECALL)


def _later(address: str, item: FetchedItem | None, why: str) -> Sighting:
    return Trouble(address, f"{why}; it is looked at again at the next sync")


def _copied(path: Path, copy: Path) -> tuple[str, int]:
    """Returns the sha256 of a file and its bytes; it is copied, so that what is read is what was looked at."""
    digest, size = hashlib.sha256(), 0
    with path.open("rb") as source, copy.open("wb") as target:
        while piece := source.read(1 << 20):
            digest.update(piece)
            target.write(piece)
            size += len(piece)
    return digest.hexdigest(), size


def _stamp(facts: os.stat_result) -> str:
    return f"{facts.st_size} {facts.st_mtime_ns}"


def _is_part(name: str) -> bool:
    lower = name.lower()
    return lower.startswith(_PARTS) or lower.endswith(_PART_ENDINGS)
