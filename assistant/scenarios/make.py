"""Makes a scenario: tells a story, keeps it far from real reviews, looks up expectations, puts it together."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date

from assistant.coverage.questions.probes import ProbeContext
from assistant.editions.library_view import LibraryView
from assistant.editions.notices import edition_notices
from assistant.errors import TooClose
from assistant.model import Edition
from assistant.model.coverage import ImportedQuestion
from assistant.model.scenario import MOST_SEEDS, Scenario, ScenarioRequest, Slot, Stage
from assistant.ports import Embedder, QuestionStore, Snapshot
from assistant.scenarios.expectations import (
    StoryExpectations,
    citations_in,
    expectations_for,
    open_points_of,
    pitfalls_of,
)
from assistant.scenarios.grammar.seeded_random import SeededRandom
from assistant.scenarios.grammar.themes import Grammar
from assistant.scenarios.story.closeness import closest_passage
from assistant.scenarios.story.plot import fragment_keys
from assistant.scenarios.story.tell import Story, tell_story

MOST_EXPECTED = 3
"""Expectations of a stage."""
MOST_NOTES = 4
MOST_REDRAWS = 5
"""How many stories are drawn before giving up because all are too close to an indexed review."""
STEP, SET_STEP = 7919, 104_729
"""Primes added to a seed for the next try, and for the next scenario of a set."""
AUDIENCE = "trainers"
SOURCE = "scenario"


@dataclass(frozen=True, slots=True)
class ScenarioContext:
    """What scenarios are made from, for one reader over one generation of the library."""

    grammar: Grammar
    view: LibraryView
    probe_context: ProbeContext

    @property
    def snapshot(self) -> Snapshot:
        """The library."""
        return self.view.snapshot

    @property
    def answering(self) -> tuple[Edition, ...]:
        """The editions in force that the reader may see."""
        return self.view.answering()

    @property
    def embedder(self) -> Embedder:
        """The embedder of the library."""
        return self.probe_context.resources.embedder


def make_scenario(
    request: ScenarioRequest, context: ScenarioContext, avoided: Collection[str] = (), names: Collection[str] = ()
) -> Scenario:
    """Returns a scenario; its gaps are not saved.

    A story too close to an indexed learning review is drawn again from the next seed, a few times.

    Raises:
        UsageError: The request names something that does not exist.
        TooClose: Every story drawn was too close to a review.
    """
    story = _story_far_from_reviews(request, context, avoided, names)
    answering = context.answering
    questions = [stage.expects for stage in story.stages]
    expected = expectations_for(
        questions, story.theme, MOST_EXPECTED, context.snapshot, answering, context.probe_context
    )
    return _scenario(story, expected, context, answering)


def make_set(
    request: ScenarioRequest, count: int, themes: Sequence[str], context: ScenarioContext
) -> Iterator[Scenario]:
    """Yields the scenarios of a course; no fragment and no name is used twice.

    Args:
        request: The request for each; its theme is used where ``themes`` is empty.
        count: Number of scenarios.
        themes: Themes, taken in turn.
        context: What they are made from.

    Raises:
        UsageError: Not enough unused fragments or names are left.
    """
    avoided: set[str] = set()
    names: set[str] = set()
    for place in range(count):
        theme = themes[place % len(themes)] if themes else request.theme
        seed = (request.seed + place * SET_STEP) % MOST_SEEDS
        scenario = make_scenario(replace(request, theme=theme, seed=seed), context, avoided, names)
        avoided |= fragment_keys(scenario.fragments)
        names |= {person.name for person in scenario.people}
        yield scenario


def variant_for_group(
    scenario: Scenario, number: int, context: ScenarioContext, names: Collection[str] = ()
) -> Scenario:
    """Returns the scenario for another group: the same decision to make, with other people, place, days and events.

    Args:
        scenario: The first group's scenario.
        number: 1 for the second group, and so on.
        context: What it is made from.
        names: First names of earlier groups, not to be used again.
    """
    kept: dict[Slot, str] = {slot: name for slot, name in scenario.fragments.items() if slot is Slot.DILEMMA}
    avoided = fragment_keys(scenario.fragments) - fragment_keys(kept)
    request = replace(scenario.request, variant=number, kept=kept, place=None)
    return make_scenario(request, context, avoided, {*names, *(person.name for person in scenario.people)})


def report_gaps(scenario: Scenario, store: QuestionStore, on: date) -> int:
    """Saves a scenario's gaps as questions of the coverage report; returns how many are new."""
    existing = {each.question for each in store.imported() if each.source == SOURCE}
    new = [gap.asks for gap in scenario.gaps if gap.asks not in existing]
    return store.add_imported(ImportedQuestion(each, on.isoformat(), AUDIENCE, SOURCE) for each in new)


def _story_far_from_reviews(
    request: ScenarioRequest, context: ScenarioContext, avoided: Collection[str], names: Collection[str]
) -> Story:
    for turn in range(MOST_REDRAWS):
        seed = (request.seed + turn * STEP) % MOST_SEEDS if turn else request.seed
        story = tell_story(replace(request, seed=seed), context.grammar, avoided, names)
        close = closest_passage(story.stages, story.people, context.snapshot, context.answering, context.embedder)
        if close is None or not close.is_too_close:
            return story
    assert close is not None
    raise TooClose(
        f"Every story drawn is too close to {close.edition.title}: a family could recognise itself. Choose another "
        "seed, setting or age."
    )


def _scenario(
    story: Story, expected: StoryExpectations, context: ScenarioContext, answering: Sequence[Edition]
) -> Scenario:
    chance = SeededRandom(f"{story.request.seed}/{story.theme.theme_id}/{story.request.variant}/notes")
    snapshot, theme, probe_context = context.snapshot, story.theme, context.probe_context
    pitfalls, note = pitfalls_of(theme, chance, snapshot, answering, probe_context)
    known = (*context.view.visible(), *context.view.known())
    cited = citations_in(expected.expectations, pitfalls)
    covered = {aim for each in expected.expectations for aim in each.aims}
    title = context.grammar.aim_title
    return Scenario(
        request=story.request,
        title=f"{theme.title}: {story.people[0].name}, {story.people[0].role} ({story.setting.title})",
        theme_title=theme.title,
        content_note=theme.content_note,
        setting=story.setting,
        people=story.people,
        roles=story.roles,
        stages=_stages(story, expected),
        expectations=expected.expectations,
        pitfalls=pitfalls,
        pitfalls_note=note,
        open_points=open_points_of(theme, chance, snapshot, answering, probe_context),
        gaps=expected.gaps,
        notes=chance.order(theme.notes, "order")[:MOST_NOTES],
        aims=tuple(each.title for each in context.grammar.world.aim if each.id in covered),
        aims_missed=tuple(title(each) for each in story.request.aims if each not in covered),
        notices=edition_notices([each.edition for each in cited], known, context.view.at),
        grammar=context.grammar.digest,
        fingerprint=probe_context.resources.fingerprint(snapshot),
    )


def _stages(story: Story, expected: StoryExpectations) -> tuple[Stage, ...]:
    return tuple(
        Stage(
            number, each.slot, each.title, each.day, story.minutes, each.text, each.questions, numbers, each.fragments
        )
        for number, (each, numbers) in enumerate(zip(story.stages, expected.by_stage, strict=True), start=1)
    )
