"""Duty words: how strongly a quote binds."""

from __future__ import annotations

import re

from assistant.model import Duty, Kind

_MUST = re.compile(r"\bmust\b", re.IGNORECASE)
_SHOULD = re.compile(r"\bshould\b", re.IGNORECASE)
_MAY = re.compile(r"\bmay\b|(?:^|[.!?:]\s+)May\b(?!\s+\d)")


def duty_of(quote: str, kind: Kind) -> Duty | None:
    """Returns the strongest duty word in a quote, None where there is none.

    A learning review finds and recommends; it never lays down a duty, so its quotes have none. The month of May
    is not a duty word.
    """
    if kind is Kind.LEARNING_REVIEW:
        return None
    if _MUST.search(quote):
        return Duty.MUST
    if _SHOULD.search(quote):
        return Duty.SHOULD
    return Duty.MAY if _MAY.search(quote) else None
