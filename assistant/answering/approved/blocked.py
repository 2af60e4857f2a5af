"""Passages that are kept from answering the topic of a question; search still finds them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

from assistant.answering.approved.units import digest_of
from assistant.model import Edition, EditionId, Hit, Passage
from assistant.model.approved import Block, BlockedPart

BLOCKED = "blocked"
"""Why such a hit is rejected."""


def is_blocked(passage: Passage, edition: Edition, block: Block) -> bool:
    """Returns whether a block is on a passage, in whichever edition of its document and wherever its words stand."""
    if edition.work != block.work:
        return False
    if block.part is BlockedPart.DOCUMENT:
        return True
    if block.part is BlockedPart.SECTION:
        return passage.headings[: len(block.headings)] == block.headings
    return digest_of([passage.text]) == block.digest


def without_blocked(
    hits: Sequence[Hit], blocks: Sequence[Block], editions: Mapping[EditionId, Edition]
) -> tuple[Hit, ...]:
    """Returns the hits with those rejected that a block is on, after the others."""
    kept: list[Hit] = []
    blocked: list[Hit] = []
    for hit in hits:
        edition = editions.get(hit.passage.edition_id)
        is_on = edition is not None and any(is_blocked(hit.passage, edition, each) for each in blocks)
        (blocked if is_on else kept).append(replace(hit, rejected=BLOCKED) if is_on else hit)
    return (*kept, *blocked)
