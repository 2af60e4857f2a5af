"""``assistant catalogue``."""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, Literal

import typer

from assistant.cli.options import AsJson, Data, SettingsFile, settings_of
from assistant.cli.progress import progress_bars

if TYPE_CHECKING:
    from assistant.settings import Settings
    from ingest.catalogue.draft import Draft

app = typer.Typer(
    no_args_is_help=True,
    rich_markup_mode=None,
    help="""Writes the catalogue of a folder of documents: titles, kinds, dates, publishers and areas.

    Example:

      assistant catalogue draft policies""",
)
LISTED = 12
"""Most values that are named one by one."""
FileFormat = Annotated[
    Literal["toml", "csv", "xlsx"] | None,
    typer.Option(
        "--format", help="toml, csv or xlsx (default: as the catalogue that is there, else toml).", show_default=False
    ),
]


@app.callback()
def default() -> None:
    """Writes the catalogue of a folder of documents."""


@app.command("draft")
def draft(
    folder: Annotated[Path, typer.Argument(metavar="FOLDER", help="Folder with the documents.")],
    file_format: FileFormat = None,
    out: Annotated[
        Path | None,
        typer.Option("--out", metavar="FILE", help="Where it goes (default: into FOLDER).", show_default=False),
    ] = None,
    as_json: AsJson = False,
    data: Data = None,
    settings: SettingsFile = None,
) -> int:
    """Writes a catalogue with what the documents say about themselves.

    Title, kind, publisher, dates of issue and review, area, audience and layer come from the cover, the headers and
    footers, the properties and the name of each file. Nothing is published: read through the file, correct what is marked
    with "check", then run `assistant ingest FOLDER`, which takes the catalogue in the folder, or another with --catalogue.

    A value that may be wrong has a comment with the place it was read from; one that is only a hint is a comment itself.
    Two documents with one title but other years are proposed as editions of one work, the later replacing the earlier.

    A catalogue that is there already keeps every line; documents that it does not name are added at its end. Documents
    without an entry stay in the library as they are. A spreadsheet has a row for each document; open it with Excel or
    LibreOffice and save it in its format. Write days as 2025-09-01 or 01/09/2025, day first.

    Examples:

      assistant catalogue draft policies

      assistant catalogue draft policies --format xlsx

      assistant ingest policies --catalogue policies/catalogue.xlsx
    """
    found, path = _written(folder, file_format, out, settings_of(data, settings))
    (_print_json if as_json else _print)(found, path)
    return 1 if found.failed else 0


def _written(folder: Path, file_format: str | None, out: Path | None, settings: Settings) -> tuple[Draft, Path]:
    """Returns the draft that was written, and where."""
    from ingest.catalogue.draft import default_path, write_draft
    from ingest.catalogue.draft import draft as draft_of
    from ingest.sandbox.sandbox import Sandbox

    usual, before = default_path(folder, file_format)
    path = out or usual
    before = path if out is not None and out.exists() else before
    with progress_bars() as tell, Sandbox(settings) as sandbox:
        found = draft_of(folder, sandbox.read_cover, before, tell)
    if found.drafted or (before is not None and before != path):
        write_draft(found, path)
    return found, path


def _print(found: Draft, path: Path) -> None:
    for skipped in found.skipped:
        print(f"skipped: {skipped.path.name} ({skipped.why})", file=sys.stderr)
    for failed in found.failed:
        print(f"not read, so only its name tells: {failed}", file=sys.stderr)
    if not found.drafted and found.before is not None:
        print(f"{found.before} names every document of {found.folder}; nothing to add")
        return
    kept = f", {len(found.kept)} kept as they are" if found.kept else ""
    print(f"{path}: {len(found.drafted)} drafted{kept}")
    to_check = [(each.edition_id, one) for each in found.drafted for one in each.to_check]
    if to_check:
        print(f"{len(to_check)} values to check:")
    for name, one in to_check[:LISTED]:
        print(f"    {name}: {one.field} = {one.value} ({one.where})")
    if len(to_check) > LISTED:
        print(f"    and {len(to_check) - LISTED} more, marked in the file")
    if found.before is not None and found.before.resolve() != path.resolve():
        print(f"{found.before.name} is there too: keep one of them in the folder")
    print(f"Next: read through {path.name}, then `assistant ingest {found.folder}`")


def _print_json(found: Draft, path: Path) -> None:
    rows: list[dict[str, Any]] = [
        {
            "path": each.path,
            "edition_id": each.edition_id,
            "work": each.work,
            "proposals": [proposal_object(one) for one in each.proposals],
        }
        for each in found.drafted
    ]
    failed = [str(each) for each in found.failed]
    print(
        json.dumps(
            {"catalogue": str(path), "drafted": rows, "kept": len(found.kept), "failed": failed},
            ensure_ascii=False,
            indent=2,
        )
    )


def proposal_object(proposal: Any) -> dict[str, Any]:
    """Returns a proposal as plain JSON values."""
    return {name: getattr(proposal, name) for name in ("field", "value", "confidence", "where", "words")}
