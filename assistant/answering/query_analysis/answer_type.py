"""The answer type that a question expects, and whether a sentence has it.

A question such as "how soon …" expects a time limit; a sentence without one hardly answers it, however many
words the two share.
"""

from __future__ import annotations

import re
from enum import StrEnum

from assistant.text.calendar_words import EVERY_DAYS, MONTH, UNIT_DAYS
from assistant.text.number_words import NUMBERS


class AnswerType(StrEnum):
    """The kind of answer that a question expects."""

    TIME_LIMIT = "time_limit"
    NUMBER = "number"
    DATE = "date"
    CONTACT = "contact"
    ACTOR = "actor"
    PLACE = "place"
    REASON = "reason"
    DEFINITION = "definition"
    LIST = "list"
    YES_NO = "yes_no"
    OPEN = "open"


_UNIT = rf"(?:{'|'.join(UNIT_DAYS)})s?"
_EVERY = "|".join(EVERY_DAYS)
_COUNT = (
    rf"(?:\d+(?:[.,]\d+)?|{'|'.join(word for word, value in NUMBERS.items() if value)}|"
    r"hundred|half|third|quarter|double|once|twice)"
)
"""A count; "zero" is none, as in "zero tolerance"."""

_ASKS: tuple[tuple[AnswerType, re.Pattern[str]], ...] = (
    (
        AnswerType.CONTACT,
        re.compile(
            r"\b(?:phone|telephone|e-?mail|helpline|hotline|fax|postcode|contact (?:detail|number)s?|"
            r"web ?site|url|"
            r"address|(?:number|line) (?:for|to (?:ring|call)))\b"
        ),
    ),
    (
        AnswerType.TIME_LIMIT,
        re.compile(
            rf"\b(?:how (?:long|soon|quick(?:ly)?|fast|often|frequent(?:ly)?|many (?:\w+ )?{_UNIT})|"
            rf"time ?(?:limit|scale|"
            rf"frame|line)s?|deadlines?|by when|when (?:must|should|do|does|is|are|has|have|can)\b.*|"
            rf"how (?:far|much time)|"
            rf"(?:what|which) (?:{_UNIT}|period)|within (?:how|what)|frequency)"
        ),
    ),
    (
        AnswerType.NUMBER,
        re.compile(
            r"\b(?:how (?:many|much|old|big|large|high)|what (?:age|percentage|proportion|share|number|"
            r"ratio|rate|score|"
            r"amount|sum|size|level|grade|budget)|(?:maximum|minimum|cost|fee|fine|budget|percent)\b|"
            r"at what age|"
            r"which (?:paragraph|page|section|form)|per ?cent)"
        ),
    ),
    (
        AnswerType.DATE,
        re.compile(r"\b(?:what (?:date|year|month)|which (?:date|year|month)|when (?:was|were|did|will)|since when)\b"),
    ),
    (
        AnswerType.ACTOR,
        re.compile(
            r"\b(?:who|whom|whose|(?:which|what) (?:agency|agencies|organisations?|body|bodies|person|"
            r"people|team|group|"
            r"profession(?:al)?s?|board|committee|department|partners?|officer|role))\b"
        ),
    ),
    (AnswerType.REASON, re.compile(r"\bwhy\b|\bhow come\b|\breasons?\b")),
    (AnswerType.PLACE, re.compile(r"\bwhere\b|\bwhich (?:place|setting|country|area)\b")),
    (
        AnswerType.DEFINITION,
        re.compile(r"\b(?:defin\w+|mean(?:ing|s)?|what(?:'s| is| counts as| constitutes) (?:an? )?|stand for)\b"),
    ),
    (
        AnswerType.LIST,
        re.compile(
            r"\b(?:list|name the|what are|which|examples?|signs|indicators|steps|types|kinds|factors|"
            r"priorities)\b"
        ),
    ),
    (
        AnswerType.YES_NO,
        re.compile(
            r"^(?:so |and |but |ok(?:ay)?,? )?(?:can|could|do|does|did|is|are|was|were|must|should|"
            r"shall|may|might|will|"
            r"would|has|have|had|am|if|need)\b"
        ),
    ),
)

_HAS: dict[AnswerType, re.Pattern[str]] = {
    AnswerType.TIME_LIMIT: re.compile(
        rf"\b{_COUNT}(?:[ -](?:working|calendar|school|consecutive|full|more|or|{_COUNT}))*[ -]{_UNIT}\b|"
        rf"\b(?:immediate(?:ly)?|promptly|{_EVERY}|"
        r"as soon as|without delay|"
        r"straight ?away|at all times|same day|each (?:year|term)|every (?:year|\w+ (?:month|"
        r"year)s?)|regular(?:ly)?|"
        r"before|until|at least (?:once|twice|annually))\b"
    ),
    AnswerType.NUMBER: re.compile(rf"\b{_COUNT}\b|[£%]"),
    AnswerType.DATE: re.compile(rf"\b{MONTH}\b|\b(?:19|20)\d\d\b"),
    AnswerType.CONTACT: re.compile(r"\b0\d{2,4}[ -]?\d{3}|@|\bwww\.|https?:|\b\w+\.(?:gov|org|co|nhs)\.uk\b"),
    AnswerType.ACTOR: re.compile(
        r"\b(?:authorit\w+|police\w*|partners?|partnerships?|officers?|leads?|workers?|head\w*|"
        r"board|panel|committee|"
        r"(?:sub)?group|agenc\w+|schools?|colleges?|staff|practitioners?|professionals?|managers?|"
        r"director|governors?|"
        r"governing|proprietor|constabulary|courts?|coroner|parents?|carers?|doctor|gp|nurse|"
        r"visitor|midwi\w+|icbs?|"
        r"ofsted|secretary of state|department|teams?|chair|provider|trust|council|team|supervisor|"
        r"employer|inspector\w*|"
        r"everyone|anyone|scrutineer|person)\b"
    ),
    AnswerType.REASON: re.compile(
        r"\b(?:because|so that|in order to|due to|since|as|reasons?|to ensure|therefore|means)\b"
    ),
    AnswerType.PLACE: re.compile(r"\b(?:at|in|within|where|outside|website|annex|home|school|area|page)\b"),
    AnswerType.DEFINITION: re.compile(r"\b(?:is|are|means?|defined|refers?|includes?|involv\w+|term|where)\b"),
    AnswerType.LIST: re.compile(r":|;|,.*,|\b(?:include|including|such as|following|and)\b"),
}


_EXACT: dict[AnswerType, re.Pattern[str]] = {
    AnswerType.TIME_LIMIT: re.compile(
        rf"\b{_COUNT}(?:[ -](?:working|calendar|school|consecutive|full|more|or|to|and|{_COUNT}))*[ -]{_UNIT}\b|"
        rf"\b(?:immediately|{_EVERY}|as soon as|without delay|promptly|"
        r"straight away|same day|at least (?:once|twice|annually))\b"
    ),
    AnswerType.NUMBER: re.compile(rf"\b{_COUNT}\b|[£%]"),
}


def has_exact_answer_type(text: str, expected: AnswerType) -> bool:
    """Returns whether a text holds a time limit or a number in the strict sense; other types as ``has_answer_type``."""
    pattern = _EXACT.get(expected)
    return has_answer_type(text, expected) if pattern is None else pattern.search(text.lower()) is not None


def answer_type_of(question: str) -> AnswerType:
    """Returns the answer type that a question expects; the most exacting one where several fit."""
    lowered = question.lower().strip()
    return next((kind for kind, asks in _ASKS if asks.search(lowered)), AnswerType.OPEN)


def has_answer_type(text: str, expected: AnswerType) -> bool:
    """Returns whether a text has the expected answer type; True for types that any sentence can have."""
    pattern = _HAS.get(expected)
    return pattern is None or pattern.search(text.lower()) is not None


_DETAIL = re.compile(
    r"\b(?:how (?:many|much)|exact(?:ly)?|specific(?:ally)?|minimum|maximum|limit|what (?:percentage|proportion|number|size|ratio|"
    r"format|colour|score|grade|version|form|template|software|system|tool|qualification|level)|which (?:form|template|software|"
    r"system|tool|website|app|court|database|qualification|version|day|month|year)|penalt(?:y|ies)|fine[sd]?|fees?|costs?|paid|"
    r"pay(?:ment)?|salary|budget|£|percent|per cent|phone|e-?mail|telephone|deadline|hourly|name of|named|code|"
    r"(?:hours?|minutes?|pages?|words|metres|miles) (?:long|of|per|must|does|do)|how (?:big|old|far|large|tall|often))",
    re.IGNORECASE,
)
_YES_NO = next(asks for kind, asks in _ASKS if kind is AnswerType.YES_NO)


def asks_for_detail(question: str) -> bool:
    """Returns whether a question asks for an exact particular, which related text often lacks."""
    return _DETAIL.search(question) is not None


def is_yes_no(question: str) -> bool:
    """Returns whether a question can be answered with yes or no, whatever else it expects."""
    return _YES_NO.search(question.lower().strip()) is not None
