"""The words and tables of HTML tags."""

from __future__ import annotations

from collections.abc import Iterator

from bs4 import Tag
from bs4.element import NavigableString, PageElement

from ingest.readers.blocks import BlockKind
from ingest.readers.html.unseen_words import LeftOut
from ingest.readers.inline_text import Words, is_mark

HEADINGS = ("h1", "h2", "h3", "h4", "h5", "h6")
LISTS = ("ul", "ol")
SPLIT = (
    *HEADINGS, *LISTS, "p", "li", "table", "dt", "dd", "pre", "figcaption", "caption", "div", "section", "article",
    "main", "blockquote", "details", "summary", "fieldset", "form", "tr", "td", "th",
)  # fmt: skip
"""Tags that stand apart from the words around them."""


def take_words(element: PageElement, words: Words, notes: dict[str, str]) -> None:
    """Adds the words of an element, with its links and footnote marks.

    Args:
        element: A tag or a text.
        words: Added to.
        notes: The id that a footnote mark points to is added with its mark.
    """
    if type(element) is NavigableString:
        words.add(str(element))
    elif type(element) is LeftOut:
        words.leave_out(str(element))
    elif isinstance(element, Tag) and not (element.name == "sup" and _took_mark(element, words, notes)):
        _take_tag(element, words, notes)


def _take_tag(tag: Tag, words: Words, notes: dict[str, str]) -> None:
    gap = " " if tag.name == "br" or tag.name in SPLIT else ""
    words.add(gap)
    start = len(words.text)
    for child in tag.children:
        take_words(child, words, notes)
    target = str(tag.get("href", "")) if tag.name == "a" else ""
    if target.startswith(("http://", "https://", "mailto:", "/")):
        words.links.append((start, len(words.text), target))
    words.add(gap)


def _took_mark(tag: Tag, words: Words, notes: dict[str, str]) -> bool:
    raised = tag.get_text()
    if not is_mark(raised, words.text):
        return False
    mark = raised.strip().strip("[]()")
    words.marks.append((len(words.text), mark))
    link = tag.find("a", href=True) or tag.find_parent("a", href=True)
    target = str(link["href"]) if isinstance(link, Tag) else ""
    if target.startswith("#"):
        notes[target[1:]] = mark
    return True


def is_layout(table: Tag) -> bool:
    """Returns whether a table only places blocks on the page: its cells are taken as blocks, not as rows."""
    has_blocks = table.find(["table", *HEADINGS]) is not None
    return has_blocks or table.get("role") == "presentation" or all(len(cells) < 2 for _, cells in rows_of(table))


def rows_of(table: Tag) -> Iterator[tuple[BlockKind, list[Tag]]]:
    """Yields the rows of a table in order; a cell that spans rows stands in each of them."""
    open_cells: dict[int, tuple[Tag, int]] = {}
    for row in table.find_all("tr"):
        if row.find_parent("table") is not table:
            continue
        own = row.find_all(["th", "td"], recursive=False)
        cells = _with_open(own, open_cells)
        is_header = (bool(own) and all(cell.name == "th" for cell in own)) or row.find_parent("thead") is not None
        yield BlockKind.TABLE_HEADER if is_header else BlockKind.TABLE_ROW, cells


def _with_open(own: list[Tag], open_cells: dict[int, tuple[Tag, int]]) -> list[Tag]:
    cells: list[Tag] = []
    waiting = list(own)
    while waiting or len(cells) in open_cells:
        place = len(cells)
        if place in open_cells:
            cell, left = open_cells.pop(place)
        else:
            cell, left = waiting.pop(0), _span(own[len(own) - len(waiting) - 1])
        cells.append(cell)
        if left > 1:
            open_cells[place] = (cell, left - 1)
    return cells


def _span(cell: Tag) -> int:
    rows = str(cell.get("rowspan", "1"))
    return int(rows) if rows.isdecimal() else 1
