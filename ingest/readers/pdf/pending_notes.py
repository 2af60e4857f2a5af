"""Footnotes that wait for the block that carries their mark."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from assistant.model import Exclusion
from ingest.readers.blocks import Block, BlockKind
from ingest.readers.pdf.furniture import preview
from ingest.readers.pdf.notes import Note
from ingest.readers.pdf.raised import is_of_law

_EVERY_PAGE = 1 << 30


class PendingNotes:
    """Notes that have been read and whose mark has not been met yet."""

    def __init__(self) -> None:
        self._notes: dict[tuple[int, str], Note] = {}

    def add(self, notes: Iterable[Note]) -> None:
        """Adds the notes of a page."""
        self._notes.update({(note.page, note.mark): note for note in notes})

    def of(self, block: Block, pages: Iterable[int]) -> list[Block]:
        """Returns the notes whose marks stand in a block of some pages, in the order of the marks, and removes them."""
        keys = [(page, each.mark) for each in block.marks for page in sorted(pages)]
        return [_block(self._notes.pop(key)) for key in keys if key in self._notes]

    def place(self, blocks: list[Block], before: int = _EVERY_PAGE) -> tuple[Exclusion, ...]:
        """Puts the notes of pages before one among the blocks, and returns those that stay without a mark.

        A note goes after the block of the page before that has its mark (a list may run on to the page of its
        notes); without one it stands at the end.
        """
        unattached = []
        for key in [each for each in self._notes if each[0] < before]:
            note = self._notes.pop(key)
            place = _place(note, blocks)
            if place is None:
                unattached.append(Exclusion(note.page, "footnote_unattached", preview(note.text.text)))
            blocks.insert(len(blocks) if place is None else place, _block(note))
        return tuple(unattached)


def _place(note: Note, blocks: Sequence[Block]) -> int | None:
    is_anywhere = note.is_at_end or is_of_law(note.mark)
    marked = [
        at
        for at, block in enumerate(blocks)
        if (is_anywhere or block.page == note.page - 1) and note.mark in {each.mark for each in block.marks}
    ]
    if not marked:
        return None
    after = range(marked[0 if is_anywhere else -1] + 1, len(blocks))
    return next((at for at in after if blocks[at].kind is not BlockKind.FOOTNOTE), len(blocks))


def _block(note: Note) -> Block:
    return Block(BlockKind.FOOTNOTE, note.text.text, note.text.runs(), label=note.mark)
