"""Checks question files against the library."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from assistant.model import EditionId
from assistant.ports import Snapshot
from evals.dataset.gold import is_shown
from evals.dataset.items import Gold, Item

MOST_WORDS = 30
SHARED = frozenset({"walkthrough", "own"})
"""Splits that no figure is tuned or reported on; they may share works with others."""


def faults(items: Sequence[Item], snapshot: Snapshot) -> tuple[tuple[str, ...], frozenset[str]]:
    """Returns one line per fault, and the editions whose quotes could not be checked since they are not indexed."""
    indexed = {each.edition_id for each in snapshot.editions()}
    pages = {
        name: _page_texts(EditionId(name), snapshot) for name in {g.edition_id for i in items for g in i.gold} & indexed
    }
    lines = [line for item in items for gold in item.gold for line in _quote_faults(item, gold, pages)]
    unproved = {gold.edition_id for item in items for gold in item.gold} - indexed
    return (*lines, *_leaks(items)), frozenset(unproved)


def _page_texts(edition_id: EditionId, snapshot: Snapshot) -> dict[int, str]:
    text = snapshot.text(edition_id)
    found: dict[int, str] = {}
    for page in snapshot.pages(edition_id):
        found[page.number] = f"{found.get(page.number, '')} {text[page.start : page.end]}"
    return found


def _quote_faults(item: Item, gold: Gold, pages: dict[str, dict[int, str]]) -> Iterator[str]:
    if len(gold.quote.split()) > MOST_WORDS:
        yield f"{item.id}: a gold quote has more than {MOST_WORDS} words"
    if gold.edition_id in pages and not is_shown(gold.quote, pages[gold.edition_id].get(gold.page, "")):
        yield f"{item.id}: {gold.edition_id} page {gold.page} does not hold “{gold.quote[:60]}…”"


def _leaks(items: Sequence[Item]) -> Iterator[str]:
    splits: dict[str, set[str]] = {}
    for item in items:
        if item.split not in SHARED and item.work not in ("", "none"):
            splits.setdefault(item.work, set()).add(item.split)
    for work, found in sorted(splits.items()):
        if len(found) > 1:
            yield f"{work}: its questions stand in several splits: {', '.join(sorted(found))}"
