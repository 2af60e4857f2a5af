"""The value of a cell as its format shows it: leading zeros, dates, shares and money."""

from __future__ import annotations

import re
from datetime import date, datetime, time, timedelta
from typing import Any

_LITERAL = re.compile(r'"([^"]*)"|\\(.)|_.|\*.|\[[^\]]*\]')
_PLACES = re.compile(r"[0#?][0#?,.\s]*")
_DATE_PART = re.compile(r"yyyy|yy|mmmmm|mmmm|mmm|mm|m|dddd|ddd|dd|d|hh|h|ss|s|am/pm|a/p", re.IGNORECASE)
_LOCAL_DATES = ("mm-dd-yy", "m/d/yy", "m/d/yyyy", "mm/dd/yy", "mm/dd/yyyy", "[$-F800]dddd, mmmm dd, yyyy")
"""Formats that every program shows in the order of its own country: said with the name of the month."""
_MOST_PLACES = 15


def has_shown_value(cell: Any) -> bool:
    """Returns whether a cell holds a value that is shown and is no error."""
    value = getattr(cell, "value", None)
    return value is not None and str(value).strip() != "" and getattr(cell, "data_type", "s") != "e"


def shown(cell: Any) -> str:
    """Returns what a cell shows."""
    value, said = cell.value, str(cell.number_format or "General")
    if isinstance(value, bool):
        return "TRUE" if value else "FALSE"
    if isinstance(value, datetime | date | time):
        return _of_date(value, said)
    if isinstance(value, timedelta):
        return str(value)
    if isinstance(value, int | float):
        return of_number(value, said)
    return str(value)


def of_number(value: float, said: str) -> str:
    """Returns a number in a format such as ``00000 000000``, ``#,##0.00``, ``0%`` or ``"Ext." 0``."""
    plain = _plain(value)
    sections = _sections(said)
    section = sections[1] if value < 0 and len(sections) > 1 else sections[0]
    literals: list[str] = []

    def keep(found: re.Match[str]) -> str:
        text = found[1] if found[1] is not None else found[2]
        if text is None:
            text = _currency(found[0]) if found[0].startswith("[$") else (" " if found[0][0] == "_" else "")
        literals.append(text)
        return f"\0{chr(0xE000 + len(literals) - 1)}"

    pattern = _LITERAL.sub(keep, section)
    places = list(_PLACES.finditer(pattern))
    if section.lower() == "general" or not places or re.search(r"[eE][+-]|/", pattern):
        return plain
    digits = _digits(abs(value), "".join(each[0] for each in places), percent="%" in pattern)
    before, after = pattern[: places[0].start()], pattern[places[-1].end() :]
    text = before + _filled(pattern[places[0].start() : places[-1].end()], digits) + after
    text = re.sub("\0(.)", lambda found: literals[ord(found[1]) - 0xE000], text)
    sign = "-" if value < 0 and len(sections) == 1 else ""
    return f"{sign}{text}".strip()


def _sections(said: str) -> list[str]:
    return re.split(r';(?=(?:[^"]*"[^"]*")*[^"]*$)', said)


def _currency(said: str) -> str:
    return said[2:-1].split("-")[0]


def _plain(value: float) -> str:
    if isinstance(value, float) and value.is_integer() and abs(value) < 1e15:
        return str(int(value))
    return str(value)


def _digits(value: float, places: str, *, percent: bool) -> str:
    """Returns the digits of a number with as many decimal places as the format has, thousands marked where it does."""
    value = value * 100 if percent else value
    whole, _, decimals = places.partition(".")
    count = min(len(re.findall("[0#?]", decimals)), _MOST_PLACES)
    text = f"{value:,.{count}f}" if "," in whole.rstrip(",") else f"{value:.{count}f}"
    least = whole.count("0")
    whole_part, dot, rest = text.partition(".")
    return whole_part.zfill(least) + dot + rest


def _filled(pattern: str, digits: str) -> str:
    """Returns the digits where the format has places, with what stands between these, such as a space in the middle."""
    if "," in pattern or "." in pattern:
        return digits
    waiting = list(digits)
    read: list[str] = []
    for sign in reversed(_signs(pattern)):
        if sign in ("0", "#", "?"):
            read.append(waiting.pop() if waiting else ("0" if sign == "0" else ""))
        else:
            read.append(sign)
    return "".join([*waiting, *reversed(read)])


def _signs(pattern: str) -> list[str]:
    return re.findall("\0.|.", pattern, re.DOTALL)


def _of_date(value: date | time | datetime, said: str) -> str:
    if isinstance(value, time):
        return value.strftime("%H:%M")
    if said in _LOCAL_DATES or said.lower() == "general":
        return _with_month(value)
    section = re.sub(r"\[[^\]]*\]", "", _sections(said)[0]).replace("\\", "").replace('"', "").replace("@", "")
    minutes = re.compile(r"(?<=h:)m{1,2}|(?<=h)m{1,2}|m{1,2}(?=:s)", re.IGNORECASE)
    section = minutes.sub(lambda found: "\0" * len(found[0]), section)
    has_half = re.search(r"am/pm|a/p", section, re.IGNORECASE) is not None
    text = _DATE_PART.sub(lambda found: _date_part(value, found[0].lower(), has_half=has_half), section)
    return re.sub("\0+", lambda found: f"{getattr(value, 'minute', 0):0{len(found[0])}d}", text).strip()


def _with_month(value: date) -> str:
    text = f"{value.day} {value:%B %Y}"
    has_time = isinstance(value, datetime) and (value.hour or value.minute)
    return f"{text} {value:%H:%M}" if has_time else text


def _date_part(value: date, part: str, *, has_half: bool) -> str:
    hour = getattr(value, "hour", 0)
    shown_hour = (hour % 12 or 12) if has_half else hour
    parts = {
        "yyyy": f"{value:%Y}", "yy": f"{value:%y}", "mmmmm": f"{value:%B}"[0], "mmmm": f"{value:%B}", "mmm": f"{value:%b}",
        "mm": f"{value:%m}", "m": str(value.month), "dddd": f"{value:%A}", "ddd": f"{value:%a}", "dd": f"{value:%d}",
        "d": str(value.day), "hh": f"{shown_hour:02}", "h": str(shown_hour),
        "ss": f"{getattr(value, 'second', 0):02}", "s": str(getattr(value, "second", 0)),
        "am/pm": "AM" if hour < 12 else "PM", "a/p": "A" if hour < 12 else "P",
    }  # fmt: skip
    return parts[part]
