"""Chooses the fragments of a story: which slots there are, what fits, and far apart for different seeds."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from functools import lru_cache

from assistant.errors import UsageError
from assistant.model.scenario import Band, Difficulty, Length, ScenarioRequest, Slot
from assistant.scenarios.grammar.seeded_random import SeededRandom, apart
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
"""The stages by length and whether something changes the picture."""
LEVELS = {Difficulty.EASY: (1, 2), Difficulty.MEDIUM: (1, 2, 3), Difficulty.HARD: (2, 3)}
"""Which fragments each difficulty draws from."""
FEWEST_SERVING = 3
"""Fragments that have to serve the aims, so that seeds still differ."""
ORDER = tuple(Slot)
"""The places of the code, so that a slot has the same place in every length."""


def has_twist(request: ScenarioRequest) -> bool:
    """Returns whether something changes the picture: as asked, else in hard scenarios that have room for it."""
    if request.has_twist is None:
        return request.difficulty is Difficulty.HARD and has_room(request.length)
    return request.has_twist


def has_room(length: Length) -> bool:
    """Returns whether a story of a length has room for something that changes the picture."""
    return (length, True) in STAGES


def stages_of(request: ScenarioRequest) -> tuple[tuple[Slot, ...], ...]:
    """Returns for each stage the slots that it is told from, in the order of telling; its own slot is the first.

    The household is told with the opening, what records hold with the second stage, and what presses with the dilemma,
    unless the scenario is easy and long enough without.
    """
    slots = STAGES[request.length, has_twist(request)]
    needs_more = request.length in (Length.BRIEF, Length.SHORT)
    found = []
    for place, slot in enumerate(slots):
        more: tuple[Slot, ...] = (Slot.HOUSEHOLD,) if slot is Slot.OPENING else (Slot.HISTORY,) if place == 1 else ()
        if slot is Slot.DILEMMA and (request.difficulty is not Difficulty.EASY or needs_more):
            more = (*more, Slot.PRESSURE)
        found.append((slot, *more))
    return tuple(found)


def plot(
    request: ScenarioRequest,
    theme: Theme,
    band: Band,
    agencies: Sequence[str],
    grammar: Grammar,
    avoided: Collection[str] = (),
) -> dict[Slot, Fragment]:
    """Returns a fragment for every slot of a story.

    Args:
        request: What is wanted; what it keeps stays.
        theme: The theme.
        band: Age of the child.
        agencies: Who is in the room.
        grammar: The fragments.
        avoided: Ids of fragments, each "slot/id", that are not to be used again.

    Raises:
        UsageError: A fragment to keep is not there or does not fit, or nothing is left that was not used.
    """
    slots = [slot for stage in stages_of(request) for slot in stage]
    options = {
        slot: serving(fitting(grammar.fragments(theme, slot), request, band, agencies), request.aims, theme)
        for slot in slots
    }
    size = min(len(each) for each in options.values())
    if size < 2:
        raise UsageError(f"{theme.title}: too few fragments fit {band.value} with {', '.join(agencies)}. Ask for less.")
    classes, q = apart(request.seed, size, len(ORDER))
    wanted = {slot: (classes[ORDER.index(slot)] + request.variant) % q for slot in slots}
    chance = SeededRandom(f"{request.seed}/{theme.theme_id}/{request.variant}")
    return {
        slot: _kept(grammar.fragments(theme, slot), slot, request.kept[slot])
        if slot in request.kept
        else _drawn(_ordered(options[slot], slot, theme), slot, wanted[slot], q, avoided, chance, theme)
        for slot in slots
    }


def used(fragments: Mapping[Slot, str]) -> frozenset[str]:
    """Returns fragments (slot to id) as they are named where they are not to be used again: each "slot/id"."""
    return frozenset(f"{slot}/{name}" for slot, name in fragments.items())


def _drawn(
    ordered: Sequence[Fragment],
    slot: Slot,
    wanted: int,
    q: int,
    avoided: Collection[str],
    chance: SeededRandom,
    theme: Theme,
) -> Fragment:
    """Returns one of the fragments of a class, one of any where none of the class is left."""
    free = [(place, each) for place, each in enumerate(ordered) if f"{slot}/{each.id}" not in avoided]
    if not free:
        raise UsageError(f"{theme.title}: no {slot.value} is left that was not used. Ask for fewer at a time.")
    mine = [each for place, each in free if place % q == wanted]
    return chance.one(mine or [each for _, each in free], slot)


def fitting(
    fragments: Sequence[Fragment], request: ScenarioRequest, band: Band, agencies: Sequence[str]
) -> tuple[Fragment, ...]:
    """Returns the fragments that go with a request."""
    levels = LEVELS[request.difficulty]
    return tuple(
        each
        for each in fragments
        if (not each.bands or band in each.bands)
        and each.level in levels
        and all(need in agencies for need in each.needs)
    )


def serving(fragments: tuple[Fragment, ...], aims: Sequence[str], theme: Theme) -> tuple[Fragment, ...]:
    """Returns those fragments that serve one of the aims, all where there is no aim or too few serve any."""
    served = {each.id for each in theme.expectation if set(each.aims) & set(aims)}
    found = tuple(each for each in fragments if served & set(each.expects))
    return found if len(found) >= FEWEST_SERVING else fragments


def _ordered(fragments: tuple[Fragment, ...], slot: Slot, theme: Theme) -> list[Fragment]:
    """Returns fragments in the order of their classes: those that go with every age first, alike for every age."""
    return sorted(fragments, key=lambda each: (bool(each.bands or each.needs), _rank(theme.theme_id, slot, each.id)))


@lru_cache(maxsize=4096)
def _rank(theme_id: str, slot: Slot, name: str) -> int:
    return SeededRandom(theme_id).number(1 << 60, slot, name)


def _kept(fragments: Sequence[Fragment], slot: Slot, name: str) -> Fragment:
    found = next((each for each in fragments if each.id == name), None)
    if found is None:
        raise UsageError(f"{slot.value}: no fragment {name} to keep. Draw the scenario anew.")
    return found
