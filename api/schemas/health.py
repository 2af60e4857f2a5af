"""Whether the server lives and can answer."""

from __future__ import annotations

from typing import Literal

from pydantic import BaseModel


class Health(BaseModel):
    """The process answers."""

    status: Literal["ok"] = "ok"


class Ready(BaseModel):
    """The library can be asked."""

    status: Literal["ready"] = "ready"
    generation: int
    fingerprint: str
    """Of index, calibration and settings."""
    scorecard: list[str]
    """What is wrong with the scorecard; [] where nothing is."""
