"""The first step: masks personal details, drops instructions, finds the level, and routes a question."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import replace

from assistant.answering.screening.courtesy import courtesy_of
from assistant.answering.screening.detail_classifier import Read
from assistant.answering.screening.door import Door
from assistant.answering.screening.instructions import without_instructions
from assistant.answering.screening.judgement import asks_for_a_rule, asks_to_decide
from assistant.answering.screening.languages import alarm_level, language_of
from assistant.answering.screening.masking import Reading, mask
from assistant.answering.screening.readings import readings
from assistant.answering.screening.scope import is_nothing_left, is_out_of_scope, is_too_vague
from assistant.answering.screening.typed_spans import typed_spans
from assistant.answering.screening.urgency import level_by_rules
from assistant.errors import UsageError
from assistant.model import Level, MaskedSpan, Question, Route, Screened, Turn
from assistant.settings import Settings
from assistant.text.plain_text import plain_text

_FOREIGN = re.compile(r"[^\x00-\x7f‘’“”–—]+")
"""What no pattern of urgency matches; one character of it may stand for 18 in plain text."""
_ORDER = tuple(Level)
"""From the lowest to the highest."""


def screen(question: Question, settings: Settings, door: Door | None = None) -> Screened:
    """Returns the screening result: the question masked, without instructions to the assistant, with level and route.

    The level comes first, in the whole text as it was typed and whatever its length, so that neither an instruction nor
    a limit hides it.

    Args:
        question: The question.
        settings: The limits.
        door: The classifier beside the rules; rules and classifier only ever raise a level. None leaves it to the rules.

    Raises:
        UsageError: The question is empty, or longer than ``settings.question_chars`` and without a card.
    """
    whole = plain_text(question.text)
    if max(len(question.text), len(whole)) > settings.question_chars:
        return _screened_long(whole, settings, door)
    if not whole:
        raise UsageError('The question is empty. Ask in words, for example "Who chairs the conference?".')
    with ThreadPoolExecutor(1) as beside:  # the encoder runs while the rules mask
        ways = readings(whole)
        read = beside.submit(_read, ways, door) if door else None
        bare = without_instructions(whole)
        texts = (*(_turn_text(turn) for turn in question.history), bare)
        masked = mask(texts, names_shown(settings), None if door is None or read is None else _after(read, door))
        text = masked.texts[-1]
        level, is_judgement = _level(ways, None if read is None or _is_empty(text, whole) else read)
    turns = _that_say_something(
        replace(turn, content=content) for turn, content in zip(question.history, masked.texts[:-1], strict=True)
    )
    is_courtesy = level is Level.LOOK_UP and courtesy_of(text) is not None
    route: Route = "courtesy" if is_courtesy else _route(text, bool(turns), is_judgement=is_judgement)
    spans = typed_spans(masked.spans, bare, whole, question.text)
    return Screened(text, masked.kinds, level, route, turns, language_of(whole), spans)


def _after(door_read: Future[list[tuple[Level, bool]]], door: Door) -> Reading:
    """Returns what reads details once the level has been read: they share one run of the encoder."""

    def read(text: str, by_rules: Sequence[MaskedSpan]) -> Read:
        door_read.exception()
        return door.details.read(text, by_rules)

    return read


def _is_empty(masked: str, whole: str) -> bool:
    """Returns whether a text says nothing that the classifier could judge; the rules read it all the same."""
    return is_too_vague(whole, has_history=False) or is_nothing_left(masked) or courtesy_of(masked) is not None


def _read(ways: Sequence[str], door: Door) -> list[tuple[Level, bool]]:
    return [door.read(each) for each in ways]


def _level(ways: Sequence[str], read: Future[list[tuple[Level, bool]]] | None) -> tuple[Level, bool]:
    """Returns the highest level of the ways in which a text may be meant, and whether it asks for a judgement."""
    by_rules = [each for text in ways for each in (level_by_rules(text), alarm_level(text))]
    by_door = read.result() if read else [(Level.LOOK_UP, False)]
    return max((*(level for level, _ in by_door), *by_rules), key=_ORDER.index), by_door[0][1]


def _screened_long(whole: str, settings: Settings, door: Door | None) -> Screened:
    """Returns the screening result of a text over the limit that has a card; its text is only the beginning."""
    most = settings.question_chars
    words = _FOREIGN.sub(" ", whole)
    level = max(map(level_by_rules, (*readings(words), *_overlapping(words, most))), key=_ORDER.index)
    level = max(level, alarm_level(whole), key=_ORDER.index)
    if door is not None and level is not Level.ACT_NOW:
        level = max(level, door.read(words)[0], key=_ORDER.index)
    if level is Level.LOOK_UP:
        raise UsageError(f"The question is too long; ask it in {most:,} characters or fewer.")
    masked = mask(
        (without_instructions(whole[: 2 * most]),), names_shown(settings), None if door is None else door.details.read
    )  # further than shown: no detail is cut before masking
    return Screened(f"{masked.texts[0][:most].rstrip()} …", masked.kinds, level, "too_long", (), language_of(whole))


def names_shown(settings: Settings) -> tuple[str, ...]:
    """Returns the names that the settings show to everybody: contacts, and the page's own."""
    return (settings.page.name, *(contact.name for contact in settings.contacts))


def _overlapping(text: str, size: int) -> Iterator[str]:
    """Yields stretches of a text, each half over the next: what is said in one of them is not read with the rest."""
    return (text[start : start + size] for start in range(0, len(text), max(1, size // 2)))


def _turn_text(turn: Turn) -> str:
    text = plain_text(turn.content)
    return without_instructions(text) if turn.role == "user" else text


def _that_say_something(turns: Iterable[Turn]) -> tuple[Turn, ...]:
    """Returns earlier turns without those that only thanked or greeted, and what they got: a follow-up leans on none of them."""
    kept: list[Turn] = []
    is_courtesy = False
    for turn in turns:
        if turn.role == "user":
            is_courtesy = courtesy_of(turn.content) is not None
        if not is_courtesy:
            kept.append(turn)
    return tuple(kept)


def _route(text: str, has_history: bool, *, is_judgement: bool) -> Route:
    if is_nothing_left(text):
        return "nothing_left"
    if is_too_vague(text, has_history):
        return "too_vague"
    if is_out_of_scope(text):
        return "out_of_scope"
    is_judgement = is_judgement and len(text.split()) > 2 and not asks_for_a_rule(text)
    return "judgement" if is_judgement or asks_to_decide(text) else "answer"
