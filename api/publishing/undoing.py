"""What an undo would undo: which documents, when they were published, and by whom."""

from __future__ import annotations

from dataclasses import dataclass

from api.state import State
from assistant.model.people import Asker
from assistant.ports.library import LastChange

LINES = 1000
"""Lines of the audit log that are searched for who published."""
ACTIONS = ("publish", "roll_back")


@dataclass(frozen=True, slots=True)
class UndoView:
    """The publication that an asker would undo."""

    change: LastChange
    by: str
    """User id; "" where the audit log does not say, as for the command line."""
    is_own: bool
    """Whether it was the asker."""
    is_undo: bool
    """Whether it undid another one itself."""


def undo_view(state: State, asker: Asker) -> UndoView | None:
    """Returns what the asker would undo; None where there is nothing to go back to, or no publisher."""
    change = state.publisher.last_change(asker) if state.publisher is not None else None
    if change is None:
        return None
    lines = state.assistant.access_store.audit_lines(limit=LINES)
    what = f"generation {change.number}"
    line = next((each for each in lines if each.action in ACTIONS and each.what == what), None)
    if line is None:
        return UndoView(change, "", False, False)
    return UndoView(change, line.user_id, line.user_id == asker.user_id, line.action == "roll_back")
