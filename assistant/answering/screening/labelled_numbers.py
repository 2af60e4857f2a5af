"""Numbers that a label beside them gives away: of cases and courts, passports, accounts, cars, telephones; written or spoken.

A label is looked for first; the value is the nearest code after it in the same sentence, whatever words join them
("her passport, which dad took, is 533 901 248", "the number on her passport").
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

Found = tuple[int, int, str]
"""Start, end and kind of a number."""

_DIGIT = r"(?:zero|oh|o|nought|nil|one|two|three|four|five|six|seven|eight|nine)"
_TEEN = (
    r"(?:ten|eleven|twelve|(?:thir|four|fif|six|seven|eigh|nine)teen|"
    r"(?:twen|thir|for|fif|six|seven|eigh|nine)ty(?:[ -](?:one|two|three|four|five|six|seven|eight|nine))?)"
)
_ALPHABET = (
    r"(?:alpha|alfa|bravo|charlie|delta|echo|foxtrot|golf|hotel|india|juliett?|kilo|lima|mike|november|oscar|papa|"
    r"quebec|romeo|sierra|tango|uniform|victor|whisk[e]?y|x-?ray|yankee|zulu)"
)
_JOINT = r"(?:dash|hyphen|slash|stroke|forward slash|dot|point|space|full stop|then)"
_SAID = (
    rf"(?:(?:double|treble|triple) (?:{_DIGIT}|[a-z])|{_DIGIT}|{_TEEN}|\d{{1,4}}|{_ALPHABET}|[b-hj-z]|"
    rf"hundred|thousand)"
)
_SPOKEN = rf"{_SAID}(?:[ ,-]{{1,2}}(?:(?:{_JOINT}|and) )?{_SAID}){{2,24}}"
_COUNTED = re.compile(rf"\b(?:double|treble|triple|{_DIGIT}|{_TEEN}|\d)", re.IGNORECASE)
_RUN = re.compile(
    rf"(?<![\w-])(?:(?:double|treble|triple) )?{_DIGIT}(?:[ ,-]{{1,2}}(?:(?:double|treble|triple) "
    rf")?{_DIGIT}){{5,18}}(?![\w-])",
    re.IGNORECASE,
)
"""A run of digits said one by one: nobody asks about policy in it."""
_FREE = re.compile(r"(?:zero|oh|o|nought) eight (?:hundred|(?:zero|oh|o|nought) (?:zero|oh|o|nought|eight))", re.I)
_PUBLIC = re.compile(
    r"(?:dfe|isbn|issn|hc|hl|cm|cmnd|si|ssi|wsi|sta|ofsted|kcsie|wt|iso|bs|covid|cve|http\w*|"
    r"doi)(?![a-z])|0800|101$|999$|111$",
    re.IGNORECASE,
)
"""Numbers of publications and helplines, which are nobody's."""
_YEARS = re.compile(
    r"(?:19|20)\d\d$|(?:19|20)\d\d ?/ ?\d{1,4}$|(?:19|20)\d\d ?[-–/] ?(?:(?:19|20)\d\d|\d\d)$|"
    r"\d{1,2}(?:[.]\d{1,2}){1,3}$|[A-Z]{2,6} (?:19|20)\d\d$"
)
"""Years, statutory instruments and paragraphs."""
_CITED = re.compile(
    r"(?<!\w)(?:EW[A-Z]{1,4}|UK[A-Z]{2,5}|\[\d{4}\]|AC|Civ|Crim|Fam|paragraphs?|para|page|section|s|"
    r"regulation|chapter|annex) ?$"
)
_WINDOW = 160
"""Characters after a label in which its value may stand."""
_END = re.compile(r"[.!?;]+(?=\s|$)|\n\s*\n")
_PART = re.compile(r"[^\s,;:()\"“”‘’=#?!]+")
_LINKED = frozenset((" ", "-", " - ", "/", " / "))


@dataclass(frozen=True, slots=True)
class _Labelled:
    """Labels of one kind of number, and how far its value may stand from them."""

    kind: str
    label: str
    least: int
    """Digits of a value, at least."""
    words: int
    """Words that may join label and value."""
    spoken: int = 4
    """Digits that must be said, at least."""
    is_weak: bool = False
    """The label alone says little: a year or a paragraph after it is none of its values."""


_NUMBER = r"(?:(?:ref(?:erence)?s?|numbers?|num|nos?|nr|id|#|№)\.?)"
_SYSTEMS = (
    r"(?:liquid ?logic|mosaic|lcs|eclipse|azeus|care ?first|frameworki?|rio|emis|systm ?one|niche|cad|"
    r"athena|c-?poms|my ?concern|"
    r"bromcom|arbor|sims|charms|holmes|pnc|pnd|ehm|synergy|capita one|crn|urn|crim(?:int)?)"
)
_CASES = (
    r"(?:cases?|files?|records?|crime|incident|occurrence|investigation|referral|contact|complaint|"
    r"custody|log|client|service user|person|"
    r"child|pupil|student|family|patient|hospital|ehcp?|mash|lado|marac|mappa|lac|cin|cpp?|claim|ticket|"
    r"job|allegation|safeguarding|meeting|"
    r"enquiry|warrant|police|home office|asylum|admission|learner|candidate|council|social care|social "
    r"services|unique)"
)
_COURTS = (
    r"(?:court|hearing|proceedings?|tribunal|appeal|indictment|family ?man|county court|crown court|"
    r"docket|injunction|order)"
)
_BANKS = (
    r"(?:acc(?:(?:oun)?ts?)?|a/c|bank(?: details)?|barclays|hsbc|lloyds|nat ?west|halifax|santander|nationwide|"
    r"monzo|starling|revolut|tsb|"
    r"building society|roll|post office card|giro)"
)
_LABELS = (
    _Labelled(
        "passport",
        r"(?:pass?ports?|passp0rt|pasports?|pp (?:no|num|number)|travel documents?|brp|biometric residence permit|"
        r"residence permit|visa|id card|"
        r"driving licen[cs]e|share code)",
        4,
        8,
        5,
        is_weak=True,
    ),
    _Labelled("nhs_number", rf"(?:n\.?h\.?s\.?(?: ?{_NUMBER})|chi number|h&c number|nhs)", 6, 5, 6),
    _Labelled("ni_number", r"(?:national insurance|n\.?i\.? ?(?:number|no|num)\.?|nino)", 6, 5, 5),
    _Labelled("upn", r"(?:upn|uln|unique pupil number|unique learner number|pupil number)", 6, 4, 6),
    _Labelled("bank", rf"(?:sort ?codes?|s/c|iban|bic|{_BANKS}(?: (?:and|&))?(?: ?{_NUMBER})?)", 6, 5, 5),
    _Labelled(
        "bank",
        r"(?:card (?:number|no)|long number|debit card|credit card|bank card|cash card|visa debit|mastercard)",
        8,
        6,
        8,
    ),
    _Labelled(
        "bank",
        r"(?:(?:card|account|acct|acc) (?:number )?(?:ending|ends)(?: in| with)?|last four(?: digits)?|cvv|"
        r"cvc|security code|pin(?: number| code)?)",
        3,
        3,
        3,
    ),
    _Labelled(
        "bank",
        r"(?:transfer(?:s|red)?|pa(?:y|ys|id|ying)|sen[dt]s?|deposit(?:s|ed)?) (?:\S+ ){0,3}(?:in)?to|card",
        8,
        1,
        8,
    ),
    _Labelled("registration", r"(?:reg(?:istration)?|number ?plate|plate)(?: ?number)?", 2, 3, 2, is_weak=True),
    _Labelled("phone", r"(?:mobile|mob|phone|telephone|tel|landline|whats ?app)(?: ?(?:number|no|num)\.?)?", 6, 4, 6),
    _Labelled("court_number", rf"{_COURTS} ?(?:case )?(?:{_NUMBER})(?: ?{_NUMBER})?", 3, 6, 4),
    _Labelled("case_number", rf"(?:{_CASES} ?){{1,2}}(?:{_NUMBER} ?){{1,2}}", 2, 8, 3),
    _Labelled(
        "case_number",
        rf"(?:(?:our|your|their|my|the|crime|police) )?(?:ref(?:erence)?|{_SYSTEMS})(?: ?{_NUMBER})?",
        3,
        2,
        4,
        is_weak=True,
    ),
    _Labelled(
        "case_number",
        r"(?:cases?|crime|incident|occurrence|custody|cad|log|referral|file|record)",
        4,
        1,
        4,
        is_weak=True,
    ),
    _Labelled(
        "case_number",
        r"(?:logged as|quote|re:|the number (?:they|he|she|police) (?:gave|said)(?: (?:me|us))? (?:was|is)|filed as)",
        5,
        0,
        4,
        is_weak=True,
    ),
    _Labelled("court_number", _COURTS, 6, 2, 5, is_weak=True),
)


def labelled_numbers(text: str) -> Iterator[Found]:
    """Yields numbers after a label of theirs, and digits that are said one by one."""
    for entry, label in _compiled():
        for match in label.finditer(text):
            yield from _values(text, match.end(), entry)
    for match in _RUN.finditer(text):
        if not _FREE.match(match.group()):
            yield match.start(), match.end(), "phone" if _begins_with_zero(match.group()) else "case_number"


def _begins_with_zero(said: str) -> bool:
    return said.lower().split()[0] in ("zero", "oh", "o", "nought")


def _values(text: str, start: int, entry: _Labelled) -> Iterator[Found]:
    """Yields the first written value after a label, and the first spoken one before it."""
    end = _END.search(text, start, start + _WINDOW)
    stop = end.start() if end else min(len(text), start + _WINDOW)
    parts = list(_PART.finditer(text, start, stop))
    for at in range(min(len(parts), entry.words + 1)):
        length = _code_length(text, parts, at)
        if length and _is_value(text, parts[at].start(), parts[at + length - 1].end(), entry):
            last = parts[at + length - 1]
            yield parts[at].start(), last.start() + len(last.group().rstrip(".-/")), entry.kind
            return
    said = _SPOKEN_RUN.search(text, start, stop)
    if said and len(_PART.findall(text, start, said.start())) <= entry.words and _is_said(said.group(), entry):
        yield said.start(), said.end(), entry.kind


def _code_length(text: str, parts: list[re.Match[str]], at: int) -> int:
    """Returns how many words in a row make one code: those with figures, and short capitals beside them; 0 for none."""
    length = 0
    while at + length < len(parts):
        word = parts[at + length].group()
        gap = text[parts[at + length - 1].end() : parts[at + length].start()] if length else ""
        has_digit = any(each.isdigit() for each in word)
        if length and gap not in _LINKED:
            break
        if not has_digit and not (
            len(word) <= 4 and word.isalpha() and (word.isupper() or (len(word) == 1 and word != "a" and word != "i"))
        ):
            break
        if has_digit and _DATED.fullmatch(word):
            break
        length += 1
    while (
        length
        and not any(each.isdigit() for each in parts[at + length - 1].group())
        and len(parts[at + length - 1].group()) > 1
    ):
        length -= 1
    return length if any(each.isdigit() for part in parts[at : at + length] for each in part.group()) else 0


def _is_value(text: str, start: int, end: int, entry: _Labelled) -> bool:
    value = text[start:end]
    if (
        _PUBLIC.match(value)
        or (entry.is_weak and _YEARS.match(value))
        or _CITED.search(text[max(0, start - 12) : start])
    ):
        return False
    digits = sum(each.isdigit() for each in value)
    return digits >= entry.least and (
        digits >= 4 or entry.least == 3 or not value.isdigit() or (entry.least == 2 and digits == 3)
    )


def _is_said(said: str, entry: _Labelled) -> bool:
    return len(_COUNTED.findall(said)) >= entry.spoken and not _FREE.match(said)


_SPOKEN_RUN = re.compile(rf"(?<![\w-]){_SPOKEN}(?![\w-])", re.IGNORECASE)
_DATED = re.compile(
    r"\d{1,2}(?:st|nd|rd|th)|\d{1,2}[./]\d{1,2}[./](?:19|20)\d\d|\d+(?:am|pm|%|yrs?|yo|y/o)", re.IGNORECASE
)
_COMPILED: list[tuple[_Labelled, re.Pattern[str]]] = []


def _compiled() -> list[tuple[_Labelled, re.Pattern[str]]]:
    if not _COMPILED:
        _COMPILED.extend((each, re.compile(rf"(?<![\w-]){each.label}(?!\w)", re.IGNORECASE)) for each in _LABELS)
    return _COMPILED
