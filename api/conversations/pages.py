"""The asker's own conversations: listed, and deleted after confirmation."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Depends, Path, Query, Request, Response
from fastapi.responses import RedirectResponse
from pydantic import AwareDatetime

from api.deps import CurrentAsker, CurrentState
from api.http.problems import Problem
from api.web.routing import PageRoute
from api.web.templating import render, require_same_origin

router = APIRouter(route_class=PageRoute)
LISTED = 30
Id = Annotated[str, Path(alias="conversation", max_length=100)]


@router.get("/history")
def history(
    request: Request,
    state: CurrentState,
    asker: CurrentAsker,
    before: Annotated[AwareDatetime | None, Query()] = None,
    deleted: bool = False,
    q: Annotated[str, Query(max_length=200)] = "",
) -> Response:
    """Renders the list, or those in which something was asked in some words."""
    words = q.strip()
    conversations = state.assistant.records.conversations(asker.owner, limit=LISTED, before=before, words=words)
    older = conversations[-1].updated.isoformat() if len(conversations) == LISTED else None
    days = state.assistant.settings.records.days
    context = {"conversations": conversations, "older": older, "deleted": deleted, "days": days, "q": words}
    return render(request, "history.html", asker, 200, **context)


@router.get("/conversations/{conversation}/delete")
def confirm_delete(request: Request, state: CurrentState, asker: CurrentAsker, conversation_id: Id) -> Response:
    """Renders the confirmation."""
    conversation = state.assistant.records.conversation(conversation_id, asker.owner)
    if conversation is None:
        raise Problem(404, "not_found", "There is no such conversation. It may have been deleted.")
    return render(request, "delete.html", asker, conversation=conversation)


@router.post("/conversations/{conversation}/delete", dependencies=[Depends(require_same_origin)])
def delete(state: CurrentState, asker: CurrentAsker, conversation_id: Id) -> Response:
    """Deletes a conversation."""
    if not state.assistant.records.delete_conversation(conversation_id, asker.owner):
        raise Problem(404, "not_found", "There is no such conversation. It may have been deleted.")
    return RedirectResponse("/history?deleted=true", 303)
