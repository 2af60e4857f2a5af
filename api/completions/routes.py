"""``/v1/chat/completions`` and ``/v1/models``, as OpenAI's clients speak them."""

from __future__ import annotations

from datetime import UTC, datetime
from functools import partial
from typing import Annotated, Any

from fastapi import APIRouter, Path, Request
from fastapi.concurrency import run_in_threadpool
from fastapi.responses import StreamingResponse

from api.asking.ask_stream import Work, finished
from api.asking.events import HEADERS, MEDIA
from api.asking.service import answer, screened
from api.completions.outcome_text import links_of, text_of
from api.completions.schemas import MODEL, WRITTEN, ChatModel, ChatModels, ChatRequest, Completion
from api.completions.stream import USAGE, Named, annotations_of, pieces
from api.deps import Counted, CurrentAsker, Stated
from api.http.problems import Problem, problems
from api.state import State
from assistant.model import Question

router = APIRouter(prefix="/v1", tags=["openai"])
STREAM: dict[int | str, dict[str, Any]] = {
    200: {
        "description": "The completion; with ``stream`` true, its pieces as server-sent events.",
        "content": {MEDIA: {"schema": {"type": "string"}, "example": "data: [DONE]\n\n"}},
    }
}


@router.get("/models", responses=problems())
def models(state: Stated, asker: CurrentAsker) -> ChatModels:
    """Lists what there is: the documents' own words and, where a language model is set up, what it writes of them."""
    return ChatModels(data=[ChatModel(id=each) for each in models_of(state)])


@router.get("/models/{name}", responses=problems(404))
def model(
    name: Annotated[str, Path(max_length=200, examples=[MODEL])], state: Stated, asker: CurrentAsker
) -> ChatModel:
    """Gives one model."""
    check_model(name, state)
    return ChatModel(id=name)


@router.post("/chat/completions", response_model=Completion, responses={**STREAM, **problems(404, 503)})
async def chat_completions(body: ChatRequest, request: Request, state: Stated, asker: Counted) -> Any:
    """Answers the last message of the user, with citations in the text and as annotations.

    Other messages of user and assistant are history; system messages change nothing.
    """
    check_model(body.model, state)
    question = question_of(body)
    asked = await run_in_threadpool(screened, state, asker, question)
    work: Work = partial(answer, state, asker, asked, None)
    base_url = state.assistant.settings.access.public_url or str(request.base_url)
    at = datetime.now(UTC)
    name, created = f"chatcmpl-{at:%Y%m%d%H%M%S%f}", int(at.timestamp())
    if body.stream:
        has_usage = body.stream_options is not None and body.stream_options.include_usage
        frames = pieces(request, work, Named(name, created, body.model), base_url, has_usage=has_usage)
        return StreamingResponse(frames, media_type=MEDIA, headers=HEADERS)
    record, outcome = await finished(request, work)
    text = text_of(outcome, base_url)
    said = {"role": "assistant", "content": text, "annotations": annotations_of(links_of(text, outcome, base_url))}
    choices = [{"index": 0, "message": said, "finish_reason": "stop", "logprobs": None}]
    told = {"record_id": record.record_id, "outcome": outcome}
    return Completion(id=name, created=created, model=body.model, choices=choices, usage=USAGE, policy_assistant=told)


def models_of(state: State) -> tuple[str, ...]:
    """Returns the names of the models there are."""
    return (MODEL, WRITTEN) if state.assistant.settings.language_model else (MODEL,)


def check_model(name: str, state: State) -> None:
    """Raises ``Problem`` (404) for another model than ours."""
    there = models_of(state)
    if name not in there:
        which = f"There is one model here: {MODEL}" if len(there) == 1 else f"There are: {', '.join(there)}"
        raise Problem(404, "unknown_model", f"{which}.")


def question_of(body: ChatRequest) -> Question:
    """Returns the question of a request. Raises ``Problem`` (422) where the last message is not the user's."""
    turns = body.turns()
    if not turns or turns[-1].role != "user":
        raise Problem(422, "no_question", "The last message must be the user's question.")
    return Question(turns[-1].content, turns[-11:-1], is_written=body.model == WRITTEN)
