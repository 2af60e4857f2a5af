"""Tells a story: request, fragments, people, days, text. The same seed, request and grammar give the same story."""

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
from assistant.scenarios.story.plot import STAGES, choose_fragments, fragment_keys, stages_of
from assistant.scenarios.story.request import ResolvedRequest, resolve_request

TITLES = {
    Slot.OPENING: "How it comes to light",
    Slot.SIGNS: "What else there is",
    Slot.VOICE: "What the child says and shows",
    Slot.DILEMMA: "Something to decide",
    Slot.TURN: "Something changes",
    Slot.LATER: "Some weeks on",
}
MINUTES = {Length.BRIEF: 12, Length.SHORT: 12, Length.MEDIUM: 15, Length.LONG: 18}
"""Minutes of a stage: reading, discussing, and comparing with the documents."""


@dataclass(frozen=True, slots=True)
class ToldStage:
    """One stage of a story, as text."""

    slot: Slot
    title: str
    day: date
    text: str
    questions: tuple[str, ...]
    expects: tuple[str, ...]
    fragments: Mapping[Slot, str]


@dataclass(frozen=True, slots=True)
class Story:
    """A story before the documents are searched for expectations."""

    request: ScenarioRequest
    theme: Theme
    setting: Setting
    people: tuple[Person, ...]
    """People named in it, the child first."""
    roles: tuple[str, ...]
    stages: tuple[ToldStage, ...]
    minutes: int
    """Minutes of one stage."""

    @property
    def fragment_keys(self) -> frozenset[str]:
        """Returns its fragments, each "slot/id", to avoid repeats in a set."""
        return fragment_keys({slot: name for stage in self.stages for slot, name in stage.fragments.items()})


def tell_story(
    request: ScenarioRequest,
    grammar: Grammar,
    avoided: Collection[str] = (),
    names: Collection[str] = (),
) -> Story:
    """Returns the story of a request.

    Args:
        request: The request; another seed gives another story.
        grammar: The grammar.
        avoided: Fragments, each "slot/id", that must not be used again.
        names: First names that must not be used again.

    Raises:
        UsageError: The request names something that does not exist, or no unused fragment is left.
    """
    resolved = resolve_request(request, grammar)
    fragments = choose_fragments(resolved.request, resolved.theme, resolved.band, resolved.agencies, grammar, avoided)
    people = people_of(resolved.theme, resolved.band, grammar, resolved.chance, names)
    words = Cast(people, resolved.setting, _other(resolved, grammar)).words()
    plan = stages_of(resolved.request)
    days = days_of([slots[0] for slots in plan], resolved.chance)
    seed = request.people_seed
    stages = tuple(_told_stage(slots, day, fragments, words, seed) for slots, day in zip(plan, days, strict=True))
    named = frozenset({"child"}).union(*(parts_in(each.text) for each in fragments.values()))
    shown = tuple(person for part, person in people.items() if part in named)
    roles = tuple(f"{role} ({grammar.agency(a).title})" for a in resolved.agencies for role in grammar.agency(a).room)
    return Story(
        resolved.request, resolved.theme, resolved.setting, shown, roles, stages, MINUTES[resolved.request.length]
    )  # fmt: skip


def usual_minutes(length: Length) -> int:
    """Returns how many minutes a session of this length takes without a twist."""
    return len(STAGES[length, False]) * MINUTES[length] + OPENING_MINUTES + CLOSING_MINUTES


def _told_stage(
    slots: Sequence[Slot], day: date, fragments: Mapping[Slot, Fragment], words: Mapping[str, str], seed: int
) -> ToldStage:
    own = fragments[slots[0]]
    order = sorted(slots, key=list(Slot).index)
    paragraphs = [_filled(fragments[slot], seed, words) for slot in order]
    questions = tuple(filled(each, words) for each in own.questions)
    names = {slot: fragments[slot].id for slot in order}
    return ToldStage(slots[0], TITLES[slots[0]], day, "\n\n".join(paragraphs), questions, own.expects, names)


def _filled(fragment: Fragment, seed: int, words: Mapping[str, str]) -> str:
    chance = SeededRandom(f"{seed}/{fragment.id}")
    text = varied(fragment.text, lambda options, place: chance.one(options, place))
    return filled(text, words)


def _other(resolved: ResolvedRequest, grammar: Grammar) -> str:
    """Returns how a professional of another agency in the room is called; children's social care where there is none."""
    others = [each for each in resolved.agencies if each != resolved.place.agency] or ["social_care"]
    return grammar.agency(resolved.chance.one(others, "other")).other[resolved.band]
