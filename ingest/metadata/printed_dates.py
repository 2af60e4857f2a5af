"""Dates as documents print them: "12th March 2025", "Jul 25", "01/07/2025" (day first), "Q3 2025/26", "Summer 2025"."""

from __future__ import annotations

import calendar
import re
from dataclasses import dataclass
from datetime import date
from itertools import pairwise

from assistant.text.calendar_words import MONTHS, SHORT_MONTH

EARLIEST, LATEST = 1985, 2049
"""Years that a document of the field may bear."""
_YEAR = r"(?:19[89]\d|20[0-4]\d)"
_SHORT_YEAR = r"(?:['’]?(?P<{0}>\d\d)(?![\d/]))"
_MONTH = rf"(?P<{{0}}>{SHORT_MONTH})\b\.?"
_PATTERNS = tuple(
    re.compile(pattern, re.IGNORECASE)
    for pattern in (
        rf"(?<![\w.])(?P<day>\d{{1,2}})(?:\s?(?:st|nd|rd|th))?(?:\s+of)?[\s./-]+{_MONTH.format('month')}[\s,./-]*"
        rf"(?:(?P<year>{_YEAR})|{_SHORT_YEAR.format('short')})\b",
        rf"\b{_MONTH.format('month')}\s+(?P<day>\d{{1,2}})(?:st|nd|rd|th)?,\s*(?P<year>{_YEAR})\b",
        rf"(?<!\d)(?P<year>{_YEAR})[-./](?P<number>\d{{2}})[-./](?P<day>\d{{2}})(?!\d)",
        rf"(?<![\w/.-])(?<!version )(?<!v )(?P<day>\d{{1,2}})\s?[/.-]\s?(?P<number>\d{{1,2}})\s?[/.-]\s?"
        rf"(?:(?P<year>{_YEAR})|(?P<short>\d\d))(?![\d/])",
        rf"\b{_MONTH.format('month')}[\s,./-]*(?:(?P<year>{_YEAR})|{_SHORT_YEAR.format('short')})\b(?!\s*%)",
        rf"(?<![\d/.-])(?P<number>\d{{1,2}})/(?P<year>{_YEAR})(?![\d/])",
        rf"(?<!\d)(?P<year>{_YEAR})-(?P<number>\d{{2}})(?![\d-])",
        r"(?<![\d/.,£$-])(?P<number>0[1-9]|1[0-2])/(?P<short>[12]\d)(?![\d/%.])",
        rf"\b(?:Q|Qtr\.?\s?|Quarter\s)(?P<quarter>[1-4]),?\s*(?:of\s+)?(?:FY\s*)?(?P<year>{_YEAR})(?P<financial>\s?[/–-]\s?\d\d(?:\d\d)?)?\b",
        rf"\b(?P<season>spring|summer|autumn|winter)(?P<term>\s+term)?,?\s+(?P<year>{_YEAR})(?![/–-]\d)\b",
    )
)
_SEASONS = {"spring": (3, 3), "summer": (6, 3), "autumn": (9, 3), "winter": (12, 3)}
_TERMS = {"spring": (1, 4), "summer": (4, 4), "autumn": (9, 4), "winter": (12, 3)}
"""First month, and how many, of the seasons and of the terms of a school."""
FINANCIAL_YEAR = 1
"""Quarters by which the first quarter of a financial year comes after that of the calendar year."""


@dataclass(frozen=True, slots=True)
class PrintedDate:
    """A date as printed."""

    start: date
    """Its first day."""
    end: date
    """Its last day: the same for a whole date, else the end of the month or quarter."""
    words: str
    place: tuple[int, int]
    """Where in the text it stands."""
    is_ambiguous: bool = False
    """Whether it would be another date where months come first, or where "25" is a day."""

    @property
    def precision(self) -> str:
        """How exact it is: "day", "month" or "quarter"."""
        days = (self.end - self.start).days
        return "day" if not days else "month" if days < 31 else "quarter"


def dates_in(text: str) -> tuple[PrintedDate, ...]:
    """Returns the dates of a text in its order; of one that cannot be ("31 June 2025") no part is a date."""
    taken: list[tuple[int, int]] = []
    dates: list[PrintedDate] = []
    for pattern in _PATTERNS:
        for match in pattern.finditer(text):
            if any(match.start() < end and start < match.end() for start, end in taken):
                continue
            taken.append(match.span())
            found = _printed(match)
            if found is not None and EARLIEST <= found.start.year <= LATEST:
                dates.append(found)
    return tuple(sorted(dates, key=lambda each: each.place))


def period_in(text: str) -> tuple[PrintedDate, PrintedDate] | None:
    """Returns first and last date of a period, "2024-2028", "June 2026 – June 2028", "2025/26"; None where there is none."""
    dates = dates_in(text)
    for one, other in pairwise(dates):
        between = text[one.place[1] : other.place[0]].strip().lower()
        if between in ("-", "–", "—", "to", "until") and one.start < other.start:
            return one, other
    years = re.search(rf"(?<![\d/])(?P<first>{_YEAR})\s?(?:[–—-]|/|to)\s?(?P<last>{_YEAR}|\d\d)(?![\d/-])", text)
    if years is None:
        return None
    first = int(years["first"])
    last = int(years["last"]) if len(years["last"]) == 4 else first // 100 * 100 + int(years["last"])
    if not first < last <= first + 15:
        return None
    return (
        PrintedDate(date(first, 1, 1), date(first, 12, 31), years[0], years.span()),
        PrintedDate(date(last, 1, 1), date(last, 12, 31), years[0], years.span()),
    )


def after(start: date, months: int) -> date:
    """Returns the day that many months later, the last of the month where that has fewer days."""
    year, month = divmod(start.year * 12 + start.month - 1 + months, 12)
    return date(year, month + 1, min(start.day, calendar.monthrange(year, month + 1)[1]))


def _printed(match: re.Match[str]) -> PrintedDate | None:
    said = {name: text for name, text in match.groupdict().items() if text is not None}
    year = int(said["year"]) if "year" in said else 2000 + int(said["short"])
    if "quarter" in said:
        return _quarter(match, year, int(said["quarter"]) + (FINANCIAL_YEAR if "financial" in said else 0))
    if "season" in said:
        return _months(match, year, *(_TERMS if "term" in said else _SEASONS)[said["season"].lower()])
    month = _month(said["month"]) if "month" in said else int(said["number"])
    try:
        if "day" not in said:
            first = date(year, month, 1)
            last = first.replace(day=calendar.monthrange(year, month)[1])
            if "number" in said and "short" in said and int(said["short"]) == month + 1:
                return None  # years, as "10/11"
            is_short = "short" in said and not re.search(r"['’]\d\d$", match[0])
            return PrintedDate(first, last, match[0].strip(), match.span(), is_short)
        day = date(year, month, int(said["day"]))
    except ValueError:
        return None
    is_ambiguous = (
        "number" in said and match[0][:4] != said.get("year") and int(said["day"]) <= 12 and day.day != day.month
    )
    return PrintedDate(day, day, match[0].strip(), match.span(), is_ambiguous)


def _month(name: str) -> int:
    return next(place for place, month in enumerate(MONTHS, start=1) if month.startswith(name[:3].lower()))


def _quarter(match: re.Match[str], year: int, quarter: int) -> PrintedDate:
    over, place = divmod(quarter - 1, 4)
    return _months(match, year + over, place * 3 + 1, 3)


def _months(match: re.Match[str], year: int, month: int, count: int) -> PrintedDate:
    """Returns so many months from one of a year on."""
    first = date(year, month, 1)
    last = after(first, count - 1)
    end = last.replace(day=calendar.monthrange(last.year, last.month)[1])
    return PrintedDate(first, end, match[0].strip(), match.span())
