"""The log of questions for the policy team; API and page both use it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime, time
from typing import Annotated, Literal, cast, get_args

from fastapi import Query

from api.http.problems import Problem
from api.questions.schemas import QuestionResponse, question_response
from api.state import State
from assistant.editions.access import open_to
from assistant.errors import LibraryError
from assistant.model.people import Asker

OutcomeName = Literal["answered", "partly_answered", "refused", "signposted"]


@dataclass(frozen=True, slots=True)
class QuestionFilter:
    """Which questions to list; query parameters of a route."""

    since: Annotated[date | None, Query(description="First day, such as 2026-05-01.")] = None
    until: Annotated[date | None, Query(description="Last day.")] = None
    outcome: Annotated[OutcomeName | None, Query(description="Only questions with this outcome.")] = None
    after: Annotated[str | None, Query(max_length=100, description="``next_after`` of the page before.")] = None

    @classmethod
    def from_form(cls, form: Mapping[str, str]) -> QuestionFilter:
        """Returns the filter of a form. Raises ``Problem`` (422) for an invalid day or outcome."""
        try:
            days = {name: date.fromisoformat(form[name]) if form.get(name) else None for name in ("since", "until")}
        except ValueError:
            raise Problem(422, "invalid", "Write days as YYYY-MM-DD, such as 2026-05-01.") from None
        outcome = form.get("outcome") or None
        if outcome not in (None, *get_args(OutcomeName)):
            raise Problem(422, "invalid", f"outcome is one of {', '.join(get_args(OutcomeName))}.")
        return cls(days["since"], days["until"], cast("OutcomeName | None", outcome), form.get("after") or None)


def logged_questions(
    state: State, asker: Asker, question_filter: QuestionFilter, limit: int
) -> tuple[list[QuestionResponse], str | None]:
    """Returns up to ``limit`` questions, the newest day first, and the ``after`` of the next page, None at the end."""
    rows = state.assistant.records.questions(
        since=_at(question_filter.since),
        until=_at(question_filter.until),
        outcome=question_filter.outcome,
        limit=limit + 1,
        after=question_filter.after,
        reader=state.assistant.reader(asker.groups),
    )
    visible = _visible_editions(state, asker)
    next_after = rows[limit - 1].record_id if len(rows) > limit else None
    return [question_response(row, visible) for row in rows[:limit]], next_after


def _at(day: date | None) -> datetime | None:
    return datetime.combine(day, time(), UTC) if day else None


def _visible_editions(state: State, asker: Asker) -> frozenset[str]:
    """Returns the ids of the editions that somebody may see; none if there is no library."""
    try:
        with state.assistant.opened(asker.groups) as snapshot:
            editions = open_to((*snapshot.editions(), *snapshot.known()), asker.groups)
            return frozenset(str(edition.edition_id) for edition in editions)
    except LibraryError:
        return frozenset()
