"""A sheet as Markdown."""

from __future__ import annotations

import re
from collections.abc import Iterable

from assistant.scenarios.files.sheet import Block, Heading, Items, Paragraph, Quoted, Table

_MARKUP = re.compile(r"([\\`*_\[\]<>#|])")


def as_markdown(blocks: Iterable[Block]) -> str:
    """Returns blocks as Markdown, with markup characters escaped."""
    return "\n\n".join(_drawn(block) for block in blocks) + "\n"


def _plain(text: str) -> str:
    return _MARKUP.sub(r"\\\1", " ".join(text.split()))


def _lines(words: str) -> str:
    """Returns the lines of a quote, each on a line of its own in the block quote, with what indents them."""
    lines = ((line[: len(line) - len(line.lstrip())], _plain(line)) for line in words.split("\n"))
    return "  \n> ".join(f"{indent}{line}" for indent, line in lines)


def _drawn(block: Block) -> str:
    match block:
        case Heading(level, text):
            return f"{'#' * level} {_plain(text)}"
        case Paragraph(text, is_note):
            return f"*{_plain(text)}*" if is_note else _plain(text)
        case Items(texts, is_numbered):
            return "\n".join(f"{f'{n}.' if is_numbered else '-'} {_plain(t)}" for n, t in enumerate(texts, start=1))
        case Quoted(label, words, source):
            return f"**{_plain(label)}**\n\n> “{_lines(words)}”\n>\n> Source: {_plain(source)}"
        case Table(head, rows):
            lines = [head, tuple("---" for _ in head), *rows]
            return "\n".join(
                f"| {' | '.join(_plain(cell) if cell != '---' else cell for cell in line)} |" for line in lines
            )
