"""Finds time limits in a text and compares them."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from enum import StrEnum

from assistant.text.calendar_words import EVERY_DAYS, UNIT_DAYS
from assistant.text.number_words import NUMBER_PHRASE, number_of

_ARTICLES = ("a", "an")
_COUNT = rf"(?P<count>\d{{1,3}}(?:,\d{{3}})+|\d+(?:\.\d+)?|{NUMBER_PHRASE}|an?)(?P<half>[ -]+and[ -]+a[ -]+half)?"
_RATE_UNITS = {
    7.0: ("week", 1.0),
    14.0: ("week", 2.0),
    30.4: ("month", 1.0),
    45.0: ("term", 0.5),
    90.0: ("term", 1.0),
} | {
    91.0: ("month", 3.0),
    365.0: ("year", 1.0),
}
"""Unit and amount of each length of ``EVERY_DAYS``."""
WORKING = 1.4
"""Days that a working day counts, five to a week."""
_LENGTH = re.compile(
    rf"\b(?:{_COUNT}[ -]+)(?P<working>working |school |calendar )?(?P<unit>{'|'.join(UNIT_DAYS)})s?\b", re.IGNORECASE
)
_OFTEN = re.compile(
    rf"\b(?P<often>{'|'.join(sorted(EVERY_DAYS, key=len, reverse=True))})\b"
    r"|\b(?:each|every|(?P<per>an?|per)) (?P<each>day|week|month|term|year)\b",
    re.IGNORECASE,
)
_TIMES = re.compile(
    rf"\b(?:(?P<once>once)|(?P<twice>twice)|(?P<times>\d+|{NUMBER_PHRASE}) times?|times?)\s+$", re.IGNORECASE
)
_DAY_END = re.compile(
    r"\b(?:by|before|until) (?:the )?(?:close|end) of (?:the |that )?(?:same |working |school |first |next )*"
    r"(?P<ends>day|week|month)\b"
    r"|\bon the day (?:of|that|when)\b|\b(?:by|on) the (?:next|following) (?P<next>working |school )?day\b",
    re.IGNORECASE,
)
_AT_ONCE = re.compile(
    r"\b(?:immediately|straight ?away|at once|without (?:undue )?delay|the same day|urgently)\b", re.IGNORECASE
)
_BEFORE = re.compile(
    r"\b(?:within|no later than|not later than|no longer than|not exceed|no more than|not more than|up to|less than|"
    r"by the end of|maximum of|at most|every|each|in(?: the)?(?: first)?|intervals? of(?: no more than)?|for|"
    r"after|at least|minimum of|least|next|of)\s+(?:the (?:first |next )?)?$",
    re.IGNORECASE,
)
_KEPT = re.compile(
    r"\b(?:at least|minimum of|not less than|no less than|for(?: a (?:further|period of))?)\s+$", re.IGNORECASE
)
_AGE = re.compile(r"^(?:-?\s?olds?\b| of age| old\b)", re.IGNORECASE)


class LimitKind(StrEnum):
    """What a time limit requires."""

    BY = "by"
    """Done by then: the shorter, the stricter."""
    EVERY = "every"
    """Done that often: the shorter, the stricter."""
    LASTS = "lasts"
    """Lasting at least that long: the longer, the stricter."""


@dataclass(frozen=True, slots=True)
class TimeLimit:
    """A time limit as worded, and its length."""

    words: str
    kind: LimitKind
    days: float
    """Length in days, 0 for "immediately"; comparable only within a kind."""
    start: int = field(default=0, compare=False)
    """Place of its first character in the text."""
    end: int = field(default=0, compare=False)
    measure: tuple[str, float] = field(default=("", 0.0), compare=False)
    """What it is measured in, and how much of it: two limits say the same where their measures are equal.

    Seven days are a week and twelve months a year. Hours are never days (a limit in hours ends within a day), working
    days never weeks, weeks never months.
    """


def time_limits(text: str) -> tuple[TimeLimit, ...]:
    """Returns the time limits of a text in order, ages and dates excluded; () for none."""
    limits = [*_lengths(text), *_rates(text), *_ends(text)]
    limits += [
        TimeLimit(each.group(), LimitKind.BY, 0.0, *each.span(), _measure_at_once(each.group()))
        for each in _AT_ONCE.finditer(text)
    ]
    return tuple(sorted(limits, key=lambda each: each.start))


def _lengths(text: str) -> Iterator[TimeLimit]:
    for each in _LENGTH.finditer(text):
        count = each.group("count").lower()
        before = text[: each.start()]
        if _AGE.match(text[each.end() :]) or (count in _ARTICLES and not _BEFORE.search(before)):
            continue
        amount = _value(count) + (0.5 if each.group("half") else 0.0)
        unit, working = each.group("unit").lower(), (each.group("working") or "").strip().lower()
        days = amount * UNIT_DAYS[unit] * (WORKING if working in ("working", "school") else 1.0)
        yield TimeLimit(each.group(), _kind(before), days, *each.span(), _measure(amount, unit, working))


def _rates(text: str) -> Iterator[TimeLimit]:
    for each in _OFTEN.finditer(text):
        times = _TIMES.search(text[: each.start()])
        if each.group("per") is not None and not times:
            continue
        often = (each.group("often") or "").lower()
        days = EVERY_DAYS[often] if often else UNIT_DAYS[each.group("each").lower()]
        unit = _RATE_UNITS.get(days, ("day", days))
        count = _times(times) if times else 1.0
        start = times.start() if times else each.start()
        measure = _measure(unit[1] / count, unit[0], "")
        yield TimeLimit(each.group(), LimitKind.EVERY, days / count, start, each.end(), measure)


def _times(found: re.Match[str]) -> float:
    if found.group("twice"):
        return 2.0
    return _value(found.group("times")) or 1.0 if found.group("times") else 1.0


def _ends(text: str) -> Iterator[TimeLimit]:
    for each in _DAY_END.finditer(text):
        unit = (each.group("ends") or "day").lower()
        working = (each.group("next") or "").strip().lower()
        is_day = unit == "day" and not re.search(r"\b(?:next|following)\b", each.group(), re.IGNORECASE)
        measure = ("end of day", 0.0) if is_day else _measure(1.0, unit, working)
        days = UNIT_DAYS[unit] * (WORKING if working else 1.0)
        yield TimeLimit(each.group(), LimitKind.BY, days, *each.span(), measure)


def _measure(amount: float, unit: str, working: str) -> tuple[str, float]:
    if working in ("working", "school") and unit == "day":
        return f"{working} day", amount
    if unit in ("minute", "hour"):
        return "hour", round(amount * UNIT_DAYS[unit] * 24, 4)
    if unit in ("day", "week", "fortnight"):
        return "day", amount * UNIT_DAYS[unit]
    return ("term", amount) if unit == "term" else ("month", amount * 12 if unit == "year" else amount)


def _measure_at_once(words: str) -> tuple[str, float]:
    return ("end of day", 0.0) if "same day" in words.lower() else ("at once", 0.0)


def _value(count: str) -> float:
    if count in _ARTICLES:
        return 1.0
    return float(count.replace(",", "")) if count[0].isdigit() else float(number_of(count))


def is_laxer(limit: TimeLimit, than: TimeLimit) -> bool:
    """Returns whether a limit is less strict than another of its kind; False where the kinds differ."""
    if limit.kind is not than.kind:
        return False
    return limit.days < than.days if limit.kind is LimitKind.LASTS else limit.days > than.days


def _kind(before: str) -> LimitKind:
    if _KEPT.search(before):
        return LimitKind.LASTS
    if re.search(r"\b(?:every|each|intervals? of(?: no more than)?)\s+$", before, re.IGNORECASE):
        return LimitKind.EVERY
    return LimitKind.BY
