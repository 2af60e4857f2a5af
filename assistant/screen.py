"""The first step: mask personal details, drop instructions, and sort a question by what may be done with it."""

from __future__ import annotations

from dataclasses import replace

from assistant.errors import UsageError
from assistant.model import Question, Route, Screened
from assistant.screening.plain import plain_text as plain
from assistant.screening.instructions import without_instructions
from assistant.screening.judgement import asks_to_decide
from assistant.screening.masking import mask
from assistant.screening.scope import is_out_of_scope, is_too_vague
from assistant.screening.urgent import is_urgent
from assistant.settings import Settings


def screen(question: Question, settings: Settings) -> Screened:
    """Returns a question after the door: masked, without orders to the assistant, and with its route.

    Raises:
        UsageError: The question is empty or longer than ``settings.question_chars``.
    """
    if len(question.text) > settings.question_chars:
        limit = f"{settings.question_chars:,}"
        raise UsageError(f"The question has {len(question.text):,} characters; ask in {limit} or fewer.")
    if not question.text.strip():
        raise UsageError('The question is empty. Ask in words, for example "Who chairs the conference?".')
    asked = plain(question.text)
    masked = mask((*(plain(turn.content) for turn in question.history), without_instructions(asked)))
    *earlier, text = masked.texts
    turns = tuple(replace(turn, content=words) for turn, words in zip(question.history, earlier, strict=True))
    return Screened(text, masked.kinds, is_urgent(asked), _route(text, bool(turns)), turns)


def _route(text: str, has_history: bool) -> Route:
    if is_too_vague(text, has_history):
        return "too_vague"
    if is_out_of_scope(text):
        return "out_of_scope"
    return "judgement" if asks_to_decide(text) else "answer"
