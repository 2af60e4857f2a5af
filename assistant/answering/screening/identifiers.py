"""Personal details with a shape of their own: e-mail, telephone, postcode, address and the numbers of people and cases."""

from __future__ import annotations

import re
from collections.abc import Iterator

Detail = tuple[int, int, str]
"""Start, end and kind of a personal detail."""

_EMAIL = re.compile(r"(?<![\w.+'’-])[\w+](?:[\w.+'’-]{0,62}[\w+-])?@[\w-]{1,63}(?:\.[\w-]{1,63}){1,5}")
_PHONE = re.compile(
    r"(?<![\w.+])(?<![\w][-/])(?:(?:\+|00)\s?44[ ().-]{0,2}(?:0[ ).-]{0,2})?|\(?0)(?:[ ().-]{0,2}\d){9,10}(?![\d\w])"
    r"|(?<!\w)\+\d(?:[ ().-]{0,2}\d){7,13}(?!\w)"
    r"|(?<=\btel )\d(?: ?\d){5,7}(?!\w)"
)
_DATE_START = re.compile(r"\(?\d{1,2}[./-]\d{1,2}[./-]\d{2,4}")
_FREEPHONE = re.compile(r"0 ?80[08]")
"""Numbers of helplines, never of a person."""
_NHS = re.compile(r"(?<![\w.-])(?:\d{3}[ -]?\d{3}[ -]?\d{4}|\d(?: \d){9})(?![\w-])")
_NHS_CUED = re.compile(r"\bnhs(?:\s?(?:number|num|no|id|#))?[\s.:#-]{1,3}(?:is )?(\d(?:[ -]?\d){5,11})(?!\w)", re.I)
_NI = re.compile(r"(?<!\w)[a-z]{2} ?\d{2} ?\d{2} ?\d{2} ?[a-d](?!\w)", re.I)
_UPN = re.compile(r"(?<!\w)[a-z]\d{11}[\da-z](?!\w)", re.I)
_POSTCODE = re.compile(
    r"(?<![\w/-])[a-z]{1,2}\d[a-z\d]? ?(?!1st|2nd|3rd|[04-9]th)\d[abd-hjlnp-uw-z]{2}(?!\w)", re.IGNORECASE
)
_CASE_CUE = (
    r"(?:case|lac|cp|cin|crime|incident|file|court|referral|reference|ref|record|liquid ?logic|mosaic|urn|crn|log|"
    r"client|system|person|pupil|custody|arrest|court case|our|your)"
)
_CASE_LABEL = r"(?:case|ref(?:erence)?|file|number|num|no|id|nr|log|is|was)"
_CASE_CODE = r"(?!DfE|ISBN|ISSN|DH-|HC-|CM-)(?=[\w/-]{0,14}\d[\w/-]{0,14}\d)[A-Z]{0,9}[/-]?[A-Z]{0,6}\d[\w/-]{2,24}"
_CASE = re.compile(
    rf"(?<!\w){_CASE_CUE}(?:[\s.:#]{{1,3}}{_CASE_LABEL}){{1,3}}[\s.:#-]{{1,4}}({_CASE_CODE})(?!\w)"
    rf"|(?<!\w)(?:URN|CRN|case|ref|lac|crime|incident|"
    rf"log)[\s.:#]{{1,3}}((?=(?:[A-Z/-]{{0,6}}\d){{4}}){_CASE_CODE})(?!\w)"
    r"|(?<![\w/-])((?:LAC|CP|CIN|CPP|MASH|REF|CR|CASE|CRN|CRI|URN)[-/]?\d{2,4}[-/]\d{3,8}|(?:LAC|CP|"
    r"CIN|MASH|CR)[-/]\d{4,9})"
    r"(?![\w/-])",
    re.IGNORECASE,
)
_LAW = re.compile(r"^(?:dfe|isbn|issn|19\d\d$|20\d\d$)", re.I)


def numbers_and_contacts(text: str) -> Iterator[Detail]:
    """Yields e-mail addresses, then numbers of cases and people, postcodes and telephone numbers."""
    for match in _EMAIL.finditer(text):
        yield match.start(), match.end(), "email"
    for match in _UPN.finditer(text):
        yield match.start(), match.end(), "upn"
    for match in _NI.finditer(text):
        yield match.start(), match.end(), "ni_number"
    for match in _CASE.finditer(text):
        group = next(number for number in (1, 2, 3) if match[number])
        if not _LAW.match(match[group]):
            yield match.start(group), match.end(group), "case_number"
    for match in _NHS_CUED.finditer(text):
        yield match.start(1), match.end(1), "nhs_number"
    yield from _telephones(text)
    for match in _NHS.finditer(text):
        yield match.start(), match.end(), "nhs_number"
    for match in _POSTCODE.finditer(text):
        yield match.start(), match.end(), "postcode"


def _telephones(text: str) -> Iterator[Detail]:
    for match in _PHONE.finditer(text):
        if not _DATE_START.match(match.group()) and not _FREEPHONE.match(match.group()):
            yield match.start(), match.end(), "phone"
