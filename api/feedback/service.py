"""Saves a reader's feedback on an outcome; API and page both use it."""

from __future__ import annotations

import uuid
from datetime import UTC, datetime

from api.http.problems import Problem
from api.state import State
from assistant.model.people import Asker, AuditLine, Feedback, Opinion, Record
from assistant.outcomes.view import OutcomeView, RefusedView, read_outcome, without_card
from assistant.text.plain_text import plain_text

NOTE_CHARS = 2_000
NOT_FOUND = "There is no such message. It may have been deleted."


def save_feedback(
    state: State, asker: Asker, record_id: str, opinion: Opinion, statement: int | None, note: str
) -> tuple[Feedback, Record]:
    """Returns the feedback as it was saved, its note masked, and the record that it is about.

    Raises:
        Problem: The record is not the asker's (404), or its outcome has no such statement (422).
    """
    record = state.assistant.records.record(record_id, asker.owner)
    if record is None:
        raise Problem(404, "not_found", NOT_FOUND)
    count = statement_count(read_outcome(record.outcome))
    if statement is not None and statement > count:
        raise Problem(422, "no_statement", f"The outcome has {count} statements; there is no statement {statement}.")
    masked = state.assistant.masked(plain_text(note)) if note.strip() else ""
    now = datetime.now(UTC)
    feedback = Feedback(uuid.uuid4().hex, record_id, statement, opinion, masked, now)
    if not state.assistant.records.add_feedback(feedback, asker.owner):
        raise Problem(404, "not_found", NOT_FOUND)
    state.assistant.access_store.audit(AuditLine(now, asker.user_id, "feedback", opinion.value))
    return feedback, record


def statement_count(outcome: OutcomeView) -> int:
    """Returns how many statements, or criteria of a refusal, an outcome has."""
    answered = without_card(outcome)
    return len(answered.criteria if isinstance(answered, RefusedView) else answered.statements)
