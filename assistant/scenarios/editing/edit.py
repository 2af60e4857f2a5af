"""A trainer's edits to a scenario: masked like a question, and checked against real cases."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace

from assistant.answering.screening.masking import mask
from assistant.errors import TooClose, UsageError
from assistant.messages import DETAILS
from assistant.model.scenario import Person, Scenario, Stage
from assistant.scenarios.grammar.safety import forbidden_words
from assistant.scenarios.make import ScenarioContext
from assistant.scenarios.story.closeness import closest_passage
from assistant.text.plain_text import plain_text

TITLE_CHARS, TEXT_CHARS, QUESTION_CHARS, MOST_QUESTIONS = 200, 3000, 500, 10
Screen = Callable[[str, str, int], str]
_BLANK_LINE = re.compile(r"\n\s*\n")
_OPEN, _CLOSE = "\ue000", "\ue001"
"""Private-use characters around a person's number, the placeholder for the name while a text is masked."""

_SURNAME = re.compile(rf"{_CLOSE} [A-Z][a-z][\w'’-]*")
"""A capitalised word after a first name: a scenario has no surnames."""


@dataclass(frozen=True, slots=True)
class Edits:
    """A trainer's words in place of drawn ones; anything not named stays as drawn."""

    title: str | None = None
    texts: Mapping[int, str] = field(default_factory=dict)
    """Stage number to its text; paragraphs are separated by a blank line."""
    questions: Mapping[int, Sequence[str]] = field(default_factory=dict)
    """Stage number to its questions."""


@dataclass(frozen=True, slots=True)
class EditedScenario:
    """A scenario with a trainer's edits."""

    scenario: Scenario
    masked: tuple[str, ...]
    """Types of personal details that were masked."""


def apply_edits(scenario: Scenario, edits: Edits, context: ScenarioContext) -> EditedScenario:
    """Returns a scenario with a trainer's edits, personal details masked; the first names of its people stay.

    Expectations cannot be edited: they are the words of documents.

    Raises:
        UsageError: A text is empty or too long, or contains a forbidden word.
        TooClose: The text is too close to an indexed learning review.
    """
    kinds: list[str] = []

    def screened(text: str, where: str, most: int) -> str:
        masked_text, masked = screened_text(text, scenario.people, where, most)
        kinds.extend(masked)
        return masked_text

    title = scenario.title if edits.title is None else screened(edits.title, "The title", TITLE_CHARS)
    stages = tuple(_stage(each, edits, screened) for each in scenario.stages)
    own = tuple(new for old, new in zip(scenario.stages, stages, strict=True) if new.text != old.text)
    _check_not_too_close(own, scenario, context)
    numbers = {each.number for each in own} | set(scenario.edited)
    edited = replace(scenario, title=title, stages=stages, edited=tuple(sorted(numbers)))
    return EditedScenario(edited, tuple(dict.fromkeys(kinds)))


def screened_text(text: str, people: Sequence[Person], where: str, most: int) -> tuple[str, tuple[str, ...]]:
    """Returns a text with personal details masked, and their types; first names of the people stay.

    Args:
        text: The text.
        people: The cast.
        where: What the text is, for error messages.
        most: Most characters.

    Raises:
        UsageError: It is empty, too long, or contains a forbidden word.
    """
    paragraphs = [plain_text(each) for each in _BLANK_LINE.split(text.replace("\r\n", "\n"))]
    whole = "\n\n".join(each for each in paragraphs if each)
    if not whole:
        raise UsageError(f"{where} is empty. Write something, or undo the edit.")
    if len(whole) > most:
        raise UsageError(f"{where} is too long: {len(whole):,} characters, at most {most:,}.")
    word = next(forbidden_words(whole), None)
    if word is not None:
        raise UsageError(
            f"{where} says “{word}”. A scenario must not name real places or products, or graphic detail: describe an indicator "
            "in professional words."
        )
    return _masked(whole, people)


def _masked(text: str, people: Sequence[Person]) -> tuple[str, tuple[str, ...]]:
    text = text.replace(_OPEN, "").replace(_CLOSE, "")
    for number, person in enumerate(people):
        text = re.sub(rf"\b{re.escape(person.name)}\b", f"{_OPEN}x{number}{_CLOSE}", text)
    text, surnames = _SURNAME.subn(f"{_CLOSE} [{DETAILS['name']}]", text)
    masked = mask([text])
    whole = masked.texts[0]
    for number, person in enumerate(people):
        whole = whole.replace(f"{_OPEN}x{number}{_CLOSE}", person.name)
    return whole, tuple(dict.fromkeys((*(("name",) if surnames else ()), *masked.kinds)))


def _stage(stage: Stage, edits: Edits, screened: Screen) -> Stage:
    number = stage.number
    text = edits.texts.get(number)
    if text is not None and _normalised(text) != _normalised(stage.text):
        stage = replace(stage, text=screened(text, f"The text of stage {number}", TEXT_CHARS))
    questions = edits.questions.get(number)
    if questions is None or tuple(map(_normalised, questions)) == tuple(map(_normalised, stage.questions)):
        return stage
    if not 1 <= len(questions) <= MOST_QUESTIONS:
        raise UsageError(f"Stage {number} needs one to {MOST_QUESTIONS} questions, one per line.")
    return replace(
        stage, questions=tuple(screened(e, f"A question of stage {number}", QUESTION_CHARS) for e in questions)
    )


def _normalised(text: str) -> str:
    return " ".join(text.split())


def _check_not_too_close(stages: Sequence[Stage], scenario: Scenario, context: ScenarioContext) -> None:
    if not stages:
        return
    close = closest_passage(stages, scenario.people, context.snapshot, context.answering, context.embedder)
    if close is not None and close.is_too_close:
        shared = f" Both mention {', '.join(close.details)}." if close.details else ""
        raise TooClose(
            f"This is too close to {close.edition.title}: a family could recognise itself.{shared} Change what happens, "
            "to whom and where."
        )
