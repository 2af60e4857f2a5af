"""``/v1/me``: the asker's own data, exported and erased."""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import UTC, datetime
from itertools import chain, islice
from typing import Annotated, Any

from fastapi import APIRouter, Depends, Request
from fastapi.responses import StreamingResponse

from api.access.guard import Guard
from api.account.schemas import ErasureResponse, MeResponse
from api.deps import CurrentAsker, CurrentState, guard
from api.http.problems import problems
from api.state import State
from assistant.model.people import Asker
from assistant.operations.personal_data import erase_person, export_person

router = APIRouter(prefix="/v1/me", tags=["me"])
CurrentGuard = Annotated[Guard, Depends(guard)]
LINES = "application/x-ndjson"
EXPORT: dict[int | str, dict[str, Any]] = {
    200: {
        "description": "One JSON object per line; its type is conversation, record, feedback, scenario, "
        "scenario_feedback, decision or audit.",
        "content": {LINES: {"schema": {"type": "string"}, "example": '{"type": "conversation", "title": "…"}\n'}},
    }
}


@router.get("", responses=problems())
def me(state: CurrentState, asker: CurrentAsker) -> MeResponse:
    """Returns who you are to the server, with your roles and groups."""
    return MeResponse(
        user_id=asker.user_id,
        name=asker.name,
        roles=sorted(asker.roles),
        groups=list(asker.groups),
        via=asker.via,
        days_kept=state.assistant.settings.records.days,
    )


@router.get("/export", response_class=StreamingResponse, responses={**EXPORT, **problems(503)})
def export(state: CurrentState, asker: CurrentAsker) -> StreamingResponse:
    """Exports everything that is stored about you."""
    headers = {"Content-Disposition": 'attachment; filename="my-records.jsonl"'}
    return StreamingResponse(export_lines(state, asker), media_type=LINES, headers=headers)


@router.delete("", responses=problems(503))
def erase(request: Request, state: CurrentState, guard: CurrentGuard, asker: CurrentAsker) -> ErasureResponse:
    """Erases your conversations, questions, outcomes, scenarios and feedback at once, and ends your sessions.

    The audit log, which contains none of your words, has its own retention period.
    """
    return ErasureResponse(rows=erase_own(request, state, guard, asker))


def erase_own(request: Request, state: State, guard: Guard, asker: Asker) -> int:
    """Erases what is an asker's own and ends their sessions, of a shared key only this one; returns how many rows."""
    removed = erase_person(state.assistant, asker.user_id, asker.user_id, datetime.now(UTC), asker.owner)
    if asker.session:
        guard.sessions.end(request.cookies.get(guard.sessions.cookie, ""))
    return removed


def export_lines(state: State, asker: Asker) -> Iterator[str]:
    """Returns everything that is stored about an asker, one JSON object per line; a fault comes before the first."""
    rows = export_person(state.assistant, asker.user_id, asker.user_id, datetime.now(UTC), asker.owner)
    first = tuple(islice(rows, 1))
    return (json.dumps(row, ensure_ascii=False) + "\n" for row in chain(first, rows))
