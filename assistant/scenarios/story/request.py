"""What a trainer asks for, checked and filled in: a message says which word is not known and which there are."""

from __future__ import annotations

from dataclasses import dataclass, replace

from assistant.errors import UsageError
from assistant.model.scenario import MOST_SEEDS, Band, ScenarioRequest, Setting
from assistant.scenarios.grammar.lookup import first_ids, ids_of
from assistant.scenarios.grammar.seeded_random import SeededRandom
from assistant.scenarios.grammar.themes import Grammar, Place, Theme
from assistant.scenarios.story.plot import has_room, has_twist

USUAL = ("social_care", "police", "health")
"""Agencies in the room besides that of the setting, where none is named."""


@dataclass(frozen=True, slots=True)
class Chosen:
    """A request with everything decided that a story hangs on."""

    request: ScenarioRequest
    theme: Theme
    band: Band
    place: Place
    agencies: tuple[str, ...]
    chance: SeededRandom
    """Draws people and days as well."""

    @property
    def setting(self) -> Setting:
        """Returns the setting with what its people are called."""
        place = self.place
        return Setting(place.id, place.title, place.agency, place.place, place.worker, place.lead)


def choose(request: ScenarioRequest, grammar: Grammar) -> Chosen:
    """Returns what is wanted with the age band, the setting and the agencies drawn where they are not named.

    Raises:
        UsageError: A theme, agency, setting, band or aim is not known, they do not go together, the seed is no seed, or a
            twist is asked for where there is no room for it.
    """
    request = _known(request, grammar)
    theme = next(each for each in grammar.themes if each.id == request.theme)
    if not 0 <= request.seed < MOST_SEEDS:
        raise UsageError(f"{request.seed}: not a seed. It is a whole number from 0 to {MOST_SEEDS - 1}.")
    if request.has_twist and not has_room(request.length):
        raise UsageError(
            f"A {request.length.value} scenario has no room for a twist. Ask for a longer one, or for none."
        )
    chance = SeededRandom(f"{request.people_seed}/{theme.theme_id}/{request.variant}")
    pairs = _pairs(request, theme, grammar)
    if not pairs:
        raise UsageError(_why_none(request, theme, grammar))
    band = chance.one(list(dict.fromkeys(band for band, _ in pairs)), "band")
    place = chance.one([each for at, each in pairs if at is band], "place")
    agencies = request.agencies or _usual(place, band, grammar)
    filled = replace(
        request, agencies=agencies, place=place.id, band=band, has_twist=has_twist(request), kept=dict(request.kept)
    )
    return Chosen(filled, theme, band, place, agencies, chance)


def _known(request: ScenarioRequest, grammar: Grammar) -> ScenarioRequest:
    """Returns a request with the ids of what it names; a setting stays as it was written, as it may stand for several."""
    world = grammar.world
    theme, *_ = ids_of("theme", request.theme, grammar.themes)
    if request.place:
        ids_of("setting", request.place, world.place)
    agencies = first_ids("agency", request.agencies, world.agency)
    return replace(request, theme=theme, agencies=agencies, aims=first_ids("aim", request.aims, world.aim))


def _pairs(request: ScenarioRequest, theme: Theme, grammar: Grammar) -> list[tuple[Band, Place]]:
    """Returns every age band with a setting that a request allows."""
    bands = [each for each in theme.bands if request.band in (None, each)]
    rooms = [grammar.agency(each) for each in request.agencies]
    owners = {each.agency for each in grammar.world.place} & set(request.agencies)
    places = ids_of("setting", request.place, grammar.world.place) if request.place else ()
    return [
        (band, place)
        for band in bands
        if all(band in agency.bands for agency in rooms)
        for place in grammar.world.place
        if band in place.bands
        and (not places or place.id in places)
        and (not theme.settings or place.id in theme.settings)
        and (not owners or place.agency in owners)
    ]


def _why_none(request: ScenarioRequest, theme: Theme, grammar: Grammar) -> str:
    named = ", ".join(request.agencies) or "any agency"
    age = request.band.value if request.band else "any age"
    there = [each for each in grammar.world.place if any(band in theme.bands for band in each.bands)]
    fitting = [f"{e.id} ({e.agency}; {', '.join(b.value for b in e.bands if b in theme.bands)})" for e in there]
    asked = ", ".join((named, age, *((request.place,) if request.place else ())))
    return (
        f"{theme.title}: no setting goes with {asked}. Where an agency that has settings is in the room, the setting is "
        f"one of its own. Settings of this theme (agency; age bands): {'; '.join(fitting)}."
    )


def _usual(place: Place, band: Band, grammar: Grammar) -> tuple[str, ...]:
    there = {each.id for each in grammar.world.agency if band in each.bands}
    return tuple(dict.fromkeys((place.agency, *(each for each in USUAL if each in there))))
