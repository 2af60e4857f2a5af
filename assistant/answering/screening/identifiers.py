"""Personal details with a shape of their own: e-mail, telephone, postcode, names in apps and the numbers of people and things."""

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
    r"lcs|eclipse|rio|emis|niche|cad|client|system|person|pupil|custody|arrest|court case|our|your)"
)
_CASE_LABEL = r"(?:case|ref(?:erence)?|file|number|num|no|id|nr|log|is|was)"
_CASE_CODE = r"(?!DfE|ISBN|ISSN|DH-|HC-|CM-)(?=[\w/-]{0,14}\d[\w/-]{0,14}\d)[A-Z]{0,9}[/-]?[A-Z]{0,6}\d[\w/-]{2,24}"
_CASE = re.compile(
    rf"(?<!\w){_CASE_CUE}(?:[\s.:#]{{1,3}}{_CASE_LABEL}){{1,3}}[\s.:#-]{{1,4}}({_CASE_CODE})(?!\w)"
    rf"|(?<!\w)(?:URN|CRN|case|ref|lac|crime|incident|lcs|eclipse|rio|emis|niche|cad|occurrence|"
    rf"log)[\s.:#]{{1,3}}((?=(?:[A-Z/-]{{0,6}}\d){{4}}){_CASE_CODE})(?!\w)"
    r"|(?<![\w/-])((?:LAC|CP|CIN|CPP|MASH|REF|CR|CASE|CRN|CRI|URN)[-/]?\d{2,4}[-/]\d{3,8}|(?:LAC|CP|"
    r"CIN|MASH|CR)[-/]\d{4,9})"
    r"(?![\w/-])",
    re.IGNORECASE,
)
_HANDLE = re.compile(
    r"(?<![\w.@/])@[A-Za-z0-9_][\w.]{1,30}(?<![.])"
    r"|(?<![\w.@/-])[A-Za-z][A-Za-z0-9.]*_[\w.]*[A-Za-z0-9]"
    r"|(?<![\w.@/-])[A-Za-z][\w.]*[\d_.][\w.]*\w"
    r"(?= on (?:snap|insta|tik ?tok|discord|facebook|fb|roblox|x\b|twitter|xbox))",
)
_APPS = (
    r"(?:insta(?:gram)?|snap(?:chat)?|tik ?tok|twitter|facebook|fb|discord|roblox|xbox|psn|you ?tube|telegram|be ?real|"
    r"gamer ?tag|user ?name|handle|screen name)"
)
_HANDLE_CUED = re.compile(
    rf"(?<!\w){_APPS}(?:['’]?s|,? its|,? it['’]?s)?(?: (?:is|was|name|user|account|as|called|handle|tag|id))*[\s:,=-]{{1,3}}"
    r"(?:it['’]?s )?@?((?=[\w.]*[\d._])[A-Za-z0-9][\w.]{2,30}\w)",
    re.IGNORECASE,
)
_REGISTRATION = re.compile(
    r"(?<![\w-])[A-HJ-PR-Y][A-Z]\d{2} ?(?!AND|THE|FOR|NOT|HAS|ARE|WAS|YES|SAY|DOE|DFE)[A-HJ-PR-Z]{3}(?![\w-])"
)
_REGISTRATION_CUED = re.compile(
    r"(?<!\w)(?:reg(?:istration)?|number plate|plates?|vrm|car|van|taxi|cab|vehicle|motor)(?:[\s,:]{1,2}"
    r"(?:reg|registration|number|plate|no|is|was|its|it['’]?s|that['’]?s))*[\s,:]{1,2}"
    r"([a-z]{2}\d{2} ?[a-z]{3}|[a-z]\d{1,3} ?[a-z]{3}|[a-z]{3} ?\d{1,3}[a-z])(?!\w)",
    re.IGNORECASE,
)
_PASSPORT = re.compile(
    r"(?<!\w)passport(?:['’]?s)?(?: (?:number|num|no|is|was|id|ref))*[\s.:#-]{1,3}((?:[A-Z]{1,2} ?)?\d(?:[ -]?\d){6,8})(?!\w)",
    re.IGNORECASE,
)
_SORT = re.compile(
    r"(?<!\w)sort(?: ?code)?(?: (?:is|no|number))?[\s:.-]{1,3}(\d\d[- ]?\d\d[- ]?\d\d)(?!\w)"
    r"|(?<![\w-])(\d\d-\d\d-\d\d)(?=[ ,;]{1,2}(?:(?:acc(?:oun)?t?|a/c)\b[\s.:a-z]{0,9})?\d{8}(?!\w))",
    re.IGNORECASE,
)
_ACCOUNT = re.compile(
    r"(?<!\w)(?:acc(?:oun)?t?|a/c|bank)\.?(?: (?:number|num|no|is|details))*[\s.:#-]{1,3}(\d{6,8}(?: ?\d{4})?)(?!\w)"
    r"|(?<=\d\d-\d\d-\d\d )(\d{8})(?!\w)|(?<=\[bank details\] )(\d{8})(?!\w)"
    r"|(?<!\w)(GB\d\d ?[A-Z]{4}(?: ?\d){14})(?!\w)|(?<![\w-])(\d{4}(?:[ -]\d{4}){3})(?![\w-])",
    re.IGNORECASE,
)
_IP = re.compile(
    r"(?<!\w)(?<!section )(?<!paragraph )(?<!para )(?<!version )(?<!v)(?<![\d.])"
    r"(?:(?:25[0-5]|2[0-4]\d|1?\d?\d)\.){3}(?:25[0-5]|2[0-4]\d|1?\d?\d)(?![\w]|\.\d)"
    r"|(?<![\w:])(?:[0-9a-f]{1,4}:){4,7}[0-9a-f]{1,4}(?![\w:])|(?<![\w:])(?:[0-9a-f]{1,4}:){2,6}:[0-9a-f]{1,4}(?![\w:])",
    re.IGNORECASE,
)
_COURT = re.compile(
    r"(?<![\w/-])[A-Z]{2}\d\d[A-Z]\d{5}(?![\w/-])|(?<![\w/-])[TSAU]20\d{2}[ /-]?\d{4}(?![\w/-])", re.IGNORECASE
)
_LAW = re.compile(r"^(?:dfe|isbn|issn|19\d\d$|20\d\d$)", re.I)

_BY_SHAPE = (
    (_HANDLE_CUED, "handle"),
    (_HANDLE, "handle"),
    (_COURT, "court_number"),
    (_REGISTRATION, "registration"),
    (_REGISTRATION_CUED, "registration"),
    (_PASSPORT, "passport"),
    (_SORT, "bank"),
    (_ACCOUNT, "bank"),
    (_IP, "ip_address"),
)


def numbers_and_contacts(text: str) -> Iterator[Detail]:
    """Yields e-mail addresses, names in apps, numbers of things, cases and people, postcodes and telephone numbers."""
    yield from _whole(_EMAIL, text, "email")
    for pattern, kind in _BY_SHAPE:
        yield from _whole(pattern, text, kind)
    yield from _whole(_UPN, text, "upn")
    yield from _whole(_NI, text, "ni_number")
    for match in _CASE.finditer(text):
        group = next(number for number in (1, 2, 3) if match[number])
        if not _LAW.match(match[group]):
            yield match.start(group), match.end(group), "case_number"
    yield from _whole(_NHS_CUED, text, "nhs_number")
    yield from _telephones(text)
    yield from _whole(_NHS, text, "nhs_number")
    yield from _whole(_POSTCODE, text, "postcode")


def _whole(pattern: re.Pattern[str], text: str, kind: str) -> Iterator[Detail]:
    """Yields every match of a pattern, or its one group that matched where it has groups."""
    for match in pattern.finditer(text):
        group = match.lastindex or 0
        yield match.start(group), match.end(group), kind


def _telephones(text: str) -> Iterator[Detail]:
    for match in _PHONE.finditer(text):
        if not _DATE_START.match(match.group()) and not _FREEPHONE.match(match.group()):
            yield match.start(), match.end(), "phone"
