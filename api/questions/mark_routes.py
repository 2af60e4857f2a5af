"""``/v1/questions/{record_id}`` with its marks, and the marked questions as a question file; for the policy role."""

from __future__ import annotations

from typing import Annotated, Any

from fastapi import APIRouter, Depends, Path, Response

from api.audit_log import audit
from api.deps import CurrentState, require_role
from api.evaluation.service import marked_questions
from api.http.problems import problems
from api.questions.mark_schemas import (
    AskedQuestionResponse,
    MarkRequest,
    MarkResponse,
    asked_response,
    mark_response,
)
from api.questions.marking import asked_question, save_mark
from api.state import State
from assistant.model.people import Asker, Role
from assistant.quality.labels import as_lines

router = APIRouter(tags=["questions"])
PolicyAsker = Annotated[Asker, Depends(require_role(Role.POLICY))]
RecordId = Annotated[str, Path(max_length=100, examples=["2deb3bbdf07048eaac42bf519fbf37b5"])]
LINES = "application/x-ndjson"
FILE: dict[int | str, dict[str, Any]] = {
    200: {
        "description": "One labelled question per line, as `assistant eval` takes them; their split is marked.",
        "content": {LINES: {"schema": {"type": "string"}, "example": '{"id": "marked-2deb3bbdf070", "type": "…"}\n'}},
    }
}


@router.get("/v1/marks/questions.jsonl", response_class=Response, responses={**FILE, **problems(503)})
def labelled_questions(state: CurrentState, asker: PolicyAsker) -> Response:
    """Exports the marked questions as a question file for calibration and regression; no report takes it."""
    return labelled_file(state, asker)


@router.get("/v1/questions/{record_id}", responses=problems(404, 503))
def question(state: CurrentState, asker: PolicyAsker, record_id: RecordId) -> AskedQuestionResponse:
    """Returns a question with what was shown, its feedback and its marks; never who asked or at what time of day."""
    return asked_response(asked_question(state, asker, record_id))


@router.post("/v1/questions/{record_id}/marks", status_code=201, responses=problems(404, 503))
def mark(state: CurrentState, asker: PolicyAsker, record_id: RecordId, body: MarkRequest) -> MarkResponse:
    """Marks an outcome as right, partly right, wrong, or as one that should have been refused or answered."""
    saved = save_mark(state, asker, record_id, body.verdict, body.reason, body.answering, body.words)
    return mark_response(saved)


def labelled_file(state: State, asker: Asker) -> Response:
    """Returns the marked questions as a file, and notes who took it."""
    rows = marked_questions(state, asker)
    audit(state, asker, "marks_exported", f"{len(rows)} questions")
    headers = {"Content-Disposition": 'attachment; filename="marked.jsonl"'}
    return Response(as_lines(rows), media_type=LINES, headers=headers)
