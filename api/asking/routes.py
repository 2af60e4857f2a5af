"""``POST /v1/ask``."""

from __future__ import annotations

from functools import partial

from fastapi import APIRouter, Request

from api.asking.ask_stream import Result, final_result
from api.asking.schemas import AskRequest, AskResponse, ask_response
from api.asking.service import OnCard, OnCitedStatement, answer, screened
from api.deps import CurrentAsker, CurrentState
from api.http.problems import problems
from api.state import State
from assistant.answering.pipeline import OnStep
from assistant.model.people import Asker

router = APIRouter(tags=["ask"])


@router.post("/v1/ask", responses=problems(503))
async def ask(body: AskRequest, request: Request, state: CurrentState, asker: CurrentAsker) -> AskResponse:
    """Answers a question with verbatim, cited quotes, or refuses and says why (also status 200).

    Processing stops when the caller disconnects.
    """
    return ask_response(*await final_result(request, partial(_work, state, asker, body), state.stopping))


def _work(
    state: State, asker: Asker, body: AskRequest, on_step: OnStep, on_card: OnCard, on_statement: OnCitedStatement
) -> Result:
    screening = screened(state, asker, body.to_question(body.turns()))
    return answer(state, asker, screening, None, on_step, on_card, on_statement)
