"""``assistant fetch``."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Annotated

import typer

from assistant.cli.progress import progress_bars
from ingest.fetch import fetch as fetch_documents

CatalogueFile = Annotated[Path, typer.Option(metavar="FILE", help="Catalogue that lists the official sources.")]
From = Annotated[
    Path | None,
    typer.Option(
        "--from",
        metavar="DIR",
        help="Take the files from a folder, by sha256, not from the network.",
        show_default=False,
    ),
]


def fetch(catalogue: CatalogueFile = Path("corpus/catalogue.toml"), from_: From = None) -> int:
    """Brings in the official documents of the catalogue, each checked by sha256.

    A source without a sha256 is recorded in a lock file when it is first fetched. Files that are there and right
    are left alone. Exit code 1 where one could not be brought in; the others can be ingested all the same.

    Examples:

      assistant fetch

      assistant fetch --from ~/Downloads
    """
    with progress_bars() as tell:
        report = fetch_documents(catalogue, source=from_, progress=tell)
    for name, ids in (("present", report.present), ("fetched", report.fetched), ("recorded", report.locked)):
        for edition_id in ids:
            print(f"{name:>9}  {edition_id}")
    for each in report.failed:
        print(f"   failed  {each.edition_id}: {each.error}", file=sys.stderr)
    return 1 if report.failed else 0
