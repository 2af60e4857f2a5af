"""The question log for the policy team: a table with filters, and a CSV file."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from typing import Annotated
from urllib.parse import urlencode

from fastapi import APIRouter, Depends, Query, Request, Response
from fastapi.responses import StreamingResponse

from api.deps import CurrentState, require_role
from api.questions.question_log import QuestionFilter, logged_questions
from api.questions.schemas import QuestionResponse
from api.state import State
from api.web.routing import PageRoute
from api.web.templating import render
from assistant.model.people import Asker, Role
from assistant.text.csv_lines import csv_line

router = APIRouter(route_class=PageRoute)
PolicyAsker = Annotated[Asker, Depends(require_role(Role.POLICY))]
LISTED = 50
EXPORTED_AT_ONCE = 500
COLUMNS = ("asked_on", "question", "outcome", "reason", "editions", "opinions", "record_id")


def filter_fields(
    since: Annotated[str, Query(max_length=10)] = "",
    until: Annotated[str, Query(max_length=10)] = "",
    outcome: Annotated[str, Query(max_length=20)] = "",
    after: Annotated[str, Query(max_length=100)] = "",
) -> dict[str, str]:
    """Returns the fields of the filter form, empty ones included."""
    return {"since": since, "until": until, "outcome": outcome, "after": after}


Form = Annotated[dict[str, str], Depends(filter_fields)]


@router.get("/questions")
def questions(request: Request, state: CurrentState, asker: PolicyAsker, form: Form) -> Response:
    """Renders the table."""
    page, next_after = logged_questions(state, asker, QuestionFilter.from_form(form), LISTED)
    chosen = {name: text for name, text in form.items() if text and name != "after"}
    more = f"/questions?{urlencode({**chosen, 'after': next_after})}" if next_after else None
    file = f"/questions.csv?{urlencode(chosen)}"
    return render(request, "questions.html", asker, questions=page, form=form, more=more, file=file)


@router.get("/questions.csv")
def table(state: CurrentState, asker: PolicyAsker, form: Form) -> Response:
    """Returns all questions that pass the filter, as CSV."""
    headers = {"Content-Disposition": 'attachment; filename="questions.csv"'}
    rows = _rows(state, asker, QuestionFilter.from_form(form))
    return StreamingResponse(rows, media_type="text/csv; charset=utf-8", headers=headers)


def _rows(state: State, asker: Asker, question_filter: QuestionFilter) -> Iterator[str]:
    yield "\ufeff" + csv_line(COLUMNS)
    after: str | None = question_filter.after
    while True:
        page, after = logged_questions(state, asker, replace(question_filter, after=after), EXPORTED_AT_ONCE)
        for row in page:
            yield csv_line(_cells(row))
        if after is None:
            return


def _cells(row: QuestionResponse) -> tuple[str, ...]:
    joined = {"editions": " ".join(row.editions), "opinions": " ".join(row.opinions), "reason": row.reason or ""}
    return tuple(str(joined.get(name, getattr(row, name))) for name in COLUMNS)
