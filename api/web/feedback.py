"""Feedback from the page, by form."""

from __future__ import annotations

import uuid
from datetime import UTC, datetime
from typing import Annotated

from fastapi import APIRouter, Depends, Form, Request, Response

from api.deps import Asking, Stated
from api.problems import Problem
from api.web.drawing import draw, from_here
from api.web.routing import PageRoute
from assistant.model.people import AuditLine, Feedback, Opinion
from assistant.screening.masking import mask
from assistant.screening.plain import plain_text

router = APIRouter(route_class=PageRoute)


@router.post("/feedback", dependencies=[Depends(from_here)])
def give(
    request: Request,
    state: Stated,
    asker: Asking,
    record: Annotated[str, Form(max_length=100)],
    opinion: Annotated[Opinion, Form()],
    statement: Annotated[int | None, Form(ge=1, le=100)] = None,
    note: Annotated[str, Form(max_length=2000)] = "",
) -> Response:
    """Keeps an opinion, its note masked, and thanks for it."""
    now, masked = datetime.now(UTC), mask([plain_text(note)]).texts[0] if note.strip() else ""
    given = Feedback(uuid.uuid4().hex, record, statement, opinion, masked, now)
    kept = state.assistant.records.record(record, asker.user_id)
    if kept is None or not state.assistant.records.add_feedback(given, asker.user_id):
        raise Problem(404, "not_found", "There is no such message. It may have been deleted.")
    state.assistant.access_store.audit(AuditLine(now, asker.user_id, "feedback", opinion.value))
    return draw(request, "thanks.html", asker, record=kept)
