"""``/embed``: the page in the frame. Nothing is kept between two questions but what the frame itself keeps in its memory.

It needs no cookie of another site: who is not signed in by a cookie of the same site types a key, which the frame sends with
each question. The page itself is for everybody; it holds nothing of the documents.
"""

from __future__ import annotations

from collections.abc import AsyncIterator, Callable, Coroutine
from functools import partial
from typing import Annotated, Any

from fastapi import APIRouter, Depends, Form, Request, Response
from fastapi.concurrency import run_in_threadpool
from fastapi.exceptions import RequestValidationError
from fastapi.responses import HTMLResponse, StreamingResponse
from fastapi.routing import APIRoute
from fastapi.sse import KEEPALIVE_COMMENT
from pydantic import TypeAdapter, ValidationError

from api.asking.ask_stream import Card, Done, Failed, Heartbeat, Stage, Work, ask_events, final_result
from api.asking.events import HEADERS as STREAM_HEADERS
from api.asking.events import MEDIA, frame
from api.asking.schemas import HistoryMessage
from api.asking.service import answer, screened
from api.asking.shown import Shown, shown, shown_records
from api.deps import CurrentState
from api.deps import state as state_of
from api.embed.framing import SCRIPT_HEADERS, frame_headers, require_embedding
from api.http.addresses import EMBED
from api.http.problems import Problem, logged_problem, problem_of
from api.http.schemas import BODY_CHARS
from api.state import State
from api.web.assets import static_response
from api.web.templating import render, require_same_origin
from assistant.errors import AssistantError
from assistant.model import Question, Turn
from assistant.model.people import Asker, Record
from assistant.outcomes.view import OutcomeView

HISTORY = TypeAdapter(Annotated[list[HistoryMessage], "the earlier messages that the frame remembers"])
MOST_TURNS = 20
UNKNOWN = "This page does not know who you are: see “Who may ask” below."
"""What somebody reads who is not signed in; how to sign in stands on the page."""


class FramedRoute(APIRoute):
    """A route whose problems are shown on the page in the frame: any other page would not be shown there."""

    def get_route_handler(self) -> Callable[[Request], Coroutine[Any, Any, Response]]:
        """Returns the handler; for the script of the page problems stay what they are."""
        inner = super().get_route_handler()

        async def handled(request: Request) -> Response:
            try:
                return await inner(request)
            except (Problem, AssistantError, RequestValidationError) as error:
                if (
                    MEDIA in request.headers.get("accept", "")
                    or not state_of(request).assistant.settings.serve.embed_origins
                ):
                    raise
                return await run_in_threadpool(_problem_page, request, error)

        return handled


router = APIRouter(route_class=FramedRoute)


@router.get("/embed.js")
def script(request: Request, state: CurrentState) -> Response:
    """Returns the script that inserts the frame into a page of another site."""
    require_embedding(state.assistant.settings.serve)
    return static_response(request, "insert.js", SCRIPT_HEADERS)


@router.get(EMBED)
def page(request: Request, state: CurrentState) -> Response:
    """Renders the page in the frame, for everybody."""
    require_embedding(state.assistant.settings.serve)
    return framed_page(request, known_asker(request))


@router.post(EMBED, dependencies=[Depends(require_same_origin)])
async def ask(
    request: Request,
    state: CurrentState,
    question: Annotated[str, Form(max_length=BODY_CHARS)] = "",
    history: Annotated[str, Form(max_length=BODY_CHARS)] = "[]",
) -> Response:
    """Asks a question: as events for the script of the page, as a page without script."""
    require_embedding(state.assistant.settings.serve)
    asker = _asker(request, state)
    asked = await run_in_threadpool(screened, state, asker, Question(question, _turns(history)))
    work = partial(answer, state, asker, asked, None)
    if MEDIA in request.headers.get("accept", ""):
        return framed_stream(request, asker, work)
    record, _ = await final_result(request, work, state.stopping)
    return await run_in_threadpool(framed_page, request, asker, _unmarked(record))


def framed_page(
    request: Request,
    asker: Asker | None,
    record: Record | None = None,
    *,
    fault: str = "",
    draft: str = "",
    status: int = 200,
) -> HTMLResponse:
    """Returns the page in the frame, with a question's outcome if there is one."""
    state = state_of(request)
    settings = state.assistant.settings
    response = render(
        request,
        "embed.html",
        asker,
        status,
        shown=_shown(state, asker, record) if record is not None else Shown(),
        access=settings.access,
        contact=settings.contact,
        fault=fault,
        draft=draft,
    )
    response.headers.update(frame_headers(settings.serve))
    return response


def framed_stream(request: Request, asker: Asker | None, work: Work) -> StreamingResponse:
    """Returns the events of a question: stage, card, and last the rendered message, or a problem."""
    return StreamingResponse(_frames(request, asker, work), media_type=MEDIA, headers=STREAM_HEADERS)


async def _frames(request: Request, asker: Asker | None, work: Work) -> AsyncIterator[bytes]:
    async for event in ask_events(request, work, state_of(request).stopping):
        match event:
            case Stage(name):
                yield frame("stage", {"stage": name})
            case Card(outcome):
                yield frame("card", outcome.card)
            case Heartbeat():
                yield KEEPALIVE_COMMENT
            case Done(record, outcome):
                yield frame("message", await run_in_threadpool(_message, request, asker, record, outcome))
            case Failed(error):
                yield frame("problem", logged_problem(error if isinstance(error, Exception) else Exception()))
            case _:
                pass


def _message(request: Request, asker: Asker | None, record: Record, outcome: OutcomeView) -> dict[str, Any]:
    """Returns a rendered message, and what the frame has to remember of it: words without personal details."""
    drawn = _shown(state_of(request), asker, _unmarked(record))
    page = render(request, "message.html", asker, one=drawn.records[0], shown=drawn)
    return {"html": bytes(page.body).decode(), "outcome": outcome.model_dump(mode="json", exclude={"trace"})}


def _shown(state: State, asker: Asker | None, record: Record) -> Shown:
    """Returns a question as the page shows it; nothing of the library for somebody who is not signed in."""
    return Shown(shown_records((record,))) if asker is None else shown(state, asker, (record,))


def _unmarked(record: Record) -> Record:
    """Returns a record as one that is not stored: feedback is given on the assistant's own pages."""
    return Record("", record.owner, None, record.question, record.outcome, record.seconds, "", record.asked_at)


def known_asker(request: Request) -> Asker | None:
    """Returns who is signed in; None for nobody."""
    asker = getattr(request.state, "asker", None)
    return asker if isinstance(asker, Asker) else None


def _asker(request: Request, state: State) -> Asker:
    """Returns who asks. Raises ``Problem`` (401), with what access control found wrong."""
    refused = getattr(request.state, "refused", None)
    if isinstance(refused, Problem):
        raise refused if refused.code != "sign_in" else Problem(401, "sign_in", UNKNOWN, headers=refused.headers)
    return state.guard.asker(request)


def _turns(history: str) -> tuple[Turn, ...]:
    """Returns the earlier messages. Raises ``Problem`` (422)."""
    try:
        messages = HISTORY.validate_json(history or "[]")[-MOST_TURNS:]
    except ValidationError as error:
        raise Problem(422, "invalid", "The earlier messages cannot be read. Reload the page and ask again.") from error
    return tuple(Turn(each.role, each.content) for each in messages)


def _problem_page(request: Request, error: Exception) -> Response:
    problem = problem_of(error) if not isinstance(error, RequestValidationError) else None
    status = 422 if problem is None else problem.status
    fault = "The form contains something invalid." if problem is None else problem.detail
    response = framed_page(request, known_asker(request), fault=fault, status=status)
    response.headers.update({} if problem is None else problem.headers)
    return response
