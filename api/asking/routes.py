"""``POST /v1/ask``."""

from __future__ import annotations

from functools import partial

from fastapi import APIRouter, Request

from api.asking.ask_stream import finished
from api.asking.schemas import Asked, AskRequest, asked_of
from api.asking.service import Object, OnObject, answer, screened
from api.deps import Counted, Stated
from api.http.problems import problems
from api.state import State
from assistant.answering.pipeline import OnStep
from assistant.model.people import Asker, Record

router = APIRouter(tags=["ask"])


@router.post("/v1/ask", responses=problems(503))
async def ask(body: AskRequest, request: Request, state: Stated, asker: Counted) -> Asked:
    """Answers a question with the documents' own words, cited, or refuses and says why (also 200).

    The work stops when the caller goes.
    """
    return asked_of(*await finished(request, partial(_work, state, asker, body)))


def _work(
    state: State, asker: Asker, body: AskRequest, on_step: OnStep, on_card: OnObject, on_statement: OnObject
) -> tuple[Record, Object]:
    asked = screened(state, asker, body.asked(body.turns()))
    return answer(state, asker, asked, None, on_step, on_card, on_statement)
