"""Dates that belong to somebody: of birth in words, and days named in words or beside a person; a policy's dates are none."""

from __future__ import annotations

import re
from collections.abc import Iterator

from assistant.answering.screening.labelled_numbers import Found
from assistant.text.calendar_words import SHORT_MONTH, WEEKDAYS
from assistant.text.number_words import ONES, ORDINALS, TENS

_MONTH = rf"{SHORT_MONTH}\b\.?"
_ORDINAL = (
    rf"(?:(?:twenty|thirty)[ -])?(?:{'|'.join(ORDINALS[:9])})|(?:ten|eleven|twelf|thirteen|fourteen|"
    rf"fifteen|sixteen|seventeen|eighteen|"
    r"nineteen|twentie|thirtie)th"
)
_FIGURES = r"\d{1,2}(?: ?(?:st|nd|rd|th))?"
_MARKED = r"\d{1,2} ?(?:st|nd|rd|th)"
_UNIT = rf"(?:{'|'.join(ONES[1:])}|(?:{'|'.join(TENS)})(?:[ -](?:{'|'.join(ONES[1:10])}))?)"
_YEAR = (
    rf"(?:(?:19|20)\d\d|['’]\d\d|two thousand(?:(?: and)? {_UNIT})?|(?:twenty|nineteen)[ -](?:(?:oh|"
    rf"o)[ -])?{_UNIT}|the year \d{{4}})"
)
_WEEKDAY = rf"(?:(?:last|this|next|on) )?(?:{'|'.join(WEEKDAYS)}|mon|tues?|wed|thurs?|fri|sat|sun)"
_IN_WORDS = (
    rf"(?:{_WEEKDAY},? )?(?:the )?(?:{_ORDINAL})(?: day)?(?: of)?(?: the)? (?:{_MONTH}|(?:{_ORDINAL}|"
    rf"month))(?:[ ,]{{1,2}}(?:in )?{_YEAR})?"
    rf"|(?:{_WEEKDAY},? )?{_MONTH},? (?:the )?(?:{_ORDINAL})(?:[ ,]{{1,2}}{_YEAR})?"
    rf"|{_UNIT}(?: of)? {_MONTH} {_YEAR}"
)
_IN_FIGURES = (
    rf"(?:{_WEEKDAY},? )?(?:the )?{_FIGURES}(?: day)?(?: of)?(?: the)? {_MONTH}(?:[ ,]{{1,2}}(?:{_YEAR}|\d\d(?!\d)))?"
    rf"|(?:{_WEEKDAY},? )?{_MONTH},? (?:the )?{_MARKED}(?:[ ,]{{1,2}}{_YEAR})?|{_MONTH} {_FIGURES},? {_YEAR}"
    rf"|{_WEEKDAY},? (?:the )?(?:{_MARKED}|{_ORDINAL})|(?:the )?{_MARKED} of the (?:\d{{1,2}}(?:st|nd|rd|"
    rf"th)?|{_ORDINAL})(?:[ ,]{{1,2}}{_YEAR})?"
)
_LOOSE = (
    rf"(?:{_MONTH}|spring|summer|autumn|winter|early|late|the (?:start|end|middle) of)(?: of| in)? {_YEAR}|{_YEAR}|"
    rf"{_UNIT}[ ,/-]{{1,3}}{_UNIT}[ ,/-]{{1,3}}{_UNIT}(?:[ -]{_UNIT})?|(?:oh|o|zero) "
    rf"{_UNIT}(?:[ ,]{{1,2}}(?:oh|o|zero)? ?{_UNIT}){{1,3}}|"
    rf"(?:{_WEEKDAY})? ?(?:the )?(?:{_MARKED}|{_ORDINAL})"
)
_BIRTH = (
    r"(?<!\w)(?:d\.? ?o\.? ?b\b\.?|dates? of birth|birth ?dates?|birthdays?|b-?days?|bday|born|birth|"
    r"birthed|came into the world|arrived|delivered|"
    r"due(?: date)?|edd|turn(?:s|ed|ing)? (?:\d{1,2}|[a-z]+))(?:['’]s)?"
    r"(?:[\s:,=–-]{1,3}(?:is|was|will be|on|in|at|home|as|being|it['’]?s|its|that['’]?s|back|early|late|"
    r"about|around|sometime|her|his|comes|of|day)\b){0,5}[\s:,=–-]{1,3}"
)
_OF_BIRTH = re.compile(
    rf"{_BIRTH}({_IN_WORDS}|{_IN_FIGURES}|{_LOOSE})(?![\w-])(?! (?:weeks?|months?|days?|years?|hours?|"
    rf"working)\b)",
    re.I,
)
_BIRTH_AFTER = re.compile(
    rf"(?<!\w)({_IN_WORDS}|{_IN_FIGURES})(?!\w)(?= ?(?:,|is|was|\()? ?(?:(?:is|was|on) )?(?:(?:his|her|"
    rf"their|the child['’]?s) )?(?:\(?d\.?o\.?b|birthday|date of birth|b-?day|birth))",
    re.I,
)
_SPOKEN_DATE = re.compile(rf"(?<![\w-])({_IN_WORDS})(?![\w-])", re.I)
_DAY = re.compile(rf"(?<![\w./-])({_IN_FIGURES})(?![\w-])", re.I)
_PERSON = re.compile(
    r"\[name\]|(?<!\w)(?:he|she|him|her|his|hers|they (?:were|had|came|went)|my (?:son|daughter|child|"
    r"kids?|boy|girl|brother|sister|pupil|student|niece|nephew|grand\w+|mum|dad|step\w+|partner|ex|foster "
    r"\w+)|mum|mam|mom|dad|nan|gran\w*|stepdad|uncle|"
    r"the (?:boy|girl|lad|lass|baby|twins?|mother|father|family|child|pupil|student)|this (?:boy|girl|lad|"
    r"child|family|pupil|student|mum|dad)|a (?:lad|boy|girl)|we (?:saw|visited|met|rang|spoke)|"
    r"i (?:saw|visited|met|rang|spoke|told)|told (?:me|us)|disclosed|incident|missing since|last seen|"
    r"happened|bruis\w+)(?!\w)",
    re.I,
)
_POLICY = re.compile(
    r"(?<!\w)(?:in force|effective|dated|version|updat\w+|publish\w+|edition|guidance|acts?|regulations?|"
    r"polic(?:y|ies)|kcsie|working together|census|"
    r"commenc\w+|appl(?:y|ies|ied)|deadline|ofsted|framework|statutory|strategy|consultation|replac\w+|"
    r"supersed\w+|period|between|year end|as of|rules?|law|legislation|withdrawn|term dates?)(?!\w)",
    re.I,
)
_SENTENCE = re.compile(r"[^.?!\n]+(?:[.](?=\w|[ ]?\d)[^.?!\n]*)*")


def births_in_words(text: str) -> Iterator[Found]:
    """Yields dates of birth in words or beside a word of birth."""
    for pattern in (_OF_BIRTH, _BIRTH_AFTER):
        for match in pattern.finditer(text):
            if match[1].lower() not in (
                "may",
                "mar",
                "sun",
                "sat",
                "second",
                "first",
                "the first",
                "the second",
                "third",
            ):
                yield match.start(1), match.end(1), "date_of_birth"


def days_of_somebody(text: str) -> Iterator[Found]:
    """Yields days said in words, and days in figures in a sentence about somebody; none in a sentence about policy."""
    for sentence in _SENTENCE.finditer(text):
        if _POLICY.search(sentence.group()):
            continue
        patterns = (_SPOKEN_DATE, _DAY) if _PERSON.search(sentence.group()) else (_SPOKEN_DATE,)
        for pattern in patterns:
            for match in pattern.finditer(text, sentence.start(), sentence.end()):
                if not _is_no_date(match[1]):
                    yield match.start(1), match.end(1), "date"


def _is_no_date(said: str) -> bool:
    """Returns whether "may" and "sat" are verbs, and "second" an interval, in what looks like a date."""
    words = said.lower().removeprefix("the ").split()
    return (words[0] in ("sat", "sun") and not any(each[0].isdigit() for each in words)) or (
        len(words) == 2
        and words[1] in ("may", "mar", "month", "second", "first", "third")
        and not words[0][0].isdigit()
    )
