"""Footnotes in their place: each after the block that carries its mark."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from ingest.readers.blocks import Block, BlockKind, Mark


def notes_at_marks(blocks: Sequence[Block]) -> tuple[Block, ...]:
    """Returns the blocks, each footnote after the first block with its mark; one without a mark stays where it is."""
    marked: dict[str, int] = {}
    for place, block in enumerate(blocks):
        for each in block.marks if block.kind is not BlockKind.FOOTNOTE else ():
            marked.setdefault(each.mark, place)
    moved: dict[int, list[Block]] = {}
    read: list[Block] = []
    for place, block in enumerate(blocks):
        at = marked.pop(block.label or "", place) if block.kind is BlockKind.FOOTNOTE else place
        if at < place:
            moved.setdefault(at, []).append(block)
    gone = {id(block) for each in moved.values() for block in each}
    for place, block in enumerate(blocks):
        read.extend([] if id(block) in gone else [block])
        read.extend(moved.get(place, ()))
    return tuple(read)


def with_meanings(blocks: Sequence[Block], meanings: Sequence[Block]) -> tuple[Block, ...]:
    """Returns the blocks with the meanings of abbreviations as notes, each marked where its abbreviation is first met.

    Args:
        blocks: The blocks of a file.
        meanings: Footnotes whose label is the abbreviation; one that is met nowhere stands at the end.
    """
    read = list(blocks)
    for meaning in meanings:
        short = re.compile(rf"(?<!\w){re.escape(meaning.label or '')}(?!\w)")
        found = ((at, hit) for at, block in enumerate(read) if (hit := _met(block, short)) is not None)
        at, place = next(found, (None, 0))
        if at is not None:
            marks = sorted((*read[at].marks, Mark(place, meaning.label or "")), key=lambda each: each.offset)
            read[at] = replace(read[at], marks=tuple(marks))
    return (*read, *meanings)


def _met(block: Block, short: re.Pattern[str]) -> int | None:
    found = short.search(block.text) if block.kind not in (BlockKind.HEADING, BlockKind.FOOTNOTE) else None
    return found.end() if found else None
