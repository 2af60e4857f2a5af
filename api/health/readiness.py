"""Whether the library and its calibration are fit to be served."""

from __future__ import annotations

from assistant.answering.resources import Resources
from assistant.operations.scorecard import scorecard_faults
from assistant.ports import Snapshot

__all__ = ["serving_faults"]


def serving_faults(snapshot: Snapshot, resources: Resources) -> tuple[str, ...]:
    """Returns one sentence per reason not to serve, () if there is none."""
    refuses_all = "No threshold met any bound on wrong answers: every question is refused."
    calibration_faults = () if resources.calibration.threshold is not None else (refuses_all,)
    return (*calibration_faults, *scorecard_faults(snapshot, resources))
