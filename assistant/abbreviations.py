"""Abbreviations of the field, so that "LADO" finds "local authority designated officer" and the other way round."""

from __future__ import annotations

import re
import tomllib
from functools import cache
from importlib.resources import files


@cache
def _table() -> tuple[tuple[str, str], ...]:
    return tuple(tomllib.loads((files("assistant") / "abbreviations.toml").read_text()).items())


@cache
def _pattern() -> re.Pattern[str]:
    sides = sorted((re.escape(side) for pair in _table() for side in pair), key=len, reverse=True)
    return re.compile(rf"(?<![\w])(?:{'|'.join(sides)})(?:'?s)?(?![\w])", re.IGNORECASE)


def expand(question: str) -> str:
    """Returns the question with the other side of each abbreviation or full term that it holds added at its end.

    "s.47" and "S 47" count as "s47". A question without any comes back unchanged.
    """
    plain = re.sub(r"\b[sS]\.? ?(\d{1,3})\b", r"s\1", question)
    other = {short: full for short, full in _table()} | {full: short for short, full in _table()}
    found = (match.group(0).lower() for match in _pattern().finditer(plain))
    added = dict.fromkeys(other.get(each) or other.get(re.sub(r"'?s$", "", each), "") for each in found)
    extra = " ".join(each for each in added if each and each not in question.lower())
    return f"{plain} {extra}" if extra else plain
