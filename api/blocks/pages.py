"""The page of blocks: what is kept from answering a topic, a form to set one, and lifting it."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Annotated, Any

from fastapi import APIRouter, Depends, Form, Path, Query, Request, Response
from fastapi.responses import RedirectResponse

from api.approved.service import PolicyAsker, audited, blocks_of
from api.deps import CurrentState
from api.state import State
from api.web.routing import PageRoute
from api.web.templating import render, require_same_origin
from assistant.answering.search import search
from assistant.errors import UsageError
from assistant.model import PassageId, Question
from assistant.model.approved import BlockedPart
from assistant.model.people import Asker
from assistant.outcomes.view import HitView

router = APIRouter(route_class=PageRoute)
Id = Annotated[str, Path(max_length=100)]
FOUND = 6
DONE = {
    "set": "It no longer answers these questions; search still finds it.",
    "lifted": "The block is lifted.",
    "set_again": "The block is set again.",
}


@router.get("/blocks")
def blocks(
    request: Request,
    state: CurrentState,
    asker: PolicyAsker,
    q: Annotated[str, Query(max_length=1000)] = "",
    done: Annotated[str, Query(max_length=20)] = "",
) -> Response:
    """Renders the blocks; ``q`` finds passages to block."""
    return _render(request, state, asker, {"q": q}, done=DONE.get(done, ""))


@router.post("/blocks", dependencies=[Depends(require_same_origin)])
def block(
    request: Request,
    state: CurrentState,
    asker: PolicyAsker,
    passage: Annotated[str, Form(max_length=300)] = "",
    part: Annotated[BlockedPart, Form()] = BlockedPart.PASSAGE,
    topics: Annotated[str, Form(max_length=20_000)] = "",
    reason: Annotated[str, Form(max_length=2000)] = "",
    q: Annotated[str, Form(max_length=1000)] = "",
) -> Response:
    """Keeps a passage, its section or its document from answering a topic."""
    typed = {"q": q, "passage": passage, "part": part.value, "topics": topics, "reason": reason}
    try:
        if not passage:
            raise UsageError("Choose a passage.")
        with blocks_of(state, asker) as desk:
            made = desk.set(PassageId(passage), part, topics.splitlines(), reason, asker.user_id, datetime.now(UTC))
    except UsageError as error:
        return _render(request, state, asker, typed, error=str(error), status=422)
    audited(state, asker, "block", made.block_id, made.edition_id)
    return RedirectResponse("/blocks?done=set", 303)


@router.post("/blocks/{block}/lift", dependencies=[Depends(require_same_origin)])
def lift(state: CurrentState, asker: PolicyAsker, block: Id) -> Response:
    """Lifts a block, or sets it again."""
    with blocks_of(state, asker) as desk:
        changed = desk.lift(block, asker.user_id, datetime.now(UTC))
    audited(state, asker, "lift", block)
    return RedirectResponse(f"/blocks?done={'set_again' if changed.is_set else 'lifted'}", 303)


def _render(
    request: Request,
    state: State,
    asker: Asker,
    typed: dict[str, str],
    done: str = "",
    error: str = "",
    status: int = 200,
) -> Response:
    with blocks_of(state, asker) as desk:
        shown = desk.blocks(with_lifted=True)
        hits: list[HitView] = []
        if typed["q"].strip():
            question = Question(typed["q"], groups=asker.groups)
            found = search(question, desk.snapshot, state.assistant.resources, FOUND).hits
            hits = [HitView.of(each, rank, desk.snapshot) for rank, each in enumerate(found, start=1)]
    blank = {"passage": "", "part": "passage", "topics": "", "reason": ""}
    context: dict[str, Any] = {"blocks": shown, "hits": hits, "typed": {**blank, **typed}, "done": done, "error": error}
    return render(request, "blocks.html", asker, status, **context)
