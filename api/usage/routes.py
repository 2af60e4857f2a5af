"""``/v1/usage``: how the assistant is used, for the policy role."""

from __future__ import annotations

from typing import Annotated, Any

from fastapi import APIRouter, Depends, Query
from fastapi.responses import StreamingResponse

from api.audit_log import audit
from api.deps import CurrentState, require_role
from api.http.problems import problems
from api.state import State
from api.usage.schemas import UsageResponse, usage_response
from api.usage.service import MOST_WEEKS, WEEKS, usage_for
from assistant.model.people import Asker, Role
from assistant.quality.usage import csv_lines

router = APIRouter(tags=["usage"])
PolicyAsker = Annotated[Asker, Depends(require_role(Role.POLICY))]
Weeks = Annotated[int, Query(ge=1, le=MOST_WEEKS, description="How many weeks, this one included.")]
CSV = "text/csv"
FILE: dict[int | str, dict[str, Any]] = {
    200: {"description": "One line a count.", "content": {CSV: {"schema": {"type": "string"}}}}
}


@router.get("/v1/usage", responses=problems(503))
def usage(state: CurrentState, asker: PolicyAsker, weeks: Weeks = WEEKS) -> UsageResponse:
    """Counts questions by week, outcome, audience and theme, and which documents answer; small counts are not shown."""
    return usage_response(usage_for(state, asker, weeks))


@router.get("/v1/usage.csv", response_class=StreamingResponse, responses={**FILE, **problems(503)})
def table(state: CurrentState, asker: PolicyAsker, weeks: Weeks = WEEKS) -> StreamingResponse:
    """Returns the same as CSV."""
    return usage_file(state, asker, weeks)


def usage_file(state: State, asker: Asker, weeks: int) -> StreamingResponse:
    """Returns the report as a CSV file, and notes who took it."""
    lines = csv_lines(usage_for(state, asker, weeks))
    audit(state, asker, "usage_exported", f"{weeks} weeks")
    headers = {"Content-Disposition": 'attachment; filename="usage.csv"'}
    return StreamingResponse(lines, media_type=f"{CSV}; charset=utf-8", headers=headers)
