"""``GET /v1/questions``."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Depends, Query

from api.deps import Stated, needs
from api.http.problems import problems
from api.questions.question_log import Wanted, questions_asked
from api.questions.schemas import Questions
from assistant.model.people import Asker, Role

router = APIRouter(tags=["questions"])
PolicyAsker = Annotated[Asker, Depends(needs(Role.POLICY))]


@router.get("/v1/questions", responses=problems(503))
def questions(
    state: Stated,
    asker: PolicyAsker,
    wanted: Annotated[Wanted, Depends()],
    limit: Annotated[int, Query(ge=1, le=500)] = 100,
) -> Questions:
    """Lists what was asked and how it ended, masked, without who asked and without the minute; role policy."""
    found, following = questions_asked(state, asker, wanted, limit)
    return Questions(questions=found, next_after=following)
