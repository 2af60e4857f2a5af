"""What of the approved answers and blocks needs the policy team: for notices, digests and other programs."""

from __future__ import annotations

from dataclasses import dataclass

from assistant.operations.approved.blocks import BlockDesk
from assistant.operations.approved.desk import ApprovedDesk


@dataclass(frozen=True, slots=True)
class NeedsYou:
    """What needs the policy team; ids only, never words."""

    answers: tuple[str, ...] = ()
    """Withdrawn by a publication, or contradicted by legislation or statutory guidance."""
    review_due: tuple[str, ...] = ()
    """Live, and past their review day."""
    drafts: tuple[str, ...] = ()
    """Waiting for a second person."""
    blocks: tuple[str, ...] = ()
    """Set, and on nothing in the library any more."""

    @property
    def count(self) -> int:
        """How many answers and blocks need somebody; drafts do not count."""
        return len({*self.answers, *self.review_due}) + len(self.blocks)


def needs_you(desk: ApprovedDesk, blocks: BlockDesk | None = None) -> NeedsYou:
    """Returns what needs the policy team, of what the reader of the desk may see."""
    views = desk.answers()
    return NeedsYou(
        tuple(each.answer_id for each in views if each.needs_you),
        tuple(each.answer_id for each in views if each.is_review_due),
        tuple(each.answer_id for each in views if each.draft is not None),
        tuple(e.block.block_id for e in blocks.blocks() if e.no_longer_applies) if blocks else (),
    )
