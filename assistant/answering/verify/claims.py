"""Checks claims against the quotes they give: first the quote, then the meaning of the claim."""

from __future__ import annotations

import re
from collections.abc import Sequence

from assistant.answering.verify.meaning.check import Checked, check_meaning
from assistant.answering.verify.quotes import fault_of
from assistant.model import Claim, Finding, Verdict
from assistant.ports import Entailment, Snapshot
from assistant.text.words import content_words

FEWEST_CONTENT_WORDS = 4
NO_PARTS = "It names no passage that was given, or its quote does not stand there word for word."
TOO_SHORT = "The quote has fewer than four words that carry meaning."
BRIDGED = "The quote leaves words out (“…”); quote one whole stretch."
REJECTED = "The entailment model does not find the claim in the quote."
_ELLIPSIS = re.compile(r"…|\.\s?\.\s?\.|\[\s*…?\s*\]")


def verify_claim(claim: Claim, snapshot: Snapshot, entailment: Entailment | None = None) -> Finding:
    """Returns what verification finds about one claim: its quote in its passage, then its meaning."""
    fault = fault_of(claim, snapshot) if claim.parts else NO_PARTS
    if fault:
        return Finding(claim, Verdict.UNSUPPORTED, fault)
    text = snapshot.text(claim.edition_id)
    quote = "\n".join(text[start:end] for start, end in claim.parts)
    headings = next((each.headings for each in snapshot.passages([claim.passage_id])), ())
    checked = check_pair(claim.text, quote, headings, entailment)
    return Finding(claim, checked.verdict, checked.reason)


def check_pair(claim: str, quote: str, headings: Sequence[str] = (), entailment: Entailment | None = None) -> Checked:
    """Returns whether a quote is acceptable and supports a claim, wherever it comes from."""
    if _ELLIPSIS.search(quote):
        return Checked(Verdict.UNSUPPORTED, BRIDGED)
    if len(content_words(quote)) < FEWEST_CONTENT_WORDS:
        return Checked(Verdict.UNSUPPORTED, TOO_SHORT)
    checked = check_meaning(claim, quote, headings)
    if checked.verdict is Verdict.SUPPORTED and entailment is not None and not entailment.entails(quote, claim):
        return Checked(Verdict.UNSUPPORTED, REJECTED)
    return checked
