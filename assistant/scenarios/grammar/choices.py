"""The choices open to a trainer, as plain JSON values."""

from __future__ import annotations

from typing import Any

from assistant.model.scenario import Difficulty, Length
from assistant.scenarios.grammar.themes import Grammar


def choices_object(grammar: Grammar) -> dict[str, Any]:
    """Returns themes, agencies, settings and aims with ids and titles, and difficulties and lengths."""
    return {
        "themes": [
            {
                "id": each.theme_id,
                "title": each.title,
                "about": each.about,
                "age_bands": [band.value for band in each.bands],
                "settings": [
                    place.id
                    for place in grammar.world.place
                    if set(place.bands) & set(each.bands) and (not each.settings or place.id in each.settings)
                ],
                "aims": sorted({aim for question in each.expectation for aim in question.aims}),
            }
            for each in grammar.themes
        ],
        "agencies": [
            {"id": each.id, "title": each.title, "age_bands": [band.value for band in each.bands]}
            for each in grammar.world.agency
        ],
        "settings": [
            {
                "id": each.id,
                "title": each.title,
                "agency": each.agency,
                "age_bands": [band.value for band in each.bands],
            }
            for each in grammar.world.place
        ],
        "aims": [{"id": each.id, "title": each.title} for each in grammar.world.aim],
        "difficulties": [each.value for each in Difficulty],
        "lengths": [each.value for each in Length],
        "grammar": grammar.digest,
    }
