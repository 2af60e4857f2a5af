"""A person's own conversations: listed, and deleted after a question back."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Depends, Path, Query, Request, Response
from fastapi.responses import RedirectResponse
from pydantic import AwareDatetime

from api.deps import CurrentAsker, Stated
from api.http.problems import Problem
from api.web.routing import PageRoute
from api.web.templating import draw, from_here

router = APIRouter(route_class=PageRoute)
LISTED = 30
Id = Annotated[str, Path(max_length=100)]


@router.get("/history")
def history(
    request: Request,
    state: Stated,
    asker: CurrentAsker,
    before: Annotated[AwareDatetime | None, Query()] = None,
    deleted: bool = False,
) -> Response:
    """Draws the list."""
    found = state.assistant.records.conversations(asker.user_id, limit=LISTED, before=before)
    following = found[-1].updated.isoformat() if len(found) == LISTED else None
    return draw(request, "history.html", asker, found=found, following=following, deleted=deleted)


@router.get("/conversations/{conversation}/delete")
def sure(request: Request, state: Stated, asker: CurrentAsker, conversation: Id) -> Response:
    """Asks whether a conversation should go."""
    found = state.assistant.records.conversation(conversation, asker.user_id)
    if found is None:
        raise Problem(404, "not_found", "There is no such conversation. It may have been deleted.")
    return draw(request, "delete.html", asker, conversation=found)


@router.post("/conversations/{conversation}/delete", dependencies=[Depends(from_here)])
def delete(state: Stated, asker: CurrentAsker, conversation: Id) -> Response:
    """Deletes a conversation."""
    if not state.assistant.records.delete_conversation(conversation, asker.user_id):
        raise Problem(404, "not_found", "There is no such conversation. It may have been deleted.")
    return RedirectResponse("/history?deleted=true", 303)
