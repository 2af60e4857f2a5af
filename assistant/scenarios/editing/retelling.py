"""Retells a story with a language model; a stage that fails the checks stays as drawn.

The model only changes the narrative: expectations are the words of documents and stay as they are.
"""

from __future__ import annotations

import json
import logging
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from types import MappingProxyType
from typing import Annotated, Any

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from assistant.errors import ModelError, UsageError
from assistant.messages import notice
from assistant.model.scenario import Person, Scenario, Stage
from assistant.ports import LanguageModel
from assistant.prompts import prompt
from assistant.prompts.replies import object_in
from assistant.scenarios.editing.edit import TEXT_CHARS, screened_text
from assistant.scenarios.make import ScenarioContext
from assistant.scenarios.story.closeness import closest_passage
from assistant.settings import Settings
from assistant.text.markup import MARKUP

log = logging.getLogger(__name__)

SHORTEST, LONGEST = 0.5, 1.8
"""Least and most words of a retold stage, as a share of the drawn words."""
MOST_CHARACTERS = 20_000
_ADVICE = re.compile(r"\b(?:must|should|ought to|need to|needs to|has to|have to|required to)\b", re.IGNORECASE)
_NUMBER = re.compile(r"\d+")
_INSIDE = re.compile(r"(?<=[a-z,;:] )[A-Z][\w'’-]*")
_TEXT = {"type": "string"}
REPLY_SCHEMA: Mapping[str, Any] = MappingProxyType(
    {
        "type": "object",
        "properties": {
            "stages": {
                "type": "array",
                "items": {
                    "type": "object",
                    "properties": {"number": {"type": "integer"}, "text": _TEXT},
                    "required": ["number", "text"],
                    "additionalProperties": False,
                },
            }
        },
        "required": ["stages"],
        "additionalProperties": False,
    }
)
"""JSON schema of the model's reply."""


class _Stage(BaseModel):
    model_config = ConfigDict(frozen=True, extra="ignore", strict=True)

    number: int
    text: Annotated[str, Field(min_length=1, max_length=TEXT_CHARS)]


class _Reply(BaseModel):
    model_config = ConfigDict(frozen=True, extra="ignore", strict=True)

    stages: list[_Stage]


def retell(scenario: Scenario, model: LanguageModel, settings: Settings, context: ScenarioContext) -> Scenario:
    """Returns a scenario with the retold stages that pass the checks; if anything fails, the scenario as drawn."""
    try:
        texts = _model_texts(scenario, model, settings)
    except ModelError as error:
        log.info("story told as drawn: %s", error)
        texts = {}
    stages = tuple(_checked_stage(each, texts.get(each.number), scenario.people) for each in scenario.stages)
    new = [each for each, old in zip(stages, scenario.stages, strict=True) if each != old]
    close = (
        closest_passage(new, scenario.people, context.snapshot, context.answering, context.embedder) if new else None
    )
    if not new or (close is not None and close.is_too_close):
        return replace(scenario, notices=(*scenario.notices, notice("story_fallback")))
    by_model = notice("story_written", model=model.name)
    numbers = tuple(each.number for each in new)
    return replace(
        scenario, stages=stages, edited=numbers, written_by=model.name, notices=(*scenario.notices, by_model)
    )


def faults_of(text: str, stage: Stage, people: Sequence[Person]) -> Iterator[str]:
    """Yields the faults of a retold stage: only the wording may differ."""
    share = len(text.split()) / max(len(stage.text.split()), 1)
    if not SHORTEST <= share <= LONGEST:
        yield "it is much shorter or longer"
    known = {person.name for person in people} | set(re.findall(r"[A-Z][\w'’-]*", stage.text)) | {"GP", "I"}
    yield from (
        f"it names {word}" for word in _INSIDE.findall(text) if word.removesuffix("'s").removesuffix("’s") not in known
    )
    yield from (f"it adds the number {each}" for each in set(_NUMBER.findall(text)) - set(_NUMBER.findall(stage.text)))
    advice = {each.casefold() for each in _ADVICE.findall(text)} - {e.casefold() for e in _ADVICE.findall(stage.text)}
    yield from (f"it says {each}" for each in sorted(advice))
    if MARKUP.search(text):
        yield "it contains markup"
    lost = [p.name for p in people if p.name in stage.text and p.name not in text]
    yield from (f"it leaves out {name}" for name in lost)


def _checked_stage(stage: Stage, text: str | None, people: Sequence[Person]) -> Stage:
    if text is None:
        return stage
    try:
        screened, masked = screened_text(text, people, f"Stage {stage.number}", TEXT_CHARS)
    except UsageError as error:
        log.info("stage %d told as drawn: %s", stage.number, error)
        return stage
    faults = [*(f"it contains a {each}" for each in masked), *faults_of(screened, stage, people)]
    if faults:
        log.info("stage %d told as drawn: %d faults", stage.number, len(faults))
        return stage
    return replace(stage, text=screened)


def _model_texts(scenario: Scenario, model: LanguageModel, settings: Settings) -> dict[int, str]:
    people = [{"name": each.name, "role": each.role} for each in scenario.people]
    stages = [{"number": each.number, "text": each.text} for each in scenario.stages]
    data = json.dumps({"people": people, "stages": stages}, ensure_ascii=False)
    within_s = settings.language_model.timeout_s if settings.language_model else 0.0
    text = ""
    for piece in model.reply(prompt("scenario").text, data, REPLY_SCHEMA, within_s):
        text += piece.text
        if len(text) > MOST_CHARACTERS:
            return {}
    try:
        return {each.number: each.text for each in _Reply.model_validate(object_in(text)).stages}
    except ValidationError:
        return {}
