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
    return f"the library was built {_difference(built, needed)}. {_fix(sources, has_copy, _way_back(built, needed))}."


def _difference(built: Build, needed: Build) -> str:
    differences = []
    if built.embedder != needed.embedder:
        differences.append(f"with the embedder {built.embedder}, and the settings name {needed.embedder}")
    (before, length), (now, needed_length) = _parts(built.format), _parts(needed.format)
    if before != now:
        differences.append(f"by another version of the program (format {before}), and this one needs format {now}")
    if length != needed_length:
        differences.append(f"with passages of {length} word pieces, and the settings say {needed_length}")
    return "; ".join(differences)


def _parts(format_and_length: str) -> tuple[str, str]:
    """Returns the format of rows and cut, which a version of the program has, and the length of passages, a setting."""
    version, _, length = format_and_length.rpartition("/")
    return version, length


def _way_back(built: Build, needed: Build) -> str:
    """Returns what helps besides building it again: the settings as they were, unless the program is another one."""
    is_of_settings = _parts(built.format)[0] == _parts(needed.format)[0]
    return "set them back" if is_of_settings else "go on with the version that built it"


def _fix(sources: Collection[Source], has_copy: Callable[[str], bool], way_back: str) -> str:
    folders = " ".join(shlex.quote(str(each)) for each in sorted({source.root for source in sources}))
    if all(source.path.exists() for source in sources):
        return f"Run `assistant ingest {folders}` to rebuild it, or {way_back}"
    if all(can_be_read(source, has_copy) for source in sources):
        return f"Run `assistant rebuild`, which reads the copies in the data folder, or {way_back}"
    gone = sorted(source.edition_id for source in sources if not can_be_read(source, has_copy))
    named = ", ".join(gone[:3]) + (f" and {len(gone) - 3} more" if len(gone) > 3 else "")
    return (
        f"No file of {named} is there any more: put it back and run `assistant ingest {folders}`, "
        "or leave it out with `assistant rebuild --keep-going`"
    )
