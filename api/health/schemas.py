"""Responses about health and readiness."""

from __future__ import annotations

from typing import Literal

from pydantic import BaseModel, ConfigDict


class HealthResponse(BaseModel):
    """The process is running."""

    model_config = ConfigDict(json_schema_extra={"examples": [{"status": "ok"}]})

    status: Literal["ok"] = "ok"


class ReadinessResponse(BaseModel):
    """The library can answer questions."""

    model_config = ConfigDict(
        json_schema_extra={
            "examples": [
                {
                    "status": "ready",
                    "generation": 3,
                    "fingerprint": "0f1e2d3c4b5a6978",
                    "scorecard": [],
                    "writable": True,
                }
            ]
        }
    )

    status: Literal["ready"] = "ready"
    generation: int
    fingerprint: str
    """Fingerprint of index, calibration and settings."""
    scorecard: list[str]
    """Faults of the scorecard; [] if there are none."""
    writable: bool
    """Whether something can be stored now."""
