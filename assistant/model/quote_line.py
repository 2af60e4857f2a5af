"""The lines of a quote: what stands on a line of its own in the document does so wherever the quote is shown."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class LineKind(StrEnum):
    """What a line of a quote is on its page."""

    TEXT = "text"
    ITEM = "item"
    ROW = "row"
    NOTE = "note"


@dataclass(frozen=True, slots=True)
class QuoteCell:
    """A cell of a quoted table row, under the name of its column."""

    column: str
    """"" where the table names none."""
    text: str


@dataclass(frozen=True, slots=True)
class QuoteLine:
    """One line of a quote; its words are verbatim, only white space and the marks between lines are not."""

    text: str
    """Its words; "" for a row, which has cells."""
    kind: LineKind = LineKind.TEXT
    depth: int = 0
    """How many items it stands under."""
    mark: str = ""
    """Number or letter printed before an item, such as "1." or "(a)"; "" for a bullet, and where ``text`` opens with it."""
    cells: tuple[QuoteCell, ...] = ()
    """Of a row, those that hold words."""
    is_lead_in: bool = False
    """Whether it only leads into the line that is quoted."""
    follows_gap: bool = False
    """Whether the document has words between it and the line before that are not quoted."""
