"""Tries the everyday questions with documents that wait to be published, and edits these questions; API and pages use it."""

from __future__ import annotations

import uuid
from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, datetime
from typing import Any

from api.audit_log import audit
from api.http.problems import Problem
from api.runs.service import listed, reader_groups, start
from api.state import State
from assistant.model.people import Asker, Groups
from assistant.model.quality import EverydayQuestion, Run
from assistant.ports import Preview, RunProgress
from assistant.quality.bench import report_of, try_libraries
from assistant.quality.everyday import MOST, OWN_THEME, everyday, in_use, packaged
from assistant.text.plain_text import plain_text

THEME_CHARS = 80
NO_QUESTION = "There is no such question in the set."


def questions_of(state: State) -> tuple[EverydayQuestion, ...]:
    """Returns every everyday question, removed ones included."""
    return everyday(state.assistant.quality_store.everyday_edits())


def start_bench(state: State, asker: Asker, upload_ids: Sequence[str]) -> Run:
    """Returns a run that tries the questions with some staged documents.

    Raises:
        Problem: There is no publisher, nothing or nobody's upload is named, no question is left (422), or a run goes on (409).
    """
    publisher = state.publisher
    if publisher is None:
        raise Problem(404, "no_publisher", "This server does not accept documents. Start it with `assistant serve`.")
    previews = [_staged(state, asker, each) for each in dict.fromkeys(upload_ids)]
    questions = in_use(state.assistant.quality_store.everyday_edits())
    if not previews:
        raise Problem(422, "usage", "Choose at least one document that waits to be published.")
    if not questions:
        raise Problem(422, "usage", "Every question was removed from the set. Add one, or restore some.")
    ids = tuple(each.upload_id for each in previews)

    def work(progress: RunProgress) -> dict[str, Any]:
        def building(stage: str, done: int, total: int) -> None:
            progress(0, len(questions))

        building("read", 0, 1)
        with publisher.draft(asker, ids, building) as draft, state.assistant.opened(asker.groups) as published:
            resources = state.assistant.resources
            return report_of(try_libraries(questions, published, draft, resources, asker.groups, progress))

    title = ", ".join(each.edition.title for each in previews)
    return start(state, asker, "bench", title, " ".join(ids), len(questions), _readers(state, asker, previews), work)


def last_bench_of(state: State, asker: Asker, upload_id: str) -> Run | None:
    """Returns the last run that tried an upload and that the asker may see, None where it was not tried."""
    return next((each for each in listed(state, asker, "bench") if upload_id in each.subject.split()), None)


def add_question(state: State, asker: Asker, text: str, theme: str) -> EverydayQuestion:
    """Returns a question that was added to the set, its personal details masked. Raises ``Problem`` (422)."""
    if len(in_use(state.assistant.quality_store.everyday_edits())) >= MOST:
        raise Problem(422, "usage", f"The set has {MOST} questions, as many as are tried. Remove one first.")
    return _saved(state, asker, EverydayQuestion(uuid.uuid4().hex, text, theme, True))


def change_question(state: State, asker: Asker, question_id: str, text: str, theme: str) -> EverydayQuestion:
    """Returns a question that was changed. Raises ``Problem`` (404, 422)."""
    before = _question(state, question_id)
    return _saved(state, asker, replace(before, text=text, theme=theme, is_removed=False))


def remove_question(state: State, asker: Asker, question_id: str) -> None:
    """Removes a question from the set: one of the packaged may be restored, one of the team's own is gone. Raises ``Problem``."""
    question, store = _question(state, question_id), state.assistant.quality_store
    if _is_packaged(question_id):
        store.edit_everyday(replace(question, is_removed=True), asker.user_id, datetime.now(UTC))
    else:
        store.restore_everyday(question_id)
    audit(state, asker, "everyday_removed", question_id)


def restore_question(state: State, asker: Asker, question_id: str) -> None:
    """Brings a packaged question back as it came. Raises ``Problem`` (404)."""
    if not _is_packaged(question_id):
        raise Problem(404, "not_found", NO_QUESTION)
    state.assistant.quality_store.restore_everyday(question_id)
    audit(state, asker, "everyday_restored", question_id)


def _saved(state: State, asker: Asker, question: EverydayQuestion) -> EverydayQuestion:
    text, theme = " ".join(plain_text(question.text).split()), " ".join(plain_text(question.theme).split())
    if not text or len(text) > state.assistant.settings.question_chars:
        detail = f"Write a question of at most {state.assistant.settings.question_chars} characters."
        raise Problem(422, "usage", detail)
    masked = state.assistant.masked
    kept = replace(question, text=masked(text), theme=masked(theme)[:THEME_CHARS] or OWN_THEME, is_own=True)
    state.assistant.quality_store.edit_everyday(kept, asker.user_id, datetime.now(UTC))
    audit(state, asker, "everyday_saved", kept.question_id)
    return kept


def _question(state: State, question_id: str) -> EverydayQuestion:
    question = next((each for each in questions_of(state) if each.question_id == question_id), None)
    if question is None:
        raise Problem(404, "not_found", NO_QUESTION)
    return question


def _is_packaged(question_id: str) -> bool:
    return any(each.question_id == question_id for each in packaged())


def _staged(state: State, asker: Asker, upload_id: str) -> Preview:
    preview = state.publisher.preview(asker, upload_id) if state.publisher else None
    if preview is None:
        raise Problem(404, "not_found", "There is no such upload. It may have been published or discarded.")
    return preview


def _readers(state: State, asker: Asker, previews: Sequence[Preview]) -> Groups:
    """Returns the groups that a reader needs: those of the library that the asker has, and those of restricted uploads."""
    groups = set(reader_groups(state, asker))
    for each in previews:
        own = set(each.edition.groups) & set(asker.groups)
        groups |= own or set(each.edition.groups)
    return tuple(sorted(groups))
