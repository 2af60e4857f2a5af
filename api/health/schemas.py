"""Whether the server lives and can answer."""

from __future__ import annotations

from typing import Literal

from pydantic import BaseModel, ConfigDict


class Health(BaseModel):
    """The process answers."""

    model_config = ConfigDict(json_schema_extra={"examples": [{"status": "ok"}]})

    status: Literal["ok"] = "ok"


class Ready(BaseModel):
    """The library can be asked."""

    model_config = ConfigDict(
        json_schema_extra={
            "examples": [{"status": "ready", "generation": 3, "fingerprint": "0f1e2d3c4b5a6978", "scorecard": []}]
        }
    )

    status: Literal["ready"] = "ready"
    generation: int
    fingerprint: str
    """Of index, calibration and settings."""
    scorecard: list[str]
    """What is wrong with the scorecard; [] where nothing is."""
