"""``assistant corpus``."""

from __future__ import annotations

import shutil
from pathlib import Path
from typing import Annotated

import typer

from assistant.cli.siblings import folder_of
from assistant.errors import UsageError

To = Annotated[Path, typer.Argument(metavar="DIR", help="A new folder.")]


def corpus(folder: To = Path("corpus")) -> None:
    """Writes the project's own documents with their catalogue to a new folder, to ingest and to fetch into.

    They are summaries and a model policy in our own words: good for a first look, no authority.

    Examples:

      assistant corpus

      assistant corpus ~/policies && assistant ingest ~/policies
    """
    own = folder_of("corpus")
    if folder.exists():
        raise UsageError(f"{folder}: is there already. Name a new folder.")
    shutil.copytree(own, folder, ignore=shutil.ignore_patterns("official", "__pycache__"))
    print(f"{folder}: {len(list(folder.glob('*.md')))} documents with a catalogue; next: assistant ingest {folder}")
