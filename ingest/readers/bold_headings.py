"""Headings that are only bold or underlined: lines that stand out over the text that follows them."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from ingest.readers.blocks import Block, BlockKind
from ingest.readers.labels import heading_label

MOST_WORDS = 14
_MOST_IN_A_ROW = 3
"""Of more such lines in a row only the last are headings: the others are a cover."""
_SENTENCE_END = (".", ";", ",", "!", "…", "-", "–", "—")
_RULES = re.compile(
    r"\b(?:must|should|shall|may|can|cannot|will|need to|have to|never|always|do not|don['’]t|immediately|at once|"
    r"no later than|within (?:\S+ ){1,3}(?:minutes?|hours?|days?|weeks?|months?))\b|"
    r"^(?:ring|call|phone|telephone|tel|email|contact|please|if|unless)\b",
    re.IGNORECASE,
)
_DETAIL = re.compile(
    r"\d[\d\s]{4,}\d|[@|]|https?:|www\.|\b(?:19|20)\d\d\b|:\s+\S|^(?:version|date|ref(?:erence)?|page|author|approved|"
    r"reviewed?|review date|owner|status|draft)\b",
    re.IGNORECASE,
)
_COLON_WORDS = 5


@dataclass(frozen=True, slots=True, order=True)
class Standing:
    """How much a line stands out; the greatest stands highest."""

    size: float
    is_capital: bool
    is_bold: bool


def reads_as_heading(text: str) -> bool:
    """Returns whether a line that stands out may be a heading: short, no sentence, no rule and no detail to be quoted."""
    words = text.split()
    if not 0 < len(words) <= MOST_WORDS or not any(letter.isalpha() for letter in text):
        return False
    if text.endswith(_SENTENCE_END) or (text.endswith(":") and len(words) > _COLON_WORDS) or _DETAIL.search(text):
        return False
    first = next(letter for letter in text if letter.isalpha())
    return first.isupper() and (text.endswith("?") or not _RULES.search(text))


def with_bold_headings(blocks: Sequence[Block], standing: Mapping[int, Standing]) -> tuple[Block, ...]:
    """Returns the blocks with those lines as headings that stand over text of their own.

    Args:
        blocks: The blocks of a file.
        standing: How much a line stands out by its place among the blocks, for each that may be a heading.
    """
    headings = {at for at in standing if _stands_over_text(at, blocks, standing)}
    ranks = sorted({standing[at] for at in headings}, reverse=True)
    above = 0
    read: list[Block] = []
    for at, block in enumerate(blocks):
        if at in headings:
            level = above + 1 + ranks.index(standing[at])
            block = replace(block, kind=BlockKind.HEADING, level=level, label=heading_label(block.text))
        elif block.kind is BlockKind.HEADING:
            above = block.level
        read.append(block)
    return tuple(read)


def _stands_over_text(at: int, blocks: Sequence[Block], standing: Mapping[int, Standing]) -> bool:
    under = at + 1
    while under in standing and under - at < _MOST_IN_A_ROW and standing[under] <= standing[under - 1]:
        under += 1
    if under in standing or under >= len(blocks):
        return False
    kind = blocks[under].kind
    if blocks[at].text.endswith(":"):
        return under == at + 1 and kind is BlockKind.PARAGRAPH
    return kind in (BlockKind.PARAGRAPH, BlockKind.LIST_ITEM, BlockKind.TABLE_HEADER, BlockKind.TABLE_ROW)
