"""Finds time limits in a text and compares them."""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import StrEnum

from assistant.text.calendar_words import EVERY_DAYS, UNIT_DAYS
from assistant.text.number_words import NUMBER_PHRASE, number_of

_ARTICLES = ("a", "an")
_COUNT = rf"(?P<count>\d{{1,3}}(?:,\d{{3}})+|\d+(?:\.\d+)?|{NUMBER_PHRASE}|an?)(?P<half>[ -]+and[ -]+a[ -]+half)?"
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


def time_limits(text: str) -> tuple[TimeLimit, ...]:
    """Returns the time limits of a text in order, ages and dates excluded; () for none."""
    limits: list[tuple[int, TimeLimit]] = []
    for each in _LENGTH.finditer(text):
        count = each.group("count").lower()
        if _AGE.match(text[each.end() :]) or (count in _ARTICLES and not _BEFORE.search(text[: each.start()])):
            continue
        days = (_value(count) + (0.5 if each.group("half") else 0.0)) * UNIT_DAYS[each.group("unit").lower()]
        if (each.group("working") or "").strip().lower() in ("working", "school"):
            days *= WORKING
        limits.append((each.start(), TimeLimit(each.group(), _kind(text[: each.start()]), days)))
    for each in _OFTEN.finditer(text):
        is_rate = each.group("per") is None or _TIMES.search(text[: each.start()])
        if not is_rate:
            continue
        days = EVERY_DAYS[each.group("often").lower()] if each.group("often") else UNIT_DAYS[each.group("each").lower()]
        limits.append((each.start(), TimeLimit(each.group(), LimitKind.EVERY, days)))
    limits += [(each.start(), TimeLimit(each.group(), LimitKind.BY, 0.0)) for each in _AT_ONCE.finditer(text)]
    return tuple(limit for _, limit in sorted(limits, key=lambda pair: pair[0]))


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
