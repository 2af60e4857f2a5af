"""``/v1/me``: what is kept of the asker, given out and erased."""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import UTC, datetime
from typing import Any

from fastapi import APIRouter
from fastapi.responses import StreamingResponse

from api.account.schemas import Erased, Me
from api.deps import CurrentAsker, Stated
from api.http.problems import problems
from api.state import State
from assistant.model.people import Asker
from assistant.operations.personal_data import erase_of, export_of

router = APIRouter(prefix="/v1/me", tags=["me"])
LINES = "application/x-ndjson"
EXPORT: dict[int | str, dict[str, Any]] = {
    200: {
        "description": "One JSON object a line; its type is conversation, record, feedback, scenario, "
        "scenario_feedback, decision or audit.",
        "content": {LINES: {"schema": {"type": "string"}, "example": '{"type": "conversation", "title": "…"}\n'}},
    }
}


@router.get("", responses=problems())
def me(state: Stated, asker: CurrentAsker) -> Me:
    """Says who asks, with which roles and groups."""
    return Me(
        user_id=asker.user_id,
        name=asker.name,
        roles=sorted(asker.roles),
        groups=list(asker.groups),
        via=asker.via,
        days_kept=state.assistant.settings.records.days,
    )


@router.get("/export", response_class=StreamingResponse, responses={**EXPORT, **problems(503)})
def export(state: Stated, asker: CurrentAsker) -> StreamingResponse:
    """Gives everything that is kept of the asker."""
    headers = {"Content-Disposition": 'attachment; filename="my-records.jsonl"'}
    return StreamingResponse(exported(state, asker), media_type=LINES, headers=headers)


@router.delete("", responses=problems(503))
def erase(state: Stated, asker: CurrentAsker) -> Erased:
    """Erases the asker's conversations, questions, outcomes, scenarios and feedback at once, and ends his sessions.

    The audit log, which holds no words, keeps its lines for its own time.
    """
    return Erased(rows=erase_of(state.assistant, asker.user_id, asker.user_id, datetime.now(UTC)))


def exported(state: State, asker: Asker) -> Iterator[str]:
    """Yields what is kept of somebody, a line of JSON each."""
    for each in export_of(state.assistant, asker.user_id, asker.user_id, datetime.now(UTC)):
        yield json.dumps(each, ensure_ascii=False) + "\n"
