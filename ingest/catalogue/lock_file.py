"""The lock file beside a catalogue: the sha256 of documents whose catalogue entry gives none, as first fetched."""

from __future__ import annotations

import json
import os
import tomllib
from collections.abc import Mapping
from datetime import date
from pathlib import Path

from pydantic import BaseModel, ConfigDict, Field, TypeAdapter, ValidationError

from assistant.errors import CatalogueError

_HEAD = """\
# Written by `assistant fetch`: what a document without a sha256 in the catalogue was when it was first fetched.
# A later fetch of something else is an error. Delete a table to accept the new file.
"""


class LockedDocument(BaseModel):
    """What one document was when it was first fetched."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    sha256: str = Field(pattern=r"^[0-9a-f]{64}$")
    fetched: date
    source: str
    """Its address, or the name of the file that was copied."""


_LOCKS = TypeAdapter(dict[str, LockedDocument])


def lock_path(catalogue: Path) -> Path:
    """Returns where the lock file of a catalogue is: ``catalogue.lock.toml`` for ``catalogue.toml``."""
    return catalogue.with_suffix(".lock.toml")


def read_locks(path: Path) -> dict[str, LockedDocument]:
    """Returns edition id to what was fetched, {} where there is no lock file.

    Raises:
        CatalogueError: It is damaged.
    """
    if not path.exists():
        return {}
    try:
        return _LOCKS.validate_python(tomllib.loads(path.read_text(encoding="utf-8")))
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError, ValidationError) as error:
        what = f"not a readable lock file ({str(error).splitlines()[0]})"
        raise CatalogueError(path, what, "Fix it, or delete it and fetch again") from error


def write_locks(path: Path, locks: Mapping[str, LockedDocument]) -> None:
    """Writes the lock file, by edition id; whole or not at all."""
    tables = [
        f"\n[{json.dumps(name)}]\nsha256 = {json.dumps(lock.sha256)}\nfetched = {lock.fetched.isoformat()}\n"
        f"source = {json.dumps(lock.source)}\n"
        for name, lock in sorted(locks.items())
    ]
    part = path.with_name(f".{path.name}.part")
    part.write_text(_HEAD + "".join(tables), encoding="utf-8")
    os.replace(part, path)  # noqa: PTH105  atomic on every system, unlike rename
