"""Resolves a trainer's request: looks up its words and draws what is left open."""

from __future__ import annotations

from dataclasses import dataclass, replace

from assistant.errors import UsageError
from assistant.model.scenario import MOST_SEEDS, Band, ScenarioRequest, Setting
from assistant.scenarios.grammar.lookup import first_ids, matching_ids
from assistant.scenarios.grammar.seeded_random import SeededRandom
from assistant.scenarios.grammar.themes import Grammar, Place, Theme
from assistant.scenarios.story.plot import has_room_for_twist, has_twist

USUAL = ("social_care", "police", "health")
"""Agencies in the room besides that of the setting, where none is named."""


@dataclass(frozen=True, slots=True)
class ResolvedRequest:
    """A request with theme, age, setting and agencies decided."""

    request: ScenarioRequest
    theme: Theme
    band: Band
    place: Place
    agencies: tuple[str, ...]
    chance: SeededRandom
    """Also draws people and days."""

    @property
    def setting(self) -> Setting:
        """Returns the setting with the names of its staff roles."""
        place = self.place
        return Setting(place.id, place.title, place.agency, place.place, place.worker, place.lead)


def resolve_request(request: ScenarioRequest, grammar: Grammar) -> ResolvedRequest:
    """Returns the request with the age band, setting and agencies drawn where they are not given.

    Raises:
        UsageError: A theme, agency, setting, band or aim is unknown, they do not fit together, the seed is out of range,
            or a twist is requested where there is no room for one.
    """
    request = _with_ids(request, grammar)
    theme = next(each for each in grammar.themes if each.id == request.theme)
    if not 0 <= request.seed < MOST_SEEDS:
        raise UsageError(f"{request.seed}: not a seed. A seed is a whole number from 0 to {MOST_SEEDS - 1}.")
    if request.has_twist and not has_room_for_twist(request.length):
        raise UsageError(
            f"A {request.length.value} scenario has no room for a twist. Ask for a longer one, or for none."
        )
    chance = SeededRandom(f"{request.people_seed}/{theme.theme_id}/{request.variant}")
    pairs = _pairs(request, theme, grammar)
    if not pairs:
        raise UsageError(_why_none(request, theme, grammar))
    band = chance.one(list(dict.fromkeys(band for band, _ in pairs)), "band")
    place = chance.one([each for at, each in pairs if at is band], "place")
    agencies = request.agencies or _usual_agencies(place, band, grammar)
    filled = replace(
        request, agencies=agencies, place=place.id, band=band, has_twist=has_twist(request), kept=dict(request.kept)
    )
    return ResolvedRequest(filled, theme, band, place, agencies, chance)


def _with_ids(request: ScenarioRequest, grammar: Grammar) -> ScenarioRequest:
    """Returns a request with ids in place of words; a setting stays as written, as it may stand for several."""
    world = grammar.world
    theme, *_ = matching_ids("theme", request.theme, grammar.themes)
    if request.place:
        matching_ids("setting", request.place, world.place)
    agencies = first_ids("agency", request.agencies, world.agency)
    return replace(request, theme=theme, agencies=agencies, aims=first_ids("aim", request.aims, world.aim))


def _pairs(request: ScenarioRequest, theme: Theme, grammar: Grammar) -> list[tuple[Band, Place]]:
    """Returns every age band with a setting that a request allows."""
    bands = [each for each in theme.bands if request.band in (None, each)]
    rooms = [grammar.agency(each) for each in request.agencies]
    owners = {each.agency for each in grammar.world.place} & set(request.agencies)
    places = matching_ids("setting", request.place, grammar.world.place) if request.place else ()
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
    places = [each for each in grammar.world.place if any(band in theme.bands for band in each.bands)]
    fitting = [f"{e.id} ({e.agency}; {', '.join(b.value for b in e.bands if b in theme.bands)})" for e in places]
    asked = ", ".join((named, age, *((request.place,) if request.place else ())))
    return (
        f"{theme.title}: no setting fits {asked}. Where an agency with settings is in the room, the setting is "
        f"one of its own. Settings of this theme (agency; age bands): {'; '.join(fitting)}."
    )


def _usual_agencies(place: Place, band: Band, grammar: Grammar) -> tuple[str, ...]:
    fitting = {each.id for each in grammar.world.agency if band in each.bands}
    return tuple(dict.fromkeys((place.agency, *(each for each in USUAL if each in fitting))))
