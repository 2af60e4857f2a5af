"""``POST /v1/ask``."""

from __future__ import annotations

from functools import partial
from typing import Any

from fastapi import APIRouter, Request
from fastapi.concurrency import run_in_threadpool

from api.asking.ask_stream import Work, final_result
from api.asking.events import MEDIA, STREAM, event_stream
from api.asking.schemas import AskRequest, AskResponse, ask_response
from api.asking.service import answer, screened
from api.deps import CurrentAsker, CurrentState
from api.http.problems import problems

router = APIRouter(tags=["ask"])


@router.post("/v1/ask", response_model=AskResponse, responses={**STREAM, **problems(503)})
async def ask(body: AskRequest, request: Request, state: CurrentState, asker: CurrentAsker) -> Any:
    """Answers a question with verbatim, cited quotes, or refuses and says why (also status 200).

    Processing stops when the caller disconnects.
    """
    asked = await run_in_threadpool(screened, state, asker, body.to_question(body.turns()))
    work: Work = partial(answer, state, asker, asked, None)
    if MEDIA in request.headers.get("accept", ""):
        return event_stream(request, work, state.stopping, asked.screening.spans)
    return ask_response(*await final_result(request, work, state.stopping), asked.screening.spans)
