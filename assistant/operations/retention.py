"""Retention: what has been kept long enough goes; run at the start of the server, daily, and by hand."""

from __future__ import annotations

import logging
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Protocol

from assistant.ports import AccessStore, QuestionStore, Records, ScenarioStore
from assistant.settings import Settings

logger = logging.getLogger(__name__)


class Keeper(Protocol):
    """What holds records: ``assistant.bootstrap.Assistant``."""

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
        """Questions that the policy team brought in."""

    @property
    def scenario_store(self) -> ScenarioStore:
        """Scenarios that trainers keep."""


@dataclass(frozen=True, slots=True)
class Purged:
    """How many rows went."""

    records: int
    """Records, feedback and conversations, questions brought in, and scenarios with the feedback on them."""
    access: int
    """Lines of the audit log and expired sessions."""


def purge_now(keeper: Keeper, now: datetime, days: int | None = None) -> Purged:
    """Returns how many rows were removed because they were kept long enough.

    Args:
        keeper: The assistant.
        now: The time.
        days: Days to keep records and scenarios; those of the settings unless given.
    """
    kept = keeper.settings.records
    before = now - timedelta(days=kept.days if days is None else days)
    saved_before = now - timedelta(days=kept.scenario_days if days is None else days)
    records = keeper.records.purge(before) + keeper.question_store.forget_imported(before.date().isoformat())
    records += keeper.scenario_store.purge(saved_before)
    access = keeper.access_store.purge_access(now - timedelta(days=kept.audit_days), now)
    logger.info("purged", extra={"records": records, "access": access})
    return Purged(records, access)
