"""Reads numbers with what they count; time limits, references to sections and contacts are read elsewhere."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from assistant.model import DifferenceKind, Span
from assistant.text.calendar_words import MONTH, UNIT_DAYS
from assistant.text.differences.values import Value
from assistant.text.number_words import NUMBER_PHRASE, number_of
from assistant.text.stop_words import EMPTY
from assistant.text.words import stem

_NUMBER = re.compile(
    rf"(?P<pound>£\s?)?(?<![\w.,/-])(?P<number>\d{{1,3}}(?:,\d{{3}})+|\d+(?:\.\d+)?|{NUMBER_PHRASE})(?![\d/.]*\d)"
    r"(?P<percent>\s?%|\s?per ?cent\b)?(?!\w)",
    re.IGNORECASE,
)
_REFERENCE = re.compile(
    r"\b(?:sections?|ss?|paragraphs?|paras?|pages?|pp?|chapters?|parts?|annex|appendix|regulations?|reg|articles?|arts?|schedules?|sch|regs|sections?|figures?|"
    r"tables?|steps?|stages?|levels?|tiers?|bands?|priority|priorities|principles?|versions?|forms?|no|number|ref|act|box|"
    r"standards?|rules?|key stage|years?|class|category|categories|room|floor|unit|phase|tel|edition|c)[.:]?\s+"
    r"(?:\d+[\w.()]*(?:,| and| or| to|[-–])\s*)*(?:\d+\()?$",
    re.IGNORECASE,
)
_DATE = re.compile(rf"^\s*(?:st|nd|rd|th)?\s*(?:{MONTH})\b", re.IGNORECASE)
_DATED = re.compile(rf"\b(?:{MONTH}|act|regulations?|in|since|from|order|bill|guidance|education) $", re.IGNORECASE)
_BOUNDS: tuple[tuple[str, re.Pattern[str]], ...] = (
    (
        "least",
        re.compile(
            r"\b(?:at least|(?:a )?minimum of|no (?:fewer|less) than|not (?:fewer|less) than)(?: (?:age|aged|of))* $",
            re.I,
        ),
    ),
    (
        "most",
        re.compile(r"\b(?:at most|no more than|not more than|up to|(?:a )?maximum of|not exceed) $", re.IGNORECASE),
    ),
    (
        "above",
        re.compile(r"\b(?:more than|over|above|exceeds?|exceeding|greater than|older than)(?: the age of)? $", re.I),
    ),
    ("below", re.compile(r"\b(?:less than|fewer than|under|below|younger than)(?: the age of)? $", re.IGNORECASE)),
)
_OR_MORE = re.compile(r"^ (?:or (?:more|over|above|older)|and (?:over|above))\b", re.IGNORECASE)
_AGE_BEFORE = re.compile(
    r"\b(?:age[ds]?(?: of)?|under|over|older than|younger than|turn(?:s|ed)?|until .{0,30}\bis|between) $", re.I
)
_AGE_AFTER = re.compile(
    r"^(?: years?)?[ -](?:of age|old|year[ -]olds?|years[ -]olds?)\b|^[ -]year[ -]olds?", re.IGNORECASE
)
_NO_COUNT = re.compile(r"^ (?:of\b(?! (?:staff|the))|another|or (?:the|other)|to[ -]one)|^-", re.IGNORECASE)
_ONE = re.compile(r"\b(?:no|any|every|some|the|this|that|which|each|only|at) $", re.IGNORECASE)
_UNIT = re.compile(rf"^[ -]+(?:working |school |calendar )?(?:{'|'.join(UNIT_DAYS)})s?\b", re.IGNORECASE)
_WORD = re.compile(r"[A-Za-z][\w'’]*")
_NAMED_BEFORE = re.compile(r"\b(?P<what>[a-z]{4,}) of $", re.IGNORECASE)
"""What a number is of: "a score of 12"."""
_PLACES = frozenset(map(stem, "para paras paragraph art arts article reg regulation section sch schedule".split()))
"""What follows a number of a place in a law: "Sch. 3 para. 184"."""
COUNTED = 3
"""Most words after a number that may name what is counted."""


def numbers_in(text: str, taken: Sequence[Span]) -> Iterator[Value]:
    """Yields the numbers of a text that do not lie in ``taken`` stretches, with their bounds.

    The slot is what is counted: the stems after the number, "age", "percent" or "pounds".
    """
    for match in _NUMBER.finditer(text):
        start, end = match.span()
        before, after = text[:start], text[end:]
        if any(each.start < end and start < each.end for each in taken) or _is_reference(match, before, after):
            continue
        slot = _slot(match, before, after)
        if not slot or slot.split()[0] in _PLACES:
            continue
        bound = next((name for name, pattern in _BOUNDS if pattern.search(before)), "")
        if _OR_MORE.match(after) or (slot == "age" and after.startswith(" or over")):
            bound = "least"
        yield Value(DifferenceKind.NUMBER, slot, (bound, _amount(match.group("number"))), Span(start, end))


def _is_reference(match: re.Match[str], before: str, after: str) -> bool:
    digits = match.group("number")
    if match.group("pound") or match.group("percent"):
        return False
    is_year = re.fullmatch(r"(?:19|20)\d\d", digits) is not None
    opens_line = (
        (not before.strip() or before.endswith("\n")) and re.match(r"[.)]|\s+[A-Z]", after) and digits[0].isdigit()
    )
    return bool(
        is_year
        or opens_line
        or _REFERENCE.search(before)
        or _DATE.match(after)
        or (_DATED.search(before) and len(digits) > 3)
    )


def _slot(match: re.Match[str], before: str, after: str) -> str:
    if match.group("percent"):
        return "percent"
    if match.group("pound"):
        return "pounds"
    if _AGE_AFTER.match(after):
        return "age"
    if match.group("number").lower() == "one" and (_NO_COUNT.match(after) or _ONE.search(before)):
        return ""
    counted = _counted(_OR_MORE.sub("", after))
    is_aged = _AGE_BEFORE.search(before) and _amount(match.group("number")) <= 30
    if is_aged and (not counted or "age" in before[-12:].lower()):
        return "age"
    if _UNIT.match(after):
        return ""
    named = _NAMED_BEFORE.search(before)
    is_bound = any(pattern.search(before) for _, pattern in _BOUNDS) or _OR_MORE.match(after)
    return counted or (stem(named.group("what").lower()) if named else "amount" if is_bound else "")


def _counted(after: str) -> str:
    """Returns the stems of the words that name what is counted, up to the end of their phrase; "" for none."""
    stems: list[str] = []
    clause = re.split(r"[.,;:()\n–]", after, maxsplit=1)[0]
    for word in _WORD.findall(clause)[:COUNTED]:
        lower = word.lower()
        if lower == "of" and stems:
            continue
        if lower in EMPTY or lower in ("out", "for", "per", "before", "after", "within"):
            break
        stems.append(stem(lower))
    return " ".join(stems)


def _amount(number: str) -> float:
    return float(number.replace(",", "")) if number[0].isdigit() else float(number_of(number))
