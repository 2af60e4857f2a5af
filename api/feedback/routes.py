"""``POST /v1/feedback``."""

from __future__ import annotations

from fastapi import APIRouter

from api.deps import CurrentAsker, Stated
from api.feedback.schemas import FeedbackGiven, FeedbackKept
from api.feedback.service import keep_feedback
from api.http.problems import problems

router = APIRouter(tags=["feedback"])


@router.post("/v1/feedback", status_code=201, responses=problems(404, 503))
def feedback(body: FeedbackGiven, state: Stated, asker: CurrentAsker) -> FeedbackKept:
    """Keeps feedback on one of the asker's own outcomes; once this is answered, it survives a crash."""
    kept, _ = keep_feedback(state, asker, body.record_id, body.opinion, body.statement, body.note)
    return FeedbackKept(
        feedback_id=kept.feedback_id,
        record_id=kept.record_id,
        opinion=kept.opinion,
        statement=kept.statement,
        note=kept.note,
        given_at=kept.given_at,
    )
