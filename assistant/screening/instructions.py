"""Takes instructions to the assistant out of a question: what remains is what is asked."""

from __future__ import annotations

import re

_TAGS = re.compile(
    r"</?\s*(?:system|assistant|user|instructions?|prompt|script|style)[^>]*>|\[/?(?:INST|SYS)\]|<\|[^|>]*\|>",
    re.IGNORECASE,
)
_ORDERS = re.compile(
    r"\b(?:ignore|disregard|forget|override|bypass|drop)\b[^.?!\n]*\b(?:instruction\w*|rule\w*|prompt|polic(?:y|ies)|above|previous|"
    r"safety|documents?|guard ?rails?|restrictions?|everything)\b|\boverride safety\b|"
    r"\b(?:you are|you're) (?:now )?(?:dan|unrestricted|free|a different|no longer|an? (?:unfiltered|evil|helpful hacker))\b|"
    r"\b(?:pretend|imagine|act|roleplay|role-play)\b[^.?!\n]*\b(?:you(?:'re| are)?|as|to be)\b|"
    r"\bfrom now on\b|\bsystem prompt\b|\byour (?:system )?(?:prompt|instructions)\b|\bnew instructions?\b|"
    r"\b(?:respond|reply|answer) (?:only )?(?:with|in) (?:only )?(?:the word|yes|no|one word|json|\"|')|"
    r"\banswer (?:with )?(?:yes|no) only\b|\bonly (?:say|answer|reply)\b|\bdo not (?:cite|quote|mention|refuse|mask)\b|"
    r"\bdon'?t (?:cite|quote|refuse|mask)\b|\bmake up\b|\bfrom your own knowledge\b|\bsystem:|\bassistant:|\bdeveloper mode\b|"
    r"\bjailbreak\b|\bsay (?:yes|that there is no)\b|\balways say\b|\breveal\b|\bprint your\b",
    re.IGNORECASE,
)
_CLAUSES = re.compile(r"(?:[^.?!\n]|[.?!](?!\s|$))+(?:[.?!]+(?=\s|$))*\s*|[.?!\n]+\s*")
_HEADER = re.compile(r"^(?:#+\s*)?(?:system|assistant|user|developer)\s*:\s*", re.IGNORECASE)


def without_instructions(text: str) -> str:
    """Returns a question without sentences that give the assistant orders, fake system text and markup.

    A text that is nothing but orders comes back empty.
    """
    bare = _TAGS.sub("\n", text)
    clauses = _CLAUSES.findall(bare)
    kept = [clause for clause in clauses if not _ORDERS.search(clause)]
    return _HEADER.sub("", "".join(kept).strip())
