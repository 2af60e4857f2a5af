"""One question as the policy team sees it, and its marks; API and page both use it."""

from __future__ import annotations

import uuid
from collections.abc import Sequence
from datetime import UTC, datetime

from api.http.problems import Problem
from api.state import State
from assistant.errors import LibraryError
from assistant.model.people import Asker, AuditLine
from assistant.model.quality import AskedQuestion, Mark, Verdict
from assistant.outcomes.view import read_outcome
from assistant.quality.labels import gold_of
from assistant.text.plain_text import plain_text

REASON_CHARS = 2_000
NOT_FOUND = "There is no such question. It may have been deleted, or its time may have run out."


def asked_question(state: State, asker: Asker, record_id: str) -> AskedQuestion:
    """Returns a question with what was shown, its feedback and its marks. Raises ``Problem`` (404)."""
    reader = state.assistant.reader(asker.groups)
    question = state.assistant.quality_store.asked(record_id, reader)
    if question is None:
        raise Problem(404, "not_found", NOT_FOUND)
    return question


def save_mark(
    state: State,
    asker: Asker,
    record_id: str,
    verdict: Verdict,
    reason: str,
    keys: Sequence[str] = (),
    words: str = "",
) -> Mark:
    """Returns a mark as it was saved, its reason masked.

    Args:
        state: The state of this worker.
        asker: Who marks.
        record_id: The question.
        verdict: The mark.
        reason: Why.
        keys: Which of the quotes shown answer.
        words: Words of a document that answer and were not shown.

    Raises:
        Problem: There is no such question (404).
        UsageError: The verdict does not fit, or the words are in no document that the asker may see.
    """
    question = asked_question(state, asker, record_id)
    outcome = read_outcome(question.outcome)
    try:
        with state.assistant.opened(asker.groups) as snapshot:
            gold = gold_of(outcome, verdict, keys, words, snapshot)
    except LibraryError:
        gold = gold_of(outcome, verdict, keys, words, None)
    masked = state.assistant.masked(plain_text(reason)) if reason.strip() else ""
    now = datetime.now(UTC)
    mark = Mark(uuid.uuid4().hex, record_id, verdict, masked, gold, asker.user_id, now)
    if not state.assistant.quality_store.add_mark(mark, state.assistant.reader(asker.groups)):
        raise Problem(404, "not_found", NOT_FOUND)
    state.assistant.access_store.audit(AuditLine(now, asker.user_id, "mark", f"{record_id} {verdict.value}"))
    return mark
