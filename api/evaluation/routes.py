"""``/v1/evaluations``: question sets, runs, reports and the signed scorecard; for the policy role."""

from __future__ import annotations

from typing import Annotated, Any

from fastapi import APIRouter, Depends, Form, Path, Response

from api.deps import CurrentState, require_role
from api.evaluation.schemas import (
    EvaluationRequest,
    EvaluationRunListResponse,
    EvaluationRunResponse,
    ScorecardResponse,
    SetListResponse,
    SetResponse,
    SetUpload,
    evaluation_response,
    scorecard_response,
    set_response,
)
from api.evaluation.service import offered_sets, remove_set, sign_run, start_evaluation, upload_set
from api.http.problems import Problem, problems
from api.runs.service import cancel, found, listed
from api.state import State
from assistant.model.people import Asker, Role

router = APIRouter(prefix="/v1/evaluations", tags=["evaluations"])
PolicyAsker = Annotated[Asker, Depends(require_role(Role.POLICY))]
RunId = Annotated[str, Path(max_length=100, examples=["0f1e2d3c4b5a69780f1e2d3c4b5a6978"])]
HTML = "text/html"
PAGE: dict[int | str, dict[str, Any]] = {
    200: {"description": "The whole report as one HTML page.", "content": {HTML: {"schema": {"type": "string"}}}}
}


@router.get("/sets", responses=problems(404, 503))
def sets(state: CurrentState, asker: PolicyAsker) -> SetListResponse:
    """Lists the question sets, and says how often answers are right."""
    offered = [set_response(each) for each in offered_sets(state, asker)]
    return SetListResponse(sets=offered, sentence=state.assistant.trust_sentence())


@router.post("/sets", status_code=201, responses=problems(404, 503))
def upload(
    state: CurrentState, asker: PolicyAsker, form: Annotated[SetUpload, Form(media_type="multipart/form-data")]
) -> SetResponse:
    """Stores a question set; one whose documents are not indexed is refused."""
    return set_response(upload_set(state, asker, form.file.filename or "", form.file.file.read()))


@router.delete("/sets/{name}", status_code=204, responses=problems(404, 503))
def remove(
    state: CurrentState, asker: PolicyAsker, name: Annotated[str, Path(max_length=100, examples=["ours.jsonl"])]
) -> Response:
    """Removes an uploaded set."""
    remove_set(state, asker, name)
    return Response(status_code=204)


@router.post("/runs", status_code=202, responses=problems(404, 409, 503))
def run(state: CurrentState, asker: PolicyAsker, body: EvaluationRequest) -> EvaluationRunResponse:
    """Starts asking a set, as somebody without any group asks."""
    return evaluation_response(start_evaluation(state, asker, body.set))


@router.get("/runs", responses=problems(404, 503))
def runs(state: CurrentState, asker: PolicyAsker) -> EvaluationRunListResponse:
    """Lists the last evaluations that you may see, the latest first."""
    shown = [evaluation_response(each, is_whole=False) for each in listed(state, asker, "evaluation")]
    return EvaluationRunListResponse(runs=shown)


@router.get("/runs/{run_id}", responses=problems(404, 503))
def one_run(state: CurrentState, asker: PolicyAsker, run_id: RunId) -> EvaluationRunResponse:
    """Returns how far an evaluation is, or what it found."""
    return evaluation_response(found(state, asker, "evaluation", run_id))


@router.post("/runs/{run_id}/cancel", responses=problems(404, 503))
def cancel_run(state: CurrentState, asker: PolicyAsker, run_id: RunId) -> EvaluationRunResponse:
    """Has an evaluation stop at its next question."""
    return evaluation_response(cancel(state, asker, "evaluation", run_id))


@router.get("/runs/{run_id}/report.html", response_class=Response, responses={**PAGE, **problems(404, 503)})
def report(state: CurrentState, asker: PolicyAsker, run_id: RunId) -> Response:
    """Returns the whole report as a page that needs nothing else."""
    return report_file(state, asker, run_id)


@router.post("/runs/{run_id}/sign", responses=problems(404, 409, 503))
def sign(state: CurrentState, asker: PolicyAsker, run_id: RunId) -> ScorecardResponse:
    """Signs the scorecard of an evaluation that somebody else ran: from now on it says how often answers are right."""
    card = sign_run(state, asker, run_id)
    return scorecard_response(card, state.assistant.trust_sentence())


def report_file(state: State, asker: Asker, run_id: str) -> Response:
    """Returns the report of an evaluation as a file. Raises ``Problem`` (404) where there is none yet."""
    shown = found(state, asker, "evaluation", run_id)
    if shown.state != "done" or not shown.report["page"]:
        raise Problem(
            404, "not_found", "There is no report: the evaluation is not complete, or it is of marked questions."
        )
    headers = {"Content-Disposition": 'attachment; filename="evaluation.html"', "X-Content-Type-Options": "nosniff"}
    return Response(shown.report["page"], media_type=f"{HTML}; charset=utf-8", headers=headers)
