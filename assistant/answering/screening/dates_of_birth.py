"""Dates of birth: a date beside a word of birth, a person or an age; a plain policy date is not one."""

from __future__ import annotations

import re
from collections.abc import Iterator

from assistant.answering.screening.identifiers import Detail
from assistant.text.calendar_words import SHORT_MONTH

_MONTH = rf"{SHORT_MONTH}\b\.?"
_DAY = r"\d{1,2}(?:st|nd|rd|th)?"
_FULL = (
    rf"(?:\d{{4}}[-/.]\d{{1,2}}[-/.]\d{{1,2}}|\d{{1,2}} ?[./-] ?\d{{1,2}} ?[./-] ?(?:\d{{4}}|\d{{2}})"
    rf"|{_DAY}(?: day)?(?: of)?[ -]{_MONTH},?[ -]\d{{2,4}}|{_MONTH} {_DAY},? \d{{4}})(?![\w/-])"
)
_CUE = (
    r"(?<!\w)(?:d\.? ?o\.? ?b\b\.?|dates? of birth|birth ?dates?|birthdays?|b-?day|born|birth|"
    r"delivered|turn(?:s|ed) \d{1,2})"
    r"[\s:=,–-]{1,3}(?:(?:is|was|on|in|the|of|it'?s|as|being)\s){0,3}"
)
_CUED = re.compile(
    rf"{_CUE}({_FULL}|\d{{1,2}} \d{{1,2}} \d{{2,4}}(?!\w)|\d{{8}}(?!\w)|\d{{6}}(?!\w)"
    rf"|{_MONTH},? (?:19|20)\d\d(?!\w)|{_DAY} (?:of )?{_MONTH}(?!\w))",
    re.I,
)
_PERSON = (
    r"(?:\[name\](?:['’]s)?|\b(?:child|girl|boy|baby|son|daughter|pupil|student|toddler|infant|twins?|"
    r"sibling|brother|sister|"
    r"young person|teen(?:ager)?|patient|client|mother|father|mum|dad|year[ -]old|years old|y/?o|yrs?))"
)
_BESIDE = re.compile(rf"{_PERSON}[\s,(:;–-]{{1,3}}({_FULL})", re.I)
_BEFORE = re.compile(
    rf"({_FULL})\s?[,(–-]?\s?(?:\(?(?:dob|date of birth)\b|is (?:his|her|their|"
    rf"the child['’]s) (?:birthday|dob|date of birth))",
    re.I,
)


def dates_of_birth(text: str) -> Iterator[Detail]:
    """Yields dates of birth; names are masked first, so that a date beside one is recognised."""
    for pattern in (_CUED, _BESIDE, _BEFORE):
        for match in pattern.finditer(text):
            yield match.start(1), match.end(1), "date_of_birth"
