"""``/v1/chat/completions`` and ``/v1/models``, compatible with OpenAI's clients."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime
from functools import partial
from typing import Annotated, Any

from fastapi import APIRouter, Path, Request
from fastapi.concurrency import run_in_threadpool
from fastapi.responses import StreamingResponse

from api.asking.ask_stream import Work, final_result
from api.asking.events import HEADERS, MEDIA
from api.asking.service import answer, screened
from api.completions.outcome_text import links_of, text_of
from api.completions.schemas import (
    MODEL,
    WRITTEN,
    AnswerMessage,
    ChatCompletionRequest,
    ChatCompletionResponse,
    Choice,
    Extension,
    ModelListResponse,
    ModelResponse,
)
from api.completions.stream import USAGE, CompletionHead, annotations_of, completion_frames, text_frames
from api.completions.tasks import Task, task_of
from api.deps import CurrentAsker, CurrentState
from api.http.addresses import page_address
from api.http.problems import Problem, problems
from api.state import State
from assistant.answering.screening.urgency import level_by_rules
from assistant.model import Level, Question

router = APIRouter(prefix="/v1", tags=["openai"])
STREAM: dict[int | str, dict[str, Any]] = {
    200: {
        "description": "The completion; if `stream` is true, its parts as server-sent events.",
        "content": {MEDIA: {"schema": {}, "example": "data: [DONE]\n\n"}},
    }
}


@router.get("/models", responses=problems())
def models(state: CurrentState, asker: CurrentAsker) -> ModelListResponse:
    """Lists the models: verbatim quotes and, if a language model is configured, answers that it writes from them."""
    return ModelListResponse(data=[ModelResponse(id=each) for each in models_of(state)])


@router.get("/models/{name}", responses=problems(404))
def model(
    name: Annotated[str, Path(max_length=200, examples=[MODEL])], state: CurrentState, asker: CurrentAsker
) -> ModelResponse:
    """Returns one model."""
    check_model(name, state)
    return ModelResponse(id=name)


@router.post("/chat/completions", response_model=ChatCompletionResponse, responses={**STREAM, **problems(404, 503)})
async def chat_completions(
    body: ChatCompletionRequest, request: Request, state: CurrentState, asker: CurrentAsker
) -> Any:
    """Answers the user's last message, with citations in the text and as annotations.

    Earlier user and assistant messages are history; system messages are ignored. Titles, tags and the like, which front ends
    ask for on their own account, are made from the chat that comes with them; nothing of that is recorded.
    """
    task = await run_in_threadpool(_task, body, state.assistant.masked)
    if task is not None:
        return _task_completion(task.made, body)
    asked = await run_in_threadpool(screened, state, asker, question_of(body))
    if not asked.screening.has_card:
        check_model(body.model, state)
    work: Work = partial(answer, state, asker, asked, None)
    has_usage = body.stream_options is not None and body.stream_options.include_usage
    return await completed(request, state, work, body.model, is_stream=bool(body.stream), has_usage=has_usage)


def _task(body: ChatCompletionRequest, masked: Callable[[str], str]) -> Task | None:
    """Returns the task of a front end that a request is; an instruction that is urgent by itself is somebody's question.

    The rules alone tell that: the classifier of the door has never seen a prompt, and takes one for an emergency.
    """
    turns = body.turns()
    task = task_of(turns, body.instructions(), masked) if turns else None
    return None if task is None or level_by_rules(task.instruction) is not Level.LOOK_UP else task


def _task_completion(made: str, body: ChatCompletionRequest) -> ChatCompletionResponse | StreamingResponse:
    """Returns the completion of a task."""
    head = _head(body.model)
    if body.stream:
        return StreamingResponse(text_frames(made, head), media_type=MEDIA, headers=HEADERS)
    choices = [Choice(message=AnswerMessage(content=made))]
    return ChatCompletionResponse(id=head.name, created=head.created, model=head.model, choices=choices, usage=USAGE)


def _head(model: str) -> CompletionHead:
    at = datetime.now(UTC)
    return CompletionHead(f"chatcmpl-{at:%Y%m%d%H%M%S%f}", int(at.timestamp()), model)


async def completed(
    request: Request, state: State, work: Work, model: str, *, is_stream: bool, has_usage: bool = False
) -> ChatCompletionResponse | StreamingResponse:
    """Returns the completion that a work ends with, or its frames as they come."""
    base_url = page_address(request, state.assistant.settings.access)
    head = _head(model)
    if is_stream:
        frames = completion_frames(request, work, state.stopping, head, base_url, has_usage=has_usage)
        return StreamingResponse(frames, media_type=MEDIA, headers=HEADERS)
    record, outcome = await final_result(request, work, state.stopping)
    text = text_of(outcome, base_url)
    message = AnswerMessage(content=text, annotations=annotations_of(links_of(text, outcome, base_url)))
    choices = [Choice(message=message)]
    extension = Extension(record_id=record.record_id, outcome=outcome)
    return ChatCompletionResponse(
        id=head.name, created=head.created, model=model, choices=choices, usage=USAGE, policy_assistant=extension
    )


def models_of(state: State) -> tuple[str, ...]:
    """Returns the names of the available models."""
    return (MODEL, WRITTEN) if state.assistant.settings.language_model else (MODEL,)


def check_model(name: str, state: State) -> None:
    """Raises ``Problem`` (404) for a model that is not available."""
    available = models_of(state)
    if name not in available:
        label = "Available model" if len(available) == 1 else "Available models"
        raise Problem(404, "unknown_model", f"There is no such model. {label}: {', '.join(available)}.")


def question_of(body: ChatCompletionRequest) -> Question:
    """Returns the question of a request. Raises ``Problem`` (422) if the last message is not the user's."""
    turns = body.turns()
    if not turns or turns[-1].role != "user":
        raise Problem(422, "no_question", "The last message must be the user's question.")
    return Question(turns[-1].content, turns[-11:-1], is_written=body.model == WRITTEN)
