"""Schemas of blocks."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated, Self

from pydantic import BaseModel, ConfigDict, Field
from pydantic.config import JsonDict

from api.http.schemas import RequestModel
from assistant.model.approved import BlockedPart
from assistant.operations.approved.blocks import BlockView

ID = "0c9f8e7d6b5a4c3d2e1f0a9b8c7d6e5f"
BLOCK: JsonDict = {
    "block_id": ID, "part": "passage", "edition_id": "example-policy-2026", "title": "Example policy",
    "headings": ["Example policy", "1. Recording"], "quote": "Staff must record the reasons for a decision.",
    "topics": ["How do I make a referral?"], "reason": "It is not about referrals.", "by": "user-1",
    "at": "2026-11-24T09:00:00Z", "is_set": True, "passages": 1, "no_longer_applies": False,
}  # fmt: skip
Line = Annotated[str, Field(max_length=500)]


class BlockRequest(RequestModel):
    """What to keep from answering a topic, and why."""

    model_config = ConfigDict(
        json_schema_extra={
            "examples": [
                {
                    "passage_id": "example-policy-2026:0f1e2d3c4b5a:1", "part": "passage",
                    "topics": ["How do I make a referral?"], "reason": "It is not about referrals.",
                }
            ]
        }
    )  # fmt: skip

    passage_id: Annotated[str, Field(min_length=1, max_length=300)]
    """As a search gives it."""
    part: BlockedPart = BlockedPart.PASSAGE
    """The passage alone, its section or its whole document."""
    topics: Annotated[list[Line], Field(min_length=1, max_length=20)]
    """Questions of the topic, as people ask them."""
    reason: Annotated[str, Field(min_length=1, max_length=2000)]


class BlockResponse(BaseModel):
    """A block, and how many passages of today's library it is on."""

    model_config = ConfigDict(json_schema_extra={"examples": [BLOCK]})

    block_id: str
    part: BlockedPart
    edition_id: str
    title: str
    headings: list[str]
    quote: str
    topics: list[str]
    reason: str
    by: str
    at: datetime
    is_set: bool
    passages: int
    no_longer_applies: bool
    """Set, and on nothing in the library any more."""

    @classmethod
    def of(cls, view: BlockView) -> Self:
        """Returns the response for a block."""
        block = view.block
        return cls(
            block_id=block.block_id, part=block.part, edition_id=block.edition_id, title=block.title,
            headings=list(block.headings), quote=block.quote, topics=list(block.topics), reason=block.reason, by=block.by,
            at=block.at, is_set=block.is_set, passages=view.passages, no_longer_applies=view.no_longer_applies,
        )  # fmt: skip


class BlockListResponse(BaseModel):
    """Blocks, the latest first."""

    model_config = ConfigDict(json_schema_extra={"examples": [{"blocks": [BLOCK]}]})

    blocks: list[BlockResponse]
