"""The same set asked both ways, quoted and written, with the same figures side by side."""

from __future__ import annotations

from collections.abc import Sequence

from evals.reporting.charts import times
from evals.reporting.summary import shown_figure
from evals.scoring.figures import Figure, figures
from evals.scoring.graded import Asked
from evals.scoring.grading import answer_of
from evals.scoring.metrics import share


def written_share(asked: Sequence[Asked]) -> Figure:
    """Returns how many answers of a run a language model wrote; the others quote, since it failed or was not asked."""
    answers = [answer for each in asked if (answer := answer_of(each.outcome)) is not None]
    found = share(sum(each.get("mode") == "written" for each in answers), len(answers))
    text = "Answers that the language model wrote; the others are quotes"
    return Figure("written", "answer", text, found.count, found.of, found.value, found.low, found.high)


def side_by_side(quoted: Sequence[Asked], written: Sequence[Asked]) -> str:
    """Returns the figures of both runs as a Markdown table, one column each."""
    theirs = {each.key: each for each in figures(written)}
    lines = [
        f"| {each.text} | {shown_figure(each)} | {shown_figure(theirs[each.key]) if each.key in theirs else '–'} |"
        for each in figures(quoted)
        if each.of
    ]
    own = written_share(written)
    lines.append(f"| {own.text} | – | {shown_figure(own)} |")
    lines.append(f"| Time | {times([e.seconds for e in quoted])} | {times([e.seconds for e in written])} |")
    return "\n".join(("| measure | quoted | written |", "|---|---|---|", *lines, ""))
