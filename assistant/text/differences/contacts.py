"""Reads telephone numbers, e-mail addresses, postal addresses and offices."""

from __future__ import annotations

import re
from collections.abc import Iterator

from assistant.model import DifferenceKind, Span
from assistant.text.differences.values import Value

_EMAIL = re.compile(r"(?<![\w.+-])[\w.+-]+@[\w-]+(?:\.[\w-]+)+")
_PHONE = re.compile(
    r"(?<![\w.])(?:\+44[ ()-]*|\(?0)\d(?:[ ()-]{0,2}\d){6,11}(?!\w)|(?<![\w.])(?:101|111|999|116 ?\d{3})\b(?!\.\d)"
)
_DIALLED = re.compile(r"\b(?:call|ring|dial|phone|telephone|tel|text|on|number|contact)\b[^.]{0,40}$", re.IGNORECASE)
_POSTCODE = re.compile(r"\b[A-Z]{1,2}\d[A-Z\d]? ?\d[A-Z]{2}\b")
_STREET = re.compile(
    r"\b(?P<number>\d{1,4}[a-z]?),? (?P<street>(?:[A-Z][\w'’]+ ){1,3})(?:Street|St|Road|Rd|Lane|Ln|Avenue|Ave|Way|Drive|Close|"
    r"Square|Place|Court|Terrace|Hill|Row|Gate)\b"
)
_OFFICE = re.compile(
    r"\b(?P<what>room|floor|suite|unit|office|building) (?P<which>\d{1,4}[a-z]?|[A-Z])\b", re.IGNORECASE
)
_NTH_FLOOR = re.compile(
    r"\b(?P<which>ground|first|second|third|fourth|fifth|sixth|\d(?:st|nd|rd|th)) (?P<what>floor)\b", re.IGNORECASE
)


def contacts_in(text: str) -> Iterator[Value]:
    """Yields the contacts of a text; those of one channel (the slot) can be compared."""
    for match in _EMAIL.finditer(text):
        yield _value("e-mail", match.group().lower().rstrip("."), match)
    for match in _PHONE.finditer(text):
        digits = re.sub(r"\D", "", match.group())
        if len(digits) > 6 or _DIALLED.search(text[: match.start()]):
            yield _value("telephone", re.sub(r"^44", "0", digits), match)
    streets = list(_STREET.finditer(text))
    for match in streets:
        yield _value("street", (match.group("number").lower(), match.group("street").lower().split()[0]), match)
    for match in _POSTCODE.finditer(text):
        yield _value("postcode", match.group().replace(" ", ""), match)
    for pattern in (_OFFICE, _NTH_FLOOR):
        for match in pattern.finditer(text):
            yield _value(match.group("what").lower(), match.group("which").lower(), match)


def _value(channel: str, key: object, match: re.Match[str]) -> Value:
    return Value(DifferenceKind.CONTACT, channel, key, Span(*match.span()))
