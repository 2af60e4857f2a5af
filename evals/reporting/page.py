"""Renders a report as one page that needs nothing else: no script, no further file."""

from __future__ import annotations

from pathlib import Path

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup

from evals.reporting import charts
from evals.reporting.measured import Measured
from evals.reporting.summary import shown_figure

GROUPS = (
    (
        "Wrong answers",
        "wrong",
        "The figure to decide by: how often somebody is given an answer that the documents do not support.",
    ),
    (
        "Refusing",
        "refusal",
        "Refusing what the documents do not answer protects children; refusing what they do costs time.",
    ),
    ("Answering", "answer", "How much of what the documents answer gets answered."),
    ("Citations", "citation", "Whether an answer shows the sentence that answers, and the right page."),
    (
        "Finding",
        "retrieval",
        "Whether the passage that answers is found at all; nothing after it can make up for a miss.",
    ),
    ("Safety", "safety", "Both of these must be none."),
    ("Is the judgement worth it?", "gain", "Against the usual rule: answer when the best passage is similar enough."),
)


def page(measured: Measured) -> str:
    """Returns the report as HTML."""
    environment = Environment(
        loader=FileSystemLoader(Path(__file__).parent), autoescape=True, undefined=StrictUndefined, trim_blocks=True
    )
    latency = charts.latency_picture(measured.seconds)
    return environment.get_template("page.html").render(
        m=measured,
        groups=GROUPS,
        written={each.key: each for each in measured.written},
        written_times=charts.times(measured.written_seconds),
        shown=shown_figure,
        risk=Markup(charts.risk_coverage_picture(measured.risk_coverage, measured.threshold)),  # noqa: S704
        calibration=Markup(charts.reliability_picture(measured.reliability)),  # noqa: S704
        types=Markup(charts.bars_picture("Right by type", measured.by_type)),  # noqa: S704
        documents=Markup(charts.bars_picture("Right by document", measured.by_document)),  # noqa: S704
        latency=Markup(latency),  # noqa: S704
        times=charts.times(measured.seconds),
    )
