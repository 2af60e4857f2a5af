"""``assistant eval marked``."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from assistant.cli.options import Data, SettingsFile, assistant_of
from assistant.errors import UsageError

Out = Annotated[Path, typer.Option("--out", metavar="FILE", help="Where the questions go, JSONL.")]
Force = Annotated[bool, typer.Option("--force", help="Replace the file that is there.")]


def marked(
    out: Out = Path("marked.jsonl"), force: Force = False, data: Data = None, settings: SettingsFile = None
) -> int:
    """Writes the questions that the policy team marked on the page, as a question file of the split marked.

    They serve calibration and regression (`calibrate`, `run`, `compare`); `report` refuses them. A question is stored for
    records.days, so keep the file: its words are masked, and they are still what people asked.

    Examples:

      assistant eval marked --out marked.jsonl

      assistant eval run --questions marked.jsonl --marks after.json
    """
    from assistant.quality.labels import as_lines, labelled

    if out.exists() and not force:
        raise UsageError(f"{out}: there is a file already. Use --force to replace it, or --out to name another file.")
    assistant = assistant_of(data, settings)
    with assistant.opened() as snapshot:
        works = {str(each.edition_id): each.work for each in snapshot.editions()}
    rows = labelled(assistant.quality_store.marked(), works) if assistant.has_records else ()
    out.write_text(as_lines(rows), encoding="utf-8")
    print(f"{out}: {len(rows)} marked questions")
    return 0
