"""Says why an index does not fit the settings, and which command builds it again."""

from __future__ import annotations

import shlex
from collections.abc import Callable, Collection
from dataclasses import dataclass

from assistant.model.formats import is_collection
from assistant.ports import Source


@dataclass(frozen=True, slots=True)
class Build:
    """What an index is built with."""

    embedder: str
    """Fingerprint."""
    format: str
    """Format of rows and indexes, with the cut and the length of passages."""


def can_be_read(source: Source, has_copy: Callable[[str], bool]) -> bool:
    """Returns whether an edition can be read again: its file is there, or what the data folder holds of it.

    The texts of a collection are in the library itself.
    """
    return is_collection(source.path) or source.path.exists() or has_copy(source.sha256)


def mismatch(built: Build, needed: Build, sources: Collection[Source], has_copy: Callable[[str], bool]) -> str:
    """Returns the reason why an index does not fit, and the fix: the command that can read all of its documents again."""
    return f"the library was built {_difference(built, needed)}. {_fix(sources, has_copy)}."


def _difference(built: Build, needed: Build) -> str:
    differences = []
    if built.embedder != needed.embedder:
        differences.append(f"with the embedder {built.embedder}, and the settings name {needed.embedder}")
    if built.format != needed.format:
        differences.append(f"in the format {built.format}, and this version with these settings needs {needed.format}")
    return "; ".join(differences)


def _fix(sources: Collection[Source], has_copy: Callable[[str], bool]) -> str:
    folders = " ".join(shlex.quote(str(each)) for each in sorted({source.root for source in sources}))
    if all(source.path.exists() for source in sources):
        return f"Run `assistant ingest {folders}` to rebuild it, or set them back"
    if all(can_be_read(source, has_copy) for source in sources):
        return "Run `assistant rebuild`, which reads the copies in the data folder, or set them back"
    gone = sorted(source.edition_id for source in sources if not can_be_read(source, has_copy))
    named = ", ".join(gone[:3]) + (f" and {len(gone) - 3} more" if len(gone) > 3 else "")
    return (
        f"No file of {named} is there any more: put it back and run `assistant ingest {folders}`, "
        "or leave it out with `assistant rebuild --keep-going`"
    )
