"""``/v1/conversations``: questions with follow-ups, visible to their asker only."""

from __future__ import annotations

from functools import partial
from typing import Annotated, Any

from fastapi import APIRouter, Path, Query, Request, Response
from fastapi.concurrency import run_in_threadpool
from pydantic import AwareDatetime

from api.asking.ask_stream import Work, final_result
from api.asking.events import MEDIA, STREAM, event_stream
from api.asking.schemas import AskResponse, MessageRequest, ask_response
from api.asking.service import answer, begin_conversation, screened
from api.conversations.schemas import (
    ConversationDetailResponse,
    ConversationListResponse,
    ConversationResponse,
    conversation_response,
)
from api.deps import CurrentAsker, CurrentState
from api.documents.visible_editions import editions_by_id
from api.http.problems import Problem, problems
from api.state import State
from assistant.model.people import Asker, Conversation
from assistant.outcomes.current_marks import with_current_marks
from assistant.outcomes.view import read_outcome

router = APIRouter(prefix="/v1/conversations", tags=["conversations"])
Id = Annotated[str, Path(alias="id", max_length=100, examples=["b6f1c2d3e4f5"])]


@router.post("", status_code=201, responses=problems(409, 503))
def begin(state: CurrentState, asker: CurrentAsker) -> ConversationResponse:
    """Starts a conversation; 409 if you have too many: delete some, and one without a question makes room by itself."""
    return conversation_response(begin_conversation(state, asker))


@router.get("", responses=problems(503))
def conversations(
    state: CurrentState,
    asker: CurrentAsker,
    limit: Annotated[int, Query(ge=1, le=100)] = 20,
    before: Annotated[AwareDatetime | None, Query(description="Only those last used before this time.")] = None,
    q: Annotated[str, Query(max_length=200, description="Only those with a question that has all these words.")] = "",
) -> ConversationListResponse:
    """Lists your conversations that contain a question."""
    page = state.assistant.records.conversations(asker.owner, limit=limit, before=before, words=q)
    next_before = page[-1].updated if len(page) == limit else None
    return ConversationListResponse(
        conversations=[conversation_response(each) for each in page], next_before=next_before
    )


@router.get("/{id}", responses=problems(404, 503))
def conversation(name: Id, state: CurrentState, asker: CurrentAsker) -> ConversationDetailResponse:
    """Returns one conversation with its questions and outcomes."""
    conversation = own_conversation(state, asker, name)
    records = state.assistant.records.records_of(name, asker.owner)
    editions = editions_by_id(state, asker)
    messages = [ask_response(each, with_current_marks(read_outcome(each.outcome), editions)) for each in records]
    return ConversationDetailResponse(**conversation_response(conversation).model_dump(), messages=messages)


@router.delete("/{id}", status_code=204, responses=problems(404, 503))
def delete(name: Id, state: CurrentState, asker: CurrentAsker) -> Response:
    """Deletes a conversation with its questions, outcomes and feedback."""
    if not state.assistant.records.delete_conversation(name, asker.owner):
        raise Problem(404, "not_found", "There is no such conversation.")
    return Response(status_code=204)


@router.post("/{id}/messages", response_model=AskResponse, responses={**STREAM, **problems(404, 409, 503)})
async def message(body: MessageRequest, name: Id, request: Request, state: CurrentState, asker: CurrentAsker) -> Any:
    """Asks the next question of a conversation; processing stops when the caller disconnects."""
    asked = await run_in_threadpool(screened, state, asker, body.to_question(), name)
    work: Work = partial(answer, state, asker, asked, name)
    if MEDIA in request.headers.get("accept", ""):
        return event_stream(request, work, state.stopping, asked.screening.spans)
    return ask_response(*await final_result(request, work, state.stopping), asked.screening.spans)


def own_conversation(state: State, asker: Asker, name: str) -> Conversation:
    """Returns a conversation of the asker. Raises ``Problem`` (404)."""
    conversation = state.assistant.records.conversation(name, asker.owner)
    if conversation is None:
        raise Problem(404, "not_found", "There is no such conversation.")
    return conversation
