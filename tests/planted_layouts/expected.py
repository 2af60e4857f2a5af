"""What is right for a made document."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass


@dataclass(frozen=True)
class Table:
    """Rows in the order they are read. ``columns`` are the lowest column names (a reader may put a spanning name before them).

    An empty string is an empty cell, or a column without a name. Rows that run over a page end belong to one table;
    other rows (notes across the table) may stand between those that are given.
    """

    columns: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]


@dataclass(frozen=True)
class Layout:
    """A made document and what is right for it.

    Words are compared after NFKC (m² is m2, ™ is TM) and with spaces made single; capitals, quotes and
    dashes count. Marks of list items and bullets in cells may stand before an item or not, but a ticked or
    empty box is given where it is the answer. The cells of a row are taken to be parted by more than a space
    when ``never`` is looked for.
    """

    name: str
    kinds: tuple[str, ...]
    write: Callable[[], bytes]
    sentences: tuple[str, ...] = ()
    """Quotable whole: in one block, words in order, spaces right."""
    tables: tuple[Table, ...] = ()
    tied: tuple[tuple[str, str], ...] = ()
    """Lead-in and item, label and content: in one block or row, or with the lead-in or label given as the item's context."""
    notes: tuple[tuple[str, str], ...] = ()
    """A sentence and the note that belongs to it; a raised digit or letter that marks the note is glued to neither."""
    steps: tuple[tuple[str, ...], ...] = ()
    """Boxes of a chart whose order is certain: each its own block, in this order."""
    pointed: tuple[int, ...] = ()
    """Pages (from 1) with a chart or picture whose order is uncertain: the reader is pointed to the page image."""
    searchable: tuple[str, ...] = ()
    """Words of such a chart: found by search, whether or not they can be quoted. Each stands in one box, so it must not be torn."""
    never: tuple[str, ...] = ()
    """Strings that come up in a block only by reading across, gluing or splitting words, or quoting what is no text (a watermark)."""
    not_alone: tuple[str, ...] = ()
    """Strings that must not be the whole of a paragraph, list item or note: axis labels, line numbers, page numbers."""
    headings: tuple[tuple[str, int], ...] = ()
    """Headings with a rough level: only which is above, beside or below which is meant."""
    not_headings: tuple[str, ...] = ()
    labels: tuple[str, ...] = ()
    """The printed page number of each page, as printed; "" where none is printed."""


LAYOUTS: list[Layout] = []


def layout(*kinds: str, **right: object) -> Callable[[Callable[[], bytes]], Callable[[], bytes]]:
    """Enters a document, with what is right for it, in the list."""

    def enter(write: Callable[[], bytes]) -> Callable[[], bytes]:
        LAYOUTS.append(Layout(write.__name__, kinds, write, **right))  # type: ignore[arg-type]
        return write

    return enter


def table_of(rows: list[list[object]]) -> Table:
    """Returns what is right for a table drawn from rows whose first row names the columns; bullets are left out of cells."""

    def words(cell: object) -> str:
        text = cell if isinstance(cell, str) else cell.words  # type: ignore[attr-defined]
        return " ".join(text.replace("• ", "").split())

    first, *rest = [tuple(words(cell) for cell in row) for row in rows]
    return Table(first, tuple(rest))
