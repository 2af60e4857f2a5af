"""The kind of a document by the words of its title and cover."""

from __future__ import annotations

import re
from dataclasses import dataclass

from assistant.model import Kind
from assistant.model.proposal import LIKELY, Proposal
from ingest.metadata.labelled import facts_of
from ingest.metadata.meetings import is_meeting
from ingest.metadata.words import words
from ingest.readers.cover import Cover

_STATUTORY = re.compile(
    r"(?<!non-)(?<!non )(?<!not )\bstatutory (?:[\w-]+ ){0,2}(?:guidance|framework|code)", re.IGNORECASE
)
_NOT_STATUTORY = re.compile(r"\bnon-?\s?statutory\b|\bnot statutory\b", re.IGNORECASE)
_KNOWN = re.compile(rf"^{words('known_statutory')}", re.IGNORECASE)
_ACT = re.compile(rf"^(?!.*\b{words('no_act')}\b).*\b{words('act')}\b", re.IGNORECASE)
_LAW = re.compile(r"^(?:\d{4} CHAPTER \d+|STATUTORY INSTRUMENTS?|\d{4} No\. \d+)\b")


@dataclass(frozen=True, slots=True)
class _Words:
    """Words that tell a kind, where they are what a title is about."""

    kind: Kind
    pattern: re.Pattern[str]
    confidence: float


def _words(kind: Kind, name: str, confidence: float) -> _Words:
    return _Words(kind, re.compile(rf"\b{words(name)}\b", re.IGNORECASE), confidence)


_REVIEWS = _words(Kind.LEARNING_REVIEW, "learning_review", 0.93)
_HEADS = (
    _words(Kind.STRATEGY, "strategy", 0.93),
    _words(Kind.POLICY, "policy", 0.9),
    _words(Kind.GUIDANCE, "guidance", 0.85),
    _words(Kind.GUIDANCE, "unsure", 0.45),
)
_TYPE = re.compile(words("document_type"))
_TAIL = re.compile(
    r"\s(?:for|on|to|of|in|about|against|when|where|with|from|regarding|relating to|around|between|by)\s|[:–—|(]|\s-\s"
)


def propose_kind(title: str, cover: Cover) -> Proposal:
    """Returns the kind that is proposed; guidance with little confidence where no word tells."""
    first = [each.text for each in cover.lines if each.page == 1]
    top = " ".join(first[:12])
    return (
        _by_law(title, first)
        or _of_meeting(cover)
        or _by_type(cover)
        or _statutory(title, top, cover)
        or _by_words(title, "title", 0.0)
        or _by_words(top[:400], "cover, page 1", 0.25)
        or _by_words(cover.name.replace("-", " ").replace("_", " "), "file name", 0.3)
        or _by_words(cover.said("title", "subject", "keywords"), "document properties", 0.3)
        or Proposal("kind", Kind.GUIDANCE.value, 0.3, "no word tells")
    )


def _of_meeting(cover: Cover) -> Proposal | None:
    where = "cover, page 1"
    return Proposal("kind", Kind.GUIDANCE.value, 0.8, where, "minutes or agenda") if is_meeting(cover) else None


def _by_law(title: str, first: list[str]) -> Proposal | None:
    law = next((each for each in first[:12] if _LAW.match(each)), None)
    if law is not None:
        return Proposal("kind", Kind.LEGISLATION.value, 0.97, "cover, page 1", law)
    return Proposal("kind", Kind.LEGISLATION.value, 0.75, "title", title) if _ACT.match(title) else None


def _by_type(cover: Cover) -> Proposal | None:
    for fact in facts_of(cover):
        if _TYPE.fullmatch(fact.label) and (found := _by_words(fact.value, f"cover, page {fact.page}", -0.03)):
            return found
    return None


def _statutory(title: str, top: str, cover: Cover) -> Proposal | None:
    if _NOT_STATUTORY.search(f"{title} {top} {cover.said('title', 'subject')}"):
        return Proposal("kind", Kind.GUIDANCE.value, 0.9, "cover, page 1", "non-statutory")
    if _KNOWN.match(re.sub(r"(?i)^(?:(?:executive )?summary of|draft) ", "", title)):
        return Proposal("kind", Kind.STATUTORY_GUIDANCE.value, 0.93, "title", title)
    for text, where, sure in (
        (title, "title", 0.95),
        (top[:300], "cover, page 1", 0.93),
        (cover.said("title", "subject"), "document properties", 0.85),
    ):
        match = _STATUTORY.search(text)
        if match is not None and not re.search(
            rf"\b(?:in line with|under|based on|see|with|of|to|from|accordance with) (?:the )?{re.escape(match[0])}",
            text,
            re.I,
        ):
            return Proposal("kind", Kind.STATUTORY_GUIDANCE.value, sure, where, match[0])
    return None


def _by_words(text: str, where: str, less: float) -> Proposal | None:
    """Returns the kind by the noun that a title is built on: the last one before its "for", "on" or colon, else any."""
    if not text:
        return None
    if match := _REVIEWS.pattern.search(text):
        return Proposal("kind", Kind.LEARNING_REVIEW.value, round(_REVIEWS.confidence - less, 2), where, match[0])
    parts = [each for each in _TAIL.split(text) if each.strip()]
    heads = [
        each
        for each in (_head(part, less + 0.07 * (place > 0)) for place, part in enumerate(parts))
        if each is not None
    ]
    best = next((each for each in heads if each[1] >= LIKELY), max(heads, key=lambda each: each[1], default=None))
    return None if best is None else Proposal("kind", best[0].value, round(max(best[1], 0.2), 2), where, best[2])


def _head(part: str, less: float) -> tuple[Kind, float, str] | None:
    """Returns the kind that the last noun of a part of a title tells, how surely, and the noun."""
    found = [(match.end(), each, match[0]) for each in _HEADS for match in each.pattern.finditer(part)]
    if not found:
        return None
    _, head, word = max(found, key=lambda each: (each[0], len(each[2])))
    mixed = len({each.kind for _, each, _ in found if each.confidence > LIKELY}) > 1
    return head.kind, head.confidence - less - 0.1 * mixed, word
