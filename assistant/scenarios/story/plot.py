"""Chooses the fragments of a story: which slots it has and what fits, far apart for different seeds."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from functools import lru_cache

from assistant.errors import UsageError
from assistant.model.scenario import Band, Difficulty, Length, ScenarioRequest, Slot
from assistant.scenarios.grammar.seeded_random import SeededRandom, spread_classes
from assistant.scenarios.grammar.themes import Fragment, Grammar, Theme

STAGES: Mapping[tuple[Length, bool], tuple[Slot, ...]] = {
    (Length.BRIEF, False): (Slot.OPENING, Slot.DILEMMA),
    (Length.SHORT, False): (Slot.OPENING, Slot.VOICE, Slot.DILEMMA),
    (Length.SHORT, True): (Slot.OPENING, Slot.DILEMMA, Slot.TURN),
    (Length.MEDIUM, False): (Slot.OPENING, Slot.SIGNS, Slot.VOICE, Slot.DILEMMA),
    (Length.MEDIUM, True): (Slot.OPENING, Slot.SIGNS, Slot.VOICE, Slot.DILEMMA, Slot.TURN),
    (Length.LONG, False): (Slot.OPENING, Slot.SIGNS, Slot.VOICE, Slot.DILEMMA, Slot.LATER),
    (Length.LONG, True): (Slot.OPENING, Slot.VOICE, Slot.DILEMMA, Slot.TURN, Slot.LATER),
}
"""The stages by length, and whether there is a twist."""
LEVELS = {Difficulty.EASY: (1, 2), Difficulty.MEDIUM: (1, 2, 3), Difficulty.HARD: (2, 3)}
"""Fragment levels of each difficulty."""
FEWEST_SERVING = 3
"""Least fragments that serve the aims for the choice to be limited to them, so that seeds still differ."""
ORDER = tuple(Slot)
"""Index of each slot in the class numbers, the same for every length."""


def has_twist(request: ScenarioRequest) -> bool:
    """Returns whether there is a twist: as requested, otherwise in hard scenarios that have room for one."""
    if request.has_twist is None:
        return request.difficulty is Difficulty.HARD and has_room_for_twist(request.length)
    return request.has_twist


def has_room_for_twist(length: Length) -> bool:
    """Returns whether a story of this length has room for a twist."""
    return (length, True) in STAGES


def stages_of(request: ScenarioRequest) -> tuple[tuple[Slot, ...], ...]:
    """Returns the slots of each stage, the stage's own slot first.

    The household is added to the opening, the history to the second stage, and the pressure to the dilemma,
    unless the scenario is easy and long enough without.
    """
    slots = STAGES[request.length, has_twist(request)]
    needs_more = request.length in (Length.BRIEF, Length.SHORT)
    stages = []
    for place, slot in enumerate(slots):
        more: tuple[Slot, ...] = (Slot.HOUSEHOLD,) if slot is Slot.OPENING else (Slot.HISTORY,) if place == 1 else ()
        if slot is Slot.DILEMMA and (request.difficulty is not Difficulty.EASY or needs_more):
            more = (*more, Slot.PRESSURE)
        stages.append((slot, *more))
    return tuple(stages)


def choose_fragments(
    request: ScenarioRequest,
    theme: Theme,
    band: Band,
    agencies: Sequence[str],
    grammar: Grammar,
    avoided: Collection[str] = (),
) -> dict[Slot, Fragment]:
    """Returns a fragment for every slot of a story.

    Args:
        request: The request; fragments that it keeps stay.
        theme: The theme.
        band: Age of the child.
        agencies: Who is in the room.
        grammar: The fragments.
        avoided: Fragments, each "slot/id", that must not be used again.

    Raises:
        UsageError: A fragment to keep is missing, or no unused fragment is left.
    """
    slots = [slot for stage in stages_of(request) for slot in stage]
    options = {
        slot: serving(fitting(grammar.fragments(theme, slot), request, band, agencies), request.aims, theme)
        for slot in slots
    }
    size = min(len(each) for each in options.values())
    if size < 2:
        raise UsageError(f"{theme.title}: too few fragments fit {band.value} with {', '.join(agencies)}. Ask for less.")
    classes, q = spread_classes(request.seed, size, len(ORDER))
    wanted = {slot: (classes[ORDER.index(slot)] + request.variant) % q for slot in slots}
    chance = SeededRandom(f"{request.seed}/{theme.theme_id}/{request.variant}")
    return {
        slot: _kept_fragment(grammar.fragments(theme, slot), slot, request.kept[slot])
        if slot in request.kept
        else _drawn_fragment(_ordered(options[slot], slot, theme), slot, wanted[slot], q, avoided, chance, theme)
        for slot in slots
    }


def fragment_keys(fragments: Mapping[Slot, str]) -> frozenset[str]:
    """Returns fragments (slot to id) as keys, each "slot/id"."""
    return frozenset(f"{slot}/{name}" for slot, name in fragments.items())


def _drawn_fragment(
    ordered: Sequence[Fragment],
    slot: Slot,
    wanted: int,
    q: int,
    avoided: Collection[str],
    chance: SeededRandom,
    theme: Theme,
) -> Fragment:
    """Returns one of the unused fragments of a class, or of any class where none of it is left."""
    free = [(place, each) for place, each in enumerate(ordered) if f"{slot}/{each.id}" not in avoided]
    if not free:
        raise UsageError(f"{theme.title}: no {slot.value} is left that was not used. Ask for fewer at a time.")
    of_class = [each for place, each in free if place % q == wanted]
    return chance.one(of_class or [each for _, each in free], slot)


def fitting(
    fragments: Sequence[Fragment], request: ScenarioRequest, band: Band, agencies: Sequence[str]
) -> tuple[Fragment, ...]:
    """Returns the fragments that fit a request."""
    levels = LEVELS[request.difficulty]
    return tuple(
        each
        for each in fragments
        if (not each.bands or band in each.bands)
        and each.level in levels
        and all(need in agencies for need in each.needs)
    )


def serving(fragments: tuple[Fragment, ...], aims: Sequence[str], theme: Theme) -> tuple[Fragment, ...]:
    """Returns the fragments that serve one of the aims, or all where there are no aims or too few serve any."""
    served = {each.id for each in theme.expectation if set(each.aims) & set(aims)}
    serving_aims = tuple(each for each in fragments if served & set(each.expects))
    return serving_aims if len(serving_aims) >= FEWEST_SERVING else fragments


def _ordered(fragments: tuple[Fragment, ...], slot: Slot, theme: Theme) -> list[Fragment]:
    """Returns fragments in class order: those that fit every age first, in the same order for every age."""
    return sorted(fragments, key=lambda each: (bool(each.bands or each.needs), _rank(theme.theme_id, slot, each.id)))


@lru_cache(maxsize=4096)
def _rank(theme_id: str, slot: Slot, name: str) -> int:
    return SeededRandom(theme_id).number(1 << 60, slot, name)


def _kept_fragment(fragments: Sequence[Fragment], slot: Slot, name: str) -> Fragment:
    fragment = next((each for each in fragments if each.id == name), None)
    if fragment is None:
        raise UsageError(f"{slot.value}: there is no fragment {name} to keep. Draw the scenario again.")
    return fragment
