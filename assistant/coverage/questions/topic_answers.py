"""Whether an answer in the topic map is about the subject of the question.

The answering threshold is calibrated over all documents. Over one document type alone, the best passage may pass it and
still be about something else: 68 of 100 such answers were wrong (``evals/coverage/topic_answers.yaml``).
"""

from __future__ import annotations

import re

from assistant.coverage.texts.rarity import Rarity
from assistant.text.words import content_words

LEAST = 0.5
"""Least share of the question's words, weighted by rarity, in the answer and its headings."""
_KIND = re.compile(r"^(?:within what time|(?:for )?how (?:long|often|many|much)|at what (?:age|time))\b", re.IGNORECASE)
"""An opening that says what type of answer is expected, not what the question is about."""
_WHAT_IS = re.compile(
    r"^(?:what|who) (?:is|are) (?:meant by )?(?:the definition of )?(?:an? |the |so-called )?(?P<term>.+?)\?*$",
    re.IGNORECASE,
)
_ROLE = re.compile(r"\b(?:of|for|about|needed|told|done)\b", re.IGNORECASE)
_DEFINES = r"(?:is|are|means?|refers? to|defined|describes?|encompass\w*|involves?|includes?|can (?:be|take|involve)|covers?)\b"
GAP = 70
"""Most characters between a term and its defining verb."""


def doubt(probe: str, quote: str, headings: tuple[str, ...], rarity: Rarity) -> str | None:
    """Returns why an answer may be about something else, in words; None where there is no reason to think so.

    Args:
        probe: The question.
        quote: The words that answer it.
        headings: The headings that the quote stands under.
        rarity: Word weights over the passages of the library.
    """
    near = " ".join((quote, *headings))
    about = _KIND.sub("", probe)
    if rarity.share(about, near) < LEAST:
        there = frozenset(content_words(near))
        missing = [word for word in re.findall(r"[\w'’-]+", about) if not there.issuperset(content_words(word))]
        return f"the quoted words do not mention {', '.join(missing)}"
    asked = _WHAT_IS.match(probe)
    if asked and not _ROLE.search(asked["term"]) and not _is_defined(asked["term"], quote, headings):
        return "the quoted words name it without saying what it is"
    return None


def _is_defined(term: str, quote: str, headings: tuple[str, ...]) -> bool:
    words = [re.sub(r"(?:ies|s)$", "", each) for each in re.findall(r"\w+", term.lower())]
    named = r"\W+".join(rf"{each}(?:s|y|ies)?" for each in words)
    before = rf"\b(?:defin\w+|term|called|known as)\b[^.]{{0,20}}?{named}"
    after = rf"\b{named}\b[^.]{{0,{GAP}}}?\b{_DEFINES}"
    is_heading = bool(headings) and re.fullmatch(rf"(?:the )?{named}", headings[-1], re.IGNORECASE) is not None
    return is_heading or re.search(f"{before}|{after}", quote, re.IGNORECASE) is not None
