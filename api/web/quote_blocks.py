"""A quote as the page draws it: paragraphs, lists in lists, and table rows."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from assistant.model import LineKind, QuoteLine
from assistant.outcomes.quote_text import GAP, Quoted, lines_of


@dataclass(frozen=True, slots=True)
class Item:
    """An item of a list, with the items under it."""

    mark: str
    text: str
    items: tuple[Item, ...] = ()


@dataclass(frozen=True, slots=True)
class QuoteBlock:
    """A paragraph, a list or a table row; two of the three are empty."""

    text: str = ""
    items: tuple[Item, ...] = ()
    cells: tuple[tuple[str, str], ...] = ()
    """Column and text."""
    is_lead_in: bool = False

    @property
    def has_marks(self) -> bool:
        """Whether any item of the list has a number or letter."""
        return any(item.mark for item in self.items)


def quote_blocks(quoted: Quoted) -> tuple[QuoteBlock, ...]:
    """Returns the blocks of a quote, in order."""
    blocks: list[QuoteBlock] = []
    items: list[QuoteLine] = []
    for line in lines_of(quoted):
        if line.kind is LineKind.ITEM:
            items.append(line)
            continue
        if items:
            blocks.append(QuoteBlock(items=_items(items)))
            items = []
        blocks.append(_block(line))
    return (*blocks, QuoteBlock(items=_items(items))) if items else tuple(blocks)


def _block(line: QuoteLine) -> QuoteBlock:
    if line.cells:
        return QuoteBlock(cells=tuple((each.column, each.text) for each in line.cells), is_lead_in=line.is_lead_in)
    return QuoteBlock(_words(line), is_lead_in=line.is_lead_in)


def _items(lines: Sequence[QuoteLine]) -> tuple[Item, ...]:
    """Returns items as a tree; what is deeper than the one before it stands under it."""
    items: list[Item] = []
    place = 0
    while place < len(lines):
        end = place + 1
        while end < len(lines) and lines[end].depth > lines[place].depth:
            end += 1
        items.append(Item(lines[place].mark, _words(lines[place]), _items(lines[place + 1 : end])))
        place = end
    return tuple(items)


def _words(line: QuoteLine) -> str:
    return f"{GAP if line.follows_gap else ''}{line.text}"
