"""Warnings on followed sources that have failed for long."""

from __future__ import annotations

from datetime import datetime, timedelta

from assistant.editions.notices import day
from assistant.ports import SourceStore


def source_warnings(store: SourceStore, tell_after_days: float, now: datetime) -> tuple[str, ...]:
    """Returns a sentence for each source that has failed for longer than some days; paused ones aside, by name."""
    told = []
    for source in store.sources():
        state = store.state(source.source_id)
        since = state.failing_since
        if since is None or state.is_paused or now - since < timedelta(days=tell_after_days):
            continue
        problems = state.last_run.problems if state.last_run is not None else ()
        why = f" {problems[0]}" if problems else ""
        told.append(
            f"The source {source.name} has failed since {day(since.date())}.{why} Its published documents stay; "
            f"`assistant sources status {source.source_id}` shows its syncs."
        )
    return tuple(told)
