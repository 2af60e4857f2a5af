"""The catalogue: metadata of editions in ``catalogue.toml``, one ``[[edition]]`` table each."""

from __future__ import annotations

import tomllib
from collections import Counter
from collections.abc import Sequence
from datetime import date
from pathlib import Path

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from assistant.errors import CatalogueError
from assistant.model import Edition, EditionId, Form, Kind, Layer

CATALOGUE_NAME = "catalogue.toml"
CATALOGUE_NAMES = (CATALOGUE_NAME, "catalogue.xlsx", "catalogue.csv")
"""Names of the file beside documents that describes them; one of them counts."""
SHEETS = (".xlsx", ".csv")
"""Endings of catalogues that are spreadsheets."""


class Entry(BaseModel):
    """One table of the catalogue."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    edition_id: str = Field(pattern=r"^[A-Za-z0-9][A-Za-z0-9._-]{0,99}$")
    work: str = Field(min_length=1)
    title: str = Field(pattern=r"\S")
    kind: Kind
    path: str | None = Field(default=None, min_length=1)
    publisher: str = ""
    published: date | None = Field(default=None, strict=True)
    in_force_from: date | None = Field(default=None, strict=True)
    supersedes: str | None = None
    review_by: date | None = Field(default=None, strict=True)
    form: Form = Form.OFFICIAL
    source_url: str | None = None
    licence: str | None = None
    sha256: str | None = Field(default=None, pattern=r"^[0-9a-f]{64}$")
    groups: tuple[str, ...] = ()
    area: str = ""
    audience: str = ""
    layer: Layer | None = None

    def edition(self) -> Edition:
        """Returns the edition that this entry describes."""
        values = self.model_dump(exclude={"path"})
        superseded = EditionId(self.supersedes) if self.supersedes else None
        return Edition(**{**values, "edition_id": EditionId(self.edition_id), "supersedes": superseded})


class Catalogue:
    """The entries of one file.

    Args:
        path: The file; its folder is where the paths of entries start.
        entries: Its tables, in order.
    """

    def __init__(self, path: Path, entries: Sequence[Entry]) -> None:
        self.path = path
        self.entries = tuple(entries)
        folder = path.parent.resolve()
        self._by_path = {(folder / entry.path).resolve(): entry for entry in entries if entry.path}

    def entry_for(self, path: Path) -> Entry | None:
        """Returns the entry that names a file, None where none does."""
        return self._by_path.get(path.resolve())

    def present_files(self) -> tuple[Path, ...]:
        """Returns the files that entries name and that are there, sorted."""
        return tuple(sorted(path for path in self._by_path if path.is_file()))

    def file_of(self, entry: Entry) -> Path | None:
        """Returns where the file of an entry belongs, None for an entry without a path."""
        return (self.path.parent / entry.path).resolve() if entry.path else None


def read_catalogue(path: Path) -> Catalogue:
    """Returns the catalogue of a file.

    Raises:
        CatalogueError: It is neither TOML nor a spreadsheet, an entry is wrong (which one, which field), an id or path is used twice, or
            editions supersede each other in a circle.
    """
    if not path.is_file():
        raise CatalogueError(path, "no such catalogue", "Check the path given with --catalogue")
    tables = _sheet_tables(path) if path.suffix.lower() in SHEETS else _toml_tables(path)
    entries = [_entry(path, where, table) for where, table in tables]
    _check_unique(path, entries)
    _check_circles(path, entries)
    return Catalogue(path, entries)


def _sheet_tables(path: Path) -> list[tuple[str, object]]:
    """Returns the rows of a spreadsheet, each with where it stands."""
    from ingest.catalogue.spreadsheet import read_rows

    return [(f"row {number}", table) for number, table in read_rows(path)]


def _toml_tables(path: Path) -> list[tuple[str, object]]:
    """Returns the tables of a TOML catalogue, each with its number."""
    try:
        raw = tomllib.loads(path.read_text(encoding="utf-8"))
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        raise CatalogueError(path, f"not readable TOML ({error})", "Fix that line") from error
    unknown = sorted(set(raw) - {"edition"})
    if unknown or not isinstance(raw.get("edition", []), list):
        raise CatalogueError(path, f"unknown table {unknown or 'edition'}", "Use one [[edition]] table per edition")
    return [(str(number), table) for number, table in enumerate(raw.get("edition", []), start=1)]


def _entry(path: Path, where: str, table: object) -> Entry:
    try:
        return Entry.model_validate(table)
    except ValidationError as error:
        first = error.errors()[0]
        name = table.get("edition_id", where) if isinstance(table, dict) else where
        name = f"{name} ({where})" if where.startswith("row") and name != where else name
        field = ".".join(str(part) for part in first["loc"])
        what = f"edition {name}: {field} = {first['input']!r}: {first['msg']}"
        raise CatalogueError(path, what, _fix(field)) from error


def _fix(field: str) -> str:
    if field == "kind":
        return f"Use one of {', '.join(Kind)}"
    if field == "form":
        return f"Use one of {', '.join(Form)}"
    if field == "layer":
        return f"Use one of {', '.join(Layer)}, or leave it out"
    if field in ("published", "in_force_from", "review_by"):
        return "Write the date as 2025-09-01, without quotes"
    return "Fix that field"


def _check_unique(path: Path, entries: Sequence[Entry]) -> None:
    for field in ("edition_id", "path"):
        counted = Counter(value for entry in entries if (value := getattr(entry, field)) is not None)
        for value, count in counted.items():
            if count > 1:
                raise CatalogueError(path, f"{field} {value!r} is used by {count} editions", "Give each its own")


def _check_circles(path: Path, entries: Sequence[Entry]) -> None:
    before = {entry.edition_id: entry.supersedes for entry in entries}
    for start in before:
        seen = {start}
        at = before[start]
        while at is not None:
            if at in seen:
                raise CatalogueError(path, f"edition {at} supersedes itself in a circle", "Fix 'supersedes'")
            seen.add(at)
            at = before.get(at)


def catalogue_in(folder: Path) -> Path | None:
    """Returns the catalogue that lies in a folder, None where there is none. Raises ``CatalogueError`` for two."""
    found = [folder / name for name in CATALOGUE_NAMES if (folder / name).is_file()]
    if len(found) > 1:
        fix = "Keep one of them, or name one with --catalogue"
        raise CatalogueError(found[0], f"{found[1].name} lies beside it: which one counts is not clear", fix)
    return found[0] if found else None


def find_catalogue(root: Path) -> Catalogue | None:
    """Returns the catalogue of some documents, None where they have none.

    It lies in the folder ``root``, or beside it where ``root`` is a file; else in the folder above, if it names a
    document under ``root``.

    Raises:
        CatalogueError: The catalogue is wrong.
    """
    folder = (root if root.is_dir() else root.parent).resolve()
    own, higher = catalogue_in(folder), catalogue_in(folder.parent)
    if own is not None:
        return read_catalogue(own)
    if higher is None:
        return None
    above = read_catalogue(higher)
    entry_for = (above.file_of(each) for each in above.entries)
    return above if any(each is not None and each.is_relative_to(root.resolve()) for each in entry_for) else None
