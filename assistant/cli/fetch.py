"""``assistant fetch``."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Annotated

import typer

from assistant.cli.options import Data, SettingsFile, settings_of
from assistant.cli.progress import progress_bars
from assistant.errors import UsageError

CatalogueFile = Annotated[
    Path | None,
    typer.Option(
        metavar="FILE",
        help="Catalogue that lists the official sources; catalogue.toml or corpus/catalogue.toml here unless given.",
        show_default=False,
    ),
]
USUAL = (Path("catalogue.toml"), Path("corpus/catalogue.toml"))
From = Annotated[
    Path | None,
    typer.Option(
        "--from",
        metavar="DIR",
        help="Take the files from a folder, by sha256, instead of the network.",
        show_default=False,
    ),
]


def fetch(
    catalogue: CatalogueFile = None,
    from_: From = None,
    data: Data = None,
    settings: SettingsFile = None,
) -> int:
    """Fetches the official documents of the catalogue, each checked by sha256.

    A source without a sha256 is recorded in a lock file beside the catalogue when it is first fetched. Files
    that are there with the right sha256 are left alone. Exit code 1 if a document could not be fetched. The data folder
    is not touched: ingest what was fetched.

    Examples:

      assistant fetch

      assistant fetch --from ~/Downloads

      assistant fetch --catalogue policies/catalogue.toml
    """
    from ingest.downloads.download import DownloadLimits
    from ingest.downloads.fetch import fetch as fetch_documents

    catalogue = catalogue or _usual_catalogue()
    limits = DownloadLimits(max_mb=settings_of(data, settings).max_file_mb)
    with progress_bars() as tell:
        report = fetch_documents(catalogue, source=from_, limits=limits, progress=tell)
    for name, ids in (("fetched", report.fetched), ("there already", report.present), ("recorded", report.locked)):
        for edition_id in ids:
            print(f"{name}: {edition_id}")
    for failed in report.failed:
        print(f"not fetched: {failed.error}", file=sys.stderr)
    present = len(report.fetched) + len(report.present)
    print(
        f"{present} of {present + len(report.failed)} official documents are there; next: assistant ingest {catalogue.parent}"
    )
    return 1 if report.failed else 0


def _usual_catalogue() -> Path:
    """Returns the catalogue in the current folder. Raises ``UsageError`` where there is none."""
    catalogue = next((path for path in USUAL if path.is_file()), None)
    if catalogue is None:
        raise UsageError("There is no catalogue in this folder. Name the one that lists the sources: --catalogue FILE.")
    return catalogue
