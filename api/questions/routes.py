"""``GET /v1/questions``."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Depends, Query

from api.deps import CurrentState, require_role
from api.http.problems import problems
from api.questions.question_log import QuestionFilter, logged_questions
from api.questions.schemas import QuestionListResponse
from assistant.model.people import Asker, Role

router = APIRouter(tags=["questions"])
PolicyAsker = Annotated[Asker, Depends(require_role(Role.POLICY))]


@router.get("/v1/questions", responses=problems(503))
def questions(
    state: CurrentState,
    asker: PolicyAsker,
    question_filter: Annotated[QuestionFilter, Depends()],
    limit: Annotated[int, Query(ge=1, le=500)] = 100,
) -> QuestionListResponse:
    """Lists questions and their outcomes, masked, without who asked or the time of day; needs the policy role."""
    page, next_after = logged_questions(state, asker, question_filter, limit)
    return QuestionListResponse(questions=page, next_after=next_after)
