"""A folder as one verifiable file: a zip with a manifest of the sha256 of everything in it."""

from __future__ import annotations

import hashlib
import json
import os
import shutil
import zipfile
import zlib
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path, PurePosixPath
from typing import Any

from assistant.data_folder import make_private_folder
from assistant.errors import DocumentError

MANIFEST = "manifest.json"
FORMAT = 1
"""Version of the archive's format; another version is refused."""
BLOCK_BYTES = 1 << 20
MANIFEST_BYTES = 64 << 20
NEWER = "Restore it with the version of the program that made it, or a newer one"
BROKEN = "Use another backup"
OURS = "Name a file that `assistant backup` made"
ENTRY = {"path": str, "bytes": int, "sha256": str}
"""Keys of a file in the manifest."""


def pack(folder: Path, file: Path, facts: Mapping[str, Any]) -> None:
    """Writes every file below a folder, with a manifest, to a file that only its user can read.

    The file gets its name when it is complete and on disk.
    """
    unfinished = file.with_name(f"{file.name}.unfinished")
    unfinished.unlink(missing_ok=True)
    try:
        handle = os.open(unfinished, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        with os.fdopen(handle, "wb") as raw:
            with zipfile.ZipFile(raw, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as archive:
                entries = [_packed(archive, path, folder) for path in sorted(folder.rglob("*")) if path.is_file()]
                manifest = {"format": FORMAT, **facts, "files": entries}
                archive.writestr(MANIFEST, json.dumps(manifest, indent=1))
            raw.flush()
            os.fsync(raw.fileno())
        unfinished.replace(file)
    finally:
        unfinished.unlink(missing_ok=True)


def read_manifest(file: Path) -> dict[str, Any]:
    """Returns the manifest of an archive.

    Raises:
        DocumentError: The file is not a backup of this program, or of a newer version.
    """
    with _opened(file) as archive:
        return _manifest(file, archive)


def unpack(file: Path, folder: Path) -> dict[str, Any]:
    """Unpacks an archive to a new folder and returns the manifest; every sha256 is checked.

    Raises:
        DocumentError: The archive is damaged or holds what its manifest does not name; the folder is then incomplete.
    """
    with _opened(file) as archive:
        manifest = _manifest(file, archive)
        named = [entry["path"] for entry in manifest["files"]]
        if sorted([*named, MANIFEST]) != sorted(archive.namelist()):
            raise DocumentError(file, "holds other files than its manifest names", BROKEN)
        for entry in manifest["files"]:
            _unpacked(file, archive, entry, folder)
    return manifest


def sync(folder: Path) -> None:
    """Waits until every file of a folder is on disk."""
    for path in (*folder.rglob("*"), folder, folder.parent):
        handle = os.open(path, os.O_RDONLY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)


def _packed(archive: zipfile.ZipFile, path: Path, folder: Path) -> dict[str, Any]:
    name = path.relative_to(folder).as_posix()
    digest, size = hashlib.sha256(), 0
    info = zipfile.ZipInfo(name)
    info.compress_type = zipfile.ZIP_DEFLATED
    info.file_size = path.stat().st_size
    with path.open("rb") as source, archive.open(info, "w") as target:
        while block := source.read(BLOCK_BYTES):
            digest.update(block)
            size += len(block)
            target.write(block)
    return {"path": name, "bytes": size, "sha256": digest.hexdigest()}


def _unpacked(file: Path, archive: zipfile.ZipFile, entry: Mapping[str, Any], folder: Path) -> None:
    name = str(entry["path"])
    path = PurePosixPath(name)
    if path.is_absolute() or ".." in path.parts or "\\" in name or not path.parts:
        raise DocumentError(file, f"holds a file of the unsafe name {name!r}", BROKEN)
    target = folder.joinpath(*path.parts)
    make_private_folder(target.parent)
    handle = os.open(target, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    digest, left = hashlib.sha256(), int(entry["bytes"])
    with os.fdopen(handle, "wb") as written, archive.open(name) as source:
        while block := source.read(BLOCK_BYTES):
            left -= len(block)
            if left < 0:
                break
            digest.update(block)
            written.write(block)
    if left or digest.hexdigest() != entry["sha256"]:
        raise DocumentError(file, f"{name} in it is damaged (its sha256 is not that of the manifest)", BROKEN)


@contextmanager
def _opened(file: Path) -> Iterator[zipfile.ZipFile]:
    if not file.is_file():
        raise DocumentError(file, "no such file", OURS)
    try:
        with zipfile.ZipFile(file) as archive:
            yield archive
    except (zipfile.BadZipFile, EOFError, zlib.error, NotImplementedError, RuntimeError) as error:
        raise DocumentError(file, f"is no whole backup ({error})", BROKEN) from error


def _manifest(file: Path, archive: zipfile.ZipFile) -> dict[str, Any]:
    try:
        if archive.getinfo(MANIFEST).file_size > MANIFEST_BYTES:
            raise DocumentError(file, "its manifest is too large", BROKEN)
        manifest: dict[str, Any] = json.loads(archive.read(MANIFEST))
        if manifest["format"] != FORMAT:
            raise DocumentError(file, f"is a backup of format {manifest['format']}, not {FORMAT}", NEWER)
        if not all(isinstance(entry[key], kind) for entry in manifest["files"] for key, kind in ENTRY.items()):
            raise DocumentError(file, "its manifest is not one of ours", BROKEN)
    except (KeyError, TypeError, ValueError) as error:
        raise DocumentError(file, "is no backup of this program", OURS) from error
    return manifest


def remove(folder: Path) -> None:
    """Removes a folder with all that is in it; nothing happens where there is none."""
    if folder.exists():
        shutil.rmtree(folder)
