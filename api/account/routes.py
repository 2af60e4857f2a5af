"""``/v1/me``: the asker's own data, exported and erased."""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import UTC, datetime
from itertools import chain, islice
from typing import Any

from fastapi import APIRouter
from fastapi.responses import StreamingResponse

from api.account.schemas import ErasureResponse, MeResponse
from api.deps import CurrentAsker, CurrentState
from api.http.problems import problems
from api.state import State
from assistant.model.people import Asker
from assistant.operations.personal_data import erase_person, export_person

router = APIRouter(prefix="/v1/me", tags=["me"])
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
def erase(state: CurrentState, asker: CurrentAsker) -> ErasureResponse:
    """Erases your conversations, questions, outcomes, scenarios and feedback at once, and ends your sessions.

    The audit log, which contains none of your words, has its own retention period.
    """
    return ErasureResponse(rows=erase_person(state.assistant, asker.user_id, asker.user_id, datetime.now(UTC)))


def export_lines(state: State, asker: Asker) -> Iterator[str]:
    """Returns everything that is stored about an asker, one JSON object per line; a fault comes before the first."""
    rows = export_person(state.assistant, asker.user_id, asker.user_id, datetime.now(UTC))
    first = tuple(islice(rows, 1))
    return (json.dumps(row, ensure_ascii=False) + "\n" for row in chain(first, rows))
