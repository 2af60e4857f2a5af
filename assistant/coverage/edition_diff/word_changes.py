"""Word-by-word changes between two texts, and what they affect."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass
from enum import StrEnum
from typing import Literal

from rapidfuzz.distance import Levenshtein

from assistant.coverage.texts.paragraphs import plain
from assistant.text.contacts import contacts_in
from assistant.text.time_limits import time_limits

_TOKEN = re.compile(r"\w+(?:['-]\w+)*|[^\w\s]")
_CROSS_REFERENCE = re.compile(
    r"\b(para(?:graph)?(?:s|\(s\))?|pages?|footnote|annex|part|figure)\s+\d[\d.]*(?:\s*(?:-|,|to|and)\s*\d[\d.]*)*",
    re.IGNORECASE,
)
_PLURAL = re.compile(r"(?:s|\(s\))$")
_GLUED = re.compile(r"\b(sections?|paragraphs?|part|annex)(?=\d)", re.IGNORECASE)
_NOTE_MARK = re.compile(r"(?<=[a-z)][.;:,)])\s?\d{1,3}(?=\s+[A-Z(]|\s*$)")
"""The mark of a footnote after a sentence: "exclusion.146 Where"."""
_ENUMERATOR = re.compile(r"^(?:[ivx]+\.|\(?[a-z]\))\s+")
_STRONG = re.compile(r"\b(must|should|may)\b", re.IGNORECASE)
_NEGATION = re.compile(r"\b(not|no|never|nor|without|unless|except|neither)\b|n't\b", re.IGNORECASE)
_NUMBER = re.compile(r"\b\d+(?:[.,]\d+)*%?|£\s?\d[\d,.]*")
_ACTOR = re.compile(
    r"\b(?:local authorit\w+|police|schools?|colleges?|governing bod\w+|proprietors?|head ?teachers?|principals?|staff|"
    r"practitioners?|designated \w+ leads?|partners?|partnership|agenc\w+|social workers?|health|integrated care boards?|"
    r"managers?|employers?|courts?|secretary of state|ofsted|dbs|tra|providers?|trusts?|parents?|carers?|nurses?|"
    r"case manager|lado|coroners?|panel|doctors?|gps?|midwi\w+|volunteers?|trustees?|director\w*)\b",
    re.IGNORECASE,
)


class Concern(StrEnum):
    """What a change affects, the most important first."""

    DUTY = "duty"
    """A duty word was added, removed or replaced."""
    TIME_LIMIT = "time_limit"
    NEGATION = "negation"
    NUMBER = "number"
    CONTACT = "contact"
    """A telephone number, mail or web address, or postcode."""
    ACTOR = "actor"
    WORDING = "wording"


@dataclass(frozen=True, slots=True)
class Words:
    """A stretch of words that is the same, removed, added or moved."""

    kind: Literal["same", "removed", "added", "moved"]
    """Moved: removed here and present elsewhere, or added here and removed elsewhere."""
    text: str


def comparable(text: str) -> str:
    """Returns a text normalised for comparison: white space, punctuation, cross-reference numbers, footnote marks."""
    text = _NOTE_MARK.sub("", _ENUMERATOR.sub("", _GLUED.sub(r"\1 ", plain(text))))
    return _CROSS_REFERENCE.sub(_unnumbered, text)


def _unnumbered(match: re.Match[str]) -> str:
    return f"{_PLURAL.sub('', match.group(1))} #"


def word_changes(old: str, new: str) -> tuple[Words, ...]:
    """Returns the stretches that turn one text into the other, removed before added; a single "same" for equal texts."""
    before, after = list(_TOKEN.finditer(plain(old))), list(_TOKEN.finditer(plain(new)))
    old, new = plain(old), plain(new)
    steps = Levenshtein.opcodes([each.group() for each in before], [each.group() for each in after])
    changes: list[Words] = []
    for step in steps:
        removed = _stretch(old, before[step.src_start : step.src_end])
        added = _stretch(new, after[step.dest_start : step.dest_end])
        if step.tag == "equal":
            changes.append(Words("same", added))
            continue
        changes += [Words("removed", removed)] if removed else []
        changes += [Words("added", added)] if added else []
    return tuple(changes)


def concerns_of(old: str, new: str) -> tuple[Concern, ...]:
    """Returns what a change affects, the most important first; never empty.

    Renumbered cross-references affect nothing. Where one side is empty, the whole of the other counts.
    """
    contacts = Counter(contacts_in(old)) != Counter(contacts_in(new))
    old, new = comparable(old), comparable(new)
    tests = {
        Concern.DUTY: _differ(_STRONG, old, new),
        Concern.TIME_LIMIT: _limits(old) != _limits(new),
        Concern.NEGATION: _differ(_NEGATION, old, new),
        Concern.NUMBER: _differ(_NUMBER, old, new),
        Concern.CONTACT: contacts,
        Concern.ACTOR: _differ(_ACTOR, old, new),
    }
    concerns = tuple(concern for concern, is_so in tests.items() if is_so)
    return concerns or (Concern.WORDING,)


def _differ(pattern: re.Pattern[str], old: str, new: str) -> bool:
    return _counted(pattern, old) != _counted(pattern, new)


def _counted(pattern: re.Pattern[str], text: str) -> Counter[str]:
    return Counter(match.group().lower() for match in pattern.finditer(text))


def _limits(text: str) -> Counter[tuple[str, float]]:
    return Counter((limit.kind.value, round(limit.days, 3)) for limit in time_limits(text))


def _stretch(text: str, tokens: list[re.Match[str]]) -> str:
    return text[tokens[0].start() : tokens[-1].end()] if tokens else ""
