"""Retention: what was stored long enough is removed; run at the start of the server, daily, and by hand.

Only the command goes by the clock as it is; the daily purge goes by a date that was confirmed (``purge_clock``).
"""

from __future__ import annotations

import logging
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Protocol

from assistant.operations.purge_clock import MOST_AT_ONCE, PurgeClock, read_clock, write_clock
from assistant.ports import AccessStore, QualityStore, QuestionStore, Records, ScenarioStore, SourceStore
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
    def quality_store(self) -> QualityStore:
        """Marks, which go with their records, and runs of the policy team."""

    @property
    def scenario_store(self) -> ScenarioStore:
        """Scenarios that trainers saved."""

    @property
    def source_store(self) -> SourceStore:
        """Syncs of followed sources, and what was decided on what they found."""

    def forget_earlier(self, before: datetime) -> int:
        """Removes states of the library that were replaced before a time; returns how many."""


@dataclass(frozen=True, slots=True)
class PurgeReport:
    """How many rows were removed."""

    records: int
    """Records with feedback and marks, conversations, imported questions, scenarios with the feedback on them, runs, and old
    syncs of sources."""
    access: int
    """Lines of the audit log and expired sessions."""
    texts: int = 0
    """Earlier states of the library, with the texts that nothing else holds."""
    days_at_once: int = 0
    """Days by which the date is ahead of that of the purge before; 0 where there was none."""


def purge_expired(stores: RetentionStores, now: datetime, days: int | None = None) -> PurgeReport:
    """Removes rows that were stored long enough by the clock as it is; for the command. Returns how many.

    Args:
        stores: The assistant.
        now: The time.
        days: Days that records and scenarios stay; those of the settings unless given.
    """
    before = _clock(stores).trusted
    report = _purge(stores, now, days)
    write_clock(stores.settings.data, PurgeClock(now.date(), now.date()))
    return replace(report, days_at_once=max(0, (now.date() - before).days) if before else 0)


def purge_confirmed(stores: RetentionStores, now: datetime) -> PurgeReport | None:
    """Removes rows that were stored long enough by a date seen on two days; at most seven days' worth at once.

    Returns None where no date is confirmed yet.
    """
    clock = _clock(stores).after(now.date())
    write_clock(stores.settings.data, clock)
    if clock.waiting() > MOST_AT_ONCE:
        logger.warning(
            "the clock says %s, the purge goes by %s and follows by %d days a day; if the clock is right, "
            "`assistant purge` removes at once what is due",
            clock.seen,
            clock.trusted,
            MOST_AT_ONCE.days,
        )
    at = clock.purge_time(now)
    return None if at is None else _purge(stores, at)


def _clock(stores: RetentionStores) -> PurgeClock:
    """Returns what was seen of the date; in a folder without it, the last line of the audit log counts."""
    clock = read_clock(stores.settings.data)
    if clock != PurgeClock():
        return clock
    last = next(iter(stores.access_store.audit_lines(limit=1)), None)
    return PurgeClock(last.at.date() if last else None)


def _purge(stores: RetentionStores, now: datetime, days: int | None = None) -> PurgeReport:
    limits = stores.settings.records
    before = now - timedelta(days=limits.days if days is None else days)
    saved_before = now - timedelta(days=limits.scenario_days if days is None else days)
    records = stores.records.purge(before) + stores.question_store.forget_imported(before.date().isoformat())
    records += stores.scenario_store.purge(saved_before)
    records += stores.source_store.purge(now - timedelta(days=stores.settings.sources.history_days))
    records += stores.quality_store.purge_runs(now - timedelta(days=limits.audit_days if days is None else days))
    access = stores.access_store.purge_access(now - timedelta(days=limits.audit_days), now)
    texts = stores.forget_earlier(now - timedelta(days=max(limits.earlier_texts_days, limits.days, days or 0)))
    logger.info("purged", extra={"records": records, "access": access, "texts": texts})
    return PurgeReport(records, access, texts)
