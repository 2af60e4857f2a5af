"""Markdown reader: headings, numbered paragraphs, lists, tables and footnotes (``[^1]``, ``<sup>1</sup>``)."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

from markdown_it import MarkdownIt
from markdown_it.rules_block import StateBlock
from markdown_it.token import Token

from assistant.errors import UnreadableDocument
from assistant.model import Exclusion
from ingest.readers.blocks import Block, BlockKind, ReadFile
from ingest.readers.inline_text import InlineText, prefixed
from ingest.readers.labels import heading_label, leads_in, paragraph_label
from ingest.readers.markdown.inline import read_inline
from ingest.readers.markdown.open_tags import OpenTags
from ingest.readers.markdown.token_source import Source
from ingest.readers.source_map import MappedText, joined, normalised, unmapped
from ingest.readers.text import text_of
from ingest.readers.unseen import Reason, left_out

_NOTE = re.compile(r"\[\^([^\]\s]+)\]:[ \t]*")
_FRONT_MATTER = re.compile(r"---[ \t]*\n(?:[^\n]*\n){0,60}?---[ \t]*\n")
_TAG = re.compile(r"<!--.*?(?:-->|\Z)|</?[a-zA-Z][^>]*>", re.DOTALL)
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
    walk.through(iter(_parser().parse(body)))
    title = next((each.text for each in walk.blocks if each.kind is BlockKind.HEADING), None)
    return ReadFile(tuple(walk.blocks), (raw,), ("1",), tuple(walk.exclusions), title)


def _parser() -> MarkdownIt:
    parser = MarkdownIt("commonmark").enable(["table", "strikethrough"]).disable("text_join")
    parser.block.ruler.before("reference", "note", _note_rule, {"alt": ["paragraph", "reference"]})
    return parser


def _note_rule(state: StateBlock, start: int, end: int, silent: bool) -> bool:
    """Takes ``[^1]: text`` up to a blank line or the next note; a rule of markdown-it."""
    if state.is_code_block(start) or not _NOTE.match(_line(state, start)):
        return False
    if silent:
        return True
    after = start + 1
    while after < end and not state.isEmpty(after) and not _NOTE.match(_line(state, after)):
        after += 1
    inline = state.push("inline", "", 0)
    inline.content = "\n".join(_line(state, each) for each in range(start, after))
    inline.map = [start, after]
    inline.children = []
    state.line = after
    return True


def _line(state: StateBlock, line: int) -> str:
    return state.src[state.bMarks[line] + state.tShift[line] : state.eMarks[line]]


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
        elif token.type == "inline":
            self._running(token)
        elif token.type in ("fence", "code_block", "html_block"):
            self._verbatim(token)

    def _open_list(self, token: Token) -> None:
        number = int(token.attrs.get("start", 1)) if token.type.startswith("ordered") else None
        is_led_in = bool(self.blocks) and self.blocks[-1].kind is BlockKind.PARAGRAPH and leads_in(self.blocks[-1].text)
        self.lists.append(_List(number, number is not None and not self.lists and not is_led_in))

    def _heading(self, token: Token, inline: Token) -> None:
        content = self._inline(inline)
        if content.text.text:
            label = heading_label(content.text.text)
            self._add(BlockKind.HEADING, content, int(token.tag[1]), label)

    def _running(self, token: Token) -> None:
        note = _NOTE.match(token.content) or (None if self.lists else _SUP_NOTE.match(token.content))
        if note:
            self._note(token, note)
            return
        content = self._inline(token)
        if not content.text.text:
            return
        level = max(sum(not each.is_paragraphs for each in self.lists), 1)
        number, self.number = self.number, None
        if self.lists and not self.lists[-1].is_paragraphs:
            self._add(BlockKind.LIST_ITEM, content, level, number)
        elif number is not None:
            self._add(BlockKind.PARAGRAPH, prefixed(f"{number}. ", content), 1, number)
        else:
            self._add(BlockKind.PARAGRAPH, content, 1, paragraph_label(content.text.text))

    def _counted(self) -> str | None:
        """Returns the number of the item that starts here, and counts on; None in a list without numbers."""
        number = self.lists[-1].number if self.lists else None
        if number is not None:
            self.lists[-1].number = number + 1
        return None if number is None else str(number)

    def _note(self, token: Token, note: re.Match[str]) -> None:
        source = self.source.of(token).cut(note.end())
        content = read_inline(
            source, _parser().parseInline(source.text)[0].children or [], self.exclusions, self.open_tags.reason
        )
        if content.text.text:
            self._add(BlockKind.FOOTNOTE, content, 1, note[1].strip())

    def _verbatim(self, token: Token) -> None:
        """Takes code as it stands, and what raw HTML shows of text."""
        source = self.source.of(token)
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
        for start, end in [*(tag.span() for tag in _TAG.finditer(source.text)), (len(source.text),) * 2]:
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
        cells: list[MappedText] = []
        kind = BlockKind.TABLE_HEADER
        for token in rest:
            if token.type == "table_close":
                return
            if token.type == "inline":
                cells.append(self._inline(token).text)
            elif token.type == "tr_close":
                text = joined(cells, " | ")
                if text.text.strip(" |"):
                    self._add(kind, InlineText(text), 1, None)
                cells, kind = [], BlockKind.TABLE_ROW

    def _add(self, kind: BlockKind, content: InlineText, level: int, label: str | None) -> None:
        self.blocks.append(content.block(kind, level, label))

    def _inline(self, token: Token) -> InlineText:
        return read_inline(self.source.of(token), token.children or [], self.exclusions, self.open_tags.reason)
