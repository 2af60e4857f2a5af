"""What was asked, for the policy team: a table with filters, and a file for a spreadsheet."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator
from dataclasses import replace
from typing import Annotated
from urllib.parse import urlencode

from fastapi import APIRouter, Depends, Query, Request, Response
from fastapi.responses import StreamingResponse

from api.deps import Stated, needs
from api.questions.question_log import Wanted, questions_asked
from api.questions.schemas import QuestionShown
from api.state import State
from api.web.routing import PageRoute
from api.web.templating import draw
from assistant.model.people import Asker, Role

router = APIRouter(route_class=PageRoute)
PolicyAsker = Annotated[Asker, Depends(needs(Role.POLICY))]
LISTED = 50
EXPORTED_AT_ONCE = 500
COLUMNS = ("asked_on", "question", "outcome", "reason", "editions", "opinions", "record_id")
FORMULA = ("=", "+", "-", "@", "\t", "\r")
"""Beginnings of a cell that a spreadsheet would run (OWASP, "CSV injection")."""


def wanted_by_form(
    since: Annotated[str, Query(max_length=10)] = "",
    until: Annotated[str, Query(max_length=10)] = "",
    outcome: Annotated[str, Query(max_length=20)] = "",
    after: Annotated[str, Query(max_length=100)] = "",
) -> dict[str, str]:
    """Returns what a form asked for, fields left empty included."""
    return {"since": since, "until": until, "outcome": outcome, "after": after}


Form = Annotated[dict[str, str], Depends(wanted_by_form)]


@router.get("/questions")
def questions(request: Request, state: Stated, asker: PolicyAsker, form: Form) -> Response:
    """Draws the table."""
    found, following = questions_asked(state, asker, Wanted.of(form), LISTED)
    chosen = {name: text for name, text in form.items() if text and name != "after"}
    more = f"/questions?{urlencode({**chosen, 'after': following})}" if following else None
    file = f"/questions.csv?{urlencode(chosen)}"
    return draw(request, "questions.html", asker, found=found, form=form, more=more, file=file)


@router.get("/questions.csv")
def table(state: Stated, asker: PolicyAsker, form: Form) -> Response:
    """Gives all that the filters leave, as CSV."""
    headers = {"Content-Disposition": 'attachment; filename="questions.csv"'}
    rows = _rows(state, asker, Wanted.of(form))
    return StreamingResponse(rows, media_type="text/csv; charset=utf-8", headers=headers)


def _rows(state: State, asker: Asker, wanted: Wanted) -> Iterator[str]:
    yield "\ufeff" + _line(COLUMNS)
    following: str | None = wanted.after
    while True:
        found, following = questions_asked(state, asker, replace(wanted, after=following), EXPORTED_AT_ONCE)
        for each in found:
            yield _line(_cells(each))
        if following is None:
            return


def _cells(each: QuestionShown) -> tuple[str, ...]:
    listed = {"editions": " ".join(each.editions), "opinions": " ".join(each.opinions), "reason": each.reason or ""}
    cells = (str(listed.get(name, getattr(each, name))) for name in COLUMNS)
    return tuple(f"'{cell}" if cell.startswith(FORMULA) else cell for cell in cells)


def _line(cells: tuple[str, ...]) -> str:
    out = io.StringIO()
    csv.writer(out).writerow(cells)
    return out.getvalue()
