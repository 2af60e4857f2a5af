"""The store of approved answers and blocks, as a Protocol."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Protocol

from assistant.model.approved import ApprovedEvent, ApprovedVersion, Block


class ApprovedStore(Protocol):
    """Approved answers with their versions and history, and blocks; a call that has returned survives a crash."""

    def stamp(self) -> int:
        """Returns a number that changes with every change of what is stored; 0 for nothing yet."""

    def versions(self, answer_id: str | None = None) -> tuple[ApprovedVersion, ...]:
        """Returns every version, of one answer or of all, by answer id and version."""

    def save(self, versions: Sequence[ApprovedVersion], events: Sequence[ApprovedEvent], expected: int) -> bool:
        """Stores new and changed versions with what was done, in one transaction.

        Returns False, and stores nothing, where something else was stored since the stamp that the caller went by.
        """

    def events(self, answer_id: str) -> tuple[ApprovedEvent, ...]:
        """Returns what was done to an answer, the latest first."""

    def blocks(self) -> tuple[Block, ...]:
        """Returns every block, lifted ones too, the latest first."""

    def save_block(self, block: Block) -> None:
        """Stores a new or changed block."""

    def settled(self) -> str:
        """Returns the key of the state of the library that the answers were last compared with; "" for none."""

    def set_settled(self, key: str) -> None:
        """Remembers that key."""

    def acts_by(self, user_id: str) -> tuple[ApprovedEvent, ...]:
        """Returns what one person did, the latest first."""

    def forget_who(self, user_id: str) -> int:
        """Removes a person's name from what they did, which stays; returns how many rows."""
