"""Words of the calendar: months, days of the week, units of time, and how often something comes round."""

from __future__ import annotations

MONTHS = "january february march april may june july august september october november december".split()
MONTH = rf"(?:{'|'.join(MONTHS)})"
"""A pattern of a month, written out."""
SHORT_MONTH = rf"(?:{'|'.join(f'{month[:3]}(?:{month[3:]})?' if len(month) > 3 else month for month in MONTHS)}|sept)"
"""A pattern of a month, written out or cut to three letters; "sept" has four."""
WEEKDAYS = "monday tuesday wednesday thursday friday saturday sunday".split()
UNIT_DAYS = {
    "minute": 1 / 1440,
    "hour": 1 / 24,
    "day": 1.0,
    "week": 7.0,
    "fortnight": 14.0,
    "month": 30.4,
    "term": 90.0,
    "year": 365.0,
}
"""Length of a unit of time in days; a term has no fixed length."""
EVERY_DAYS = {
    "daily": 1.0,
    "weekly": 7.0,
    "fortnightly": 14.0,
    "monthly": 30.4,
    "termly": 90.0,
    "quarterly": 91.0,
    "annually": 365.0,
    "annual": 365.0,
    "yearly": 365.0,
    "half termly": 45.0,
    "half-termly": 45.0,
}
"""Days from one time to the next."""
