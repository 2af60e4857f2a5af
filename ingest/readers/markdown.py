"""Markdown and plain-text reader: markdown-it tokens become blocks."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from markdown_it import MarkdownIt
from markdown_it.token import Token

from assistant.errors import UnreadableDocument
from assistant.model import Exclusion
from ingest.blocks import Block, BlockKind, Link, Mark, ReadFile
from ingest.traced import Traced, joined, normalised, traced, untraced

_NUMBER = re.compile(r"^(\d{1,3}(?:\.\d{1,3})*)\.?\s+")
_NOTE = re.compile(r"^\[\^([^\]]+)\]:\s*")
_MARK = re.compile(r"\[\^([^\]]+)\]|<sup>\s*([^<]{1,4})\s*</sup>")
_TAG = re.compile(r"<!--.*?-->|</?[a-zA-Z][^>]*>", re.DOTALL)
_SUP_NOTE = re.compile(r"^<sup>\s*([^<]{1,4})\s*</sup>\s*")


def read_markdown(path: Path) -> ReadFile:
    """Returns a Markdown file as blocks, one page in all.

    Raises:
        UnreadableDocument: It is empty or not UTF-8.
    """
    raw = text_of(path)
    tokens = MarkdownIt("commonmark").enable("table").parse(raw)
    walk = _Walk(raw)
    walk.through(tokens)
    return ReadFile(tuple(walk.blocks), (raw,), ("1",), tuple(walk.exclusions), walk.title)


def read_text(path: Path) -> ReadFile:
    """Returns a plain text file as blocks: paragraphs between blank lines.

    Raises:
        UnreadableDocument: It is empty or not UTF-8.
    """
    return blocks_of_text(text_of(path))


def blocks_of_text(raw: str) -> ReadFile:
    """Returns running text as paragraphs, cut at blank lines."""
    blocks = []
    for found in re.finditer(r"(?:[^\n]|\n(?!\s*\n))+", raw):
        text = normalised(traced(found.group(0), 1, found.start()))
        if text.text:
            blocks.append(Block(BlockKind.PARAGRAPH, text.text, text.runs()))
    return ReadFile(tuple(blocks), (raw,), ("1",))


def text_of(path: Path) -> str:
    """Returns the text of a file. Raises ``UnreadableDocument`` for one that is empty or not UTF-8."""
    try:
        raw = path.read_bytes().decode("utf-8-sig")
    except UnicodeDecodeError as error:
        fix = "Save it as UTF-8"
        raise UnreadableDocument(path, f"not UTF-8 text (byte {error.start})", fix, 1) from error
    except OSError as error:
        raise UnreadableDocument(
            path, f"cannot be opened ({error.strerror})", "Check the path and its permissions"
        ) from error
    if not raw.strip():
        raise UnreadableDocument(path, "the file is empty", "Leave it out or save it again", 1)
    return raw


@dataclass(slots=True)
class _Walk:
    """Walks the tokens of one file and collects its blocks."""

    raw: str
    blocks: list[Block] = field(default_factory=list)
    exclusions: list[Exclusion] = field(default_factory=list)
    title: str | None = None
    depth: int = 0
    is_item_start: bool = False
    numbers: list[int | None] = field(default_factory=list)
    at: int = 0

    def through(self, tokens: Sequence[Token]) -> None:
        rest = iter(tokens)
        for token in rest:
            self._take(token, rest)

    def _take(self, token: Token, rest: Iterator[Token]) -> None:
        if token.type == "heading_open":
            self._heading(token, next(rest))
        elif token.type == "table_open":
            self._table(rest)
        elif token.type in ("bullet_list_open", "ordered_list_open"):
            self.depth += 1
            self.numbers.append(int(token.attrs.get("start", 1)) if token.type.startswith("ordered") else None)
        elif token.type in ("bullet_list_close", "ordered_list_close"):
            self.depth -= 1
            self.numbers.pop()
        elif token.type == "list_item_open":
            self.is_item_start = True
        elif token.type == "list_item_close" and self.numbers[-1] is not None:
            self.numbers[-1] += 1
        elif token.type == "inline":
            self._inline(token)
        elif token.type in ("fence", "code_block"):
            self._plain(token.content)
        elif token.type == "html_block":
            self._hidden(token)

    def _heading(self, token: Token, inline: Token) -> None:
        text, marks, links = self._text(inline.content)
        if not text.text:
            return
        self.title = self.title or text.text
        number = _NUMBER.match(text.text)
        level = int(token.tag[1])
        label = number[1] if number else None
        self.blocks.append(Block(BlockKind.HEADING, text.text, text.runs(), level, label, marks, links))

    def _inline(self, token: Token) -> None:
        note = _NOTE.match(token.content) or _SUP_NOTE.match(token.content)
        if note and not self.depth:
            text, marks, links = self._text(token.content[note.end() :])
            self.blocks.append(Block(BlockKind.FOOTNOTE, text.text, text.runs(), label=note[1].strip(), links=links))
            return
        text, marks, links = self._text(token.content)
        if not text.text:
            return
        numbered = _NUMBER.match(text.text)
        label = numbered[1] if numbered else None
        kind = BlockKind.LIST_ITEM if self.depth else BlockKind.PARAGRAPH
        if self.depth and self.is_item_start and self.numbers[-1] is not None:
            label = str(self.numbers[-1])
            if self.depth == 1:
                prefix = untraced(f"{label}. ")
                shifted = tuple(Mark(each.offset + len(prefix.text), each.mark) for each in marks)
                text, kind, marks, links = prefix + text, BlockKind.PARAGRAPH, shifted, ()
        self.is_item_start = False
        self.blocks.append(Block(kind, text.text, text.runs(), max(self.depth, 1), label, marks, links))

    def _plain(self, content: str) -> None:
        text, marks, links = self._text(content)
        if text.text:
            self.blocks.append(Block(BlockKind.PARAGRAPH, text.text, text.runs(), marks=marks, links=links))

    def _hidden(self, token: Token) -> None:
        words = _TAG.sub("", token.content).strip()
        if words:
            self._inline(token)
        elif token.content.strip():
            self.exclusions.append(Exclusion(1, "other", token.content.strip()[:80]))

    def _table(self, rest: Iterator[Token]) -> None:
        cells: list[Traced] = []
        is_header = True
        for token in rest:
            if token.type == "table_close":
                return
            if token.type == "inline":
                cells.append(self._text(token.content)[0])
            elif token.type == "tr_close":
                text = joined(cells, " | ")
                kind = BlockKind.TABLE_HEADER if is_header else BlockKind.TABLE_ROW
                if text.text.strip(" |"):
                    self.blocks.append(Block(kind, text.text, text.runs()))
                cells, is_header = [], False

    def _text(self, content: str) -> tuple[Traced, tuple[Mark, ...], tuple[Link, ...]]:
        """Returns inline Markdown as plain text, with the marks taken out of it and its links."""
        found = self.raw.find(content.split("\n")[0], self.at)
        start = found if found >= 0 else self.at
        whole = traced(content, 1, start) if found >= 0 else untraced(content)
        self.at = start + (len(content.split("\n")[0]) if found >= 0 else 0)
        return _plain_inline(whole)


_LINK = re.compile(r"!?\[([^\]^][^\]]*)\]\(([^)\s]+)[^)]*\)|<(https?://[^>]+)>")
_EMPHASIS = re.compile(r"(\*{1,3}|(?<!\w)_{1,3}(?=\S)|(?<=\S)_{1,3}(?!\w)|`+)")
_ESCAPE = re.compile(r"\\([\\`*_{}\[\]()#+\-.!|>])")
_INLINE = re.compile("|".join(each.pattern for each in (_MARK, _LINK, _TAG, _ESCAPE, _EMPHASIS)), re.DOTALL)


def _plain_inline(whole: Traced) -> tuple[Traced, tuple[Mark, ...], tuple[Link, ...]]:
    parts: list[Traced] = []
    marks: list[Mark] = []
    links: list[Link] = []
    at = 0
    pattern = re.compile(
        f"{_MARK.pattern}|{_LINK.pattern}|{_TAG.pattern}|{_ESCAPE.pattern}|{_EMPHASIS.pattern}", re.DOTALL
    )
    for found in pattern.finditer(whole.text):
        parts.append(whole.cut(at, found.start()))
        length = len(normalised(joined(parts)).text)
        at = found.end()
        mark, target = found[1] or found[2], found[4] or found[5]
        if mark:
            marks.append(Mark(length, mark.strip()))
        elif target:
            inner = found.span(3) if found[3] else found.span(5)
            words = whole.cut(*inner)
            parts.append(words)
            links.append(Link(length, length + len(words.text), target))
        elif found[6]:
            parts.append(whole.cut(*found.span(6)))
    parts.append(whole.cut(at))
    return normalised(joined(parts)), tuple(marks), tuple(links)
