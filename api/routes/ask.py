"""``POST /v1/ask``."""

from __future__ import annotations

from fastapi import APIRouter

from api.asking import answer
from api.deps import Counted, Stated
from api.problems import problems
from api.schemas.asking import Asked, AskRequest, asked_of

router = APIRouter(tags=["ask"])


@router.post("/v1/ask", responses=problems(503))
def ask(body: AskRequest, state: Stated, asker: Counted) -> Asked:
    """Answers a question with the documents' own words, cited, or refuses and says why (also 200)."""
    return asked_of(*answer(state, asker, body.asked(body.turns())))
