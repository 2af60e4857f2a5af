"""The first step: masks personal details, drops instructions, and routes a question."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace

from assistant.answering.screening.instructions import without_instructions
from assistant.answering.screening.judgement import asks_to_decide
from assistant.answering.screening.masking import mask
from assistant.answering.screening.scope import is_out_of_scope, is_too_vague
from assistant.answering.screening.urgency import is_urgent
from assistant.errors import UsageError
from assistant.model import Question, Route, Screened, Turn
from assistant.settings import Settings
from assistant.text.plain_text import plain_text

_FOREIGN = re.compile(r"[^\x00-\x7f‘’“”–—]+")
"""What no pattern of urgency matches; one character of it may stand for 18 in plain text."""


def screen(question: Question, settings: Settings) -> Screened:
    """Returns the screening result: the question masked, without instructions to the assistant, and with its route.

    Urgency comes first, in the whole text whatever its length, so that neither an instruction nor a limit hides it.

    Raises:
        UsageError: The question is empty, or longer than ``settings.question_chars`` and not urgent.
    """
    whole = plain_text(question.text)
    if max(len(question.text), len(whole)) > settings.question_chars:
        return _screened_long(whole, settings.question_chars)
    if not whole:
        raise UsageError('The question is empty. Ask in words, for example "Who chairs the conference?".')
    masked = mask((*(_turn_text(turn) for turn in question.history), without_instructions(whole)))
    turns = tuple(
        replace(turn, content=content) for turn, content in zip(question.history, masked.texts[:-1], strict=True)
    )
    text = masked.texts[-1]
    return Screened(text, masked.kinds, is_urgent(whole), _route(text, bool(turns)), turns)


def _screened_long(whole: str, most: int) -> Screened:
    """Returns the screening result of an urgent question over the limit; its text is only the beginning."""
    words = _FOREIGN.sub(" ", whole)
    if not (is_urgent(words) or any(is_urgent(part) for part in _overlapping(words, most))):
        raise UsageError(f"The question is too long; ask it in {most:,} characters or fewer.")
    masked = mask((without_instructions(whole[: 2 * most]),))  # further than shown: no detail is cut before masking
    return Screened(f"{masked.texts[0][:most].rstrip()} …", masked.kinds, True, "too_long")


def _overlapping(text: str, size: int) -> Iterator[str]:
    """Yields stretches of a text, each half over the next: what is said in one of them is not read with the rest."""
    return (text[start : start + size] for start in range(0, len(text), max(1, size // 2)))


def _turn_text(turn: Turn) -> str:
    text = plain_text(turn.content)
    return without_instructions(text) if turn.role == "user" else text


def _route(text: str, has_history: bool) -> Route:
    if not text or is_out_of_scope(text):
        return "out_of_scope"
    if is_too_vague(text, has_history):
        return "too_vague"
    return "judgement" if asks_to_decide(text) else "answer"
