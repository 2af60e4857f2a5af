"""The text of one block as it is read: words with their places, footnote marks and links."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, field

from ingest.readers.blocks import Block, BlockKind, Link, Mark
from ingest.readers.source_map import MappedText, joined, mapped, normalised, unmapped
from ingest.readers.unseen import is_gap, needs_space

LONGEST_MARK = 4
_NOTE_WORD = re.compile(r"^(?:footnote|endnote|note)\s+(?=\S)", re.IGNORECASE)
_ORDINAL = re.compile(r"(?:st|nd|rd|th)$", re.IGNORECASE)
_UNIT = re.compile(r"\b[ckm]?m$")


@dataclass(frozen=True, slots=True)
class InlineText:
    """Normalised text with its footnote marks and links."""

    text: MappedText
    marks: tuple[Mark, ...] = ()
    links: tuple[Link, ...] = ()

    def cut(self, start: int) -> InlineText:
        """Returns the text from an offset on."""
        marks = tuple(Mark(each.offset - start, each.mark) for each in self.marks if each.offset >= start)
        links = tuple(
            Link(max(each.start - start, 0), each.end - start, each.target) for each in self.links if each.end > start
        )
        return InlineText(self.text.cut(start), marks, links)

    def block(self, kind: BlockKind, level: int = 1, label: str | None = None) -> Block:
        """Returns the text as a block."""
        return Block(kind, self.text.text, self.text.runs(), level, label, self.marks, self.links)


@dataclass(slots=True)
class Words:
    """Words as they are collected; offsets are those before normalising."""

    text: str = ""
    marks: list[tuple[int, str]] = field(default_factory=list)
    links: list[tuple[int, int, str]] = field(default_factory=list)
    has_gap: bool = False
    """Whether words were left out just before the next."""
    turns: list[tuple[int, int]] = field(default_factory=list)
    """Offset and the page that begins there, where the file says so."""

    def add(self, text: str) -> None:
        """Adds words; with a space before them where words left out would let them run into those before."""
        if not text:
            return
        if self.has_gap and needs_space(self.text, text):
            self.text += " "
        self.has_gap = False
        self.text += text

    def cut(self, start: int, end: int) -> Words:
        """Returns the words between two offsets."""
        marks = [(at - start, mark) for at, mark in self.marks if start < at <= end]
        links = [(max(a, start) - start, min(b, end) - start, to) for a, b, to in self.links if a < end and b > start]
        on = [(0, page) for at, page in self.turns if at <= start][-1:]
        turns = [*on, *((at - start, page) for at, page in self.turns if start < at < end)]
        return Words(self.text[start:end], marks, links, turns=turns)

    def leave_out(self, text: str) -> None:
        """Takes words that are not to be read."""
        self.has_gap = self.has_gap or is_gap(text)


@dataclass(slots=True)
class RawPage:
    """A page of a format whose words have no places of their own: each stretch of words is a line of it."""

    number: int = 1
    turns: list[tuple[int, int]] = field(default_factory=list)
    """Offset and the page that begins there, where the file has pages of its own."""
    _lines: list[str] = field(default_factory=list)
    _length: int = 0

    def add(self, words: Words) -> InlineText:
        """Returns the words as text that knows its place on this page."""
        whole = mapped(words.text, self.number, self._length)
        self.turns.extend((self._length + at, page) for at, page in words.turns)
        self._lines.append(words.text)
        self._length += len(words.text) + 1
        return inline_text(whole, words.marks, words.links)

    @property
    def text(self) -> str:
        """Everything on the page."""
        return "\n".join(self._lines)


def inline_text(
    raw: MappedText, marks: Iterable[tuple[int, str]] = (), links: Iterable[tuple[int, int, str]] = ()
) -> InlineText:
    """Returns text normalised, with marks and links moved to where their words are then.

    Args:
        raw: The text as read.
        marks: Offset in ``raw`` and footnote mark.
        links: Start and end in ``raw`` and address; a link without words is left out.
    """
    moved = tuple(
        Link(start, end, target)
        for at, until, target in links
        if (start := _next(raw, at)) < (end := len(normalised(raw.cut(0, until)).text))
    )
    return InlineText(
        normalised(raw), tuple(Mark(len(normalised(raw.cut(0, at)).text), mark) for at, mark in marks), moved
    )


def _next(raw: MappedText, at: int) -> int:
    """Returns where, after normalising, the first character at or after an offset stands."""
    return len(normalised(raw.cut(0, at) + unmapped("x")).text) - 1


def prefixed(prefix: str, content: InlineText) -> InlineText:
    """Returns text with a number before it that came from no page; links and marks move along."""
    by = len(prefix)
    marks = tuple(Mark(each.offset + by, each.mark) for each in content.marks)
    links = tuple(Link(each.start + by, each.end + by, each.target) for each in content.links)
    return InlineText(unmapped(prefix) + content.text, marks, links)


def joined_inline(parts: Iterable[InlineText], separator: str) -> InlineText:
    """Returns the parts one after the other with a separator that came from no page between them."""
    whole: InlineText | None = None
    for part in parts:
        whole = part if whole is None else _after(whole, separator, part)
    return whole or InlineText(unmapped(""))


def _after(first: InlineText, separator: str, second: InlineText) -> InlineText:
    moved = prefixed(f"{first.text.text}{separator}", second)
    text = joined((first.text, second.text), separator)
    return InlineText(text, (*first.marks, *moved.marks), (*first.links, *moved.links))


def mark_of(raised: str) -> str:
    """Returns a footnote mark without brackets and the word beside it: "1" of "[footnote 1]"."""
    return _NOTE_WORD.sub("", raised.strip().strip("[]()")).strip()


def is_mark(raised: str, before: str) -> bool:
    """Returns whether raised text is a footnote mark, and not the "th" of "18th" or the "2" of "m2".

    Args:
        raised: The raised text.
        before: The text before it.
    """
    bare = mark_of(raised)
    return 0 < len(bare) <= LONGEST_MARK and not _ORDINAL.fullmatch(bare) and not _UNIT.search(before)
