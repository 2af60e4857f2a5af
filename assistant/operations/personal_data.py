"""One person's own data: given out, or erased. Both are noted in the audit log."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import asdict
from datetime import datetime
from typing import Any, Protocol

from assistant.model.people import AuditLine
from assistant.operations.retention import Keeper
from assistant.ports import CoverageStore

EVERY_LINE = 1_000_000


class Holder(Keeper, Protocol):
    """What holds all that is kept of people: ``assistant.bootstrap.Assistant``."""

    @property
    def coverage_store(self) -> CoverageStore:
        """What was decided on coverage, and by whom."""


def export_of(keeper: Holder, user_id: str, by: str, now: datetime) -> Iterator[dict[str, Any]]:
    """Yields all that is kept of one person, as plain JSON values with a ``type``.

    Types: conversation, record and feedback, scenario and scenario_feedback, decision on coverage, then audit, the lines of
    the audit log about what the person did.

    Args:
        keeper: The assistant.
        user_id: The person.
        by: Who asks for it.
        now: The time.
    """
    keeper.access_store.audit(AuditLine(now, by, "export", f"of {user_id}"))
    yield from keeper.records.export(user_id)
    yield from keeper.scenario_store.export(user_id)
    for decision in keeper.coverage_store.decisions_by(user_id):
        yield {"type": "decision", **asdict(decision), "at": decision.at.isoformat()}
    for line in keeper.access_store.audit_lines(user_id=user_id, limit=EVERY_LINE):
        yield {"type": "audit", **asdict(line), "at": line.at.isoformat()}


def erase_of(keeper: Holder, user_id: str, by: str, now: datetime) -> int:
    """Erases conversations, records, scenarios and feedback of one person and ends the sessions; returns how many rows went.

    The audit log stays until its own time is over: it holds no words, and who may erase must not erase the traces of
    what he did. Decisions on coverage are the partnership's and stay, without the name.
    """
    keeper.coverage_store.forget_who(user_id)
    removed = keeper.records.erase(user_id) + keeper.scenario_store.erase(user_id)
    removed += keeper.access_store.end_sessions(user_id)
    keeper.access_store.audit(AuditLine(now, by, "erase", f"{removed} of {user_id}"))
    return removed
