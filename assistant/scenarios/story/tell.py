"""Tells a story: ``choose | plot | people | days | tell``. The same seed, request and grammar give the same story."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from assistant.model.scenario import CLOSING_MINUTES, OPENING_MINUTES, Length, Person, ScenarioRequest, Setting, Slot
from assistant.scenarios.grammar.fragments import Cast, filled, parts_in, varied
from assistant.scenarios.grammar.seeded_random import SeededRandom
from assistant.scenarios.grammar.themes import Fragment, Grammar, Theme
from assistant.scenarios.story.days import days_of
from assistant.scenarios.story.people import people_of
from assistant.scenarios.story.plot import STAGES, plot, stages_of, used
from assistant.scenarios.story.request import Chosen, choose

TITLES = {
    Slot.OPENING: "How it comes to light",
    Slot.SIGNS: "What else there is",
    Slot.VOICE: "What the child says and shows",
    Slot.DILEMMA: "Something to decide",
    Slot.TURN: "Something changes",
    Slot.LATER: "Some weeks on",
}
MINUTES = {Length.BRIEF: 12, Length.SHORT: 12, Length.MEDIUM: 15, Length.LONG: 18}
"""Minutes of a stage: reading, talking, and comparing with what the documents say."""


@dataclass(frozen=True, slots=True)
class Told:
    """One stage as it is told."""

    slot: Slot
    title: str
    day: date
    text: str
    questions: tuple[str, ...]
    expects: tuple[str, ...]
    fragments: Mapping[Slot, str]


@dataclass(frozen=True, slots=True)
class Story:
    """A story before the documents are asked."""

    request: ScenarioRequest
    theme: Theme
    setting: Setting
    people: tuple[Person, ...]
    """Those who are named in it, the child first."""
    roles: tuple[str, ...]
    stages: tuple[Told, ...]
    minutes: int
    """Of one stage."""

    @property
    def used(self) -> frozenset[str]:
        """Returns its fragments, each "slot/id", for a set without repeats."""
        return used({slot: name for stage in self.stages for slot, name in stage.fragments.items()})


def tell(
    request: ScenarioRequest,
    grammar: Grammar,
    avoided: Collection[str] = (),
    names: Collection[str] = (),
) -> Story:
    """Returns the story of a request.

    Args:
        request: What is wanted; seeds differ, stories differ.
        grammar: What stories are made of.
        avoided: Fragments, each "slot/id", that are not to be used again.
        names: First names that are not to be used again.

    Raises:
        UsageError: The request asks for what there is not, or nothing is left that was not used.
    """
    chosen = choose(request, grammar)
    fragments = plot(chosen.request, chosen.theme, chosen.band, chosen.agencies, grammar, avoided)
    people = people_of(chosen.theme, chosen.band, grammar, chosen.chance, names)
    words = Cast(people, chosen.setting, _other(chosen, grammar)).words()
    plan = stages_of(chosen.request)
    days = days_of([slots[0] for slots in plan], chosen.chance)
    seed = request.people_seed
    stages = tuple(_told(slots, day, fragments, words, seed) for slots, day in zip(plan, days, strict=True))
    named = frozenset({"child"}).union(*(parts_in(each.text) for each in fragments.values()))
    shown = tuple(person for part, person in people.items() if part in named)
    roles = tuple(f"{role} ({grammar.agency(a).title})" for a in chosen.agencies for role in grammar.agency(a).room)
    return Story(
        chosen.request, chosen.theme, chosen.setting, shown, roles, stages, MINUTES[chosen.request.length]
    )  # fmt: skip


def usual_minutes(length: Length) -> int:
    """Returns how long a session of a length takes where nothing changes the picture."""
    return len(STAGES[length, False]) * MINUTES[length] + OPENING_MINUTES + CLOSING_MINUTES


def _told(
    slots: Sequence[Slot], day: date, fragments: Mapping[Slot, Fragment], words: Mapping[str, str], seed: int
) -> Told:
    own = fragments[slots[0]]
    order = sorted(slots, key=list(Slot).index)
    paragraphs = [_filled(fragments[slot], seed, words) for slot in order]
    questions = tuple(filled(each, words) for each in own.questions)
    names = {slot: fragments[slot].id for slot in order}
    return Told(slots[0], TITLES[slots[0]], day, "\n\n".join(paragraphs), questions, own.expects, names)


def _filled(fragment: Fragment, seed: int, words: Mapping[str, str]) -> str:
    chance = SeededRandom(f"{seed}/{fragment.id}")
    text = varied(fragment.text, lambda options, place: chance.one(options, place))
    return filled(text, words)


def _other(chosen: Chosen, grammar: Grammar) -> str:
    """Returns what a professional of another agency in the room is called; children's social care where there is none."""
    others = [each for each in chosen.agencies if each != chosen.place.agency] or ["social_care"]
    return grammar.agency(chosen.chance.one(others, "other")).other[chosen.band]
