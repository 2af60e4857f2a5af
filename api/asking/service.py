"""Asks a question for somebody, keeps its record, and counts it; every way in goes through here."""

from __future__ import annotations

import time
import uuid
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from typing import Any

from api.http.problems import Problem
from api.state import State
from assistant.answering.pipeline import OnStep
from assistant.answering.resources import OnStatement
from assistant.editions.access import open_to
from assistant.errors import AssistantError
from assistant.model import Outcome, Question, Screened, Signposted, Turn
from assistant.model.people import Asker, AuditLine, Record
from assistant.outcomes.json import citation_object, outcome_object, statement_object

KEPT_TURNS = 10
"""Earlier turns that a follow-up is read with."""
Object = dict[str, Any]
OnObject = Callable[[Object], None]


class Stopped(Exception):
    """The asker has gone; nothing is kept of the question."""


@dataclass(frozen=True, slots=True)
class ScreenedQuestion:
    """A question that may be asked, with its screening result: a question is screened once, whichever way it comes in."""

    question: Question
    screening: Screened


def screened(state: State, asker: Asker, question: Question, conversation_id: str | None = None) -> ScreenedQuestion:
    """Returns a question as its asker asks it, screened: what is wrong with it is raised before anything is answered.

    Args:
        state: The state.
        asker: Who asks; the groups decide what can be found.
        question: The question; its groups are set here, and in a conversation its history.
        conversation_id: The conversation that it belongs to, if any.

    Raises:
        Problem: The conversation is not the asker's (404).
        UsageError: It is empty or too long.
    """
    history = question.history if conversation_id is None else history_of(state, asker, conversation_id)
    question = replace(question, history=history, groups=asker.groups)
    return ScreenedQuestion(question, state.assistant.screen(question))


def answer(
    state: State,
    asker: Asker,
    asked: ScreenedQuestion,
    conversation_id: str | None = None,
    on_step: OnStep | None = None,
    on_card: OnObject | None = None,
    on_statement: OnObject | None = None,
) -> tuple[Record, Object]:
    """Returns the record that was kept of a question and the whole outcome object.

    Args:
        state: The state.
        asker: Who asks.
        asked: The question, from ``screened``.
        conversation_id: The conversation that it belongs to, if any.
        on_step: Called with each step's name before it runs; may raise ``Stopped``.
        on_card: Called with the outcome object of an urgent question at once, before anything is looked up.
        on_statement: Called with each statement of a written answer, with its citation, as soon as it is verified; the
            outcome counts.

    Raises:
        Problem: An edition is not there (422), or it took too long (503).
        AssistantError: The library cannot be used and the question is not urgent.
        Stopped: ``on_step`` said so.
    """
    started, at = time.perf_counter(), datetime.now(UTC)
    urgent = state.assistant.card_for(asked.screening)
    if urgent is not None and on_card is not None:
        on_card(outcome_object(urgent))
    on_step = _timed(state, asked.question, on_step, started)
    outcome = _outcome(state, asked, urgent, on_step, _as_objects(on_statement))
    told = outcome_object(outcome)
    record = _record(told, asker, conversation_id, time.perf_counter() - started, at)
    state.assistant.records.add(record)
    state.assistant.access_store.audit(_line(told, asker, at))
    state.metrics.asked(told, record.seconds)
    return record, told


def history_of(state: State, asker: Asker, conversation_id: str) -> tuple[Turn, ...]:
    """Returns the earlier turns of a conversation. Raises ``Problem`` (404) where it is not the asker's."""
    if state.assistant.records.conversation(conversation_id, asker.user_id) is None:
        raise Problem(404, "not_found", "There is no such conversation.")
    turns: list[Turn] = []
    for record in state.assistant.records.records_of(conversation_id, asker.user_id):
        turns.append(Turn("user", record.outcome["standalone"]))
        said = statements_of(record.outcome)
        turns.extend([Turn("assistant", said)] if said else [])
    return tuple(turns[-KEPT_TURNS:])


def statements_of(outcome: Object) -> str:
    """Returns what an outcome object answered, in one line; "" for a refusal."""
    told = outcome.get("then") or outcome
    return " ".join(each["text"] for each in told["statements"])


def _as_objects(on_statement: OnObject | None) -> OnStatement | None:
    if on_statement is None:
        return None
    return lambda statement, citation: on_statement(
        {**statement_object(statement), "citation": citation_object(citation)}
    )


def _timed(state: State, question: Question, on_step: OnStep | None, started: float) -> OnStep:
    settings = state.assistant.settings
    limit = settings.serve.ask_timeout_s
    if question.is_written and settings.language_model is not None:
        limit += settings.language_model.longest_s

    def timed(step: str) -> None:
        if time.perf_counter() - started > limit:
            raise Problem(
                503, "timeout", f"No answer within {limit:g} seconds. Try again.", headers={"Retry-After": "5"}
            )
        if on_step is not None:
            on_step(step)

    return timed


def _outcome(
    state: State,
    asked: ScreenedQuestion,
    urgent: Signposted | None,
    on_step: OnStep,
    on_statement: OnStatement | None,
) -> Outcome:
    question = asked.question
    try:
        with state.assistant.opened() as snapshot:
            check_editions(question, {str(each.edition_id) for each in open_to(snapshot.editions(), question.groups)})
            return state.assistant.ask_over(question, snapshot, on_step, on_statement, asked.screening)
    except Stopped:
        state.metrics.stopped()
        raise
    except AssistantError:
        if urgent is None:
            raise
        return urgent


def check_editions(question: Question, there: set[str]) -> None:
    """Raises ``Problem`` (422) where a question names an edition that is not there for its asker."""
    missing = [each for each in question.editions if each not in there]
    if missing:
        raise Problem(422, "unknown_edition", "One of editions is not indexed. GET /v1/documents lists what is there.")


def _record(told: Object, asker: Asker, conversation_id: str | None, seconds: float, at: datetime) -> Record:
    kept = _without_hits(told)
    fingerprint = told["trace"]["fingerprint"]
    return Record(uuid.uuid4().hex, asker.user_id, conversation_id, told["question"], kept, seconds, fingerprint, at)


def _without_hits(told: Object) -> Object:
    kept = {**told, "trace": {**told["trace"], "hits": []}}
    if kept.get("then"):
        kept["then"] = _without_hits(kept["then"])
    return kept


def _line(told: Object, asker: Asker, at: datetime) -> AuditLine:
    said = told.get("then") or told
    shown = [each["edition_id"] for each in (*said["citations"], *said.get("nearest", ()))]
    what = " ".join(filter(None, (told["outcome"], told.get("reason"))))
    return AuditLine(at, asker.user_id, "ask", what, tuple(dict.fromkeys(shown)))
