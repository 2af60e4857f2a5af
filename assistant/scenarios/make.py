"""The line of a scenario: ``tell | compare | expect | gather``. Everything cited passed the gate of every answer."""

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
from assistant.ports import QuestionStore, Snapshot
from assistant.scenarios.expectations import Said, citations_in, open_points_of, pitfalls_of, said_to
from assistant.scenarios.grammar.seeded_random import SeededRandom
from assistant.scenarios.grammar.themes import Grammar
from assistant.scenarios.story.closeness import closest
from assistant.scenarios.story.plot import used
from assistant.scenarios.story.tell import Story, tell

MOST_EXPECTED = 3
"""Expectations of a stage."""
MOST_NOTES = 4
REDRAWN = 5
"""How often a story too close to an indexed review is drawn anew before that is said."""
STEP, SET_STEP = 7919, 104_729
"""Primes that lead from a seed to that of the next try or of the next scenario of a set."""
AUDIENCE = "trainers"
SOURCE = "scenario"


@dataclass(frozen=True, slots=True)
class Maker:
    """What scenarios are made with, for one reader over one generation."""

    grammar: Grammar
    view: LibraryView
    asks: ProbeContext

    @property
    def snapshot(self) -> Snapshot:
        """The library."""
        return self.view.snapshot

    @property
    def answering(self) -> tuple[Edition, ...]:
        """The editions in force that the reader may see."""
        return self.view.answering()


def make(
    request: ScenarioRequest, maker: Maker, avoided: Collection[str] = (), names: Collection[str] = ()
) -> Scenario:
    """Returns a scenario, its gaps unkept.

    A story that stands too close to an indexed learning review is drawn anew from the next seed, a few times.

    Raises:
        UsageError: The request asks for what there is not.
        TooClose: Every try stood too close to a review.
    """
    story = _far_from_reviews(request, maker, avoided, names)
    answering = maker.answering
    expected = [stage.expects for stage in story.stages]
    said = said_to(expected, story.theme, MOST_EXPECTED, maker.snapshot, answering, maker.asks)
    return _gathered(story, said, maker, answering)


def make_set(request: ScenarioRequest, count: int, themes: Sequence[str], maker: Maker) -> Iterator[Scenario]:
    """Yields scenarios of a whole course: no fragment and no name comes twice.

    Args:
        request: What is wanted of each; its theme counts where no others are named.
        count: How many.
        themes: Themes in turn.
        maker: What they are made with.

    Raises:
        UsageError: There is not enough that was not used.
    """
    avoided: set[str] = set()
    names: set[str] = set()
    for place in range(count):
        theme = themes[place % len(themes)] if themes else request.theme
        seed = (request.seed + place * SET_STEP) % MOST_SEEDS
        scenario = make(replace(request, theme=theme, seed=seed), maker, avoided, names)
        avoided |= used(scenario.fragments)
        names |= {person.name for person in scenario.people}
        yield scenario


def variant_of(scenario: Scenario, number: int, maker: Maker, names: Collection[str] = ()) -> Scenario:
    """Returns the scenario for another group: the same decision to take, with other people, place, days and events.

    Args:
        scenario: That of the first group.
        number: 1 for the second group, and so on.
        maker: What it is made with.
        names: First names of earlier groups, which are not to be used again either.
    """
    kept: dict[Slot, str] = {slot: name for slot, name in scenario.fragments.items() if slot is Slot.DILEMMA}
    avoided = used(scenario.fragments) - used(kept)
    wanted = replace(scenario.request, variant=number, kept=kept, place=None)
    return make(wanted, maker, avoided, {*names, *(person.name for person in scenario.people)})


def tell_coverage(scenario: Scenario, store: QuestionStore, on: date) -> int:
    """Keeps what the documents lack for a scenario among the questions of the coverage report; returns how many are new."""
    there = {each.question for each in store.imported() if each.source == SOURCE}
    new = [gap.asks for gap in scenario.gaps if gap.asks not in there]
    return store.add_imported(ImportedQuestion(each, on.isoformat(), AUDIENCE, SOURCE) for each in new)


def _far_from_reviews(
    request: ScenarioRequest, maker: Maker, avoided: Collection[str], names: Collection[str]
) -> Story:
    for turn in range(REDRAWN):
        seed = (request.seed + turn * STEP) % MOST_SEEDS if turn else request.seed
        story = tell(replace(request, seed=seed), maker.grammar, avoided, names)
        close = closest(story.stages, story.people, maker.snapshot, maker.answering, maker.asks.resources.embedder)
        if close is None or not close.is_too_close:
            return story
    assert close is not None
    raise TooClose(
        f"Every story drawn stands too close to {close.edition.title}: a family could recognise itself. Choose another "
        "seed, setting or age."
    )


def _gathered(story: Story, said: Said, maker: Maker, answering: Sequence[Edition]) -> Scenario:
    chance = SeededRandom(f"{story.request.seed}/{story.theme.theme_id}/{story.request.variant}/notes")
    snapshot, asks, theme = maker.snapshot, maker.asks, story.theme
    pitfalls, note = pitfalls_of(theme, chance, snapshot, answering, asks)
    everything = (*maker.view.visible(), *maker.view.known())
    cited = citations_in(said.expectations, pitfalls)
    covered = {aim for each in said.expectations for aim in each.aims}
    title = maker.grammar.aim_title
    return Scenario(
        request=story.request,
        title=f"{theme.title}: {story.people[0].name}, {story.people[0].role} ({story.setting.title})",
        theme_title=theme.title,
        content_note=theme.content_note,
        setting=story.setting,
        people=story.people,
        roles=story.roles,
        stages=_stages(story, said),
        expectations=said.expectations,
        pitfalls=pitfalls,
        pitfalls_note=note,
        open_points=open_points_of(theme, chance, snapshot, answering, asks),
        gaps=said.gaps,
        notes=chance.order(theme.notes, "order")[:MOST_NOTES],
        aims=tuple(each.title for each in maker.grammar.world.aim if each.id in covered),
        aims_missed=tuple(title(each) for each in story.request.aims if each not in covered),
        notices=edition_notices([each.edition for each in cited], everything, maker.view.at),
        grammar=maker.grammar.digest,
        fingerprint=asks.resources.fingerprint(snapshot),
    )


def _stages(story: Story, said: Said) -> tuple[Stage, ...]:
    return tuple(
        Stage(
            number, each.slot, each.title, each.day, story.minutes, each.text, each.questions, numbers, each.fragments
        )
        for number, (each, numbers) in enumerate(zip(story.stages, said.by_stage, strict=True), start=1)
    )
