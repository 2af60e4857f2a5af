"""The main part of a page as blocks."""

from __future__ import annotations

import re
from dataclasses import replace

from bs4 import Tag
from bs4.element import NavigableString, PageElement

from assistant.model import Exclusion
from ingest.readers.blocks import Block, BlockKind
from ingest.readers.bold_headings import Standing, reads_as_heading
from ingest.readers.html.note_links import without_way_back
from ingest.readers.html.tables import is_layout, rows_of
from ingest.readers.html.tag_words import HEADINGS, LISTS, SPLIT, Surroundings, take_words
from ingest.readers.inline_text import InlineText, RawPage, Words, joined_inline, prefixed
from ingest.readers.labels import heading_label, is_led_in, level_of, paragraph_label, starts_item, typed_item
from ingest.readers.list_numbers import formatted
from ingest.readers.source_map import joined
from ingest.readers.table_rows import table_blocks

_FORMS = {"a": "lowerLetter", "A": "upperLetter", "i": "lowerRoman", "I": "upperRoman"}
_LISTED = re.compile(r"mso-list|text-indent\s*:\s*-", re.IGNORECASE)
_LEVEL = re.compile(r"mso-list\s*:[^;]*\blevel(\d)", re.IGNORECASE)
_ITEM_NUMBER = re.compile(r"^\(?(?P<label>\d{1,3}(?:\.\d{1,3})*|[a-zA-Z]|[ivx]{1,5})[.)]?\s+(?=\S)")
_OWN_NUMBER = re.compile(
    r"^(?:\(?(?P<label>\d{1,3}|[a-z]|[ivx]{1,5})[.)]|(?P<deep>\d{1,3}(?:\.\d{1,3})+)[.)]?)\s+(?=\S)"
)
_END = (".", "!", "?", ":", ";")


class Walk:
    """Walks the main part of a page and collects blocks.

    Args:
        around: What the page says of its notes and fonts.
    """

    def __init__(self, around: Surroundings) -> None:
        self.page = RawPage()
        self.blocks: list[Block] = []
        self.exclusions: list[Exclusion] = []
        self.standing: dict[int, Standing] = {}
        """How much a line stands out that may be a heading, by its place among the blocks."""
        self._around = around
        self._number: str | None = None
        """Of the numbered item that has shown no words yet."""
        self._signs: list[str] = []
        """Typed bullets of the list that is open, outermost first."""
        self._level = 1
        """Of the last heading that has one."""
        self._under: int | None = None
        """Level of the heading that goes on after a part that ended."""

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
        text = content.text.text
        if not text:
            return
        number, self._number = self._number, None
        own = _OWN_NUMBER.match(text) if depth or number is not None else None
        if depth:
            label = (own["label"] or own["deep"]) if own else number
            self._add(BlockKind.LIST_ITEM, content.cut(own.end()) if own else content, depth, label)
        elif number is not None and not own:
            self._add(BlockKind.PARAGRAPH, prefixed(f"{number}. ", content), 1, number)
        else:
            self._plain(content, loose[0] if len(loose) == 1 else None)

    def _plain(self, content: InlineText, element: PageElement | None) -> None:
        """Takes a paragraph: an item where its bullet is typed, maybe a heading where all of it stands out."""
        text = content.text.text
        is_listed = isinstance(element, Tag) and _is_listed(element)
        item = typed_item(text, self.blocks)
        last = self.blocks[-1].kind if self.blocks else None
        if item is not None and item.sign and not (is_listed or is_led_in(self.blocks) or last is BlockKind.LIST_ITEM):
            item = None
        standing = _standing(element, self._around) if isinstance(element, Tag) else None
        if item is not None:
            level = _said_level(element) or level_of(item, self._signs)
            self._add(BlockKind.LIST_ITEM, content.cut(item.start), level, item.label)
            return
        number = _ITEM_NUMBER.match(text) if is_listed else None
        if number is not None and is_led_in(self.blocks):
            self._add(BlockKind.LIST_ITEM, content.cut(number.end()), _said_level(element) or 1, number["label"])
            return
        if standing is not None and reads_as_heading(text):
            self.standing[len(self.blocks)] = standing
        self._add(BlockKind.PARAGRAPH, content, 1, paragraph_label(text))

    def _block(self, tag: Tag, depth: int) -> None:
        if tag.name == "details" or id(tag) in self._around.opened:
            self._part(tag, depth)
        else:
            self._read_block(tag, depth)

    def _read_block(self, tag: Tag, depth: int) -> None:
        mark = self._around.links.notes.get(id(tag))
        classes = " ".join(str(each) for each in tag.get_attribute_list("class") if each).lower()
        if mark is not None:
            self._note(tag, mark)
        elif classes.startswith("msotoc") and tag.name == "p":
            self.exclusions.append(Exclusion(1, "contents", " ".join(tag.get_text().split())[:80]))
        elif tag.name in HEADINGS or tag.get("role") == "heading" or classes in ("msotitle", "msosubtitle"):
            self._heading(tag)
        elif tag.name in LISTS:
            self._list(tag, depth)
        elif tag.name == "dl":
            self._definitions(tag, depth)
        elif tag.name == "table" and not is_layout(tag):
            self._table(tag)
        elif tag.find(SPLIT):
            self.through(tag, depth)
        else:
            for line in _lines(tag, self._around):
                self._words(line, depth)

    def _note(self, tag: Tag, mark: str) -> None:
        without_way_back(tag)
        content = self._inline_text(list(tag.children))
        own = re.match(rf"[\[(]?{re.escape(mark)}[\])]?[.:]?\s+", content.text.text)
        content = content.cut(own.end()) if own else content
        marks = tuple(each for each in content.marks if each.mark != mark)
        self._add(BlockKind.FOOTNOTE, InlineText(content.text, marks, content.links), 1, mark)

    def _heading(self, tag: Tag) -> None:
        said = str(tag.get("aria-level", ""))
        if tag.name in HEADINGS:
            level = self._level = int(tag.name[1])
        elif said.isdecimal() and 0 < int(said) < 10:
            level = self._level = int(said)
        else:
            level = 1 if tag.name == "p" else self._level + 1
        content = self._inline_text([tag])
        self._add(BlockKind.HEADING, content, level, heading_label(content.text.text))

    def _list(self, tag: Tag, depth: int) -> None:
        """Takes a list; a numbered one that nothing leads into holds numbered paragraphs."""
        is_paragraphs = tag.name == "ol" and not depth and not is_led_in(self.blocks)
        start = str(tag.get("start", "1"))
        place = int(start) if start.isdecimal() else 1
        for item in tag.find_all("li", recursive=False):
            if id(item) in self._around.links.notes:
                self._block(item, depth)
                continue
            said = str(item.get("value", ""))
            place = int(said) if said.isdecimal() and tag.name == "ol" else place
            self._number = _number(tag, place)
            self.through(item, depth if is_paragraphs else depth + 1)
            self._number = None
            place += 1

    def _definitions(self, tag: Tag, depth: int) -> None:
        """Takes a list of definitions: a term and its meaning are one item."""
        terms: list[Tag] = []
        meanings: list[Tag] = []
        for part in tag.find_all(["dt", "dd"]):
            if part.find_parent("dl") is not tag:
                continue
            if id(part) in self._around.links.notes:
                self._block(part, depth)
                continue
            if part.name == "dt" and meanings:
                self._definition(terms, meanings, depth)
                terms, meanings = [], []
            (terms if part.name == "dt" else meanings).append(part)
        self._definition(terms, meanings, depth)

    def _definition(self, terms: list[Tag], meanings: list[Tag], depth: int) -> None:
        term = joined_inline([self._inline_text([part]) for part in terms], ", ")
        is_plain = all(part.find([*LISTS, "table", "dl", *HEADINGS]) is None for part in meanings)
        if not is_plain:
            self._add(BlockKind.PARAGRAPH, term)
            for part in meanings:
                self.through(part, depth)
            return
        meaning = joined_inline([self._inline_text([part]) for part in meanings], " ")
        parts = [part for part in (term, meaning) if part.text.text]
        separator = " " if term.text.text.endswith(_END) else ": "
        self._add(BlockKind.LIST_ITEM, joined_inline(parts, separator), depth + 1)

    def _part(self, tag: Tag, depth: int) -> None:
        """Takes a part that opens; text after it does not stand under its label."""
        at = len(self.blocks)
        if self.blocks and self.blocks[-1].kind is BlockKind.HEADING:
            at -= 1
        if tag.name == "details":
            self._details(tag, depth)
        else:
            self._read_block(tag, depth)
        if at < len(self.blocks) and self.blocks[at].kind is BlockKind.HEADING:
            self._under = self.blocks[at].level - 1
            self._level = min(self._level, max(self._under, 1))

    def _details(self, tag: Tag, depth: int) -> None:
        label = tag.find("summary", recursive=False)
        if isinstance(label, Tag) and label.find(HEADINGS) is None:
            self._add(BlockKind.HEADING, self._inline_text([label]), self._level + 1, None)
            label.extract()
        self.through(tag, depth)

    def _table(self, tag: Tag) -> None:
        caption = tag.find("caption", recursive=False)
        name = self._inline_text([caption]) if isinstance(caption, Tag) else InlineText(joined(()))
        header = name.block(BlockKind.TABLE_HEADER) if name.text.text else None
        for block in table_blocks(rows_of(tag, lambda cell: self._inline_text([cell])), header):
            self.blocks.append(self._placed(block))
        self._tell_meanings()

    def _placed(self, block: Block) -> Block:
        """Returns a block, out of the headings of a part that ended just before it."""
        under, self._under = self._under, None
        return block if under is None or block.kind is BlockKind.HEADING else replace(block, under=under)

    def _inline_text(self, elements: list[PageElement]) -> InlineText:
        words = Words()
        for each in elements:
            take_words(each, words, self._around)
        return self.page.add(words) if words.text.strip() else InlineText(joined(()))

    def _add(self, kind: BlockKind, content: InlineText, level: int = 1, label: str | None = None) -> None:
        if content.text.text:
            self.blocks.append(self._placed(content.block(kind, level, label)))
            self._signs = self._signs if kind is BlockKind.LIST_ITEM else []
            if kind is not BlockKind.HEADING:
                self._tell_meanings()

    def _tell_meanings(self) -> None:
        """Adds the meanings of abbreviations met just before as notes; one that the text itself says is left out."""
        meanings, self._around.meanings = self._around.meanings, {}
        for short, meaning in meanings.items():
            if self.blocks and meaning.lower() not in self.blocks[-1].text.lower():
                note = self.page.add(Words(f"{short}: {meaning}"))
                self.blocks.append(note.block(BlockKind.FOOTNOTE, 1, short))


def _lines(tag: Tag, around: Surroundings) -> list[list[PageElement]]:
    """Returns a paragraph cut at its breaks where they part typed items, or a bold line from the text under it."""
    lines: list[list[PageElement]] = [[]]
    for child in tag.children:
        if isinstance(child, Tag) and child.name == "br":
            lines.append([])
        else:
            lines[-1].append(child)
    texts = [" ".join("".join(each.get_text() for each in line).split()) for line in lines]
    if sum(map(starts_item, texts)) > 1:
        return lines
    first = [each for each in lines[0] if each.get_text(strip=True)]
    is_bold = len(first) == 1 and isinstance(first[0], Tag) and _standing(first[0], around) is not None
    if is_bold and any(texts[1:]) and reads_as_heading(texts[0]) and _standing(tag, around) is None:
        return [first, [each for line in lines[1:] for each in (NavigableString(" "), *line)]]
    return [list(tag.children) if tag.name == "li" else [tag]]


def _number(tag: Tag, place: int) -> str | None:
    """Returns the number of an item as a browser shows it, None where it shows none."""
    style = str(tag.get("style", "")).lower().replace(" ", "")
    classes = " ".join(str(each) for each in tag.get_attribute_list("class") if each)
    if tag.name != "ol" or "list-style:none" in style or "list-style-type:none" in style:
        return None
    return None if "legislative" in classes else formatted(place, _FORMS.get(str(tag.get("type", "")), "decimal"))


def _is_listed(tag: Tag) -> bool:
    """Returns whether a paragraph looks like an item: in Word's style of items, or its first line hangs out."""
    classes = [str(each).lower() for each in tag.get_attribute_list("class") if each]
    return any(each.startswith("msolist") for each in classes) or bool(_LISTED.search(str(tag.get("style", ""))))


def _said_level(element: PageElement | None) -> int | None:
    found = _LEVEL.search(str(element.get("style", ""))) if isinstance(element, Tag) else None
    return int(found[1]) if found else None


def _standing(tag: Tag, around: Surroundings) -> Standing | None:
    """Returns how much a paragraph stands out, None where some of it is neither bold nor underlined."""
    texts = [text for text in tag.find_all(string=True) if type(text) is NavigableString and text.strip()]
    for tags, is_bold in ((around.bold, True), (around.underlined, False)):
        if texts and all(id(text.parent) in tags for text in texts):
            return Standing(0, "".join(texts).isupper(), is_bold)
    return None
