"""One person's own data: exported or erased, with a line in the audit log."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import asdict
from datetime import datetime
from typing import Any, Protocol

from pydantic_core import to_jsonable_python

from assistant.model.people import AuditLine
from assistant.model.sources import FollowedSource
from assistant.operations.retention import RetentionStores
from assistant.operations.scorecard import forget_signature
from assistant.ports import ApprovedStore, CoverageStore, SourceStore

EVERY_LINE = 1_000_000


class PersonalDataStores(RetentionStores, Protocol):
    """All stores that hold data of people: ``assistant.bootstrap.Assistant``."""

    @property
    def coverage_store(self) -> CoverageStore:
        """Decisions on coverage, and who made them."""

    @property
    def approved_store(self) -> ApprovedStore:
        """Approved answers and blocks, and who did what to them."""

    @property
    def source_store(self) -> SourceStore:
        """Followed sources, who added them, and who decided on what was found."""


def export_person(
    stores: PersonalDataStores, user_id: str, by: str, now: datetime, owner: str | None = None
) -> Iterator[dict[str, Any]]:
    """Yields all that is stored about one person, as plain JSON values with a ``type``.

    Types: conversation, record, feedback, scenario, scenario_feedback, decision (on coverage), approved_act (on an approved
    answer), mark (on an outcome), source (added) and source_decision (on what a sync found), then audit: the lines of the
    audit log about what the person did.

    Args:
        stores: The assistant.
        user_id: The person.
        by: Who asks for the export.
        now: The time.
        owner: Whose conversations, where that is one sign-in with a key; all of the person's unless given.
    """
    stores.access_store.audit(AuditLine(now, by, "export", f"of {user_id}"))
    yield from stores.records.export(owner or user_id)
    yield from stores.scenario_store.export(user_id)
    for decision in stores.coverage_store.decisions_by(user_id):
        yield {"type": "decision", **asdict(decision), "at": decision.at.isoformat()}
    for act in stores.approved_store.acts_by(user_id):
        yield {"type": "approved_act", **asdict(act), "at": act.at.isoformat()}
    for each in stores.source_store.by_person(user_id):
        kind = "source" if isinstance(each, FollowedSource) else "source_decision"
        yield {"type": kind, **to_jsonable_python(each)}
    for mark in stores.quality_store.marks_by(user_id):
        yield {"type": "mark", **asdict(mark), "at": mark.at.isoformat()}
    for line in stores.access_store.audit_lines(user_id=user_id, limit=EVERY_LINE):
        yield {"type": "audit", **asdict(line), "at": line.at.isoformat()}


def erase_person(stores: PersonalDataStores, user_id: str, by: str, now: datetime, owner: str | None = None) -> int:
    """Erases conversations, records, scenarios and feedback of one person and ends their sessions; returns how many rows.

    The audit log stays until its own retention ends: it holds no words, and people who may erase must not erase the
    traces of what they did. Decisions on coverage, approved answers and blocks, marks, everyday questions, question sets, runs,
    a signed scorecard, sources and decisions on them are the partnership's and stay, without the name. With ``owner``, one
    sign-in with a key, conversations of other sign-ins stay, and so do their sessions.
    """
    stores.coverage_store.forget_who(user_id)
    stores.approved_store.forget_who(user_id)
    stores.source_store.forget_who(user_id)
    stores.quality_store.forget_who(user_id)
    forget_signature(stores.settings, user_id)
    removed = stores.records.erase(owner or user_id) + stores.scenario_store.erase(user_id)
    removed += stores.access_store.end_sessions(user_id) if owner in (None, user_id) else 0
    stores.access_store.audit(AuditLine(now, by, "erase", f"{removed} of {user_id}"))
    return removed
