"""Feedback from the page, by form."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Depends, Form, Request, Response

from api.deps import CurrentAsker, Stated
from api.feedback.service import NOTE_CHARS, keep_feedback
from api.web.routing import PageRoute
from api.web.templating import draw, from_here
from assistant.model.people import Opinion

router = APIRouter(route_class=PageRoute)


@router.post("/feedback", dependencies=[Depends(from_here)])
def give(
    request: Request,
    state: Stated,
    asker: CurrentAsker,
    record: Annotated[str, Form(max_length=100)],
    opinion: Annotated[Opinion, Form()],
    statement: Annotated[int | None, Form(ge=1, le=100)] = None,
    note: Annotated[str, Form(max_length=NOTE_CHARS)] = "",
) -> Response:
    """Keeps an opinion, its note masked, and thanks for it."""
    _, kept = keep_feedback(state, asker, record, opinion, statement, note)
    return draw(request, "thanks.html", asker, record=kept)
