"""Whether a shown text holds a gold quote, on the right page.

Words are compared without case, punctuation and footnote digits glued to a word. A gold quote counts as shown
when at least ``ENOUGH`` of its words stand in the shown words as one unbroken run; so a list item quoted after its
lead-in counts, and a sentence that only shares words does not.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from difflib import SequenceMatcher
from typing import Any

from evals.dataset.items import Gold, Item

ENOUGH = 0.6
_WORD = re.compile(r"[^\W_]+")
_GLUED = re.compile(r"^([a-z]{3,})\d{1,3}$")


def tokens(text: str) -> tuple[str, ...]:
    """Returns the words of a text as they are compared."""
    cleaned = text.lower().replace("’", "").replace("'", "").replace("\u00ad", "")
    return tuple(_GLUED.sub(r"\1", word) for word in _WORD.findall(cleaned))


def is_shown(gold: str, shown: str) -> bool:
    """Returns whether shown words hold a gold quote; False for an empty gold quote."""
    gold_words, shown_words = tokens(gold), tokens(shown)
    if not gold_words or not shown_words:
        return False
    if f" {' '.join(gold_words)} " in f" {' '.join(shown_words)} ":
        return True
    match = SequenceMatcher(None, gold_words, shown_words, autojunk=False).find_longest_match()
    return match.size >= max(4, ENOUGH * len(gold_words))


def cites(citation: Mapping[str, Any], gold: Gold) -> bool:
    """Returns whether a citation of an outcome object shows a gold quote of its own edition."""
    return citation["edition_id"] == gold.edition_id and is_shown(gold.quote, citation["quote"])


def on_page(citation: Mapping[str, Any], gold: Gold) -> bool:
    """Returns whether a citation names the page of the gold quote."""
    return gold.page in citation["pages"]


def parts_shown(item: Item, citations: Iterable[Mapping[str, Any]]) -> tuple[bool, ...]:
    """Returns for each part of a question's gold whether one of its alternatives is cited."""
    shown = tuple(citations)
    return tuple(any(cites(each, gold) for each in shown for gold in part) for part in item.parts)


def gold_ranks(item: Item, hits: Sequence[Mapping[str, Any]]) -> tuple[int | None, ...]:
    """Returns for each part the rank from 1 of the first hit that holds one of its alternatives, None for none.

    Args:
        item: A question with gold.
        hits: Objects with ``edition_id`` and ``text``, best first.
    """
    return tuple(_first_rank(part, hits) for part in item.parts)


def _first_rank(part: Sequence[Gold], hits: Sequence[Mapping[str, Any]]) -> int | None:
    for rank, hit in enumerate(hits, start=1):
        if any(hit["edition_id"] == gold.edition_id and is_shown(gold.quote, hit["text"]) for gold in part):
            return rank
    return None
