"""The same set asked both ways, quoted and written, with the same figures side by side."""

from __future__ import annotations

from collections.abc import Sequence

from evals.reporting.charts import times
from evals.reporting.summary import shown_figure
from evals.scoring.figures import Figure, figures
from evals.scoring.graded import GradedQuestion
from evals.scoring.grading import answer_of
from evals.scoring.metrics import share


def written_share(graded: Sequence[GradedQuestion]) -> Figure:
    """Returns how many answers of a run a language model wrote; the others quote."""
    answers = [answer for each in graded if (answer := answer_of(each.outcome)) is not None]
    rate = share(sum(each.get("mode") == "written" for each in answers), len(answers))
    text = "Answers that the language model wrote; the others are quotes"
    return Figure("written", "answer", text, rate.count, rate.of, rate.value, rate.low, rate.high)


def side_by_side(quoted: Sequence[GradedQuestion], written: Sequence[GradedQuestion]) -> str:
    """Returns the figures of both runs as a Markdown table, one column each."""
    other_figures = {each.key: each for each in figures(written)}
    lines = [
        f"| {each.text} | {shown_figure(each)} | {shown_figure(other_figures[each.key]) if each.key in other_figures else '–'} |"
        for each in figures(quoted)
        if each.of
    ]
    own = written_share(written)
    lines.append(f"| {own.text} | – | {shown_figure(own)} |")
    lines.append(f"| Time | {times([e.seconds for e in quoted])} | {times([e.seconds for e in written])} |")
    return "\n".join(("| measure | quoted | written |", "|---|---|---|", *lines, ""))
