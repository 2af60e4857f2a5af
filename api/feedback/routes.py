"""``POST /v1/feedback``."""

from __future__ import annotations

from fastapi import APIRouter

from api.deps import CurrentAsker, CurrentState
from api.feedback.schemas import FeedbackRequest, FeedbackResponse
from api.feedback.service import save_feedback
from api.http.problems import problems

router = APIRouter(tags=["feedback"])


@router.post("/v1/feedback", status_code=201, responses=problems(404, 503))
def feedback(body: FeedbackRequest, state: CurrentState, asker: CurrentAsker) -> FeedbackResponse:
    """Saves feedback on one of your own outcomes; when the response arrives, it is safely stored."""
    saved, _ = save_feedback(state, asker, body.record_id, body.opinion, body.statement, body.note)
    return FeedbackResponse(
        feedback_id=saved.feedback_id,
        record_id=saved.record_id,
        opinion=saved.opinion,
        statement=saved.statement,
        note=saved.note,
        given_at=saved.given_at,
    )
