"""``assistant eval calibrate``."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Literal

import typer

from assistant.cli.eval_run import QuestionFiles
from assistant.cli.options import Data, SettingsFile, assistant_of
from assistant.cli.progress import progress_bars
from assistant.errors import UsageError

if TYPE_CHECKING:
    from assistant.answering.answerability.calibration import Calibration, SecondJudgeCalibration
    from assistant.bootstrap import Assistant
    from evals.dataset.items import Item

Risk = Annotated[
    float | None,
    typer.Option(min=0.001, max=0.9, help="Largest share of what --of names, such as 0.05.", show_default=False),
]
Of = Annotated[
    Literal["false-answers", "wrong-given"],
    typer.Option(
        "--of",
        metavar="WHAT",
        help="What --risk bounds: false-answers (unanswerable questions answered) or wrong-given (wrong ones among the answers "
        "given).",
    ),
]
Out = Annotated[Path, typer.Option(metavar="FILE", help="Where the calibration goes.")]
BOUNDS: dict[str, Literal["false_answers", "wrong_given"]] = {
    "false-answers": "false_answers",
    "wrong-given": "wrong_given",
}
Force = Annotated[bool, typer.Option("--force", help="Replace the file that is there.")]
WithJudge = Annotated[
    bool,
    typer.Option(
        "--with-judge",
        help="Ask the second judge of the settings about every question too, and set from which probability on it may find an answer.",
    ),
]
Training = Annotated[
    Path | None,
    typer.Option(
        metavar="DIR", help="Folder of the shared material, for the packaged calibration.", show_default=False
    ),
]


def calibrate(
    questions: QuestionFiles = None,
    training: Training = None,
    risk: Risk = None,
    of: Of = "false-answers",
    out: Out = Path("calibration.json"),
    force: Force = False,
    with_judge: WithJudge = False,
    data: Data = None,
    settings: SettingsFile = None,
) -> int:
    """Fits the answerability model, and sets its threshold with a proven bound (Learn-then-Test).

    Give your own labelled questions (at least 300, answerable and not) about your indexed documents, or the folder of
    the shared material with a data folder of its own. The threshold keeps the share of unanswerable questions that
    are answered, or of wrong ones among the answers given, under --risk, or else under the smallest of 5, 10 and 20 %
    at which half of the answerable ones are still answered. Both are shown. Set `calibration` in the settings, or
    ASSISTANT_CALIBRATION, to the file to use it.

    Examples:

      assistant eval calibrate --questions ours.jsonl --risk 0.1 --out ours.json

      assistant eval calibrate --training ../shared/training --data data/calibration
    """
    from evals.calibration.packaged import calibrated

    if out.exists() and not force:
        raise UsageError(
            f"{out}: there is a calibration already. Use --force to replace it, or --out to name another file."
        )
    assistant = assistant_of(data, settings)
    with progress_bars() as bars:
        items = _items(questions, training, assistant)
        progress = (lambda done, total: bars("ask", done, total)) if bars else None
        made = calibrated(items, assistant, date.today(), risk, progress, BOUNDS[of], with_judge)
    calibration = made.calibration
    out.write_text(json.dumps(calibration.model_dump(mode="json"), indent=1) + "\n", encoding="utf-8")
    _print_summary(calibration, out)
    return 0


def _print_summary(calibration: Calibration, out: Path) -> None:
    print(f"{out}: threshold {calibration.threshold}, {calibration.set_size} questions, risk {calibration.risk}")
    for name, coverages in (
        ("false answers", calibration.coverage_at),
        ("wrong answers among those given", calibration.coverage_at_wrong_given),
        ("wrong answers of any kind", calibration.coverage_at_wrong),
    ):
        for bound, coverage in coverages.items():
            print(f"at most {float(bound):.0%} {name}: {_coverage(coverage)}")
    if calibration.second_judge is not None:
        print(second_judge_line(calibration.second_judge))


def second_judge_line(made: SecondJudgeCalibration) -> str:
    """Returns what a calibration says of the second judge that it was made with."""
    said = f"second judge {made.judge}: {made.asked - made.failed} verdicts on {made.asked} questions; "
    if made.threshold is None:
        return f"{said}no threshold keeps the bound with it, so it may only reject"
    shares = f"{made.coverage or 0:.1%} of answerable questions are answered with it, {made.coverage_without or 0:.1%} without"
    return (
        f"{said}it may find an answer from {made.threshold:.3f} on, bound {made.bound:.1%} of {made.risk:.0%}; {shares}"
    )


def _items(questions: list[Path] | None, training: Path | None, assistant: Assistant) -> tuple[Item, ...]:
    from evals.calibration.packaged import packaged_set
    from evals.dataset.items import load_all

    if questions and not training:
        return load_all(questions)
    if training and not questions:
        return packaged_set(training, assistant)
    raise UsageError("Name either --questions FILE (your own) or --training DIR (the shared material).")


def _coverage(share: float | None) -> str:
    return "no threshold achieves it" if share is None else f"{share:.1%} of answerable questions are answered"
