"""When a source is synced, or a digest sent, in the words that people use: "daily at 06:00", "weekly on Monday"."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import UTC, datetime, time, timedelta

from assistant.errors import UsageError
from assistant.text.calendar_words import WEEKDAYS

DAY = 24.0
WEEK = 7 * DAY
MONTH = 30 * DAY
EXAMPLES = "hourly, every 6 hours, daily at 06:00, weekly on Monday at 06:00"
_UNITS = {"minute": 1 / 60, "hour": 1.0, "day": DAY, "week": WEEK, "month": MONTH}
_PLAIN = {"hourly": 1.0, "daily": DAY, "weekly": WEEK, "fortnightly": 2 * WEEK, "monthly": MONTH}
_DAY = "|".join(WEEKDAYS)
_WORDS = re.compile(
    rf"(?:(?P<plain>{'|'.join(_PLAIN)})|every (?P<count>\d{{1,3}} )?(?P<unit>{'|'.join(_UNITS)})s?|every (?P<each>{_DAY}))"
    rf"(?: (?:on |every )?(?P<day>{_DAY})s?)?"
    r"(?: at (?P<hour>\d{1,2})(?:[:.](?P<minute>\d{2}))? ?(?P<half>[ap]\.?m\.?)?)?"
)


@dataclass(frozen=True, slots=True)
class Schedule:
    """How often, and at what time of the server's clock."""

    every_hours: float
    at: str = ""
    """Time of day such as "06:00", after a weekday where it is once a week ("monday 06:00"); "" for any."""


def schedule_of(words: str) -> Schedule:
    """Returns the schedule that some words mean. Raises ``UsageError`` that gives examples."""
    match = _WORDS.fullmatch(" ".join(words.lower().replace(",", " ").split()))
    if match is None:
        raise UsageError(f"{words[:60]!r} is no schedule. Write it like one of these: {EXAMPLES}.")
    every = WEEK if match["each"] else _PLAIN[match["plain"]] if match["plain"] else _every(match)
    day, clock = match["each"] or match["day"] or "", _clock(match, words)
    if every <= 0 or (day and every != WEEK) or (clock and every < DAY):
        raise UsageError(f"{words[:60]!r} does not fit together. Write it like one of these: {EXAMPLES}.")
    return Schedule(every, " ".join(filter(None, (day, clock or ("00:00" if day else "")))))


def _every(match: re.Match[str]) -> float:
    return int(match["count"] or 1) * _UNITS[match["unit"]]


def _clock(match: re.Match[str], words: str) -> str:
    if match["hour"] is None:
        return ""
    hour, minute = int(match["hour"]), int(match["minute"] or 0)
    half = (match["half"] or "").replace(".", "")
    if half:
        hour = hour % 12 + (12 if half == "pm" else 0) if 1 <= hour <= 12 else 99
    if hour > 23 or minute > 59:
        raise UsageError(f"{words[:60]!r} has no time of day. Write it like one of these: {EXAMPLES}.")
    return f"{hour:02}:{minute:02}"


def schedule_words(schedule: Schedule) -> str:
    """Returns a schedule in words; ``schedule_of`` reads them."""
    day, _, clock = schedule.at.rpartition(" ")
    often = next((name for name, hours in _PLAIN.items() if hours == schedule.every_hours), "") or _counted(schedule)
    return f"{often}{f' on {day.capitalize()}' if day else ''}{f' at {clock}' if clock else ''}"


def _counted(schedule: Schedule) -> str:
    for unit in ("month", "week", "day", "hour"):
        count = schedule.every_hours / _UNITS[unit]
        if count >= 1 and count == int(count):
            return f"every {int(count)} {unit}{'s' if count > 1 else ''}"
    return f"every {round(schedule.every_hours * 60)} minutes"


def next_time(schedule: Schedule, now: datetime) -> datetime:
    """Returns the next time after now, with its zone (UTC).

    Times of day are those of the server's clock, summer time included; without one, the interval counts from now.
    """
    if not schedule.at:
        return (now + timedelta(hours=schedule.every_hours)).astimezone(UTC)
    day, _, clock = schedule.at.rpartition(" ")
    here = now.astimezone().replace(tzinfo=None)
    first = here + timedelta(hours=max(0.0, schedule.every_hours - (WEEK if day else DAY)))
    at = datetime.combine(first.date(), time.fromisoformat(clock))
    while at <= first or (day and WEEKDAYS[at.weekday()] != day):
        at += timedelta(days=1)
    return at.astimezone().astimezone(UTC)
