"""A run as the API tells of it."""

from __future__ import annotations

from datetime import datetime
from typing import Literal

from pydantic import BaseModel
from pydantic.config import JsonDict

from api.runs.service import shown_state
from assistant.model.quality import Run

RUN: JsonDict = {
    "run_id": "0f1e2d3c4b5a69780f1e2d3c4b5a6978",
    "title": "Example policy",
    "state": "running",
    "done": 12,
    "total": 68,
    "detail": "",
    "started": "2026-05-01T09:00:00Z",
    "by": "key-1a2b3c4d",
}


class RunResponse(BaseModel):
    """A run while it goes on and afterwards."""

    run_id: str
    title: str
    state: Literal["running", "done", "cancelled", "failed", "stopped"]
    """stopped: its server ended before it did."""
    done: int
    """Questions asked so far."""
    total: int
    detail: str
    """Why it failed."""
    started: datetime
    by: str
    """User id of whoever started it."""


def run_fields(run: Run) -> dict[str, object]:
    """Returns the fields of the response for a run."""
    return {
        "run_id": run.run_id,
        "title": run.title,
        "state": shown_state(run),
        "done": run.total if run.state == "done" else run.done,
        "total": run.total,
        "detail": run.detail,
        "started": run.started,
        "by": run.by,
    }
