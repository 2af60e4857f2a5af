"""Days of a story, in order, when schools and services are open. The year is never shown."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta

from assistant.model.scenario import Slot
from assistant.scenarios.grammar.seeded_random import SeededRandom

STARTS = (
    (date(2027, 1, 11), 15),
    (date(2027, 2, 22), 8),
    (date(2027, 4, 19), 15),
    (date(2027, 6, 7), 12),
    (date(2027, 9, 13), 20),
    (date(2027, 11, 1), 12),
)
"""First day on which a story may begin, and the number of days after it that are possible too."""
CLOSED = (
    (date(2027, 2, 15), date(2027, 2, 19)),
    (date(2027, 3, 25), date(2027, 4, 9)),
    (date(2027, 5, 3), date(2027, 5, 3)),
    (date(2027, 5, 31), date(2027, 6, 4)),
    (date(2027, 7, 23), date(2027, 9, 3)),
    (date(2027, 10, 25), date(2027, 10, 29)),
    (date(2027, 12, 20), date(2027, 12, 31)),
)
"""School and bank holidays usual in England, first and last day."""
GAPS = {
    Slot.SIGNS: (1, 5), Slot.VOICE: (1, 3), Slot.DILEMMA: (1, 2), Slot.TURN: (2, 6), Slot.LATER: (22, 33),
}  # fmt: skip
"""Fewest and most days since the stage before."""


def days_of(slots: Sequence[Slot], chance: SeededRandom) -> tuple[date, ...]:
    """Returns a day for each stage, each later than the one before."""
    first, span = chance.one(STARTS, "start")
    day = open_day(first + timedelta(chance.number(span + 1, "day")))
    days = [day]
    for place, slot in enumerate(slots[1:], start=1):
        fewest, most = GAPS[slot]
        day = open_day(day + timedelta(fewest + chance.number(most - fewest + 1, "gap", place)))
        days.append(day)
    return tuple(days)


def open_day(day: date) -> date:
    """Returns a day, or the next one that is not in a weekend or holiday."""
    while day.weekday() > 4 or any(first <= day <= last for first, last in CLOSED):
        day += timedelta(1)
    return day


def day_words(day: date) -> str:
    """Returns a day in words: "Tuesday 9 March"."""
    return f"{day:%A} {day.day} {day:%B}"


def school_year(age_in_september: int) -> str:
    """Returns the school year in England for an age on 1 September; "" where there is none.

    Source: Department for Education, "School admissions": Reception at 4, Year 1 at 5, and so on to Year 13.
    """
    if age_in_september == 4:
        return "Reception"
    return f"Year {age_in_september - 4}" if 5 <= age_in_september <= 17 else ""
