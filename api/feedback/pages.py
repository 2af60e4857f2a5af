"""Feedback by the form of the page."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Depends, Form, Request, Response
from pydantic import BeforeValidator, Field

from api.deps import CurrentAsker, CurrentState
from api.feedback.service import NOTE_CHARS, save_feedback, statement_count
from api.web.routing import PageRoute
from api.web.templating import render, require_same_origin
from assistant.model.people import Opinion
from assistant.outcomes.view import read_outcome

router = APIRouter(route_class=PageRoute)
StatementNumber = Annotated[int, Field(ge=1, le=100)]


@router.post("/feedback", dependencies=[Depends(require_same_origin)])
def give(
    request: Request,
    state: CurrentState,
    asker: CurrentAsker,
    record: Annotated[str, Form(max_length=100)],
    opinion: Annotated[Opinion, Form()],
    statement: Annotated[StatementNumber | None, BeforeValidator(lambda value: value or None), Form()] = None,
    note: Annotated[str, Form(max_length=NOTE_CHARS)] = "",
) -> Response:
    """Saves an opinion, its note masked, and renders the thanks; after "not useful" with a question why."""
    _, about = save_feedback(state, asker, record, opinion, statement, note)
    count, is_why_due = statement_count(read_outcome(about.outcome)), opinion is Opinion.NOT_HELPFUL
    return render(request, "thanks.html", asker, record=about, count=count, is_why_due=is_why_due)
