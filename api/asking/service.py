"""Asks a question for an asker, stores its record and counts it; every endpoint that asks goes through here."""

from __future__ import annotations

import time
import uuid
from collections.abc import Callable
from contextlib import AbstractContextManager, nullcontext
from dataclasses import dataclass, replace
from datetime import UTC, datetime

from api.asking.attempts import attempted
from api.http.problems import Problem, logged_problem
from api.state import State
from assistant.answering.pipeline import OnStep
from assistant.answering.resources import OnStatement
from assistant.answering.touched_groups import touched_groups
from assistant.editions.access import open_to
from assistant.errors import AssistantError, UsageError
from assistant.messages import notice
from assistant.model import CitedStatement, Outcome, Question, Screened, Signposted, Turn
from assistant.model.people import Asker, AuditLine, Conversation, Groups, Record
from assistant.outcomes.cited import cited_editions
from assistant.outcomes.view import (
    CitedStatementView,
    NoticeView,
    OutcomeView,
    RefusedView,
    SignpostedView,
    outcome_view,
    read_outcome,
    without_card,
)

HISTORY_TURNS = 10
"""Earlier turns that a follow-up question is read with."""
OnCard = Callable[[SignpostedView], None]
OnCitedStatement = Callable[[CitedStatementView], None]


class Stopped(Exception):
    """The asker has disconnected; nothing is stored about the question."""


@dataclass(frozen=True, slots=True)
class ScreenedQuestion:
    """A valid question with its screening result; a question is screened once, whichever endpoint it comes through."""

    question: Question
    screening: Screened
    may_look_up: bool = True
    """False for an urgent question over the limit of questions: it gets its card only."""


def screened(state: State, asker: Asker, question: Question, conversation_id: str | None = None) -> ScreenedQuestion:
    """Returns a question with its asker's groups and history, screened and counted, before anything is answered.

    Urgency comes first: an urgent question is refused only over the limit of cards, not for its length, the limit of
    questions or a conversation that cannot be read.

    Args:
        state: The state of the application.
        asker: Who asks; their groups decide what can be found.
        question: The question; its groups are set here, and in a conversation its history.
        conversation_id: The conversation that it belongs to, if any.

    Raises:
        Problem: The conversation is not the asker's (404) or full (409), or they asked too often (429).
        UsageError: The question is empty, or too long and not urgent.
    """
    question, fault = replace(question, groups=asker.groups), None
    try:
        if conversation_id is not None:
            question = replace(question, history=history_of(state, asker, conversation_id))
    except (Problem, AssistantError) as error:
        fault = error
    try:
        screening = state.assistant.screen(question)
    except UsageError:
        state.guard.count_ask(asker)
        raise
    if screening.has_card:
        return ScreenedQuestion(question, screening, state.guard.count_card(asker) and screening.route != "too_long")
    state.guard.count_ask(asker)
    if fault is not None:
        raise fault
    return ScreenedQuestion(question, screening)


def begin_conversation(state: State, asker: Asker) -> Conversation:
    """Returns a new conversation of the asker. Raises ``Problem`` (409) if they have as many as the settings allow."""
    most = state.assistant.settings.records.conversations
    conversation = state.assistant.records.begin(asker.owner, datetime.now(UTC), most)
    if conversation is None:
        detail = f"You have {most:,} conversations, as many as can be kept. Delete some of them to begin another."
        raise Problem(409, "too_many_conversations", detail)
    return conversation


def answer(
    state: State,
    asker: Asker,
    asked: ScreenedQuestion,
    conversation_id: str | None = None,
    on_step: OnStep | None = None,
    on_card: OnCard | None = None,
    on_statement: OnCitedStatement | None = None,
) -> tuple[Record, OutcomeView]:
    """Returns the stored record of a question and the complete outcome.

    An urgent question always ends with its card. Where its record cannot be stored, and in a data folder for reading
    only, the record that is returned has no id ("") and no conversation.

    Args:
        state: The state of the application.
        asker: Who asks.
        asked: The question, from ``screened``.
        conversation_id: The conversation that it belongs to, if any.
        on_step: Called with each step's name before it runs; may raise ``Stopped``.
        on_card: Called with the outcome of an urgent question at once, before anything is searched.
        on_statement: Called with each statement of a written answer, with its citation, as soon as it is verified; the
            final outcome may differ.

    Raises:
        Problem: An edition is not indexed (422), or it took or would take too long (503); not for an urgent question.
        AssistantError: The library or the records cannot be used and the question is not urgent.
        Stopped: ``on_step`` raised it.
    """
    started, asked_at = time.perf_counter(), datetime.now(UTC)
    urgent = card_of(state, asked)
    if urgent is not None and on_card is not None:
        on_card(SignpostedView.of(urgent))
    on_step = _timed(state, asked.question, on_step, started)
    ended, groups = _outcome(state, asked, urgent, on_step, _with_views(on_statement))
    outcome = _with_notice(state, outcome_view(ended))
    record = replace(_record(outcome, asker, conversation_id, time.perf_counter() - started, asked_at), groups=groups)
    record = _stored(state, record, _audit_line(outcome, asker, asked_at), is_card=urgent is not None)
    state.metrics.count_question(outcome, record.seconds)
    return record, outcome


def card_of(state: State, asked: ScreenedQuestion) -> Signposted | None:
    """Returns the card of an urgent question, with the reason if nothing is looked up for it; None for any other."""
    urgent = state.assistant.card_for(asked.screening)
    if urgent is None or asked.may_look_up or asked.screening.route == "too_long":
        return urgent
    return replace(urgent, notices=(notice("too_many"), *urgent.notices))


def _with_notice(state: State, outcome: OutcomeView) -> OutcomeView:
    """Returns an outcome that says where nothing of it is stored on purpose."""
    if not state.assistant.is_read_only:
        return outcome
    return outcome.model_copy(update={"notices": (*outcome.notices, NoticeView.of(notice("not_stored")))})


def _stored(state: State, record: Record, line: AuditLine, *, is_card: bool) -> Record:
    """Returns a record, stored with its audit line; a card does not wait for either, and may lack them.

    In a data folder for reading only, neither is stored, and the record has no id.
    """
    if state.assistant.is_read_only:
        return replace(record, record_id="", conversation_id=None)
    if not is_card:
        state.assistant.records.add(record)
        state.assistant.access_store.audit(line)
        return record

    def add() -> bool:
        state.assistant.records.add(record)
        return True

    is_stored = attempted(add)
    attempted(lambda: state.assistant.access_store.audit(line))
    return record if is_stored else replace(record, record_id="", conversation_id=None)


def history_of(state: State, asker: Asker, conversation_id: str) -> tuple[Turn, ...]:
    """Returns the earlier turns of a conversation. Raises ``Problem`` if it is not the asker's (404) or full (409)."""
    if state.assistant.records.conversation(conversation_id, asker.owner) is None:
        raise Problem(404, "not_found", "There is no such conversation.")
    turns: list[Turn] = []
    records = state.assistant.records.records_of(conversation_id, asker.owner)
    if len(records) >= (most := state.assistant.settings.records.conversation_questions):
        detail = f"This conversation has {most:,} questions, as many as one can have. Begin a new one."
        raise Problem(409, "conversation_full", detail)
    for record in records:
        outcome = read_outcome(record.outcome)
        turns.append(Turn("user", outcome.standalone))
        answered = statements_of(outcome)
        turns.extend([Turn("assistant", answered)] if answered else [])
    return tuple(turns[-HISTORY_TURNS:])


def statements_of(outcome: OutcomeView) -> str:
    """Returns the statements of an outcome as one line; "" for a refusal."""
    return " ".join(statement.text for statement in without_card(outcome).statements)


def _with_views(on_statement: OnCitedStatement | None) -> OnStatement | None:
    if on_statement is None:
        return None
    return lambda statement, citation: on_statement(CitedStatementView.of_cited(CitedStatement(statement, citation)))


def _timed(state: State, question: Question, on_step: OnStep | None, started: float) -> OnStep:
    settings = state.assistant.settings
    limit = settings.serve.ask_timeout_s
    if question.is_written and settings.language_model is not None:
        limit += settings.language_model.longest_s
    if settings.answerability.judge != "none":
        limit += settings.answerability.timeout_s

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
) -> tuple[Outcome, tuple[Groups, ...]]:
    """Returns the outcome, and for each restricted edition that it touched the groups that may see it."""
    question = asked.question
    if urgent is not None and not asked.may_look_up:
        return urgent, ()
    try:
        with _turn(state, asked), state.assistant.opened(question.groups) as snapshot:
            check_editions(question, {str(each.edition_id) for each in open_to(snapshot.editions(), question.groups)})
            outcome = state.assistant.ask_over(question, snapshot, on_step, on_statement, asked.screening)
            return outcome, touched_groups(outcome, question, snapshot)
    except Stopped:
        state.metrics.count_stopped()
        raise
    except Exception as error:
        if urgent is None:
            raise
        logged_problem(error)
        return urgent, ()


def _turn(state: State, asked: ScreenedQuestion) -> AbstractContextManager[None]:
    """Returns the turn of a question; one that a language model writes about waits for that, and needs none."""
    if asked.question.is_written and state.assistant.settings.language_model is not None:
        return nullcontext()
    return state.turns.taken(is_urgent=asked.screening.has_card)


def check_editions(question: Question, visible: set[str]) -> None:
    """Raises ``Problem`` (422) if a question names an edition that its asker cannot see."""
    if any(each not in visible for each in question.editions):
        detail = "One of the editions is not indexed. GET /v1/documents lists the documents."
        raise Problem(422, "unknown_edition", detail)


def _record(outcome: OutcomeView, asker: Asker, conversation_id: str | None, seconds: float, at: datetime) -> Record:
    question, fingerprint = outcome.question, outcome.trace.fingerprint
    stored = _without_hits(outcome).model_dump(mode="json")
    return Record(uuid.uuid4().hex, asker.owner, conversation_id, question, stored, seconds, fingerprint, at)


def _without_hits(outcome: OutcomeView) -> OutcomeView:
    changed: dict[str, object] = {"trace": outcome.trace.model_copy(update={"hits": ()})}
    if isinstance(outcome, SignpostedView) and outcome.then is not None:
        changed["then"] = _without_hits(outcome.then)
    return outcome.model_copy(update=changed)


def _audit_line(outcome: OutcomeView, asker: Asker, at: datetime) -> AuditLine:
    what = f"{outcome.outcome} {outcome.reason}" if isinstance(outcome, RefusedView) else outcome.outcome
    return AuditLine(at, asker.user_id, "ask", f"{what}{_sent_to_judge(outcome)}", cited_editions(outcome))


def _sent_to_judge(outcome: OutcomeView) -> str:
    """Returns how much was sent to a second judge, for the audit log; "" for nothing."""
    sent = [each for each in without_card(outcome).trace.judged if each.sent]
    if not sent:
        return ""
    passages, characters = sum(len(each.sent) for each in sent), sum(each.characters for each in sent)
    return f", {passages} passages ({characters} characters) sent to {sent[0].model}"
