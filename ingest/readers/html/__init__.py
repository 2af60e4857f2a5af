"""HTML reader: headings, paragraphs, lists, tables and footnotes of the main part of a page."""

from __future__ import annotations

from pathlib import Path
from typing import Literal

from bs4 import BeautifulSoup, Tag
from bs4.element import PageElement
from bs4.exceptions import ParserRejectedMarkup, StopParsing

from assistant.errors import UnreadableDocument
from assistant.model import Exclusion
from ingest.readers.blocks import Block, BlockKind, ReadFile
from ingest.readers.html.tag_words import LISTS, SPLIT, is_layout, rows_of, take_words
from ingest.readers.html.unseen_words import Looks
from ingest.readers.inline_text import InlineText, RawPage, Words, prefixed
from ingest.readers.labels import heading_label, leads_in, paragraph_label
from ingest.readers.source_map import joined
from ingest.readers.text import text_of

Reason = Literal["other", "running_header", "running_footer"]
_FURNITURE: dict[str, Reason] = {
    "nav": "other",
    "header": "running_header",
    "footer": "running_footer",
    "aside": "other",
}
_DROPPED = ("script", "style", "noscript", "template", "head", "svg", "button", "input", "select", "iframe", "object")
_HEADINGS = ("h1", "h2", "h3", "h4", "h5", "h6")


def read_html(path: Path) -> ReadFile:
    """Returns an HTML file as blocks, one page in all; navigation and hidden text are left out.

    The raw page is the visible text with one line per block, since tags have no place in a quote.

    Raises:
        UnreadableDocument: It is empty, not UTF-8, or holds no text.
    """
    try:
        read = blocks_of_html(text_of(path))
    except (ParserRejectedMarkup, StopParsing) as error:
        raise UnreadableDocument(path, "not readable as HTML", "Open it in a browser and save it again") from error
    if not read.blocks:
        raise UnreadableDocument(path, "no readable text", "Save the page with its text, not only its frame", 1)
    return read


def blocks_of_html(raw: str) -> ReadFile:
    """Returns HTML as blocks; () where it shows no text."""
    soup = BeautifulSoup(raw, "lxml")
    title = " ".join(soup.title.get_text().split()) if soup.title else ""
    exclusions = _without_furniture(soup)
    walk = _Walk()
    walk.through(_main(soup))
    heading = next((each.text for each in walk.blocks if each.kind is BlockKind.HEADING), None)
    return ReadFile(tuple(walk.blocks), (walk.page.text,), ("1",), tuple(exclusions), title or heading)


def _main(soup: BeautifulSoup) -> Tag:
    for name in ("main", "article", "body"):
        tag = soup.find(name)
        if isinstance(tag, Tag) and tag.get_text(strip=True):
            return tag
    return soup


def _without_furniture(soup: BeautifulSoup) -> list[Exclusion]:
    exclusions: list[Exclusion] = []
    looks = Looks(soup)
    for tag in soup.find_all(_DROPPED):
        tag.decompose()
    for tag in soup.find_all(list(_FURNITURE)):
        is_inner_head = tag.name in ("header", "footer") and tag.find_parent(["article", "main"])
        words = " ".join(tag.get_text(" ").split())
        if not is_inner_head:
            exclusions.extend([Exclusion(1, _FURNITURE[tag.name], words[:80])] if words else [])
            tag.extract()
    return [*exclusions, *looks.take_out(soup)]


class _Walk:
    """Walks the main part of a page and collects blocks."""

    def __init__(self) -> None:
        self.page = RawPage()
        self.blocks: list[Block] = []
        self.notes: dict[str, str] = {}
        """Id of the element that holds a note, and its mark."""
        self.number: str | None = None
        """Of the numbered item that has shown no words yet."""

    def through(self, tag: Tag, depth: int = 0) -> None:
        """Takes what stands in a tag; loose words between its blocks are paragraphs."""
        loose: list[PageElement] = []
        for child in tag.children:
            if isinstance(child, Tag) and (child.name in SPLIT or child.find(SPLIT)):
                self._words(loose, depth)
                loose = []
                self._block(child, depth)
            else:
                loose.append(child)
        self._words(loose, depth)

    def _words(self, loose: list[PageElement], depth: int) -> None:
        content = self._inline_text(loose)
        if not content.text.text:
            return
        number, self.number = self.number, None
        if depth:
            self._add(BlockKind.LIST_ITEM, content, depth, number)
        elif number is not None:
            self._add(BlockKind.PARAGRAPH, prefixed(f"{number}. ", content), 1, number)
        else:
            self._add(BlockKind.PARAGRAPH, content, 1, paragraph_label(content.text.text))

    def _block(self, tag: Tag, depth: int) -> None:
        mark = self.notes.get(str(tag.get("id", "")))
        if mark is not None:
            for back in tag.find_all("a", href=lambda target: target is not None and target.startswith("#")):
                back.decompose()
            self._add(BlockKind.FOOTNOTE, self._inline_text([tag]), 1, mark)
        elif tag.name in _HEADINGS:
            content = self._inline_text([tag])
            self._add(BlockKind.HEADING, content, int(tag.name[1]), heading_label(content.text.text))
        elif tag.name in LISTS:
            self._list(tag, depth)
        elif tag.name == "table" and not is_layout(tag):
            for kind, cells in rows_of(tag):
                self._row(kind, cells)
        elif tag.find(SPLIT):
            self.through(tag, depth)
        else:
            self._words([tag], depth)

    def _list(self, tag: Tag, depth: int) -> None:
        """Takes a list; a numbered one that nothing leads into holds numbered paragraphs."""
        start = str(tag.get("start", "1"))
        is_led_in = bool(self.blocks) and self.blocks[-1].kind is BlockKind.PARAGRAPH and leads_in(self.blocks[-1].text)
        is_paragraphs = tag.name == "ol" and not depth and not is_led_in
        for place, item in enumerate(tag.find_all("li", recursive=False), int(start) if start.isdecimal() else 1):
            if str(item.get("id", "")) in self.notes:
                self._block(item, depth)
                continue
            self.number = str(place) if tag.name == "ol" else None
            self.through(item, depth if is_paragraphs else depth + 1)
            self.number = None

    def _row(self, kind: BlockKind, cells: list[Tag]) -> None:
        text = joined([self._inline_text([cell]).text for cell in cells], " | ")
        if text.text.strip(" |"):
            self._add(kind, InlineText(text))

    def _inline_text(self, elements: list[PageElement]) -> InlineText:
        words = Words()
        for each in elements:
            take_words(each, words, self.notes)
        return self.page.add(words) if words.text.strip() else InlineText(joined(()))

    def _add(self, kind: BlockKind, content: InlineText, level: int = 1, label: str | None = None) -> None:
        if content.text.text:
            self.blocks.append(content.block(kind, level, label))
