"""``assistant eval report`` and ``compare``."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from assistant.cli.eval_run import (
    Outcomes,
    QuestionFiles,
    SplitName,
    Workers,
    grade_set,
    grade_written_set,
    notice,
    selected_items,
)
from assistant.cli.options import Data, SettingsFile, Write, assistant_of, check_writing
from assistant.errors import UsageError

if TYPE_CHECKING:
    from assistant.bootstrap import Assistant
    from assistant.ports import Snapshot
    from evals.dataset.items import Item
    from evals.reporting.compare import Comparison
    from evals.reporting.measured import Measured
    from evals.scoring.graded import GradedQuestion
    from evals.scoring.ragas_scores import Score

Html = Annotated[Path, typer.Option("--html", metavar="FILE", help="Where the page goes.")]
Json = Annotated[Path | None, typer.Option("--json", metavar="FILE", help="Save the same as data.", show_default=False)]
Card = Annotated[
    bool,
    typer.Option(
        "--scorecard", help="Write the scorecard of the data folder, which ties these figures to what is served."
    ),
]


def report(
    questions: QuestionFiles = None,
    split: SplitName = None,
    outcomes: Outcomes = None,
    workers: Workers = 1,
    html: Html = Path("report.html"),
    json_file: Json = None,
    scorecard: Card = False,
    write: Write = False,
    data: Data = None,
    settings: SettingsFile = None,
) -> int:
    """Asks a set and writes one page that a policy owner can decide by; with --scorecard, ties the release to it.

    A scorecard needs a set whose documents are indexed here. Questions that the policy team marked are refused.

    With a chat model in the settings (judge), ragas's judged scores are added, with its name. With --write the set is
    asked twice, and quoted and written answers are shown side by side; the scorecard holds the quoted ones.

    Examples:

      assistant eval report --split development --data data/real --html development.html

      assistant eval report --questions ours.yaml --outcomes ours.jsonl --html ours.html --scorecard
    """
    from evals.reporting.measured import measure

    items, assistant = selected_items(questions, split), assistant_of(data, settings)
    check_writing(assistant.settings, write)
    _check(items, assistant, scorecard)
    graded, crashed = grade_set(items, assistant, outcomes, workers, "eval report")
    written, more = grade_written_set(items, assistant, outcomes, workers, "eval report --write") if write else ((), 0)
    title = ", ".join(each.stem for each in questions) if questions else (split or "own documents")
    with assistant.opened() as snapshot:
        scores = _scores(graded, snapshot, assistant)
        measured = measure(title, graded, snapshot, assistant.resources, date.today(), scores, crashed + more, written)
    _save(measured, html, json_file)
    if scorecard:
        _lock(measured, assistant)
    return 1 if measured.crashed else 0


def _check(items: tuple[Item, ...], assistant: Assistant, scorecard: bool) -> None:
    """Raises ``UsageError`` for questions that no report may rest on, and for a scorecard of a set about other documents."""
    from evals.dataset.measurable import check_measurable, check_no_marked

    check_no_marked(items)
    if scorecard:
        with assistant.opened() as snapshot:
            check_measurable(items, snapshot)


def _save(measured: Measured, html: Path, json_file: Path | None) -> None:
    from evals.reporting.measured import as_object
    from evals.reporting.page import page

    html.write_text(page(measured), encoding="utf-8")
    print(f"{html}: {measured.wrong} wrong of {measured.asked}, at most {measured.wrong_upper:.1%} (95 % confidence)")
    if json_file is not None:
        json_file.write_text(json.dumps(as_object(measured), indent=1) + "\n", encoding="utf-8")
        print(json_file)


def _lock(measured: Measured, assistant: Assistant) -> None:
    """Writes the scorecard. Raises ``UsageError`` where some questions ended with a fault."""
    from assistant.operations.scorecard import path_of, sign
    from evals.reporting.measured import scorecard_of

    if measured.crashed:
        raise UsageError("No scorecard: some questions ended with a fault. Fix that and run it again.")
    sign(assistant.settings, scorecard_of(measured))
    print(f"{path_of(assistant.settings)}: scorecard written")


def _scores(graded: tuple[GradedQuestion, ...], snapshot: Snapshot, assistant: Assistant) -> tuple[Score, ...]:
    from evals.scoring.ragas_scores import is_installed, judged, model_free, samples_of

    if not is_installed():
        notice("ragas is not installed, so its scores are left out: pip install 'policy-assistant[evals]'")
        return ()
    samples, judge = samples_of(graded, snapshot), assistant.settings.judge
    return (*model_free(samples), *(judged(samples, judge, assistant.embedder) if judge else ()))


Before = Annotated[Path, typer.Argument(metavar="A", help="Grades of the earlier run.")]
After = Annotated[Path, typer.Argument(metavar="B", help="Grades of the later run.")]


def compare(before: Before, after: After) -> int:
    """Shows what changed from run A to run B, question by question, and whether it is more than chance.

    A and B are files of `assistant eval run --marks`. The exit code is 1 where there are more wrong answers or
    leaks, or another measure is worse beyond chance (paired bootstrap, 95 %).

    Examples:

      assistant eval run --marks after.json

      assistant eval compare evals/reporting/baseline.json after.json
    """
    from evals.reporting.compare import compare as compared
    from evals.reporting.compare import load_grades

    comparison = compared(load_grades(before), load_grades(after))
    for line in _lines(comparison):
        print(line)
    return 1 if comparison.is_worse else 0


def _lines(comparison: Comparison) -> list[str]:
    lines = [f"worse   {name}: {measure}" for name, measure in comparison.worse]
    lines += [f"better  {name}: {measure}" for name, measure in comparison.better]
    if comparison.only_one:
        lines.append(f"only in one of the two: {', '.join(comparison.only_one)}")
    for measure, gain in comparison.gains:
        if gain.value is not None:
            lines.append(
                f"{measure:<9} {gain.value:+.3f} (95 %: {gain.low:+.3f} to {gain.high:+.3f}; {gain.of} compared)"
            )
    return [*lines, "worse" if comparison.is_worse else "not worse"]
