"""Asks everything that scenarios may ask, once for a set of documents: later scenarios take a moment."""

from __future__ import annotations

from dataclasses import dataclass

from assistant.coverage.questions.probes import Probe, run_probes
from assistant.model import Kind
from assistant.scenarios.make import Maker


@dataclass(frozen=True, slots=True)
class Prepared:
    """What the documents say to one theme."""

    theme_id: str
    expectations: int
    answered: int
    """Expectations that the documents answer."""
    pitfalls: int
    """Pitfalls that a learning review answers."""


def prepare(maker: Maker) -> tuple[Prepared, ...]:
    """Returns what the documents say to each theme; ``maker.asks.tell`` is told and may stop it, what was asked stays."""
    snapshot, answering = maker.snapshot, maker.answering
    has_reviews = any(each.kind is Kind.LEARNING_REVIEW for each in answering)
    themes = maker.grammar.themes
    wanted = [Probe(each.asks) for theme in themes for each in theme.expectation]
    wanted += [Probe(each.asks) for theme in themes for each in theme.unanswered]
    reviews = [Probe(each.asks, Kind.LEARNING_REVIEW) for theme in themes for each in theme.pitfall if has_reviews]
    endings = run_probes([*wanted, *reviews], snapshot, answering, maker.asks).endings
    ends = {each: ending.is_answered for each, ending in endings.items()}
    return tuple(
        Prepared(
            theme.theme_id,
            len(theme.expectation),
            sum(ends.get(Probe(each.asks), False) for each in theme.expectation),
            sum(ends.get(Probe(each.asks, Kind.LEARNING_REVIEW), False) for each in theme.pitfall),
        )
        for theme in themes
    )
