"""Myths: a myth and the truth about it are one block, so that no myth is quoted for an answer."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from ingest.readers.blocks import Block, BlockKind, joined_blocks

_BEFORE = r"^\W*(?:(?:the|a|common)\s+)*"
_AFTER = r"\s*(?:(?:no\.?\s*)?\d{1,2})?\s*(?:[:|.–—-]|$)\W*"
_MYTH = re.compile(rf"{_BEFORE}(?:myths?|misconceptions?|fiction|false){_AFTER}", re.IGNORECASE)
_TRUTH = re.compile(rf"{_BEFORE}(?:truth|facts?|reality|true){_AFTER}", re.IGNORECASE)
_COLUMNS = re.compile(r"\b(?:myths?|misconceptions?)\b", re.IGNORECASE)
_SEPARATORS = {BlockKind.TABLE_ROW: " | ", BlockKind.TABLE_HEADER: " | "}


def is_of_myths(text: str) -> bool:
    """Returns whether a block opens with a myth, or a table's header names a column of them."""
    return bool(_MYTH.match(text) or (" | " in text and _COLUMNS.search(text)))


def with_truths(blocks: Sequence[Block]) -> tuple[Block, ...]:
    """Returns the blocks, each myth with the truth that follows it in one block."""
    if not any(_MYTH.match(each.text) for each in blocks):
        return tuple(blocks)
    read: list[Block] = []
    for block in _labelled(blocks):
        if read and _TRUTH.match(block.text) and _MYTH.match(read[-1].text) and _are_alike(read[-1], block):
            read[-1] = joined_blocks(read[-1], block, _SEPARATORS.get(block.kind, " "))
        else:
            read.append(block)
    return tuple(read)


def _labelled(blocks: Sequence[Block]) -> list[Block]:
    """Returns the blocks; a line that is only "Myth 2" or "The truth" stands in one block with the paragraph after it."""
    read: list[Block] = []
    for block in blocks:
        last = read[-1] if read else None
        if last is not None and block.kind is BlockKind.PARAGRAPH and _is_label(last):
            bare = replace(last, kind=BlockKind.PARAGRAPH, level=1, label=None)
            read[-1] = joined_blocks(bare, block, " " if last.text.endswith(":") else ": ")
        else:
            read.append(block)
    return read


def _is_label(block: Block) -> bool:
    is_line = block.kind in (BlockKind.HEADING, BlockKind.PARAGRAPH)
    return is_line and any((found := said.match(block.text)) and found[0] == block.text for said in (_MYTH, _TRUTH))


def _are_alike(first: Block, second: Block) -> bool:
    rows = (BlockKind.TABLE_ROW, BlockKind.TABLE_HEADER)
    return first.kind is second.kind or (first.kind in rows and second.kind in rows)
