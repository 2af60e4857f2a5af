"""Keeps what a reader makes of an outcome; the API and the page go through here."""

from __future__ import annotations

import uuid
from datetime import UTC, datetime

from api.asking.service import Object
from api.http.problems import Problem
from api.state import State
from assistant.answering.screening.masking import mask
from assistant.model.people import Asker, AuditLine, Feedback, Opinion, Record
from assistant.text.plain_text import plain_text

NOTE_CHARS = 2_000
GONE = "There is no such message. It may have been deleted."


def keep_feedback(
    state: State, asker: Asker, record_id: str, opinion: Opinion, statement: int | None, note: str
) -> tuple[Feedback, Record]:
    """Returns the feedback as it was kept, its note masked, and the record that it is about.

    Raises:
        Problem: The record is not the asker's (404), or its outcome has no such statement (422).
    """
    record = state.assistant.records.record(record_id, asker.user_id)
    if record is None:
        raise Problem(404, "not_found", GONE)
    if statement is not None and statement > _statements(record.outcome):
        raise Problem(422, "no_statement", f"The outcome has {_statements(record.outcome)} statements, no {statement}.")
    masked = mask([plain_text(note)]).texts[0] if note.strip() else ""
    now = datetime.now(UTC)
    given = Feedback(uuid.uuid4().hex, record_id, statement, opinion, masked, now)
    if not state.assistant.records.add_feedback(given, asker.user_id):
        raise Problem(404, "not_found", GONE)
    state.assistant.access_store.audit(AuditLine(now, asker.user_id, "feedback", opinion.value))
    return given, record


def _statements(outcome: Object) -> int:
    said = outcome.get("then") or outcome
    return len(said["statements"]) or len(said.get("criteria", ()))
