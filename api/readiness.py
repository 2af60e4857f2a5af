"""Whether the scorecard allows serving; the server says so at /readyz and at its start."""

from __future__ import annotations

from assistant.ask import Tools
from assistant.ports import Snapshot


def scorecard_faults(snapshot: Snapshot, tools: Tools) -> tuple[str, ...]:
    """Returns one sentence per reason why the scorecard does not allow serving."""
    del snapshot
    if tools.calibration.threshold is None:
        return ("No threshold kept any bound on wrong answers: every question is refused.",)
    return ()
