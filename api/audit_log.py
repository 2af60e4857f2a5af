"""The line of the audit log that a request leaves."""

from __future__ import annotations

from datetime import UTC, datetime

from api.state import State
from assistant.model.people import Asker, AuditLine


def audit(state: State, asker: Asker, action: str, what: str, *editions: str) -> None:
    """Writes to the audit log who did what; never any words of a question or a document."""
    state.assistant.access_store.audit(AuditLine(datetime.now(UTC), asker.user_id, action, what, editions))
