"""HTML reader: headings, paragraphs, lists and tables of the main part of a page."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Literal

from bs4 import BeautifulSoup, Tag
from bs4.element import NavigableString

from assistant.errors import UnreadableDocument
from assistant.model import Exclusion
from ingest.blocks import Block, BlockKind, Link, ReadFile
from ingest.readers.text import text_of
from ingest.traced import Traced, joined, normalised, traced

Reason = Literal["other", "running_header", "running_footer"]
_FURNITURE: dict[str, Reason] = {
    "nav": "other",
    "header": "running_header",
    "footer": "running_footer",
    "aside": "other",
}
_DROPPED = ("script", "style", "noscript", "template", "head", "svg", "form", "button", "iframe")
_BLOCKS = ("h1", "h2", "h3", "h4", "h5", "h6", "p", "li", "table", "blockquote", "dt", "dd", "pre", "figcaption")
_HIDDEN = re.compile(r"display\s*:\s*none|visibility\s*:\s*hidden|font-size\s*:\s*0", re.IGNORECASE)


def read_html(path: Path) -> ReadFile:
    """Returns an HTML file as blocks, one page in all; navigation and hidden text are left out.

    The raw page is the visible text with one line per block, since tags have no place in a quote.

    Raises:
        UnreadableDocument: It is empty, not UTF-8, or holds no text.
    """
    soup = BeautifulSoup(text_of(path), "lxml")
    title = soup.title.get_text(strip=True) if soup.title else None
    exclusions = _without_furniture(soup)
    main = soup.find("main") or soup.find("article") or soup.body or soup
    page = _Page()
    if isinstance(main, Tag):
        _walk(main, page, 0)
    if not page.blocks:
        raise UnreadableDocument(path, "no readable text", "Save the page with its text, not only its frame", 1)
    return ReadFile(tuple(page.blocks), (page.raw,), ("1",), tuple(exclusions), title)


class _Page:
    """Collects blocks and the raw text that they stand on."""

    def __init__(self) -> None:
        self.raw = ""
        self.blocks: list[Block] = []

    def add(self, kind: BlockKind, text: str, level: int = 1, links: tuple[tuple[str, str], ...] = ()) -> None:
        whole = self.line(text)
        if whole.text:
            found = []
            for words, target in links:
                at = whole.text.find(words)
                if words and at >= 0:
                    found.append(Link(at, at + len(words), target))
            number = re.match(r"^(\d{1,3}(?:\.\d{1,3})*)\.?\s", whole.text)
            label = number[1] if number else None
            self.blocks.append(Block(kind, whole.text, whole.runs(), level, label, links=tuple(found)))

    def line(self, text: str) -> Traced:
        whole = normalised(traced(text, 1, len(self.raw)))
        self.raw += text + "\n"
        return whole

    def row(self, kind: BlockKind, cells: list[str]) -> None:
        text = joined([self.line(cell) for cell in cells], " | ")
        if text.text.strip(" |"):
            self.blocks.append(Block(kind, text.text, text.runs()))


def _without_furniture(soup: BeautifulSoup) -> list[Exclusion]:
    exclusions: list[Exclusion] = []
    for tag in soup.find_all(_DROPPED):
        tag.decompose()
    for tag in soup.find_all(list(_FURNITURE)):
        words = tag.get_text(" ", strip=True)
        if words and not tag.find_parent("article"):
            exclusions.append(Exclusion(1, _FURNITURE[tag.name], words[:80]))
            tag.extract()
    for tag in soup.find_all(_is_hidden):
        exclusions.append(Exclusion(1, "other", f"hidden text: {tag.get_text(' ', strip=True)[:60]}"))
        tag.extract()
    return exclusions


def _is_hidden(tag: Tag) -> bool:
    return tag.has_attr("hidden") or bool(_HIDDEN.search(str(tag.get("style", ""))))


def _walk(tag: Tag, page: _Page, depth: int) -> None:
    loose: list[str] = []
    for child in tag.children:
        if isinstance(child, Tag) and (child.name in _BLOCKS or child.find(_BLOCKS) or child.name in ("ul", "ol")):
            page.add(BlockKind.PARAGRAPH, " ".join(loose))
            loose = []
            _block(child, page, depth)
        elif isinstance(child, Tag):
            loose.append(child.get_text(" "))
        elif isinstance(child, NavigableString) and type(child) is NavigableString:
            loose.append(str(child))
    page.add(BlockKind.PARAGRAPH, " ".join(loose))


def _block(tag: Tag, page: _Page, depth: int) -> None:
    name = tag.name
    if re.fullmatch("h[1-6]", name):
        page.add(BlockKind.HEADING, tag.get_text(" "), int(name[1]))
    elif name in ("ul", "ol"):
        for item in tag.find_all("li", recursive=False):
            _item(item, page, depth + 1)
    elif name == "li":
        _item(tag, page, max(depth, 1))
    elif name == "table":
        _table(tag, page)
    elif name in _BLOCKS and not tag.find(_BLOCKS):
        page.add(BlockKind.PARAGRAPH, tag.get_text(" "), links=_links(tag))
    else:
        _walk(tag, page, depth)


def _item(item: Tag, page: _Page, depth: int) -> None:
    nested = [
        child.extract() for child in item.find_all(["ul", "ol"], recursive=True) if child.find_parent("li") is item
    ]
    page.add(BlockKind.LIST_ITEM, item.get_text(" "), depth, _links(item))
    for each in nested:
        _block(each, page, depth)


def _table(table: Tag, page: _Page) -> None:
    for row in table.find_all("tr"):
        cells = row.find_all(["th", "td"])
        is_header = bool(cells) and all(cell.name == "th" for cell in cells)
        kind = BlockKind.TABLE_HEADER if is_header else BlockKind.TABLE_ROW
        page.row(kind, [cell.get_text(" ", strip=True) for cell in cells])


def _links(tag: Tag) -> tuple[tuple[str, str], ...]:
    found = ((link.get_text(" ", strip=True), str(link["href"])) for link in tag.find_all("a", href=True))
    return tuple((words, target) for words, target in found if target.startswith("http"))
