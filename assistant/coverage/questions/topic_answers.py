"""Whether what answers a question of the topic map speaks of what is asked.

The threshold of the assistant is set over all documents. Asked of one kind alone, it takes the best of what there is, and
that may be about something else: 68 of 100 such answers were wrong (``evals/coverage/topic_answers.yaml``).
"""

from __future__ import annotations

import re

from assistant.coverage.texts.rarity import Rarity
from assistant.text.words import content_words

LEAST = 0.5
"""Share of the words of a question, the rarer the more they count, that what answers it has with its headings."""
_KIND = re.compile(r"^(?:within what time|(?:for )?how (?:long|often|many|much)|at what (?:age|time))\b", re.IGNORECASE)
"""Opens a question and says which kind of answer it wants, not what it is about."""
_WHAT_IS = re.compile(
    r"^(?:what|who) (?:is|are) (?:meant by )?(?:the definition of )?(?:an? |the |so-called )?(?P<term>.+?)\?*$",
    re.IGNORECASE,
)
_ROLE = re.compile(r"\b(?:of|for|about|needed|told|done)\b", re.IGNORECASE)
_DEFINES = r"(?:is|are|means?|refers? to|defined|describes?|encompass\w*|involves?|includes?|can (?:be|take|involve)|covers?)\b"
GAP = 70
"""Most characters between a term and the verb that defines it."""


def doubt(probe: str, quote: str, headings: tuple[str, ...], rarity: Rarity) -> str | None:
    """Returns why an answer may be about something else, in words; None where nothing speaks against it.

    Args:
        probe: The question.
        quote: What answers it.
        headings: The headings that the quote stands under.
        rarity: How much each word tells among the passages of the library.
    """
    near = " ".join((quote, *headings))
    about = _KIND.sub("", probe)
    if rarity.share(about, near) < LEAST:
        there = frozenset(content_words(near))
        missing = [word for word in re.findall(r"[\w'’-]+", about) if not there.issuperset(content_words(word))]
        return f"what would answer does not speak of {', '.join(missing)}"
    asked = _WHAT_IS.match(probe)
    if asked and not _ROLE.search(asked["term"]) and not _is_defined(asked["term"], quote, headings):
        return "what would answer names it and does not say what it is"
    return None


def _is_defined(term: str, quote: str, headings: tuple[str, ...]) -> bool:
    words = [re.sub(r"(?:ies|s)$", "", each) for each in re.findall(r"\w+", term.lower())]
    named = r"\W+".join(rf"{each}(?:s|y|ies)?" for each in words)
    before = rf"\b(?:defin\w+|term|called|known as)\b[^.]{{0,20}}?{named}"
    after = rf"\b{named}\b[^.]{{0,{GAP}}}?\b{_DEFINES}"
    is_heading = bool(headings) and re.fullmatch(rf"(?:the )?{named}", headings[-1], re.IGNORECASE) is not None
    return is_heading or re.search(f"{before}|{after}", quote, re.IGNORECASE) is not None
