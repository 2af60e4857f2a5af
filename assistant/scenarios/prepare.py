"""Asks every question that scenarios may ask, so that drawing a scenario later takes a moment."""

from __future__ import annotations

from dataclasses import dataclass

from assistant.coverage.questions.probes import Probe, run_probes
from assistant.model import Kind
from assistant.scenarios.make import ScenarioContext


@dataclass(frozen=True, slots=True)
class ThemeAnswers:
    """How much of one theme the documents answer."""

    theme_id: str
    expectations: int
    answered: int
    """Expectation questions that the documents answer."""
    pitfalls: int
    """Pitfall questions that a learning review answers."""


def prepare(context: ScenarioContext) -> tuple[ThemeAnswers, ...]:
    """Returns how much of each theme the documents answer; a run stopped by the progress callback keeps its answers."""
    snapshot, answering = context.snapshot, context.answering
    has_reviews = any(each.kind is Kind.LEARNING_REVIEW for each in answering)
    themes = context.grammar.themes
    probes = [Probe(each.asks) for theme in themes for each in theme.expectation]
    probes += [Probe(each.asks) for theme in themes for each in theme.unanswered]
    of_reviews = [Probe(each.asks, Kind.LEARNING_REVIEW) for theme in themes for each in theme.pitfall if has_reviews]
    endings = run_probes([*probes, *of_reviews], snapshot, answering, context.probe_context).endings
    is_answered = {probe: ending.is_answered for probe, ending in endings.items()}
    return tuple(
        ThemeAnswers(
            theme.theme_id,
            len(theme.expectation),
            sum(is_answered.get(Probe(each.asks), False) for each in theme.expectation),
            sum(is_answered.get(Probe(each.asks, Kind.LEARNING_REVIEW), False) for each in theme.pitfall),
        )
        for theme in themes
    )
