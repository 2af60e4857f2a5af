"""Asks a question for somebody, keeps its record, and counts it; every way in goes through here."""

from __future__ import annotations

import time
import uuid
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime
from typing import Any

from api.http.problems import Problem
from api.state import State
from assistant.answering.pipeline import Show
from assistant.editions.access import open_to
from assistant.errors import AssistantError
from assistant.model import Outcome, Question, Signposted, Turn
from assistant.model.people import Asker, AuditLine, Record
from assistant.outcomes.json import citation_object, outcome_object, statement_object

KEPT_TURNS = 10
"""Earlier turns that a follow-up is read with."""
Object = dict[str, Any]
Tell = Callable[[str], None]


class Stopped(Exception):
    """The asker has gone; nothing is kept of the question."""


def answer(
    state: State,
    asker: Asker,
    question: Question,
    conversation_id: str | None = None,
    tell: Tell | None = None,
    card: Callable[[Object], None] | None = None,
    show: Callable[[Object], None] | None = None,
) -> tuple[Record, Object]:
    """Returns the record that was kept of a question and the whole outcome object.

    Args:
        state: The state.
        asker: Who asks; the groups decide what can be found.
        question: The question; its groups are set here, and in a conversation its history.
        conversation_id: The conversation that it belongs to, if any.
        tell: Told of each stage; may raise ``Stopped``.
        card: Given the outcome object of an urgent question at once, before anything is looked up.
        show: Given each statement of a written answer, with its citation, as soon as it is verified; the outcome counts.

    Raises:
        Problem: The conversation is not the asker's (404), an edition is not there (422), or it took too long (503).
        AssistantError: It cannot be asked, or the library cannot be used and the question is not urgent.
        Stopped: ``tell`` said so.
    """
    started, at = time.perf_counter(), datetime.now(UTC)
    history = question.history if conversation_id is None else history_of(state, asker, conversation_id)
    question = _for(question, asker, history)
    urgent = state.assistant.card_for(question)
    if urgent is not None and card is not None:
        card(outcome_object(urgent))
    outcome = _outcome(state, question, urgent, _timed(state, question, tell, started), _shown(show))
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


def _for(question: Question, asker: Asker, history: tuple[Turn, ...]) -> Question:
    return replace(question, history=history, groups=asker.groups)


def _shown(show: Callable[[Object], None] | None) -> Show | None:
    if show is None:
        return None
    return lambda statement, citation: show({**statement_object(statement), "citation": citation_object(citation)})


def _timed(state: State, question: Question, tell: Tell | None, started: float) -> Tell:
    settings = state.assistant.settings
    limit = settings.serve.ask_timeout_s
    if question.is_written and settings.language_model is not None:
        limit += settings.language_model.longest_s

    def timed(stage: str) -> None:
        if time.perf_counter() - started > limit:
            raise Problem(
                503, "timeout", f"No answer within {limit:g} seconds. Try again.", headers={"Retry-After": "5"}
            )
        if tell is not None:
            tell(stage)

    return timed


def _outcome(
    state: State, question: Question, urgent: Signposted | None, tell: Tell, show: Show | None = None
) -> Outcome:
    try:
        with state.assistant.opened() as snapshot:
            check_editions(question, {str(each.edition_id) for each in open_to(snapshot.editions(), question.groups)})
            return state.assistant.ask_over(question, snapshot, tell, show)
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
