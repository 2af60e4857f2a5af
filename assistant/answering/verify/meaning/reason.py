"""Why a claim does not follow from its quote: one sentence that names the words."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence

from assistant.answering.verify.meaning.tokens import Token

KINDS = (
    ("number", "another number, or a number that only one of them has"),
    ("limit", "another limit"),
    ("time", "another time"),
    ("negation", "a negation was added or dropped"),
    ("duty", "the strength of the duty is not the same"),
    ("scope", "it reaches further, or less far"),
    ("condition", "a condition or an exception is not the same"),
    ("link", "“and” and “or” are not the same"),
)
SHOWN_WORDS = 7
ORDER = (
    "The claim has the words of the quote in another order, or joins what the quote keeps apart; who does what, "
    "to whom or when may not be the same."
)


def why(claim: Sequence[Token], quote: Sequence[Token]) -> str:
    """Returns why a claim that does not follow is rejected."""
    added, lost = _beyond(claim, quote), _beyond(quote, claim)
    for kind, what in KINDS:
        here, there = _of(kind, added), _of(kind, lost)
        if here and there:
            return f"The quote says {_words(there, quote)}, the claim {_words(here, claim)}: {what}."
        if here and kind != "link":
            return f"The claim says {_words(here, claim)}, which the quote does not: {what}."
    words = [each for each in added if each.kind == "word"]
    dropped = next(((kind, what) for kind, what in KINDS if kind != "link" and _of(kind, lost)), None)
    if dropped and (not words or dropped[0] in ("negation", "condition", "duty")):
        return f"The quote says {_words(_of(dropped[0], lost), quote)}, which the claim leaves out: {dropped[1]}."
    if words:
        return f"The claim says {_words(words, claim)}, which the quote does not say."
    if lost:
        return f"The claim leaves out {_words(lost, quote)}, which may narrow what the quote says."
    return ORDER


def _beyond(first: Sequence[Token], second: Sequence[Token]) -> list[Token]:
    """Returns the tokens of the first text that the second lacks, in order."""
    spare = Counter(each.key for each in second)
    beyond = []
    for token in first:
        spare[token.key] -= 1
        if spare[token.key] < 0:
            beyond.append(token)
    return beyond


def _of(kind: str, tokens: Sequence[Token]) -> list[Token]:
    return [each for each in tokens if each.kind == kind]


def _words(some: Sequence[Token], text: Sequence[Token]) -> str:
    """Returns the first run of some tokens as it is written, quoted; numbers and conditions with what follows."""
    chosen = {id(each) for each in some}
    at = next(at for at, token in enumerate(text) if id(token) in chosen)
    return f"“{' '.join(_run(text, at, chosen))}”"


def _run(text: Sequence[Token], at: int, chosen: set[int]) -> Iterator[str]:
    first = text[at]
    least = {"number": 2, "limit": 3, "condition": SHOWN_WORDS, "negation": 3, "scope": 2}.get(first.kind, 1)
    if at > 0 and first.kind == "number" and text[at - 1].kind == "limit":
        yield text[at - 1].text
    for place, token in enumerate(text[at : at + SHOWN_WORDS]):
        if place and ("." in token.gap or (place >= least and id(token) not in chosen)):
            return
        yield token.text
