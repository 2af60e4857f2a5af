"""``assistant eval validate``, ``run`` and ``stages``, with what they share with ``report``."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from assistant.cli.options import Data, SettingsFile, Write, assistant_of, check_writing
from assistant.cli.progress import progress_bars
from assistant.errors import UsageError

if TYPE_CHECKING:
    from assistant.bootstrap import Assistant
    from evals.dataset.items import Item
    from evals.scoring.graded import GradedQuestion

Files = Annotated[
    list[Path] | None, typer.Argument(metavar="[FILE]...", help="Question files (default: the curated ones).")
]


def validate(files: Files = None, data: Data = None, settings: SettingsFile = None) -> int:
    """Checks that every gold quote is on its page, ids are unique and splits do not share a work.

    Quotes of editions that are not indexed in the data folder cannot be checked; these editions are named.

    Examples:

      assistant eval validate

      assistant eval validate my-questions.yaml
    """
    from evals.dataset.items import curated, load_all
    from evals.dataset.validate import faults

    items = load_all(files or curated())
    with assistant_of(data, settings).opened() as snapshot:
        lines, unchecked = faults(items, snapshot)
    for line in lines:
        print(line)
    if unchecked:
        print(f"not checked, since not indexed here: {', '.join(sorted(unchecked))}")
    print(f"{len(items)} questions, {len(lines)} faults")
    return 1 if lines else 0


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
    typer.Option(
        metavar="FILE", help="Save one JSON line per question; a stopped run is resumed from it.", show_default=False
    ),
]
Workers = Annotated[int, typer.Option(min=1, max=64, help="Processes that ask at the same time.")]
Marks = Annotated[
    Path | None,
    typer.Option(metavar="FILE", help="Save the grades, for `assistant eval compare`.", show_default=False),
]


def selected_items(questions: list[Path] | None, split: str | None) -> tuple[Item, ...]:
    """Returns the questions that the options name. Raises ``UsageError`` where there is none."""
    from evals.dataset.items import curated, load_all

    items = load_all(questions or (curated() if split else curated("own")))
    chosen = tuple(each for each in items if split is None or each.split == split)
    if not chosen:
        raise UsageError(f"No question to ask: there is none in split {split!r}.")
    return chosen


def grade_set(
    items: tuple[Item, ...],
    assistant: Assistant,
    outcomes: Path | None,
    workers: int,
    command: str,
    *,
    is_written: bool = False,
) -> tuple[tuple[GradedQuestion, ...], int]:
    """Asks the questions with a progress bar; returns them graded, and how many ended with a fault."""
    from evals.dataset.split_access_log import LOG, log_opening
    from evals.scoring.graded import grade_all
    from evals.scoring.leaks import leaks_elsewhere
    from evals.scoring.run import ask_all

    with assistant.opened() as snapshot:
        if log_opening(items, command, assistant.resources.fingerprint(snapshot)):
            notice(f"The report split is opened; {LOG.name} records it.")
    with progress_bars() as bars:
        progress = (lambda done, total: bars("ask", done, total)) if bars else None
        lines = ask_all(items, assistant, outcomes, workers, progress, is_written=is_written)
    for name, fault in lines.crashed:
        notice(f"{name}: {fault}")
    elsewhere = leaks_elsewhere(items, assistant)
    with assistant.opened() as snapshot:
        return grade_all(items, lines.by_id, snapshot, assistant.resources, elsewhere), len(lines.crashed)


def grade_written_set(
    items: tuple[Item, ...], assistant: Assistant, outcomes: Path | None, workers: int, command: str
) -> tuple[tuple[GradedQuestion, ...], int]:
    """Asks the questions again with the language model writing; the outcomes go beside the others (``.written``)."""
    written = outcomes.with_suffix(f".written{outcomes.suffix}") if outcomes else None
    return grade_set(items, assistant, written, workers, command, is_written=True)


def notice(text: str) -> None:
    """Prints a line on standard error."""
    typer.echo(text, err=True)


def run(
    questions: QuestionFiles = None,
    split: SplitName = None,
    outcomes: Outcomes = None,
    workers: Workers = 1,
    marks: Marks = None,
    write: Write = False,
    data: Data = None,
    settings: SettingsFile = None,
) -> int:
    """Asks every question of a set and prints the figures, each with its count and interval.

    The default is the set over the project's own documents (corpus and evals/dataset/documents). Questions about
    documents that are not indexed in the data folder count too, mostly as refusals, so ingest the documents first. A question
    that ends with a fault is named and not counted, and the exit code is 1. With --write the set is asked twice, quoted and
    written, and the figures are printed side by side.

    Examples:

      assistant eval run

      assistant eval run --questions my-questions.yaml --outcomes out.jsonl --workers 2

      assistant eval run --split development --data data/real
    """
    from evals.reporting.modes import side_by_side
    from evals.reporting.summary import summary

    items = selected_items(questions, split)
    assistant = assistant_of(data, settings)
    check_writing(assistant.settings, write)
    graded, crashed = grade_set(items, assistant, outcomes, workers, "eval run")
    if marks is not None:
        _save_grades(graded, assistant, marks)
    if not write:
        print(summary(graded))
        return 1 if crashed else 0
    written, more = grade_written_set(items, assistant, outcomes, workers, "eval run --write")
    print(side_by_side(graded, written))
    return 1 if crashed or more else 0


def _save_grades(graded: tuple[GradedQuestion, ...], assistant: Assistant, path: Path) -> None:
    from datetime import date

    from evals.reporting.compare import saved_grades

    with assistant.opened() as snapshot:
        grades = saved_grades(graded, assistant.resources.fingerprint(snapshot), date.today().isoformat())
    path.write_text(grades.model_dump_json(indent=1) + "\n", encoding="utf-8")


StageName = Annotated[
    str | None,
    typer.Option("--stage", metavar="NAME", help="Only this: screen, retrieve, answerable, extract, verify."),
]


def stages(
    stage: StageName = None,
    questions: QuestionFiles = None,
    split: SplitName = None,
    data: Data = None,
    settings: SettingsFile = None,
) -> int:
    """Measures each stage alone, on its own input and labels, so that a fault is found where it is.

    Examples:

      assistant eval stages --split development --data data/real

      assistant eval stages --stage verify
    """
    from evals.reporting.stages import STAGES, measure_stage

    names = [stage] if stage else list(STAGES)
    if unknown := [name for name in names if name not in STAGES]:
        raise UsageError(f"There is no stage {unknown[0]!r}; there are: {', '.join(STAGES)}.")
    items = selected_items(questions, split)
    if any(item.split == "report" for item in items):
        raise UsageError("Stages are for development: they do not open the report split. Choose another --split.")
    assistant = assistant_of(data, settings)
    with assistant.opened() as snapshot:
        for name in names:
            for measure, figure in measure_stage(name, items, snapshot, assistant.resources):
                print(f"{name:<11} {measure:<52} {figure}")
    return 0
