"""Time limits in a text, so that two can be compared."""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import StrEnum

_NUMBERS = {
    "a": 1, "an": 1, "one": 1, "two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "seven": 7, "eight": 8, "nine": 9,
    "ten": 10, "eleven": 11, "twelve": 12, "fourteen": 14, "fifteen": 15, "eighteen": 18, "twenty": 20, "thirty": 30,
    "forty": 40, "sixty": 60, "ninety": 90,
}  # fmt: skip
_COUNT = rf"(?P<count>\d+(?:\.\d+)?|{'|'.join(sorted(_NUMBERS, key=len, reverse=True))})"
_DAYS = {
    "minute": 1 / 1440,
    "hour": 1 / 24,
    "day": 1.0,
    "week": 7.0,
    "fortnight": 14.0,
    "month": 30.4,
    "term": 90.0,
    "year": 365.0,
}
"""Length of a unit in days; a working day counts 1.4 days, five to a week; a term has no fixed length."""
WORKING = 1.4
_LENGTH = re.compile(
    rf"\b(?:{_COUNT}[ -]+)(?P<working>working |school |calendar )?(?P<unit>{'|'.join(_DAYS)})s?\b", re.IGNORECASE
)
_EVERY = {
    "daily": 1.0, "weekly": 7.0, "fortnightly": 14.0, "monthly": 30.4, "termly": 90.0, "quarterly": 91.0,
    "annually": 365.0, "annual": 365.0, "yearly": 365.0, "half termly": 45.0, "half-termly": 45.0,
}  # fmt: skip
_OFTEN = re.compile(
    rf"\b(?P<often>{'|'.join(sorted(_EVERY, key=len, reverse=True))})\b"
    r"|\b(?:each|every|(?P<per>an?|per)) (?P<each>day|week|month|term|year)\b",
    re.IGNORECASE,
)
_TIMES = re.compile(r"\b(?:once|twice|times?)\s+$", re.IGNORECASE)
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
    """What a time says."""

    BY = "by"
    """Something has to be done by then: the shorter, the stricter."""
    EVERY = "every"
    """Something has to be done as often: the shorter, the stricter."""
    LASTS = "lasts"
    """Something has to last so long: the longer, the stricter."""


@dataclass(frozen=True, slots=True)
class TimeLimit:
    """A time limit as worded, and its length."""

    words: str
    kind: LimitKind
    days: float
    """Length in days, 0 for "immediately"; comparable with others of its kind only."""


def time_limits(text: str) -> tuple[TimeLimit, ...]:
    """Returns the time limits of a text in order; ages, and dates, are none; () for none."""
    found: list[tuple[int, TimeLimit]] = []
    for each in _LENGTH.finditer(text):
        count = each.group("count").lower()
        if _AGE.match(text[each.end() :]) or (count in ("a", "an") and not _BEFORE.search(text[: each.start()])):
            continue
        days = (_NUMBERS[count] if count in _NUMBERS else float(count)) * _DAYS[each.group("unit").lower()]
        if (each.group("working") or "").strip().lower() in ("working", "school"):
            days *= WORKING
        found.append((each.start(), TimeLimit(each.group(), _kind(text[: each.start()]), days)))
    for each in _OFTEN.finditer(text):
        is_rate = each.group("per") is None or _TIMES.search(text[: each.start()])
        if not is_rate:
            continue
        days = _EVERY[each.group("often").lower()] if each.group("often") else _DAYS[each.group("each").lower()]
        found.append((each.start(), TimeLimit(each.group(), LimitKind.EVERY, days)))
    found += [(each.start(), TimeLimit(each.group(), LimitKind.BY, 0.0)) for each in _AT_ONCE.finditer(text)]
    return tuple(limit for _, limit in sorted(found, key=lambda pair: pair[0]))


def is_laxer(limit: TimeLimit, than: TimeLimit) -> bool:
    """Returns whether a limit asks less than another of its kind; False where the kinds differ."""
    if limit.kind is not than.kind:
        return False
    return limit.days < than.days if limit.kind is LimitKind.LASTS else limit.days > than.days


def _kind(before: str) -> LimitKind:
    if _KEPT.search(before):
        return LimitKind.LASTS
    if re.search(r"\b(?:every|each|intervals? of(?: no more than)?)\s+$", before, re.IGNORECASE):
        return LimitKind.EVERY
    return LimitKind.BY
