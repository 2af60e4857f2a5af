"""How close stories are to the indexed learning reviews, and whether near copies of reviews are caught."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from assistant.model import Kind
from assistant.model.scenario import ScenarioRequest, Slot
from assistant.scenarios.make import ScenarioContext
from assistant.scenarios.story.closeness import ClosestPassage, closest_passage
from assistant.scenarios.story.tell import ToldStage, tell_story

SEEDS = range(0, 8000, 331)
SHORTEST = 40
"""Words of a passage that is copied."""
LEFT_OUT = 5
"""One word in so many is left out of a copy."""


@dataclass(frozen=True, slots=True)
class Closeness:
    """How close stories and near copies are to reviews."""

    stories: tuple[ClosestPassage, ...]
    copies: tuple[ClosestPassage, ...]


def closeness(maker: ScenarioContext) -> Closeness | None:
    """Returns how close stories of every theme, and near copies of reviews, are to them; None where no review is indexed."""
    if not any(each.kind is Kind.LEARNING_REVIEW for each in maker.answering):
        return None
    return Closeness(tuple(_stories(maker)), tuple(_copies(maker)))


def _stories(maker: ScenarioContext) -> Iterator[ClosestPassage]:
    for theme in maker.grammar.themes:
        for seed in SEEDS:
            story = tell_story(ScenarioRequest(theme.theme_id, seed=seed), maker.grammar)
            embedder = maker.embedder
            found = closest_passage(story.stages, story.people, maker.snapshot, maker.answering, embedder)
            if found is not None:
                yield found


def _copies(maker: ScenarioContext) -> Iterator[ClosestPassage]:
    for edition in maker.answering:
        if edition.kind is not Kind.LEARNING_REVIEW:
            continue
        for passage in maker.snapshot.passages_of(edition.edition_id):
            words = passage.text.split()
            if len(words) >= SHORTEST:
                copy = " ".join(word for place, word in enumerate(words) if place % LEFT_OUT)
                stage = ToldStage(Slot.OPENING, "", date.min, copy, (), (), {})
                found = closest_passage([stage], (), maker.snapshot, [edition], maker.embedder)
                if found is not None:
                    yield found
