"""Retention: what was stored long enough is removed; run at the start of the server, daily, and by hand."""

from __future__ import annotations

import logging
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Protocol

from assistant.ports import AccessStore, QuestionStore, Records, ScenarioStore
from assistant.settings import Settings

logger = logging.getLogger(__name__)


class RetentionStores(Protocol):
    """The stores that retention applies to: ``assistant.bootstrap.Assistant``."""

    @property
    def settings(self) -> Settings:
        """The settings."""

    @property
    def records(self) -> Records:
        """The records."""

    @property
    def access_store(self) -> AccessStore:
        """Keys, sessions and the audit log."""

    @property
    def question_store(self) -> QuestionStore:
        """Questions that the policy team imported."""

    @property
    def scenario_store(self) -> ScenarioStore:
        """Scenarios that trainers saved."""


@dataclass(frozen=True, slots=True)
class PurgeReport:
    """How many rows were removed."""

    records: int
    """Records, feedback and conversations, imported questions, and scenarios with the feedback on them."""
    access: int
    """Lines of the audit log and expired sessions."""


def purge_expired(stores: RetentionStores, now: datetime, days: int | None = None) -> PurgeReport:
    """Removes rows that were stored long enough; returns how many.

    Args:
        stores: The assistant.
        now: The time.
        days: Days that records and scenarios stay; those of the settings unless given.
    """
    limits = stores.settings.records
    before = now - timedelta(days=limits.days if days is None else days)
    saved_before = now - timedelta(days=limits.scenario_days if days is None else days)
    records = stores.records.purge(before) + stores.question_store.forget_imported(before.date().isoformat())
    records += stores.scenario_store.purge(saved_before)
    access = stores.access_store.purge_access(now - timedelta(days=limits.audit_days), now)
    logger.info("purged", extra={"records": records, "access": access})
    return PurgeReport(records, access)
