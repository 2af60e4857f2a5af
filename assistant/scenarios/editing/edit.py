"""A trainer's own words in a scenario: screened like a question, and kept away from real people and cases."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace

from assistant.answering.screening.masking import mask
from assistant.errors import TooClose, UsageError
from assistant.messages import DETAILS
from assistant.model.scenario import Person, Scenario, Stage
from assistant.scenarios.grammar.safety import forbidden_words
from assistant.scenarios.make import Maker
from assistant.scenarios.story.closeness import closest
from assistant.text.plain_text import plain_text

TITLE_CHARS, TEXT_CHARS, QUESTION_CHARS, MOST_QUESTIONS = 200, 3000, 500, 10
Screen = Callable[[str, str, int], str]
_BLANK_LINE = re.compile(r"\n\s*\n")
_OPEN, _CLOSE = "\ue000", "\ue001"
"""Characters of private use around the number of a person, which stands for the name while a text is screened."""

_SURNAME = re.compile(rf"{_CLOSE} [A-Z][a-z][\w'’-]*")
"""A word with a capital after a first name: a scenario has no surnames."""


@dataclass(frozen=True, slots=True)
class Edits:
    """What a trainer writes in place of what was drawn; what is not named stays."""

    title: str | None = None
    texts: Mapping[int, str] = field(default_factory=dict)
    """Number of the stage to its text; paragraphs stand apart by a blank line."""
    questions: Mapping[int, Sequence[str]] = field(default_factory=dict)
    """Number of the stage to its questions."""


@dataclass(frozen=True, slots=True)
class Edited:
    """A scenario with a trainer's words."""

    scenario: Scenario
    masked: tuple[str, ...]
    """Kinds of personal detail that were masked in them."""


def edited(scenario: Scenario, edits: Edits, maker: Maker) -> Edited:
    """Returns a scenario with the words of a trainer, personal details masked; the first names of its people stay.

    Expectations stay as they are: they are the words of documents, and no edit reaches them.

    Raises:
        UsageError: A text is empty or too long, or says what no scenario says.
        TooClose: It stands too close to an indexed learning review.
    """
    kinds: list[str] = []

    def screened(text: str, where: str, most: int) -> str:
        found, masked = screened_text(text, scenario.people, where, most)
        kinds.extend(masked)
        return found

    title = scenario.title if edits.title is None else screened(edits.title, "The title", TITLE_CHARS)
    stages = tuple(_stage(each, edits, screened) for each in scenario.stages)
    own = tuple(new for old, new in zip(scenario.stages, stages, strict=True) if new.text != old.text)
    _check_far(own, scenario, maker)
    numbers = {each.number for each in own} | set(scenario.edited)
    found = replace(scenario, title=title, stages=stages, edited=tuple(sorted(numbers)))
    return Edited(found, tuple(dict.fromkeys(kinds)))


def screened_text(text: str, people: Sequence[Person], where: str, most: int) -> tuple[str, tuple[str, ...]]:
    """Returns a text with personal details masked, and which kinds were; first names of the people stay.

    Args:
        text: What somebody wrote.
        people: The cast.
        where: What it is, for a message.
        most: Most characters.

    Raises:
        UsageError: It is empty, too long, or says what no scenario says.
    """
    paragraphs = [plain_text(each) for each in _BLANK_LINE.split(text.replace("\r\n", "\n"))]
    whole = "\n\n".join(each for each in paragraphs if each)
    if not whole:
        raise UsageError(f"{where} is empty. Write something, or take back the edit.")
    if len(whole) > most:
        raise UsageError(f"{where} is too long: {len(whole):,} characters, at most {most:,}.")
    word = next(forbidden_words(whole), None)
    if word is not None:
        raise UsageError(
            f"{where} says “{word}”. A scenario names no real place or product and no graphic detail: describe an indicator "
            "in professional words."
        )
    return _masked(whole, people)


def _masked(text: str, people: Sequence[Person]) -> tuple[str, tuple[str, ...]]:
    text = text.replace(_OPEN, "").replace(_CLOSE, "")
    for number, person in enumerate(people):
        text = re.sub(rf"\b{re.escape(person.name)}\b", f"{_OPEN}x{number}{_CLOSE}", text)
    text, surnames = _SURNAME.subn(f"{_CLOSE} [{DETAILS['name']}]", text)
    found = mask([text])
    whole = found.texts[0]
    for number, person in enumerate(people):
        whole = whole.replace(f"{_OPEN}x{number}{_CLOSE}", person.name)
    return whole, tuple(dict.fromkeys((*(("name",) if surnames else ()), *found.kinds)))


def _stage(stage: Stage, edits: Edits, screened: Screen) -> Stage:
    number = stage.number
    text = edits.texts.get(number)
    if text is not None and _even(text) != _even(stage.text):
        stage = replace(stage, text=screened(text, f"The text of stage {number}", TEXT_CHARS))
    questions = edits.questions.get(number)
    if questions is None or tuple(map(_even, questions)) == tuple(map(_even, stage.questions)):
        return stage
    if not 1 <= len(questions) <= MOST_QUESTIONS:
        raise UsageError(f"Stage {number} has from one to {MOST_QUESTIONS} questions, a line each.")
    return replace(
        stage, questions=tuple(screened(e, f"A question of stage {number}", QUESTION_CHARS) for e in questions)
    )


def _even(text: str) -> str:
    return " ".join(text.split())


def _check_far(stages: Sequence[Stage], scenario: Scenario, maker: Maker) -> None:
    if not stages:
        return
    embedder = maker.asks.resources.embedder
    close = closest(stages, scenario.people, maker.snapshot, maker.answering, embedder)
    if close is not None and close.is_too_close:
        shared = f" Both have {', '.join(close.details)}." if close.details else ""
        raise TooClose(
            f"This stands too close to {close.edition.title}: a family could recognise itself.{shared} Change what happens, "
            "to whom and where."
        )
