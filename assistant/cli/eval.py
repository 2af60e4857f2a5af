"""``assistant eval``: measuring."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from assistant.cli.options import Data, SettingsFile, assistant_of
from assistant.cli.progress import progress_bars
from assistant.errors import UsageError

app = typer.Typer(
    no_args_is_help=True,
    rich_markup_mode=None,
    help="""Measures the assistant against question sets.

    Example:

      assistant eval validate

      assistant eval run --questions my-questions.jsonl --outcomes out.jsonl""",
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


QuestionFiles = Annotated[
    list[Path] | None,
    typer.Option(metavar="FILE", help="Question file, YAML or JSONL; may be repeated.", show_default=False),
]
SplitName = Annotated[
    str | None,
    typer.Option(metavar="NAME", help="Only this split: report, development, calibration.", show_default=False),
]
Outcomes = Annotated[
    Path | None,
    typer.Option(metavar="FILE", help="Keep one JSON line per question; a stopped run goes on.", show_default=False),
]


@app.command("run")
def run(
    questions: QuestionFiles = None,
    split: SplitName = None,
    outcomes: Outcomes = None,
    data: Data = None,
    settings: SettingsFile = None,
) -> int:
    """Asks every question of a set and prints the figures, each with its count and interval.

    The default is the set over the project's own documents. Questions whose editions are not indexed in the data
    folder count as they come out, so ingest their documents first.

    Examples:

      assistant eval run

      assistant eval run --questions my-questions.yaml --outcomes out.jsonl

      assistant eval run --split development --data data/real
    """
    from evals.items import curated, load_all
    from evals.run import run as ask_all
    from evals.summary import summary

    items = load_all(questions or (curated() if split else curated("own")))
    chosen = tuple(each for each in items if split is None or each.split == split)
    if not chosen:
        raise UsageError(f"No question to ask: there is none of split {split!r}.")
    assistant = assistant_of(data, settings)
    with assistant.opened() as snapshot, progress_bars() as bars:
        tell = (lambda done, total: bars("ask", done, total)) if bars else None
        asked = ask_all(chosen, snapshot, assistant.tools, outcomes, tell)
    print(summary(asked))
    return 0
