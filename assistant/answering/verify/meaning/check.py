"""Whether a claim means no more and nothing else than its quote says: rules over words, each explained.

A claim is accepted only where it can be *derived*: word by word it is the quote, where inflection and listed synonyms
are forgiven, clauses may change places in listed ways, and clauses that nothing else depends on may be dropped.
Anything else is rejected, and the reason names the words. ``docs/verification.md`` explains the rules.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from assistant.answering.verify.meaning.derivation import follows
from assistant.answering.verify.meaning.reason import why
from assistant.answering.verify.meaning.tokens import read
from assistant.model import Verdict
from assistant.text.quote_matching import holds

WORD_FOR_WORD = "The claim is the quote, word for word."
SAME = "Every idea of the claim stands in the quote, in the same relation; no condition of it is left out."
EMPTY = "The claim says nothing."
NO_QUOTE = "There is no quote."
MOST_TOKENS = 400
TOO_LONG = "The claim or its quote is too long to check; quote one passage."


@dataclass(frozen=True, slots=True)
class Checked:
    """What a check of one claim against its quote found."""

    verdict: Verdict
    reason: str
    """One sentence a person can read."""


def check_meaning(claim: str, quote: str, headings: Sequence[str] = ()) -> Checked:
    """Returns whether a claim says what its quote says.

    Args:
        claim: The sentence to check.
        quote: The words that should support it: whole sentences, with their lead-ins.
        headings: Headings above the quote; they may name what "it", "this" or "they" at its beginning means.
    """
    said, quoted = read(claim), read(quote)
    if not said or not quoted:
        return Checked(Verdict.UNSUPPORTED, NO_QUOTE if said else EMPTY)
    if max(len(said), len(quoted)) > MOST_TOKENS:
        return Checked(Verdict.UNSUPPORTED, TOO_LONG)
    if follows(said, quoted, tuple(read(each) for each in headings)):
        is_whole = holds(quote, claim) and holds(claim, quote)
        return Checked(Verdict.SUPPORTED, WORD_FOR_WORD if is_whole else SAME)
    return Checked(Verdict.UNSUPPORTED, why(said, quoted))
