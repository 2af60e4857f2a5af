"""A catalogue that is drafted from what the documents of a folder say about themselves.

Whatever is not sure is said so beside it; values that are only hints are written as comments. An existing catalogue keeps
what a person typed; entries are added for the documents that it does not name.
"""

from __future__ import annotations

import os
import re
from collections import Counter
from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from assistant.errors import CatalogueError, DocumentError, UnreadableDocument
from assistant.model.formats import endings_of, format_of, is_collection
from assistant.model.proposal import Proposal
from assistant.ports import Progress
from ingest.catalogue.catalogue import CATALOGUE_NAME, Catalogue, Entry, catalogue_in, read_catalogue
from ingest.catalogue.ids import id_of, unused
from ingest.catalogue.sources import SkippedFile, files_under
from ingest.catalogue.spreadsheet import CHECK, DATES, added_to_csv, added_to_xlsx, as_csv, as_xlsx
from ingest.catalogue.toml_text import comment, toml_value
from ingest.metadata.proposals import propose
from ingest.metadata.works import Member, Relation, member_of, relations
from ingest.readers.cover import Cover

FORMATS = ("toml", "csv", "xlsx")
FIELDS = (
    "title",
    "kind",
    "publisher",
    "published",
    "in_force_from",
    "supersedes",
    "review_by",
    "form",
    "area",
    "audience",
    "layer",
)
"""Fields that are proposed, in the order in which an entry has them."""
_HEAD = """\
# Drafted by `assistant catalogue draft` from what the documents say about themselves; {count} of {total} entries have something to check.
#
# Look at each "check:" and correct the value where it is wrong. A line that begins with "#" is a hint and does not count:
# take away its "#" to use it. Then run `assistant ingest` on the folder. Drafting again keeps what stands here and adds
# the documents that are new.
"""


@dataclass(frozen=True, slots=True)
class Drafted:
    """A document with what is proposed for it."""

    path: str
    """Within the folder, with "/"."""
    edition_id: str
    work: str
    proposals: tuple[Proposal, ...]

    def proposal(self, field: str) -> Proposal | None:
        """Returns what is proposed for a field, None where nothing is."""
        return next((each for each in self.proposals if each.field == field), None)

    @property
    def to_check(self) -> tuple[Proposal, ...]:
        """What somebody should look at: likely and not sure."""
        return tuple(each for each in self.proposals if each.is_likely and not each.is_sure and each.field in FIELDS)


@dataclass(frozen=True, slots=True)
class Draft:
    """The entries that are added to a catalogue, and what could not be read."""

    folder: Path
    drafted: tuple[Drafted, ...]
    kept: tuple[Entry, ...]
    """Entries of the catalogue that was there before."""
    before: Path | None
    """That catalogue."""
    skipped: tuple[SkippedFile, ...]
    failed: tuple[DocumentError, ...]


def draft(folder: Path, read: Callable[[Path], Cover], before: Path | None, progress: Progress | None = None) -> Draft:
    """Returns the draft of a catalogue for the documents of a folder.

    Args:
        folder: With the documents; its sub-folders count.
        read: Reads the cover of a file.
        before: The catalogue whose entries are kept; None where there is none.
        progress: Told of each file.

    Raises:
        UnreadableDocument: The folder is none, or has no document.
        CatalogueError: The catalogue that is there is wrong.
    """
    if not folder.is_dir():
        raise UnreadableDocument(folder, "no such folder", "Give the folder with the documents")
    known = read_catalogue(before) if before else None
    skipped: list[SkippedFile] = []
    paths = _documents(folder, known, skipped)
    covers, failed = _covers(paths, read, progress or (lambda stage, done, total: None))
    if not paths and known is None:
        raise UnreadableDocument(folder, "no document in it", f"Give a folder with {', '.join(endings_of())}")
    kept = known.entries if known else ()
    return Draft(folder, _drafted(folder, covers, kept), kept, before, tuple(skipped), tuple(failed))


def _documents(folder: Path, known: Catalogue | None, skipped: list[SkippedFile]) -> list[Path]:
    """Returns the documents of a folder that its catalogue does not name."""
    found = []
    for path in files_under(folder, skipped):
        if known is not None and (known.entry_for(path) is not None or path.resolve() == known.path.resolve()):
            continue
        if format_of(path) is None or is_collection(path):
            skipped.append(SkippedFile(path, f"format {path.suffix or 'without ending'} has no metadata to read"))
        else:
            found.append(path)
    return found


def _covers(
    paths: Sequence[Path], read: Callable[[Path], Cover], progress: Progress
) -> tuple[list[tuple[Path, Cover]], list[DocumentError]]:
    covers, failed = [], []
    for place, path in enumerate(paths):
        progress("covers", place, len(paths))
        try:
            covers.append((path, read(path)))
        except DocumentError as error:
            failed.append(error)
            covers.append((path, Cover(path.name)))
    progress("covers", len(paths), len(paths))
    return covers, failed


def _drafted(folder: Path, covers: Sequence[tuple[Path, Cover]], kept: Sequence[Entry]) -> tuple[Drafted, ...]:
    taken = {each.edition_id for each in kept}
    named: list[tuple[str, str, tuple[Proposal, ...]]] = []
    for path, cover in covers:
        place = path.resolve().relative_to(folder.resolve())
        name = unused(id_of(path.stem), taken, *reversed(place.parts[:-1]))
        taken.add(name)
        named.append((place.as_posix(), name, propose(cover)))
    members = [_as_member(each) for each in kept] + [member_of(name, proposals) for _, name, proposals in named]
    found = _with_short_works(relations(members), {each.work for each in kept})
    return tuple(_with_relation(path, name, proposals, found[name]) for path, name, proposals in named)


def _with_short_works(found: Mapping[str, Relation], kept: Collection[str]) -> Mapping[str, Relation]:
    """Returns the relations with the year taken off the names of works, where no other work is called so."""
    works = {each.work for each in found.values()}
    short = {work: re.sub(r"[-_.](?:19|20)\d\d(?:[-_.].*)?$", "", work) for work in works}
    counted = Counter(short.values())
    names = {work: work if counted[one] > 1 or work in kept or one in kept else one for work, one in short.items()}
    return {name: Relation(names[each.work], each.replaces) for name, each in found.items()}


def _as_member(entry: Entry) -> Member:
    day = entry.in_force_from or entry.published
    return Member(entry.edition_id, entry.title, entry.publisher, entry.kind, day, form=entry.form, work=entry.work)


def _with_relation(path: str, name: str, proposals: tuple[Proposal, ...], relation: Relation) -> Drafted:
    more = (relation.replaces,) if relation.replaces else ()
    return Drafted(path, name, relation.work, (*proposals, *more))


def default_path(folder: Path, file_format: str | None) -> tuple[Path, Path | None]:
    """Returns where a draft goes, and the catalogue that is there already. Raises ``CatalogueError`` for two of them."""
    before = catalogue_in(folder)
    if file_format is None:
        return (before or folder / CATALOGUE_NAME), before
    return folder / f"catalogue.{file_format}", before


def write_draft(found: Draft, path: Path) -> None:
    """Writes a draft; what stands in a catalogue of this name stays, and the file is whole or as it was.

    Raises:
        CatalogueError: It cannot be written.
    """
    content = _content(found, path)
    part = path.with_name(f".{path.name}.part")
    try:
        part.write_bytes(content)
        os.replace(part, path)  # noqa: PTH105  atomic on every system, unlike rename
    except OSError as error:
        part.unlink(missing_ok=True)
        fix = "Make the folder writable, or name another file with --out"
        raise CatalogueError(path, f"cannot be written ({error.strerror})", fix) from error


def _content(found: Draft, path: Path) -> bytes:
    ending = path.suffix.lower()
    is_same = found.before is not None and path.exists() and path.resolve() == found.before.resolve()
    if ending == ".toml":
        before = path.read_text(encoding="utf-8").rstrip("\n") + "\n\n" if is_same else _head(found)
        kept = [] if is_same else [_kept_table(each) for each in found.kept]
        return (before + "\n".join([*kept, *map(_table, found.drafted)])).encode("utf-8", "replace")
    rows = [_row(each) for each in found.drafted]
    if is_same:
        return added_to_csv(path, rows).encode("utf-8", "replace") if ending == ".csv" else added_to_xlsx(path, rows)
    every = [*map(_kept_row, found.kept), *rows]
    return as_csv(every).encode("utf-8", "replace") if ending == ".csv" else as_xlsx(every)


def _head(found: Draft) -> str:
    count = sum(bool(each.to_check) for each in found.drafted)
    unread = "".join(f"# Not read: {comment(str(each))}\n" for each in found.failed)
    return _HEAD.format(count=count, total=len(found.drafted)) + unread + "\n"


def _table(each: Drafted) -> str:
    lines = ["[[edition]]", _line("edition_id", each.edition_id), _line("work", each.work), _line("path", each.path)]
    for field in FIELDS:
        proposal = each.proposal(field)
        if proposal is not None and not _is_usual(proposal):
            lines.append(_proposed(proposal))
    if version := each.proposal("version"):
        lines.append(f"# version {comment(version.value)} ({comment(version.where)})")
    return "\n".join(lines) + "\n"


def _is_usual(proposal: Proposal) -> bool:
    return proposal.field == "form" and proposal.value == "official"


def _line(field: str, value: object) -> str:
    return f"{field} = {toml_value(value)}"


def _proposed(proposal: Proposal) -> str:
    line = _line(proposal.field, typed(proposal))
    if proposal.is_sure:
        return line
    if proposal.is_likely or proposal.field in ("kind", "title"):
        return f"{line} # check: {reason(proposal)}"
    return f"# {line} # perhaps: {reason(proposal)}"


def reason(proposal: Proposal) -> str:
    """Returns where a proposal was read and the words that say so, on one line."""
    words = comment(proposal.words)
    said = f", “{words}”" if words and words.lower() != proposal.value.lower() else ""
    return f"{comment(proposal.where)}{said}"


def typed(proposal: Proposal) -> object:
    """Returns the value of a proposal as the catalogue types it."""
    return date.fromisoformat(proposal.value) if proposal.field in DATES else proposal.value


def _row(each: Drafted) -> Mapping[str, object]:
    row: dict[str, object] = {"edition_id": each.edition_id, "work": each.work, "path": each.path}
    notes = []
    for field in FIELDS:
        proposal = each.proposal(field)
        if proposal is None or _is_usual(proposal):
            continue
        is_used = proposal.is_likely or field in ("kind", "title")
        if is_used:
            row[field] = typed(proposal)
        if not proposal.is_sure:
            value = "" if is_used else f" perhaps {proposal.value}"
            notes.append(f"{field}:{value} {reason(proposal)}")
    return {**row, CHECK: "; ".join(notes)}


def _kept_table(entry: Entry) -> str:
    return "\n".join(["[[edition]]", *(_line(name, value) for name, value in _kept_row(entry).items())]) + "\n"


def _kept_row(entry: Entry) -> dict[str, object]:
    return {name: value for name, value in entry.model_dump().items() if value not in (None, "", ())}
