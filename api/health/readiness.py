"""Whether what is about to be served may be: the scorecard, and a calibration that answers at all."""

from __future__ import annotations

from assistant.answering.resources import Resources
from assistant.operations.scorecard import scorecard_faults
from assistant.ports import Snapshot

__all__ = ["serving_faults"]


def serving_faults(snapshot: Snapshot, resources: Resources) -> tuple[str, ...]:
    """Returns one sentence per reason against serving, () where there is none."""
    refuses = "No threshold kept any bound on wrong answers: every question is refused."
    closed = () if resources.calibration.threshold is not None else (refuses,)
    return (*closed, *scorecard_faults(snapshot, resources))
