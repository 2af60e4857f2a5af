"""Inline Markdown as mapped text, without the marks that format it."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from itertools import groupby

from markdown_it.token import Token

from assistant.model import Exclusion
from ingest.readers.inline_text import InlineText, inline_text, is_mark
from ingest.readers.markdown.open_tags import OpenTags
from ingest.readers.source_map import MappedText, joined, unmapped
from ingest.readers.unseen import Reason, is_gap, left_out, needs_space

_NOTE_MARK = re.compile(r"\[\^([^\]\s]+)\]")
_TARGET = re.compile(r"\]\s*(?:\((?:[^()\\]|\\.|\([^()]*\))*\)|\[[^\]]*\])?")
_OPENING = re.compile(r"<([a-zA-Z][\w-]*)")


@dataclass(slots=True)
class _Reading:
    """The state of reading one inline token; offsets are those of the text before it is normalised."""

    source: MappedText
    exclusions: list[Exclusion]
    at: int = 0
    parts: list[MappedText] = field(default_factory=list)
    length: int = 0
    marks: list[tuple[int, str]] = field(default_factory=list)
    links: list[tuple[int, int, str]] = field(default_factory=list)
    open_link: tuple[int, str] | None = None
    open_tags: OpenTags = field(default_factory=OpenTags)
    unread: list[tuple[Reason, str]] = field(default_factory=list)
    """Words left out since the last that are read."""
    last: str = " "

    def add(self, part: MappedText) -> None:
        """Takes words: text, or what a reader does not see."""
        if not part.text:
            return
        if self.open_tags.reason is not None:
            self.unread.append((self.open_tags.reason, part.text))
            return
        has_gap = is_gap("".join(words for _, words in self.unread))
        self.tell()
        if has_gap and needs_space(self.last, part.text):
            self._append(unmapped(" "))
        self._append(part)

    def _append(self, part: MappedText) -> None:
        self.parts.append(part)
        self.length += len(part.text)
        self.last = part.text

    def tell(self) -> None:
        """Lists the words left out."""
        for reason, stretches in groupby(self.unread, key=lambda each: each[0]):
            self.exclusions.extend(left_out(reason, "".join(words for _, words in stretches)))
        self.unread = []

    def find(self, words: str) -> MappedText:
        """Returns the next place of these words in the source; unmapped where they are not there as such."""
        found = self.source.text.find(words, self.at)
        if found < 0:
            return unmapped(words)
        self.at = found + len(words)
        return self.source.cut(found, self.at)


def read_inline(
    source: MappedText, tokens: Sequence[Token], exclusions: list[Exclusion], around: Reason | None = None
) -> InlineText:
    """Returns inline tokens as text with its links, the footnote marks taken out of it.

    Args:
        source: The Markdown that the tokens were made from.
        tokens: Children of an inline token, not joined.
        exclusions: What is struck through, hidden or a picture is added here.
        around: Why all of it is left out, None where it is read.
    """
    reading = _Reading(source, exclusions, open_tags=OpenTags([] if around is None else [("", around)]))
    waiting = list(reversed(tokens))
    while waiting:
        token = waiting.pop()
        if token.type == "html_inline":
            _tag(reading, token, waiting)
        else:
            _take(reading, token)
    reading.tell()
    return inline_text(joined(reading.parts), reading.marks, reading.links)


def _take(reading: _Reading, token: Token) -> None:
    if token.type == "text":
        _words(reading, reading.find(token.content))
    elif token.type == "text_special":
        raw = reading.find(token.markup)
        is_escape = token.markup == f"\\{token.content}"
        reading.add(raw.cut(1) if is_escape and len(raw.text) == 2 else unmapped(token.content))
    elif token.type == "code_inline":
        reading.add(reading.find(token.content))
    elif token.type in ("softbreak", "hardbreak"):
        reading.add(reading.find("\n"))
    elif token.type == "s_open":
        reading.open_tags.tags.append((token.markup, Reason.WITHDRAWN))
    elif token.type == "s_close":
        reading.open_tags.close(token.markup)
    elif token.type == "link_open":
        reading.open_link = (reading.length, str(token.attrs.get("href", "")))
    elif token.type == "link_close" and reading.open_link is not None:
        reading.links.append((reading.open_link[0], reading.length, reading.open_link[1]))
        reading.open_link = None
        _past_target(reading)
    elif token.type == "image":
        reading.exclusions.append(Exclusion(1, "figure", token.content[:80]))
        reading.find(token.content)
        _past_target(reading)


def _past_target(reading: _Reading) -> None:
    """Moves past the address of a link, so that no word of it is taken for a word after it."""
    found = _TARGET.match(reading.source.text, reading.at)
    reading.at = found.end() if found else reading.at


def _words(reading: _Reading, words: MappedText) -> None:
    at = 0
    for found in _NOTE_MARK.finditer(words.text):
        reading.add(words.cut(at, found.start()))
        if reading.open_tags.reason is None:
            reading.marks.append((reading.length, found[1]))
        at = found.end()
    reading.add(words.cut(at))


def _tag(reading: _Reading, token: Token, waiting: list[Token]) -> None:
    """Takes an HTML tag: a raised footnote mark, hidden text, a line break, or one that says nothing."""
    reading.find(token.content)
    before = reading.parts[-1].text if reading.parts else ""
    name = (found := _OPENING.match(token.content)) and found[1].lower()
    if name == "br":
        reading.add(unmapped(" "))
    elif name == "sup" and (mark := _inside(waiting, "sup")) is not None and is_mark(mark, before):
        if reading.open_tags.reason is None:
            reading.marks.append((reading.length, mark.strip()))
        _skip(reading, waiting, "sup")
    else:
        reading.open_tags.take(token.content)


def _inside(waiting: Sequence[Token], name: str) -> str | None:
    """Returns the text up to the closing tag, None where there is none."""
    words = ""
    for token in reversed(waiting):
        if token.type == "html_inline" and token.content.lower().startswith(f"</{name}"):
            return words
        words += token.content
    return None


def _skip(reading: _Reading, waiting: list[Token], name: str) -> None:
    while waiting:
        token = waiting.pop()
        reading.find(token.markup if token.type == "text_special" else token.content)
        if token.type == "html_inline" and token.content.lower().startswith(f"</{name}"):
            return
