"""Sums up a run as a table that a policy owner can read; every figure with its count and interval."""

from __future__ import annotations

from collections.abc import Sequence

from evals.scoring.figures import Figure, figures
from evals.scoring.graded import GradedQuestion
from evals.scoring.metrics import Mean, Share


def summary(graded: Sequence[GradedQuestion]) -> str:
    """Returns the figures of a run as a Markdown table; figures without any question are left out."""
    lines = "\n".join(f"| {each.text} | {shown_figure(each)} |" for each in figures(graded) if each.of)
    return f"| measure | figure |\n|---|---|\n{lines}\n"


def shown_figure(figure: Figure) -> str:
    """Returns a figure as text."""
    if figure.count is None:
        return shown_mean(Mean(figure.of, figure.value, figure.low, figure.high))
    return shown(Share(figure.count, figure.of, figure.value, figure.low, figure.high))


def shown(found: Share) -> str:
    """Returns a share as text with its count and exact interval."""
    if found.value is None or found.low is None or found.high is None:
        return "none counted"
    return f"{found.count} of {found.of}, {found.value:.1%} (95 %: {found.low:.1%} to {found.high:.1%})"


def shown_mean(found: Mean) -> str:
    """Returns a mean as text with its count and bootstrap interval."""
    if found.value is None or found.low is None or found.high is None:
        return "none counted"
    return f"{found.value:.3f} (95 %: {found.low:.3f} to {found.high:.3f}; {found.of} counted)"
