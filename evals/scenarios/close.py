"""How close stories are to the indexed learning reviews, and whether near copies of reviews are caught."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from assistant.model import Kind
from assistant.model.scenario import ScenarioRequest, Slot
from assistant.scenarios.make import Maker
from assistant.scenarios.story.closeness import Close, closest
from assistant.scenarios.story.tell import Told, tell

SEEDS = range(0, 8000, 331)
SHORTEST = 40
"""Words of a passage that is copied."""
LEFT_OUT = 5
"""One word in so many is left out of a copy."""


@dataclass(frozen=True, slots=True)
class Closeness:
    """How close stories and near copies are to reviews."""

    stories: tuple[Close, ...]
    copies: tuple[Close, ...]


def closeness(maker: Maker) -> Closeness | None:
    """Returns how close stories of every theme, and near copies of reviews, are to them; None where no review is indexed."""
    if not any(each.kind is Kind.LEARNING_REVIEW for each in maker.answering):
        return None
    return Closeness(tuple(_stories(maker)), tuple(_copies(maker)))


def _stories(maker: Maker) -> Iterator[Close]:
    for theme in maker.grammar.themes:
        for seed in SEEDS:
            story = tell(ScenarioRequest(theme.theme_id, seed=seed), maker.grammar)
            embedder = maker.asks.resources.embedder
            found = closest(story.stages, story.people, maker.snapshot, maker.answering, embedder)
            if found is not None:
                yield found


def _copies(maker: Maker) -> Iterator[Close]:
    for edition in maker.answering:
        if edition.kind is not Kind.LEARNING_REVIEW:
            continue
        for passage in maker.snapshot.passages_of(edition.edition_id):
            words = passage.text.split()
            if len(words) >= SHORTEST:
                copy = " ".join(word for place, word in enumerate(words) if place % LEFT_OUT)
                stage = Told(Slot.OPENING, "", date.min, copy, (), (), {})
                found = closest([stage], (), maker.snapshot, [edition], maker.asks.resources.embedder)
                if found is not None:
                    yield found
