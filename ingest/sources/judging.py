"""Whether what came looks like the content of a source: not a sign-in page, an empty page, a parked domain, a soft 404.

Each kind has a sign of its own; none of them removes anything, and a person looks at what is judged so.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from assistant.errors import SourceError
from assistant.model.sources import FetchedItem
from ingest.sources.web.addresses import host_of
from ingest.sources.web.page_facts import PageFacts

FEW_WORDS = 150
"""Words below which a page with a password field, or that calls itself not found, is nothing else."""
COLLAPSED = 0.2
"""Share of the earlier words below which a text has collapsed."""
ONCE_LONG = 60
"""Words that a text must have had for its collapse to count."""
MANY_ALIKE = 3
"""Addresses with one new text from which on it is no content of theirs."""
MASS = 0.3
"""Share of the published documents of a source that may go away in one sync without anybody looking at the source."""
FEW_GONE = 3
"""Documents that may go away in any case."""
_NOT_FOUND = re.compile(
    r"\b(?:(?:page|document|file|content)\s+(?:(?:is|was|could|can)\s*(?:not|no longer)|not|no longer|cannot)\s*(?:be\s+)?"
    r"(?:found|available|exists?)|(?:error\s+)?404|no longer (?:exists|available)|(?:does|do) not exist|under maintenance|"
    r"temporarily unavailable|service unavailable|just a moment|access denied|are you (?:a )?(?:human|robot))\b",
    re.IGNORECASE,
)
_SIGN_IN = re.compile(r"\b(?:sign|log)[\s-]?(?:in|on)\b|\bpassword\b|\bsession (?:has )?expired\b", re.IGNORECASE)
_SIGN_IN_PATH = re.compile(
    r"(?:^|[/._-])(?:log-?in|sign-?in|logon|signon|sso|saml2?|oauth2?|auth|adfs)(?:$|[/._?-])", re.I
)
_PARKED = re.compile(
    r"\b(?:domain (?:name )?(?:is|may be) (?:for sale|parked|available)|buy this domain|parked (?:free|domain)|"
    r"domain (?:has )?expired|related searches|this domain)\b",
    re.IGNORECASE,
)
_NO_SCRIPT = re.compile(r"\b(?:enable|requires?|turn on) javascript\b", re.IGNORECASE)


class NeedsYou(SourceError):
    """The source as a whole looks like no content; nothing is taken from it until somebody has looked."""


@dataclass(frozen=True, slots=True)
class Came:
    """What came from an address, as it is judged."""

    address: str
    heading: str
    text: str
    words: int
    page: PageFacts


class Judgement(NamedTuple):
    """What is thought of what came."""

    why_odd: str = ""
    """Why it looks like no content, "" where it looks like content."""
    may_be_true: bool = False
    """Whether a person may still publish it: the page is only much shorter than it was."""


def judged(came: Came, before: FetchedItem | None) -> Judgement:
    """Returns whether what came looks like the content of its address.

    Args:
        came: What came.
        before: What was there, None for a new address.
    """
    earlier = before.words if before is not None else 0
    is_short = came.words < FEW_WORDS or came.words < earlier / 2
    top = f"{came.heading}\n{came.text[:600]}"
    leads_off = came.page.refresh and host_of(came.page.refresh) != host_of(came.address)
    signs = (
        (bool(leads_off) and is_short, f"it leads to another site by itself ({host_of(came.page.refresh)})"),
        (came.page.asks_for_password and is_short, "it asks for a password"),
        (is_short and bool(_SIGN_IN.search(came.heading)), "it asks to sign in"),
        (is_short and bool(_PARKED.search(top)), "it looks like a parked domain"),
        (is_short and bool(_NOT_FOUND.search(came.heading or top[:200])), "it says itself that there is nothing"),
        (came.words < FEW_WORDS / 3 and bool(_NO_SCRIPT.search(top)), "it shows its text only with JavaScript"),
        (not came.words and bool(earlier), "it is empty"),
    )
    why = next((why for holds, why in signs if holds), "")
    if not why and earlier >= ONCE_LONG and came.words < COLLAPSED * earlier:
        return Judgement(f"it has {came.words} words left of {earlier}", may_be_true=True)
    return Judgement(why)


def is_sign_in(address: str) -> bool:
    """Returns whether an address is one of a sign-in page, by its path."""
    return bool(_SIGN_IN_PATH.search(address.partition("://")[2].partition("/")[2]))


def alike(texts: Mapping[str, str]) -> frozenset[str]:
    """Returns the addresses whose new texts are one and the same, where they are many: a notice instead of content.

    Args:
        texts: Digest of the new text by address, of documents that had different ones before.
    """
    by_digest: dict[str, list[str]] = {}
    for address, digest in texts.items():
        by_digest.setdefault(digest, []).append(address)
    return frozenset(each for group in by_digest.values() if len(group) >= MANY_ALIKE for each in group)


def is_mass(gone: Sequence[FetchedItem], published: Iterable[FetchedItem]) -> bool:
    """Returns whether so many of the published documents are gone at once that the source itself is in doubt."""
    count = sum(1 for _ in published)
    return (len(gone) > FEW_GONE and len(gone) > MASS * count) or (len(gone) == count > 1)
