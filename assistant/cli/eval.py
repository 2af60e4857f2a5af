"""``assistant eval``: its commands, in the order in which help lists them."""

from __future__ import annotations

import typer

from assistant.cli.eval_calibrate import calibrate
from assistant.cli.eval_marked import marked
from assistant.cli.eval_report import compare, report
from assistant.cli.eval_run import run, stages, validate
from assistant.cli.eval_verifier import verifier

app = typer.Typer(
    no_args_is_help=True,
    rich_markup_mode=None,
    help="""Measures the assistant against question sets.

    Example:

      assistant eval validate

      assistant eval run --questions my-questions.jsonl --outcomes out.jsonl

      assistant eval report --questions my-questions.jsonl --html report.html --scorecard""",
)
app.command("validate")(validate)
app.command("run")(run)
app.command("stages")(stages)
app.command("report")(report)
app.command("compare")(compare)
app.command("calibrate")(calibrate)
app.command("marked")(marked)
app.command("verifier")(verifier)
