"""``/v1/blocks``."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Annotated

from fastapi import APIRouter, Path, Query

from api.approved.service import PolicyAsker, audited, blocks_of
from api.blocks.schemas import ID, BlockListResponse, BlockRequest, BlockResponse
from api.deps import CurrentState
from api.http.problems import problems
from assistant.model import PassageId
from assistant.operations.approved.blocks import BlockDesk

router = APIRouter(prefix="/v1/blocks", tags=["approved answers"])
BlockId = Annotated[str, Path(max_length=100, examples=[ID])]


@router.get("", responses=problems(503))
def blocks(
    state: CurrentState,
    asker: PolicyAsker,
    lifted: Annotated[bool, Query(description="Also those that were lifted.")] = False,
) -> BlockListResponse:
    """Lists what is kept from answering a topic, of documents that you may see; needs the policy role."""
    with blocks_of(state, asker) as desk:
        return BlockListResponse(blocks=[BlockResponse.of(each) for each in desk.blocks(with_lifted=lifted)])


@router.post("", status_code=201, responses=problems(503))
def block(state: CurrentState, asker: PolicyAsker, body: BlockRequest) -> BlockResponse:
    """Keeps a passage, its section or its document from answering a topic; search still finds it."""
    with blocks_of(state, asker) as desk:
        made = desk.set(
            PassageId(body.passage_id), body.part, body.topics, body.reason, asker.user_id, datetime.now(UTC)
        )
        audited(state, asker, "block", made.block_id, made.edition_id)
        return _shown(desk, made.block_id)


@router.post("/{block_id}/lift", responses=problems(404, 503))
def lift(state: CurrentState, asker: PolicyAsker, block_id: BlockId) -> BlockResponse:
    """Lifts a block; one that was lifted is set again."""
    with blocks_of(state, asker) as desk:
        desk.lift(block_id, asker.user_id, datetime.now(UTC))
        audited(state, asker, "lift", block_id)
        return _shown(desk, block_id)


def _shown(desk: BlockDesk, block_id: str) -> BlockResponse:
    return next(BlockResponse.of(e) for e in desk.blocks(with_lifted=True) if e.block.block_id == block_id)
