"""``assistant eval``: measuring."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from assistant.cli.options import Data, SettingsFile, assistant_of

app = typer.Typer(
    no_args_is_help=True,
    rich_markup_mode=None,
    help="""Measures the assistant against question sets.

    Example:

      assistant eval validate""",
)
Files = Annotated[
    list[Path] | None, typer.Argument(metavar="[FILE]...", help="Question files (default: the curated ones).")
]


@app.command("validate")
def validate(files: Files = None, data: Data = None, settings: SettingsFile = None) -> int:
    """Proves that every gold quote stands on its page, ids are unique and splits do not share a work.

    Editions that are not indexed in the data folder are named and not proved.

    Examples:

      assistant eval validate

      assistant eval validate my-questions.yaml
    """
    from evals.items import curated, load_all
    from evals.validate import faults

    items = load_all(files or curated())
    with assistant_of(data, settings).opened() as snapshot:
        found, unproved = faults(items, snapshot)
    for line in found:
        print(line)
    if unproved:
        print(f"not proved, since not indexed here: {', '.join(sorted(unproved))}")
    print(f"{len(items)} questions, {len(found)} faults")
    return 1 if found else 0
