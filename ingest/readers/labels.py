"""Numbers and bullets printed at the start of a block."""

from __future__ import annotations

import re

from assistant.text.markup import BULLETS

_OF_HEADING = re.compile(
    r"^(?:(?:chapter|section|part|annex|appendix)\s+)?(\d{1,3}(?:\.\d{1,3})*)\.?(?=[\s:–—-])", re.I
)
_OF_PARAGRAPH = re.compile(r"^(\d{1,3}(?:\.\d{1,3})+|\d{1,3}(?=[.)]))[.)]?\s")
_ITEM = re.compile(rf"^(?:[{BULLETS}*–—-]|o(?=\s)|\(?(?P<label>[a-z]|[ivx]{{1,5}}|\d{{1,3}})\))\s+")
LEADS_IN = (":", ",", ";", "–", "—", "-")
"""A paragraph that ends so leads into the list after it."""


def heading_label(text: str) -> str | None:
    """Returns the number printed before a heading: "2.1" of "2.1 Scope", "3" of "Chapter 3: Help"."""
    found = _OF_HEADING.match(text)
    return found[1] if found else None


def paragraph_label(text: str) -> str | None:
    """Returns the number of a numbered paragraph: "24" of "24. The…"; None for "18 children…"."""
    found = _OF_PARAGRAPH.match(text)
    return found[1] if found else None


def item_start(text: str) -> tuple[int, str | None] | None:
    """Returns where the text of a list item begins and its letter or number; None for what is no item."""
    found = _ITEM.match(text)
    return (found.end(), found["label"]) if found else None


def leads_in(text: str) -> bool:
    """Returns whether a paragraph leads into the list after it."""
    return text.rstrip().endswith(LEADS_IN)
