"""The date that the daily purge goes by: a clock that jumps once must not erase what is stored.

A date counts once a later one has been seen, on another day and without the clock going back in between; then the date
of the purge moves towards it by seven days at most. What was seen lies in a small file in the data folder.
"""

from __future__ import annotations

import json
import logging
import os
from contextlib import suppress
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from pathlib import Path

from assistant.data_folder import make_private_file
from assistant.errors import LibraryError

logger = logging.getLogger(__name__)
FILE = "purge.json"
MOST_AT_ONCE = timedelta(days=7)
"""How far one daily purge moves its date."""


@dataclass(frozen=True, slots=True)
class PurgeClock:
    """What was seen of the date so far."""

    trusted: date | None = None
    """The date that the last purge went by; None before the first."""
    seen: date | None = None
    """The date seen last, not confirmed yet."""

    def after(self, today: date) -> PurgeClock:
        """Returns the clock after a date was seen: on a later day than the last one, the last one is confirmed."""
        if self.seen is None or today <= self.seen:
            return PurgeClock(self.trusted, today)
        if self.trusted is None:
            return PurgeClock(self.seen, today)
        return PurgeClock(max(self.trusted, min(self.seen, self.trusted + MOST_AT_ONCE)), today)

    def waiting(self) -> timedelta:
        """Returns how far the date seen last is ahead of the date of the last purge."""
        return self.seen - self.trusted if self.seen and self.trusted else timedelta()

    def purge_time(self, now: datetime) -> datetime | None:
        """Returns the time that a purge goes by, never later than ``now``; None where no date is confirmed yet."""
        return None if self.trusted is None else min(now, datetime.combine(self.trusted, time(), UTC))


def read_clock(data: Path) -> PurgeClock:
    """Returns what was seen of the date in a data folder; an empty clock if there is nothing readable."""
    try:
        stored = json.loads((data / FILE).read_text(encoding="utf-8"))
        trusted, seen = (date.fromisoformat(stored[name]) if stored[name] else None for name in ("trusted", "seen"))
    except FileNotFoundError:
        return PurgeClock()
    except (OSError, ValueError, KeyError, TypeError) as error:
        logger.warning("%s cannot be read (%s); the date is confirmed anew", FILE, type(error).__name__)
        return PurgeClock()
    return PurgeClock(trusted, seen)


def write_clock(data: Path, clock: PurgeClock) -> None:
    """Stores what was seen of the date, whole or not at all. Raises ``LibraryError`` where it cannot be written."""
    dates = {"trusted": clock.trusted, "seen": clock.seen}
    text = json.dumps({name: day.isoformat() if day else None for name, day in dates.items()})
    unfinished = data / f"{FILE}.{os.getpid()}"
    try:
        make_private_file(unfinished)
        unfinished.write_text(text, encoding="utf-8")
        unfinished.replace(data / FILE)
    except OSError as error:
        with suppress(OSError):
            unfinished.unlink()
        raise LibraryError(
            f"{data / FILE}: cannot be written ({error.strerror}). Make room or make it writable."
        ) from error
