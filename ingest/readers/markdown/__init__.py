"""Markdown reader: headings, numbered paragraphs, lists, tables and footnotes (``[^1]``, ``<sup>1</sup>``)."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

from markdown_it.token import Token

from assistant.errors import UnreadableDocument
from assistant.model import Exclusion
from ingest.readers.blocks import Block, BlockKind, ReadFile
from ingest.readers.bold_headings import Standing, reads_as_heading, with_bold_headings
from ingest.readers.inline_text import InlineText, joined_inline, prefixed
from ingest.readers.labels import heading_label, is_led_in, paragraph_label, typed_item
from ingest.readers.markdown.extensions import ABBREVIATED, ABBREVIATION, CALLOUTS, DEFINED, NOTE, as_common, parser
from ingest.readers.markdown.html_tables import TAG, blocks_of_table, is_table, keep_tables_whole
from ingest.readers.markdown.inline import read_inline
from ingest.readers.markdown.open_tags import OpenTags
from ingest.readers.markdown.token_source import Source
from ingest.readers.notes import notes_at_marks, with_meanings
from ingest.readers.source_map import MappedText, joined, normalised, unmapped
from ingest.readers.table_rows import Cell, Row, table_blocks
from ingest.readers.text import text_of
from ingest.readers.unseen import Reason, left_out

_FRONT_MATTER = re.compile(r"---[ \t]*\n(?:[^\n]*\n){0,60}?---[ \t]*\n")
_SUP_NOTE = re.compile(r"^<sup>\s*([^<]{1,4}?)\s*</sup>\s*")


def read_markdown(path: Path) -> ReadFile:
    """Returns a Markdown file as blocks, one page in all.

    Raises:
        UnreadableDocument: It is empty, not UTF-8 or holds no text.
    """
    read = blocks_of_markdown(text_of(path))
    if not read.blocks:
        raise UnreadableDocument(path, "no readable text", "Leave it out or save it again", 1)
    return read


def blocks_of_markdown(raw: str) -> ReadFile:
    """Returns Markdown as blocks; () where it holds no text."""
    front = _FRONT_MATTER.match(raw)
    body = "\n" * front[0].count("\n") + raw[front.end() :] if front else raw
    walk = _Walk(Source(raw))
    if front:
        walk.exclusions.append(Exclusion(1, "other", front[0][:80]))
    walk.through(iter(parser().parse(keep_tables_whole(as_common(body)))))
    blocks = notes_at_marks(with_meanings(with_bold_headings(walk.blocks, walk.standing), walk.meanings))
    title = next((each.text for each in blocks if each.kind is BlockKind.HEADING), None)
    return ReadFile(blocks, (raw,), ("1",), tuple(walk.exclusions), title)


def without_callout(content: InlineText) -> InlineText:
    """Returns a paragraph without the signs at both its ends that make it stand out."""
    text = content.text.text
    if len(text) < 3 or text[0] not in CALLOUTS or text[-1] != text[0]:
        return content
    bare = content.text.cut(0, len(text) - 1)
    start = len(text) - len(text[1:].lstrip())
    return InlineText(bare, content.marks, content.links).cut(start)


def is_bold(token: Token) -> bool:
    """Returns whether all words of an inline token are bold."""
    kinds = [child.type for child in token.children or [] if child.type != "text" or child.content.strip()]
    return len(kinds) > 2 and kinds[0] == "strong_open" and kinds.index("strong_close") == len(kinds) - 1


@dataclass(slots=True)
class _List:
    """A list that is open."""

    number: int | None
    """Of its next item; None for a bulleted list."""
    is_paragraphs: bool
    """True for numbered paragraphs: a numbered list that nothing leads into."""


@dataclass(slots=True)
class _Walk:
    """Walks the tokens of one file and collects its blocks."""

    source: Source
    blocks: list[Block] = field(default_factory=list)
    exclusions: list[Exclusion] = field(default_factory=list)
    lists: list[_List] = field(default_factory=list)
    number: str | None = None
    """Of the numbered item that has shown no words yet."""
    standing: dict[int, Standing] = field(default_factory=dict)
    """How much a line stands out that may be a heading, by its place among the blocks."""
    meanings: list[Block] = field(default_factory=list)
    """Meanings of abbreviations, as notes whose mark is the abbreviation."""
    open_tags: OpenTags = field(default_factory=OpenTags)
    """HTML tags that a block opened and none has closed."""

    def through(self, tokens: Iterator[Token]) -> None:
        for token in tokens:
            self._take(token, tokens)

    def _take(self, token: Token, rest: Iterator[Token]) -> None:
        if token.type == "heading_open":
            self._heading(token, next(rest))
        elif token.type == "table_open":
            self._table(rest)
        elif token.type in ("bullet_list_open", "ordered_list_open"):
            self._open_list(token)
        elif token.type in ("bullet_list_close", "ordered_list_close"):
            self.lists.pop()
        elif token.type == "list_item_open":
            self.number = self._counted()
        elif token.type == ABBREVIATED:
            self._abbreviation(next(rest))
        elif token.type == DEFINED:
            self._definition(rest)
        elif token.type == "inline":
            self._running(token)
        elif token.type in ("fence", "code_block", "html_block"):
            self._verbatim(token)

    def _open_list(self, token: Token) -> None:
        number = int(token.attrs.get("start", 1)) if token.type.startswith("ordered") else None
        self.lists.append(_List(number, number is not None and not self.lists and not is_led_in(self.blocks)))

    def _heading(self, token: Token, inline: Token) -> None:
        content = self._inline(inline)
        if content.text.text:
            label = heading_label(content.text.text)
            self._add(BlockKind.HEADING, content, int(token.tag[1]), label)

    def _running(self, token: Token) -> None:
        note = NOTE.match(token.content) or (None if self.lists else _SUP_NOTE.match(token.content))
        if note:
            self._note(token, note)
            return
        content = without_callout(self._inline(token))
        if not content.text.text:
            return
        level = max(sum(not each.is_paragraphs for each in self.lists), 1)
        number, self.number = self.number, None
        if self.lists and not self.lists[-1].is_paragraphs:
            self._add(BlockKind.LIST_ITEM, content, level, number)
        elif number is not None:
            self._add(BlockKind.PARAGRAPH, prefixed(f"{number}. ", content), 1, number)
        else:
            self._plain(content, token)

    def _plain(self, content: InlineText, token: Token) -> None:
        """Takes a paragraph: an item where its letter or number is typed, maybe a heading where all of it is bold."""
        item = typed_item(content.text.text, self.blocks)
        if item is not None and item.label:
            self._add(BlockKind.LIST_ITEM, content.cut(item.start), 1, item.label)
            return
        if is_bold(token) and reads_as_heading(content.text.text):
            self.standing[len(self.blocks)] = Standing(0, content.text.text.isupper(), True)
        self._add(BlockKind.PARAGRAPH, content, 1, paragraph_label(content.text.text))

    def _abbreviation(self, token: Token) -> None:
        source = self.source.of(token)
        found = ABBREVIATION.match(source.text)
        if found and self.open_tags.reason is None:
            parts = (source.cut(*found.span(1)), unmapped(": "), source.cut(found.end()))
            content = InlineText(normalised(joined(parts)))
            self.meanings.append(content.block(BlockKind.FOOTNOTE, 1, found[1]))

    def _definition(self, rest: Iterator[Token]) -> None:
        """Takes a term with its meanings as one item."""
        parts: list[InlineText] = []
        for token in rest:
            if token.type == "definition_close":
                break
            parts.append(self._inline(token))
        term, *meanings = parts
        meaning = joined_inline([each for each in meanings if each.text.text], " ")
        separator = " " if term.text.text.endswith((":", "?", ".")) else ": "
        whole = joined_inline([each for each in (term, meaning) if each.text.text], separator)
        if whole.text.text:
            self._add(BlockKind.LIST_ITEM, whole, max(len(self.lists), 1), None)

    def _counted(self) -> str | None:
        """Returns the number of the item that starts here, and counts on; None in a list without numbers."""
        number = self.lists[-1].number if self.lists else None
        if number is not None:
            self.lists[-1].number = number + 1
        return None if number is None else str(number)

    def _note(self, token: Token, note: re.Match[str]) -> None:
        source = self.source.of(token).cut(note.end())
        content = read_inline(
            source, parser().parseInline(source.text)[0].children or [], self.exclusions, self.open_tags.reason
        )
        if content.text.text:
            self._add(BlockKind.FOOTNOTE, content, 1, note[1].strip())

    def _verbatim(self, token: Token) -> None:
        """Takes code as it stands, and what raw HTML shows of text."""
        source = self.source.of(token)
        if token.type == "html_block" and self.open_tags.reason is None and is_table(source.text):
            self.blocks.extend(blocks_of_table(source, self.exclusions))
            return
        if token.type == "html_block":
            source = self._shown(source)
            self.open_tags.end_block()
        elif self.open_tags.reason is not None:
            self.exclusions.extend(left_out(self.open_tags.reason, source.text))
            return
        text = normalised(source)
        if text.text:
            self._add(BlockKind.PARAGRAPH, InlineText(text), 1, None)

    def _shown(self, source: MappedText) -> MappedText:
        """Returns what raw HTML shows of text; the rest is listed."""
        parts: list[MappedText] = []
        unread: list[tuple[Reason, str]] = []
        at = 0
        for start, end in [*(tag.span() for tag in TAG.finditer(source.text)), (len(source.text),) * 2]:
            words, reason = source.cut(at, start), self.open_tags.reason
            if reason is None:
                parts.extend((words, unmapped(" ")))
            elif words.text.strip():
                unread.append((reason, words.text))
            self.open_tags.take(source.text[start:end])
            at = end
        self.exclusions.extend(note for each in unread for note in left_out(*each))
        shown = joined(parts)
        if not shown.text.strip() and not unread:
            self.exclusions.append(Exclusion(1, "other", " ".join(source.text.split())[:80]))
        return shown

    def _table(self, rest: Iterator[Token]) -> None:
        rows: list[Row] = []
        cells: list[Cell] = []
        for token in rest:
            if token.type == "table_close":
                break
            if token.type == "inline":
                cells.append(Cell(self._inline(token), 1, is_bold(token)))
            elif token.type == "tr_close":
                rows.append(Row(tuple(cells), not rows))
                cells = []
        self.blocks.extend(table_blocks(rows))

    def _add(self, kind: BlockKind, content: InlineText, level: int, label: str | None) -> None:
        self.blocks.append(content.block(kind, level, label))

    def _inline(self, token: Token) -> InlineText:
        return read_inline(self.source.of(token), token.children or [], self.exclusions, self.open_tags.reason)
