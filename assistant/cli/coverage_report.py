"""``assistant coverage report`` and ``assistant coverage decide``."""

from __future__ import annotations

import json
import sys
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from assistant.cli.coverage import AsJson, app
from assistant.cli.coverage_output import head, part_of, view_of
from assistant.cli.options import Data, SettingsFile, assistant_of
from assistant.cli.progress import progress_bars
from assistant.errors import UsageError

if TYPE_CHECKING:
    from assistant.coverage.decisions import JudgedPart
    from assistant.model.coverage import CoverageRun

__all__ = ["app"]

BY = "local"
"""Who decides at this command line, as the audit log calls it."""


@app.command("report")
def report(
    xlsx: Annotated[Path | None, typer.Option("--xlsx", metavar="FILE", help="Write every finding as a workbook.")] = None,
    html: Annotated[Path | None, typer.Option("--html", metavar="FILE", help="Write a report to read and to print.")] = None,
    as_json: AsJson = False, data: Data = None, settings: SettingsFile = None,
) -> None:  # fmt: skip
    """Makes the whole report: what each part counts, what changed since the last time, the worst first.

    The counts are kept, so that the next report can say what changed.

    Examples:

      assistant coverage report

      assistant coverage report --xlsx coverage.xlsx --html coverage.html
    """
    from assistant.coverage.files.html import as_html
    from assistant.coverage.files.tables import as_xlsx
    from assistant.coverage.report import make_all, run_of

    assistant = assistant_of(data, settings)
    now = datetime.now(UTC)
    with assistant.opened() as snapshot, progress_bars() as bars:
        view = view_of(snapshot)
        parts = make_all(view, assistant.asks(bars), assistant.coverage_store.decisions())
        run = run_of(parts, view, now)
    before = next(iter(assistant.coverage_store.runs(scope=run.scope, limit=1)), None)
    assistant.coverage_store.add_run(run)
    if xlsx is not None:
        xlsx.write_bytes(as_xlsx(parts))
    if html is not None:
        html.write_text(as_html(parts, now), encoding="utf-8")
    _give(parts, before, as_json)
    for path, what in ((xlsx, "every finding, a sheet each part"), (html, "every finding, to read and to print")):
        if path is not None:
            print(f"{path}: {what}", file=sys.stderr)


def _give(parts: tuple[JudgedPart, ...], before: CoverageRun | None, as_json: bool) -> None:
    from assistant.coverage.files.json import part_object
    from assistant.coverage.report import changes_since

    changed = changes_since(parts, before)
    if as_json:
        since = before.at.isoformat() if before else None
        found = {"since": since, "changed": changed, "parts": [part_object(each) for each in parts]}
        print(json.dumps(found, ensure_ascii=False, indent=2))
        return
    for each in parts:
        head(each)
        for name, by in changed.get(each.part.name, {}).items():
            print(f"    since {before.at.date() if before else ''}: {by:+d} {name.replace('_', ' ')}")
        print()


@app.command("decide")
def decide(
    part: Annotated[str, typer.Argument(metavar="PART", help="Such as duties.")],
    key: Annotated[str, typer.Argument(metavar="KEY", help="The finding's key, or its beginning, as --json and --csv show it.")],
    state: Annotated[str, typer.Argument(metavar="STATE", help="What the finding is held to be.")],
    note: Annotated[str, typer.Option("--note", metavar="TEXT", help="Why.")] = "",
    between: Annotated[list[str] | None, typer.Option("--edition", metavar="ID", help="For diff: the two editions, in order.")] = None,
    data: Data = None, settings: SettingsFile = None,
) -> None:  # fmt: skip
    """Keeps what you decide of a finding: who, when and why. It is honoured until one of the two texts changes.

    Examples:

      assistant coverage decide duties 3f0c9a1b covered --note "Our arrangements, section 4"

      assistant coverage decide diff 77ab to_act --edition kcsie-2024 --edition kcsie-2025
    """
    from assistant.coverage.decisions import decision_on

    assistant = assistant_of(data, settings)
    with assistant.opened() as snapshot:
        found = part_of(part, assistant, view_of(snapshot), tuple(between or ()))
    keys = [each.row.key for each in found.rows if each.row.key.startswith(key)]
    if len(keys) > 1 and key not in keys:
        raise UsageError(f"{key}: {len(keys)} findings begin so. Give more of the key.")
    whole = key if key in keys else next(iter(keys), key)
    assistant.coverage_store.decide(decision_on(found.part, whole, state, note, BY, datetime.now(UTC)))
    print(f"{part} {whole[:16]}: {state.replace('_', ' ')}")
