"""What a heading says of the text under it: nothing, its subject, or that the text is not to be followed."""

from __future__ import annotations

import re
from collections.abc import Sequence

_TURNS = re.compile(
    r"\b(?:not|no|never|nor|cannot|without|nothing|none|neither|avoid(?:ing)?|except(?:ions?)?|unless|exclu(?:de[ds]?|ding|sions?)|"
    r"out of scope|outside|myths?|misconceptions?|misunderstandings?|mistakes?|pitfalls?|errors?|wrong(?:ly)?|false(?:ly)?|untrue|"
    r"inappropriate|unacceptable|unsafe|prohibited|forbidden|banned|poor practice|bad practice|refrain|stop(?:ped)?|"
    r"withdrawn|superseded|obsolete|historic(?:al)?|formerly|previous(?:ly)?)\b|n[’']t\b",
    re.IGNORECASE,
)
_TURNS_BACK = re.compile(r"\b(?:no (?:later|less|fewer) than|not only|no\. ?\d)|\bnot sure\b", re.IGNORECASE)
_SAYS_NOTHING = re.compile(
    r"(?:(?:chapter|section|part|annex|appendix|page|table|box|figure|step|stage)?\s*[\d.ivx]*[a-z]?[.):]?\s*)"
    r"(?:(?:the )?(?:overview|introduction|background|general|summary|key (?:points|messages|facts|information)|purpose|aims?|"
    r"procedures?|guidance|policy|notes?|further (?:information|reading|details)|other|others|more|continued|actions?|contents|"
    r"context|details?|information|practice|what to do|what happens next|next steps|in practice|at a glance|"
    r"quick guide|text|scope|definitions?|when|who|how|why|what|where|contacts?|timescales?|time limits?|examples?|yes|do|dos|always)"
    r"(?: \(continued\))?)?[.:]?",
    re.IGNORECASE,
)


def turns_round(heading: str) -> bool:
    """Returns whether a heading turns the text under it round: "Do not", "When not to refer", "Myths", "Exceptions"."""
    return _TURNS.search(_TURNS_BACK.sub(" ", heading)) is not None


def says_nothing(heading: str) -> bool:
    """Returns whether a heading does not say by itself what its text is about: "Overview", "Time limits", "2.1"."""
    return _SAYS_NOTHING.fullmatch(heading.strip()) is not None


def first_that_speaks(headings: Sequence[str], nearest: int) -> int:
    """Returns the place of the first heading to show: of the nearest ones, or above them.

    It goes further up while the headings to show say nothing, and to the outermost one that turns its text round.

    Args:
        headings: The path, outermost first.
        nearest: How many are shown at least.
    """
    first = max(len(headings) - nearest, 0)
    while first > 0 and all(says_nothing(each) for each in headings[first:]):
        first -= 1
    return next((place for place in range(first) if turns_round(headings[place])), first)
