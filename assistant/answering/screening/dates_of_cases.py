"""Dates of a case: in figures, days of a month, feast days and days counted back; those of a policy or a time limit are none."""

from __future__ import annotations

import re
from collections.abc import Iterator

from assistant.answering.screening.labelled_numbers import Found
from assistant.answering.screening.told import is_of_policy, told_sentences
from assistant.text.calendar_words import SHORT_MONTH, WEEKDAYS
from assistant.text.number_words import ONES, ORDINALS

_WEEKDAY = rf"(?:{'|'.join(WEEKDAYS)}|mon|tues?|weds?|thurs?|thu|fri|sat|sun)"
_ORDINAL = (
    rf"(?:(?:(?:twenty|thirty)[ -])?(?:{'|'.join(ORDINALS[:9])})|(?:ten|eleven|thirteen|fourteen|fifteen|sixteen|"
    r"seventeen|eighteen|"
    r"nineteen|twentie|thirtie)th|twelfth)"
)
_MARKED = r"\d{1,2} ?(?:st|nd|rd|th)"
_DAY = rf"(?:{_MARKED}|{_ORDINAL})"
_NUMBER = rf"(?:\d{{1,2}}|an?|{'|'.join(ONES[1:13])}|couple of|a couple of|few|a few)"
_FIGURES = re.compile(
    r"(?<![\w./-])(?:(?:19|20)\d\d ?([-/.]) ?(?:0?[1-9]|1[0-2]) ?\1 ?(?:[12]\d|3[01]|0?[1-9])|"
    r"(?:[12]\d|3[01]|0?[1-9]) ?([-/.]) ?(?:0?[1-9]|1[0-2]) ?\2 ?(?:(?:19|20)\d\d|\d\d)|"
    r"(?:0?[1-9]|1[0-2])([-/])(?:1[3-9]|2\d|3[01])\3(?:(?:19|20)\d\d|\d\d)|"
    r"(?:[12]\d|3[01]|0[1-9]) (?:0[1-9]|1[0-2]) (?:(?:19|20)\d\d|\d\d))(?![\w/-]|\.\d)"
)
"""A whole date in figures; every part one that a calendar has."""
_LEAD = (
    r"(?:on|since|from|until|till|after|before|visit(?:ed)?(?: on)?|happened|dated|noted|seen|incident|him|her|me|"
    r"meeting|reported|again|held)"
)
_EVENT = re.compile(
    r"(?<!\w)(?:referral|referred|bruis\w+|assault\w*|meeting|visit\w*|lac review|conference|contact|incident|"
    r"strat|medical|hearing|call(?:ed)?|disclos\w+|"
    r"injur\w+|missing|absen\w+|pep|core group|s47|seen|met|spoke|rang|arrested|admitted|placed|moved|removed|"
    r"excluded|attended|happened|on|since)(?: \w+){0,2}?:? (?:on |at |was |held )?$",
    re.IGNORECASE,
)
_PART = re.compile(
    rf"(?<!\w)(?:(?:{_LEAD}|reported|down|address|held|made|roll|school|so|group|uk|away|in) ((?:[12]\d|3[01]|"
    r"0?[1-9])[/.](?:1[0-2]|0?[1-9])))(?![\w/%]|[.-]\d| ?(?:of|per|%|hours?|days?|weeks?|pm|am|years?|miles?)\b)",
    re.IGNORECASE,
)
"""A day and a month in figures, after a word that a day follows; elsewhere it may be a paragraph or a share."""
_AFTER_DAY = (
    r"(?=[ ]*(?:$|[,.;:?!)\n-])|(?: (?:and|but|he|she|they|we|i|mum|dad|mam|nan|the|with|when|then|at|by|to|again|"
    r"no|nothing|what|who|how|is|was|were|"
    r"did|parents?|child|in (?:crying|tears|the)|came|alone|about|after|for|because|bruise|i|police|school|inst|"
    r"found|next|said|told|so|that|if|of (?:the|this|last) "
    r"(?:month|\d)|\[\w)(?!\w)))"
)
_DAY_ALONE = re.compile(
    rf"(?<!\w)(?:{_LEAD}|(?:it|that) (?:was|is|were)|late on|early on|yesterday|today|tomorrow|um so|so|"
    rf"{_WEEKDAY}(?: gone| last)?),? "
    rf"((?:the )?{_MARKED}|the {_ORDINAL})(?! (?:birthday|week|year|century|edition|time|floor|grade|"
    rf"form))(?!\w){_AFTER_DAY}|^({_MARKED}|the {_DAY}){_AFTER_DAY}|"
    rf"(?<=[a-z] )(the {_MARKED})(?:(?= inst)|(?! (?:of|birthday|week|year|century|edition|time|floor|grade|form|"
    r"child|anniversary|report|month|place|item|day|amendment)\b))(?![\w-])|"
    rf"(?<=[a-z] )({_MARKED})(?= (?:was|by|parents|again|alone|to|then|and)\b)",
    re.IGNORECASE,
)
_MONTHS_DAY = re.compile(
    rf"(?<!\w)((?:{_WEEKDAY},? )?(?:the )?(?:{_DAY}) (?:day )?(?:of )?(?:the )?(?:(?:last|this|next|that|the same) "
    r"month|month before(?: last)?)|"
    rf"(?:the )?{_DAY} of (?:the )?(?:{SHORT_MONTH}\b|{_ORDINAL})(?: (?:twenty|nineteen|two thousand)(?: (?:and "
    rf")?\w+(?:[ -](?:{'|'.join(ONES[1:10])}))?)?)?|"
    rf"{SHORT_MONTH} (?:the )?(?:{_DAY}|\d{{1,2}})(?:,? (?:20\d\d|['’]?\d\d))?|\d{{1,2}} {SHORT_MONTH}(?: "
    r"(?:20\d\d|['’]?\d\d))?|"
    rf"(?:the )?{_ORDINAL} {SHORT_MONTH}(?: (?:20\d\d|['’]?\d\d))?|"
    rf"(?:the )?(?:first|second|third|fourth|last) {_WEEKDAY} (?:in|of) (?:{SHORT_MONTH}\b|last month|this month|"
    r"the month))(?!\w)(?! (?:hours?|days?|weeks?|be\b|have\b|need))",
    re.IGNORECASE,
)
_COUNTED = re.compile(
    rf"(?<!\w)((?:{_NUMBER} (?:weeks?|fortnights?|months?|days?)|a ?week|a ?fortnight),? ?(?:(?:ago|back|before|"
    rf"earlier),? (?:(?:on|it was|last|this|the|come) ){{0,2}}|(?:last|this|come) )"
    rf"{_WEEKDAY}(?: (?:just gone|gone|night|morning|afternoon|evening))?|(?:the )?{_WEEKDAY} (?:(?:just )?gone|"
    rf"before last|after next|week|last week|fortnight)(?:,? (?:the )?{_DAY})?|"
    rf"(?:last|this|on) {_WEEKDAY}(?: gone| night)?,? (?:the )?{_DAY}|{_WEEKDAY},? (?:the )?(?:{_DAY})(?: (?:of "
    rf")?(?:{SHORT_MONTH}\b))?|"
    rf"the night of the {_DAY})(?!\w)",
    re.IGNORECASE,
)
_FEAST = re.compile(
    r"(?<!\w)((?:(?:the day|the night|the week|a week|two days) (?:after|before) )?(?:bonfire night|new "
    r"?years?['’]?s? ?(?:eve|day)|christmas (?:eve|day|night)|xmas (?:eve|day)|"
    r"boxing day|halloween(?: night)?|easter (?:sunday|monday|saturday)|good friday|palm sunday|valentine['’]?s? "
    r"day|pancake day|shrove tuesday|"
    r"mother['’]?s['’]? day|father['’]?s['’]? day|st\.? \w+['’]?s['’]? day|eid(?: (?:al|ul)[- ]\w+)?|diwali|"
    r"hanukkah|vaisakhi|twelfth night|may ?day|"
    r"(?:may|august|spring) bank holiday(?: monday)?))(?!\w)",
    re.IGNORECASE,
)
_YEAR_BEGINS = re.compile(
    r"(?:the )?(?:1(?:st)?|first)(?: of)? (?:april|september)|(?:the )?31(?:st)?(?: of)? (?:march|august)",
    re.IGNORECASE,
)
"""Days on which a financial or a school year begins or ends: of policy, hardly of a case."""
_QUICK = re.compile(
    r"\d[ ./-]|(?:th|st|nd|rd|day|first|second|third|gone|night|eve|ween|eid|wali|mon|tues?|weds?|thurs?|thu|fri|"
    r"sat|sun)(?!\w)|(?:19|20)\d\d-",
    re.IGNORECASE,
)


def days_in_figures(text: str) -> Iterator[Found]:
    """Yields whole dates in figures in a message that tells of somebody, or after what happens in a case; none of policy."""
    is_told = next(told_sentences(text), None) is not None
    for match in _FIGURES.finditer(text):
        is_of_case = is_told or _EVENT.search(text, max(0, match.start() - 50), match.start())
        if is_of_case and not is_of_policy(text, match.start(), match.end()):
            yield match.start(), match.end(), "date"


def days_told(text: str) -> Iterator[Found]:
    """Yields days in words, parts of dates, feast days and days counted back, in a sentence that tells of somebody."""
    if not _QUICK.search(text):
        return
    for sentence in told_sentences(text):
        for pattern in (_MONTHS_DAY, _COUNTED, _FEAST, _PART, _DAY_ALONE):
            for match in pattern.finditer(text, sentence.start(), sentence.end()):
                group = match.lastindex or 0
                if not is_of_policy(text, match.start(group), match.end(group)) and not _is_verb(match[group]):
                    yield match.start(group), match.end(group), "date"


def _is_verb(said: str) -> bool:
    """Returns whether "may" and "march" are no months in what looks like a date: "the second may", "sat the first"."""
    words = said.lower().removeprefix("the ").split()
    if _YEAR_BEGINS.match(said):
        return True
    return len(words) > 1 and words[0] in ("sat", "sun", "mon") and not any(each[0].isdigit() for each in words)
