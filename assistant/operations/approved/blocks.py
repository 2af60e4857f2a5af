"""Blocks: what is kept from answering a topic is set with a reason, told when it no longer applies, and lifted."""

from __future__ import annotations

import uuid
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from assistant.answering.approved.blocked import is_blocked
from assistant.answering.approved.units import digest_of
from assistant.errors import UsageError
from assistant.model import Edition, EditionId, Passage, PassageId
from assistant.model.approved import Block, BlockedPart
from assistant.model.people import Reader
from assistant.operations.approved.desk import NotThere
from assistant.ports import ApprovedStore, Snapshot

QUOTE_WORDS = 30
MOST_TOPICS, TOPIC_CHARS = 20, 500


@dataclass(frozen=True, slots=True)
class BlockView:
    """A block, and whether it is on anything in the library of today."""

    block: Block
    passages: int
    """Passages of today that it is on; 0 says that it no longer applies."""

    @property
    def no_longer_applies(self) -> bool:
        """Whether it is set and on nothing."""
        return self.block.is_set and self.passages == 0


@dataclass(frozen=True, slots=True)
class BlockDesk:
    """Sets and lifts blocks over one generation as the reader sees it.

    Args:
        store: Where blocks are stored.
        snapshot: The generation.
        reader: Who works: blocks on what they may not see do not exist for them.
        masked: Returns a text with its personal details masked.
    """

    store: ApprovedStore
    snapshot: Snapshot
    reader: Reader
    masked: Callable[[str], str]

    def blocks(self, *, with_lifted: bool = False) -> tuple[BlockView, ...]:
        """Returns the blocks that the reader may see, the latest first."""
        readable = (e for e in self.store.blocks() if self.reader.may_read(e.groups, (e.edition_id,)))
        return tuple(self._view(each) for each in readable if with_lifted or each.is_set)

    def set(
        self, passage_id: PassageId, part: BlockedPart, topics: Sequence[str], reason: str, by: str, now: datetime
    ) -> Block:
        """Keeps a passage, its section or its document from answering a topic.

        Args:
            passage_id: A passage of today's library.
            part: How much of its document is kept from answering.
            topics: Questions as people ask them.
            reason: Why.
            by: User id.
            now: The time.

        Raises:
            UsageError: There is no such passage, or the topic or reason is missing.
        """
        passage, edition = self._passage(passage_id)
        asked = tuple(dict.fromkeys(self.masked(each.strip()) for each in topics if each.strip()))
        if not asked or len(asked) > MOST_TOPICS or any(len(each) > TOPIC_CHARS for each in asked):
            raise UsageError(
                f"Write one to {MOST_TOPICS} questions that it must not answer, {TOPIC_CHARS} characters each."
            )
        if not reason.strip():
            raise UsageError("Say why it must not answer them.")
        words = passage.text.split()
        quote = " ".join(words[:QUOTE_WORDS]) + (" …" if len(words) > QUOTE_WORDS else "")
        block = Block(
            uuid.uuid4().hex, part, edition.work, edition.title, edition.edition_id,
            passage.headings if part is not BlockedPart.DOCUMENT else (),
            digest_of([passage.text]) if part is BlockedPart.PASSAGE else "",
            quote if part is BlockedPart.PASSAGE else "",
            asked, self.masked(reason.strip()), by, now,
            groups=(tuple(sorted(edition.groups)),) if edition.groups else (),
        )  # fmt: skip
        self.store.save_block(block)
        return block

    def lift(self, block_id: str, by: str, now: datetime) -> Block:
        """Lifts a block, or sets one again that was lifted. Raises ``UsageError`` for an unknown id."""
        found = [e.block for e in self.blocks(with_lifted=True) if e.block.block_id == block_id]
        if not found:
            raise NotThere("There is no such block.")
        block = replace(found[0], lifted_by=by, lifted_at=now)
        if not found[0].is_set:
            block = replace(found[0], lifted_by="", lifted_at=None)
        self.store.save_block(block)
        return block

    def _passage(self, passage_id: PassageId) -> tuple[Passage, Edition]:
        found = self.snapshot.passages([passage_id])
        if not found:
            raise UsageError("There is no such passage. Find it with the search, and take its passage_id.")
        edition = next(each for each in self.snapshot.editions() if each.edition_id == found[0].edition_id)
        return found[0], edition

    def _view(self, block: Block) -> BlockView:
        editions = [each for each in self.snapshot.editions() if each.work == block.work]
        count = sum(
            is_blocked(passage, edition, block)
            for edition in editions
            for passage in self.snapshot.passages_of(EditionId(edition.edition_id))
        )
        return BlockView(block, count)
