"""What was asked, for the policy team; the API and the page go through here."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime, time
from typing import Annotated, Literal, cast, get_args

from fastapi import Query

from api.http.problems import Problem
from api.questions.schemas import QuestionShown, question_shown
from api.state import State
from assistant.editions.access import open_to
from assistant.errors import LibraryError
from assistant.model.people import Asker

Ending = Literal["answered", "refused", "signposted"]


@dataclass(frozen=True, slots=True)
class Wanted:
    """Which questions are wanted; query parameters of a route."""

    since: Annotated[date | None, Query(description="First day, such as 2026-05-01.")] = None
    until: Annotated[date | None, Query(description="Last day.")] = None
    outcome: Annotated[Ending | None, Query(description="How they ended.")] = None
    after: Annotated[str | None, Query(max_length=100, description="``next_after`` of the page before.")] = None

    @classmethod
    def of(cls, form: Mapping[str, str]) -> Wanted:
        """Returns what a form asked for. Raises ``Problem`` (422) for a day or an ending that is none."""
        try:
            days = {name: date.fromisoformat(form[name]) if form.get(name) else None for name in ("since", "until")}
        except ValueError:
            raise Problem(422, "invalid", "A day is written such as 2026-05-01.") from None
        ending = form.get("outcome") or None
        if ending not in (None, *get_args(Ending)):
            raise Problem(422, "invalid", f"outcome is one of {', '.join(get_args(Ending))}.")
        return cls(days["since"], days["until"], cast("Ending | None", ending), form.get("after") or None)


def questions_asked(state: State, asker: Asker, wanted: Wanted, limit: int) -> tuple[list[QuestionShown], str | None]:
    """Returns up to ``limit`` questions, the newest day first, and what to give as ``after`` for those that follow."""
    found = state.assistant.records.questions(
        since=_at(wanted.since), until=_at(wanted.until), outcome=wanted.outcome, limit=limit + 1, after=wanted.after
    )
    shown = _visible(state, asker)
    following = found[limit - 1].record_id if len(found) > limit else None
    return [question_shown(each, shown) for each in found[:limit]], following


def _at(day: date | None) -> datetime | None:
    return datetime.combine(day, time(), UTC) if day else None


def _visible(state: State, asker: Asker) -> frozenset[str]:
    """Returns the ids of the editions that somebody may see; none where there is no library."""
    try:
        with state.assistant.opened() as snapshot:
            everything = (*snapshot.editions(), *snapshot.known())
            return frozenset(str(each.edition_id) for each in open_to(everything, asker.groups))
    except LibraryError:
        return frozenset()
