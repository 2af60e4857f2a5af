"""Clock trial: the clock of a server jumps on single days, and nothing goes before its time."""

from __future__ import annotations

import logging
import random
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from tempfile import TemporaryDirectory

from assistant.bootstrap import Assistant
from assistant.model.people import AuditLine, Record
from assistant.operations.retention import purge_confirmed
from assistant.settings import Settings
from assistant.settings.serving import RecordsSetting
from evals.trials.promises import Promises

KEPT_DAYS = 20
DAYS = 60
SETTLING_DAYS = 40
JUMP_DAYS = 3000
FIRST = datetime(2026, 1, 5, 9, 0, tzinfo=UTC)
OUTCOME = {"outcome": "answered", "citations": [], "statements": []}


def trial(times: int, seed: int) -> Promises:
    """Returns what was found in so many data folders, over ``DAYS`` days each, with jumps by up to eight years."""
    promises = Promises()
    purging = logging.getLogger("assistant.operations.retention")
    level = purging.level
    purging.setLevel(logging.ERROR)
    try:
        for number in range(times):
            with TemporaryDirectory(prefix="trial-clock-") as folder:
                _live(Path(folder), random.Random(f"{seed}/{number}"), promises)  # noqa: S311  no secret
    finally:
        purging.setLevel(level)
    return promises


def _live(folder: Path, chance: random.Random, promises: Promises) -> None:
    """Lets a server live day by day: a record, an audit line and a purge a day, by the clock as it stands."""
    limits = RecordsSetting(days=KEPT_DAYS, audit_days=max(KEPT_DAYS, 30))
    assistant = Assistant(Settings(data=folder, records=limits))
    for day, shown in enumerate(_clock(chance)):
        now = FIRST + timedelta(days=day)
        assistant.records.add(Record(f"r{day}", "ann", None, "Who?", OUTCOME, 0.1, "print", now))
        assistant.access_store.audit(AuditLine(now, "ann", "ask"))
        purge_confirmed(assistant, shown)
        due = {f"r{each}" for each in range(max(0, day - KEPT_DAYS), day + 1)}
        left = {each for each in due if assistant.records.record(each, "ann") is not None}
        promises.look(
            f"a record of the last {KEPT_DAYS} days is there", left == due, f"day {day}: {sorted(due - left)}"
        )
        lines = len(assistant.access_store.audit_lines(limit=DAYS + SETTLING_DAYS))
        promises.look("the audit log of the last 30 days is there", lines >= min(day + 1, 30), f"day {day}: {lines}")
    old = [day for day in range(DAYS) if assistant.records.record(f"r{day}", "ann") is not None]
    promises.look("with the clock right again, what is due goes", old == [], old)


def _clock(chance: random.Random) -> Iterator[datetime]:
    """Yields what the clock shows each day; never wrong on two days in a row, and right for the last forty."""
    was_wrong = False
    for day in range(DAYS + SETTLING_DAYS):
        was_wrong = day < DAYS and not was_wrong and chance.random() < 0.3
        yield FIRST + timedelta(days=day + (chance.randint(-JUMP_DAYS, JUMP_DAYS) if was_wrong else 0))
