"""``/v1/bench``: the everyday questions, and runs of them over documents that wait to be published; for the policy role."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Depends, Path, Response

from api.bench.schemas import (
    BenchRequest,
    BenchRunListResponse,
    BenchRunResponse,
    EverydayListResponse,
    EverydayRequest,
    EverydayResponse,
    bench_response,
    everyday_response,
)
from api.bench.service import (
    add_question,
    change_question,
    questions_of,
    remove_question,
    restore_question,
    start_bench,
)
from api.deps import CurrentState, require_role
from api.http.problems import problems
from api.runs.service import cancel, found, listed
from assistant.model.people import Asker, Role

router = APIRouter(prefix="/v1/bench", tags=["bench"])
PolicyAsker = Annotated[Asker, Depends(require_role(Role.POLICY))]
QuestionId = Annotated[str, Path(max_length=100, examples=["5a1f0c9e8b7d6a42"])]
RunId = Annotated[str, Path(max_length=100, examples=["0f1e2d3c4b5a69780f1e2d3c4b5a6978"])]


@router.get("/questions", responses=problems(503))
def questions(state: CurrentState, asker: PolicyAsker) -> EverydayListResponse:
    """Lists the everyday questions, those of the program first."""
    return EverydayListResponse(questions=[everyday_response(each) for each in questions_of(state)])


@router.post("/questions", status_code=201, responses=problems(503))
def add(state: CurrentState, asker: PolicyAsker, body: EverydayRequest) -> EverydayResponse:
    """Adds a question to the set."""
    return everyday_response(add_question(state, asker, body.text, body.theme))


@router.put("/questions/{question_id}", responses=problems(404, 503))
def change(state: CurrentState, asker: PolicyAsker, question_id: QuestionId, body: EverydayRequest) -> EverydayResponse:
    """Changes a question of the set, or brings a removed one back with these words."""
    return everyday_response(change_question(state, asker, question_id, body.text, body.theme))


@router.delete("/questions/{question_id}", status_code=204, responses=problems(404, 503))
def remove(state: CurrentState, asker: PolicyAsker, question_id: QuestionId) -> Response:
    """Removes a question from the set."""
    remove_question(state, asker, question_id)
    return Response(status_code=204)


@router.post("/questions/{question_id}/restore", status_code=204, responses=problems(404, 503))
def restore(state: CurrentState, asker: PolicyAsker, question_id: QuestionId) -> Response:
    """Brings a question of the program back as it came."""
    restore_question(state, asker, question_id)
    return Response(status_code=204)


@router.post("/runs", status_code=202, responses=problems(404, 409, 503))
def run(state: CurrentState, asker: PolicyAsker, body: BenchRequest) -> BenchRunResponse:
    """Starts asking the everyday questions of the published library and of one with these documents; publishes nothing."""
    return bench_response(start_bench(state, asker, body.upload_ids))


@router.get("/runs", responses=problems(503))
def runs(state: CurrentState, asker: PolicyAsker) -> BenchRunListResponse:
    """Lists the last runs that you may see, the latest first."""
    return BenchRunListResponse(runs=[bench_response(each, is_whole=False) for each in listed(state, asker, "bench")])


@router.get("/runs/{run_id}", responses=problems(404, 503))
def one_run(state: CurrentState, asker: PolicyAsker, run_id: RunId) -> BenchRunResponse:
    """Returns how far a run is, or what it found."""
    return bench_response(found(state, asker, "bench", run_id))


@router.post("/runs/{run_id}/cancel", responses=problems(404, 503))
def cancel_run(state: CurrentState, asker: PolicyAsker, run_id: RunId) -> BenchRunResponse:
    """Has a run stop at its next question."""
    return bench_response(cancel(state, asker, "bench", run_id))
