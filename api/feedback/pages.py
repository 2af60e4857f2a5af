"""Feedback by the form of the page."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Depends, Form, Request, Response

from api.deps import CurrentAsker, CurrentState
from api.feedback.service import NOTE_CHARS, save_feedback
from api.web.routing import PageRoute
from api.web.templating import render, require_same_origin
from assistant.model.people import Opinion

router = APIRouter(route_class=PageRoute)


@router.post("/feedback", dependencies=[Depends(require_same_origin)])
def give(
    request: Request,
    state: CurrentState,
    asker: CurrentAsker,
    record: Annotated[str, Form(max_length=100)],
    opinion: Annotated[Opinion, Form()],
    statement: Annotated[int | None, Form(ge=1, le=100)] = None,
    note: Annotated[str, Form(max_length=NOTE_CHARS)] = "",
) -> Response:
    """Saves an opinion, its note masked, and renders the thanks."""
    _, about = save_feedback(state, asker, record, opinion, statement, note)
    return render(request, "thanks.html", asker, record=about)
