"""A scenario as plain JSON values, and a request to and from JSON values."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from assistant.errors import UsageError
from assistant.model import Citation
from assistant.model.scenario import Band, Difficulty, Length, Scenario, ScenarioRequest, Slot, Stage
from assistant.outcomes.citation_text import CitationText
from assistant.outcomes.view import CitationView, NoticeView
from assistant.scenarios.files.sheet import FICTION, NOT_ADVICE, Version
from assistant.scenarios.grammar.lookup import member_named
from assistant.scenarios.story.days import day_words

FORMAT = "policy-assistant/scenario/1"


def scenario_object(scenario: Scenario, version: Version = "facilitator") -> dict[str, Any]:
    """Returns a scenario as JSON values; for participants, without expectations or any other answers."""
    values: dict[str, Any] = {
        "format": FORMAT,
        "version": version,
        "title": scenario.title,
        "fictional": FICTION,
        "content_note": scenario.content_note,
        "setting": scenario.setting.title,
        "people": [{"part": each.part, "name": each.name, "role": each.role} for each in scenario.people],
        "roles": list(scenario.roles),
        "minutes": scenario.minutes,
        "stages": [_stage(each, version) for each in scenario.stages],
    }
    return values if version == "participant" else {**values, **_facilitator(scenario)}


def _stage(stage: Stage, version: Version) -> dict[str, Any]:
    values: dict[str, Any] = {
        "number": stage.number,
        "title": stage.title,
        "day": day_words(stage.day),
        "minutes": stage.minutes,
        "text": stage.text,
        "questions": list(stage.questions),
    }
    if version == "facilitator":
        values |= {
            "expectations": list(stage.expectations),
            "fragments": {s.value: n for s, n in stage.fragments.items()},
        }
    return values


def _facilitator(scenario: Scenario) -> dict[str, Any]:
    return {
        "advice": NOT_ADVICE,
        "expectations": [
            {
                "number": each.number, "id": each.expectation_id, "title": each.title, "asks": each.asks,
                "aims": list(each.aims), **_cited(each.citation),
            }
            for each in scenario.expectations
        ],
        "pitfalls": [{"title": each.title, **_cited(each.citation)} for each in scenario.pitfalls],
        "pitfalls_note": scenario.pitfalls_note,
        "not_answered_on_purpose": [{"asks": each.asks, "why": each.why} for each in scenario.open_points],
        "lacking": [{"title": each.title, "asks": each.asks, "reason": each.reason} for each in scenario.gaps],
        "notes": list(scenario.notes),
        "aims": list(scenario.aims),
        "aims_missed": list(scenario.aims_missed),
        "notices": [NoticeView.of(each).model_dump(mode="json") for each in scenario.notices],
        "request": request_object(scenario.request),
        "edited": list(scenario.edited),
        "written_by": scenario.written_by,
        "grammar": scenario.grammar,
        "fingerprint": scenario.fingerprint,
    }  # fmt: skip


def _cited(citation: Citation) -> dict[str, Any]:
    return {
        "strength": CitationText.of(citation).strength,
        "citation": CitationView.of(citation).model_dump(mode="json"),
    }


def request_object(request: ScenarioRequest) -> dict[str, Any]:
    """Returns a request as JSON values."""
    return {
        "theme": request.theme,
        "agencies": list(request.agencies),
        "setting": request.place,
        "age_band": request.band.value if request.band else None,
        "difficulty": request.difficulty.value,
        "length": request.length.value,
        "aims": list(request.aims),
        "seed": request.seed,
        "twist": request.has_twist,
        "variant": request.variant,
        "kept": {slot.value: name for slot, name in request.kept.items()},
        "keeps_people": request.keeps_people,
    }


def request_from(values: Mapping[str, Any]) -> ScenarioRequest:
    """Returns the request from JSON values.

    Raises:
        UsageError: A value is invalid.
    """
    try:
        return ScenarioRequest(
            theme=str(values["theme"]),
            agencies=tuple(values.get("agencies") or ()),
            place=values.get("setting") or None,
            band=member_named(Band, str(values["age_band"]), "age_band") if values.get("age_band") else None,
            difficulty=member_named(Difficulty, str(values.get("difficulty") or "medium"), "difficulty"),
            length=member_named(Length, str(values.get("length") or "medium"), "length"),
            aims=tuple(values.get("aims") or ()),
            seed=int(values.get("seed") or 0),
            has_twist=values.get("twist"),
            variant=int(values.get("variant") or 0),
            kept={Slot(slot): str(name) for slot, name in (values.get("kept") or {}).items()},
            keeps_people=None if values.get("keeps_people") is None else int(values["keeps_people"]),
        )
    except (KeyError, TypeError, ValueError) as error:
        raise UsageError(f"The request of the scenario is invalid: {error}.") from None
