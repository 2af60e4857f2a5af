"""What a trainer asks for, checked and filled in: a message says which word is not known and which there are."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum
from typing import TypeVar

from assistant.errors import UsageError
from assistant.model.scenario import MOST_SEEDS, Band, ScenarioRequest, Setting
from assistant.scenarios.chance import Chance
from assistant.scenarios.grammar import Grammar, Place, Theme
from assistant.scenarios.plot import has_twist

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

    @property
    def setting(self) -> Setting:
        """Returns the setting with what its people are called."""
        place = self.place
        return Setting(place.id, place.title, place.agency, place.place, place.worker, place.lead)


def choose(request: ScenarioRequest, grammar: Grammar) -> Chosen:
    """Returns what is wanted with the age band, the setting and the agencies drawn where they are not named.

    Raises:
        UsageError: A theme, agency, setting, band or aim is not known, they do not go together, or the seed is no seed.
    """
    theme = grammar.theme(request.theme)
    if theme is None:
        raise UsageError(f"{request.theme}: no such theme. There are: {_ids(e.theme_id for e in grammar.themes)}.")
    if not 0 <= request.seed < MOST_SEEDS:
        raise UsageError(f"{request.seed}: not a seed. It is a whole number from 0 to {MOST_SEEDS - 1}.")
    _check_known("agency", request.agencies, [each.id for each in grammar.world.agency])
    _check_known("aim", request.aims, [each.id for each in grammar.world.aim])
    _check_known("setting", (request.place,) if request.place else (), [each.id for each in grammar.world.place])
    chance = Chance(f"{_people_seed(request)}/{theme.theme_id}/{request.variant}")
    pairs = _pairs(request, theme, grammar)
    if not pairs:
        raise UsageError(_why_none(request, theme, grammar))
    band = chance.one(list(dict.fromkeys(band for band, _ in pairs)), "band")
    place = chance.one([each for at, each in pairs if at is band], "place")
    agencies = request.agencies or _usual(place, band, grammar)
    filled = replace(
        request, agencies=agencies, place=place.id, band=band, has_twist=has_twist(request), kept=dict(request.kept)
    )
    return Chosen(filled, theme, band, place, agencies)


def _people_seed(request: ScenarioRequest) -> int:
    return request.seed if request.keeps_people is None else request.keeps_people


def _pairs(request: ScenarioRequest, theme: Theme, grammar: Grammar) -> list[tuple[Band, Place]]:
    """Returns every age band with a setting that a request allows."""
    bands = [each for each in theme.bands if request.band in (None, each)]
    rooms = [grammar.agency(each) for each in request.agencies]
    return [
        (band, place)
        for band in bands
        if all(band in agency.bands for agency in rooms)
        for place in grammar.world.place
        if band in place.bands
        and request.place in (None, place.id)
        and (not theme.settings or place.id in theme.settings)
        and (not request.agencies or place.agency in request.agencies)
    ]


def _why_none(request: ScenarioRequest, theme: Theme, grammar: Grammar) -> str:
    named = ", ".join(request.agencies) or "any agency"
    age = request.band.value if request.band else "any age"
    there = [each for each in grammar.world.place if any(band in theme.bands for band in each.bands)]
    fitting = [f"{e.id} ({e.agency}; {', '.join(b.value for b in e.bands if b in theme.bands)})" for e in there]
    return (
        f"{theme.title}: no setting goes with {named}, {age}"
        f"{', ' + request.place if request.place else ''}. The agency of the setting has to be in the room. Settings of this "
        f"theme (agency; age bands): {'; '.join(fitting)}."
    )


def _usual(place: Place, band: Band, grammar: Grammar) -> tuple[str, ...]:
    there = {each.id for each in grammar.world.agency if band in each.bands}
    return tuple(dict.fromkeys((place.agency, *(each for each in USUAL if each in there))))


def _check_known(what: str, names: Sequence[str], there: Sequence[str]) -> None:
    unknown = next((name for name in names if name not in there), None)
    if unknown is not None:
        raise UsageError(f"{unknown}: no such {what}. There are: {_ids(there)}.")


def _ids(names: Iterable[str]) -> str:
    return ", ".join(names)


Word = TypeVar("Word", bound=StrEnum)


def named(kind: type[Word], value: str, option: str) -> Word:
    """Returns the member of a list of words that a value names. Raises ``UsageError`` naming those there are."""
    try:
        return kind(value)
    except ValueError:
        raise UsageError(f"{option} {value}: not known. There are: {_ids(kind)}.") from None
