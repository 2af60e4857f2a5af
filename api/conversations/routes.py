"""``/v1/conversations``: follow-ups are understood, and everything belongs to its asker alone."""

from __future__ import annotations

from datetime import UTC, datetime
from functools import partial
from typing import Annotated, Any

from fastapi import APIRouter, Path, Query, Request, Response
from fastapi.concurrency import run_in_threadpool
from pydantic import AwareDatetime

from api.asking.ask_stream import Work, finished
from api.asking.events import MEDIA, event_stream
from api.asking.schemas import Asked, Scope, asked_of
from api.asking.service import answer, screened
from api.conversations.schemas import Conversations, ConversationShown, ConversationWhole, shown
from api.deps import Counted, CurrentAsker, Stated
from api.http.problems import Problem, problems
from api.state import State
from assistant.model.people import Asker, Conversation

router = APIRouter(prefix="/v1/conversations", tags=["conversations"])
Id = Annotated[str, Path(alias="id", max_length=100, examples=["b6f1c2d3e4f5"])]
STREAM: dict[int | str, dict[str, Any]] = {
    200: {
        "description": "The outcome; or, where text/event-stream is accepted, the events stage, card, verified, "
        "statement, citation, outcome and problem as they happen.",
        "content": {MEDIA: {"schema": {"type": "string"}, "example": 'event: stage\ndata: {"stage": "retrieve"}\n\n'}},
    }
}


@router.post("", status_code=201, responses=problems(503))
def begin(state: Stated, asker: CurrentAsker) -> ConversationShown:
    """Begins a conversation."""
    return shown(state.assistant.records.begin(asker.user_id, datetime.now(UTC)))


@router.get("", responses=problems(503))
def conversations(
    state: Stated,
    asker: CurrentAsker,
    limit: Annotated[int, Query(ge=1, le=100)] = 20,
    before: Annotated[AwareDatetime | None, Query(description="Last used before this time.")] = None,
) -> Conversations:
    """Lists the asker's own conversations that hold a question."""
    found = state.assistant.records.conversations(asker.user_id, limit=limit, before=before)
    following = found[-1].updated if len(found) == limit else None
    return Conversations(conversations=[shown(each) for each in found], next_before=following)


@router.get("/{id}", responses=problems(404, 503))
def conversation(name: Id, state: Stated, asker: CurrentAsker) -> ConversationWhole:
    """Gives one conversation with its questions and outcomes."""
    found = own(state, asker, name)
    records = state.assistant.records.records_of(name, asker.user_id)
    messages = [asked_of(each, each.outcome) for each in records]
    return ConversationWhole(**shown(found).model_dump(), messages=messages)


@router.delete("/{id}", status_code=204, responses=problems(404, 503))
def delete(name: Id, state: Stated, asker: CurrentAsker) -> Response:
    """Deletes a conversation with its questions, outcomes and feedback."""
    if not state.assistant.records.delete_conversation(name, asker.user_id):
        raise Problem(404, "not_found", "There is no such conversation.")
    return Response(status_code=204)


@router.post("/{id}/messages", response_model=Asked, responses={**STREAM, **problems(404, 503)})
async def message(body: Scope, name: Id, request: Request, state: Stated, asker: Counted) -> Any:
    """Asks the next question of a conversation; the work stops when the caller goes."""
    work = await run_in_threadpool(work_of, state, asker, body, name)
    if MEDIA in request.headers.get("accept", ""):
        return event_stream(request, work)
    return asked_of(*await finished(request, work))


def own(state: State, asker: Asker, name: str) -> Conversation:
    """Returns a conversation of the asker. Raises ``Problem`` (404)."""
    found = state.assistant.records.conversation(name, asker.user_id)
    if found is None:
        raise Problem(404, "not_found", "There is no such conversation.")
    return found


def work_of(state: State, asker: Asker, body: Scope, name: str) -> Work:
    """Returns the work of a message; what is wrong with the request is raised here, before anything is streamed."""
    return partial(answer, state, asker, screened(state, asker, body.asked(), name), name)
