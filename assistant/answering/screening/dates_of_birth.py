"""Dates of birth: a date, in figures or in words, beside a word of birth, a person or an age; a plain policy date is not one."""

from __future__ import annotations

import re
from collections.abc import Iterator

from assistant.answering.screening.identifiers import Detail
from assistant.text.calendar_words import SHORT_MONTH, UNIT_DAYS
from assistant.text.number_words import ONES, ORDINALS

_MONTH = rf"{SHORT_MONTH}\b\.?"
_DAY = r"\d{1,2}(?:st|nd|rd|th)?"
_FULL = (
    rf"(?:\d{{4}}[-/.]\d{{1,2}}[-/.]\d{{1,2}}|\d{{1,2}} ?[./-] ?\d{{1,2}} ?[./-] ?(?:\d{{4}}|\d{{2}})"
    rf"|{_DAY}(?: day)?(?: of)?[ -]{_MONTH},?[ -]\d{{2,4}}|{_MONTH} {_DAY},? \d{{2,4}}|\d{{1,2}} ?[./-] ?(?:19|"
    r"20)\d\d|(?:0?[1-9]|1[0-2])/(?:1[3-9]|2\d|3[01])/(?:19|20)\d\d)(?![\w/-])"
)
_CUE = (
    r"(?<!\w)(?:d\.? ?o\.? ?b\b\.?|dates? of birth|birth ?dates?|birthdays?|b-?day|born|birth|"
    r"delivered|turn(?:s|ed) (?:\d{1,2}|[a-z]+)|will be \d{1,2})"
    r"[\s:=,–-]{1,3}(?:(?:is|was|on|in|at|home|the|of|it'?s|as|being|given|recorded|down|put|i|think|will|be)\s){0,4}"
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

_ORDINAL = (
    rf"(?:twenty[ -]|thirty[ -])?(?:{'|'.join(ORDINALS)}|"
    r"thirteenth|fourteenth|fifteenth|sixteenth|seventeenth|eighteenth|nineteenth|twentieth|thirtieth)"
)
_ONE = f"(?:{'|'.join(ONES[1:10])})"
_YEAR = (
    rf"(?:(?:19|20)\d\d|two thousand(?: and)?(?: \w+(?:[ -]{_ONE})?)?|"
    rf"twenty[ -](?:\w+teen|ten|eleven|twelve|twenty|thirty)(?:[ -]{_ONE})?|"
    rf"nineteen[ -](?:\w+ty|\w+teen)(?:[ -]{_ONE})?)"
)
_FEAST = (
    r"(?:bonfire night|new year['’]?s (?:eve|day)|christmas (?:eve|day)|boxing day|halloween|easter(?: (?:sunday|"
    r"monday|day))?|"
    r"good friday|valentine['’]?s day|leap day|eid|diwali|mother['’]?s day|father['’]?s day|st \w+['’]?s day)"
)
_WORDED = rf"(?:the )?(?:{_ORDINAL}|{_DAY})(?: day)?(?: of)? {_MONTH}(?:[ ,]{{1,2}}{_YEAR})?"
_FESTIVE = (
    rf"(?:(?:a|one|two|the) (?:{'|'.join(UNIT_DAYS)}|weekend)s? (?:after|before) )?{_FEAST}"
    rf"(?:[ ,]{{1,2}}(?:in )?{_YEAR}| the year of [^,.;?!]{{3,40}})?"
)
_BORN = (
    r"(?<!\w)(?:born|birthday|date of birth|dob|b-?day|birth|turn(?:s|ed|ing)? (?:\d{1,2}|[a-z]+))"
    r"(?:[\s:,-]{1,2}(?:is|was|on|in|at|home|the|s|early|late|comes)){0,3}[\s:,]{1,3}"
)
_WORDED_CUED = re.compile(rf"{_BORN}({_FESTIVE}|{_WORDED})(?!\w)", re.I)


def worded_dates_of_birth(text: str) -> Iterator[Detail]:
    """Yields dates of birth in words; before names, since a feast day may hold one ("New Year's Eve")."""
    for match in _WORDED_CUED.finditer(text):
        yield match.start(1), match.end(1), "date_of_birth"


def dates_of_birth(text: str) -> Iterator[Detail]:
    """Yields dates of birth; names are masked first, so that a date beside one is recognised."""
    for pattern in (_CUED, _BESIDE, _BEFORE):
        for match in pattern.finditer(text):
            yield match.start(1), match.end(1), "date_of_birth"


def full_dates_of_birth(text: str) -> Iterator[Detail]:
    """Yields whole dates after a word of birth, before their parts are read as something else."""
    for match in _CUED.finditer(text):
        yield match.start(1), match.end(1), "date_of_birth"
