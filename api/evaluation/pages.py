"""The pages of evaluations: how often answers are right, question sets, runs, reports, and the signature."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Depends, Form, Path, Query, Request, Response, UploadFile
from fastapi.responses import RedirectResponse

from api.deps import CurrentState, require_role
from api.evaluation.routes import report_file
from api.evaluation.service import (
    ENDINGS,
    offered_sets,
    remove_set,
    sign_run,
    start_evaluation,
    upload_set,
    why_not_signed,
)
from api.http.problems import Problem, problem_of
from api.runs.service import cancel, found, listed, shown_state
from api.state import State
from api.web.routing import PageRoute
from api.web.templating import render, require_same_origin
from assistant.errors import AssistantError, ConfigurationError
from assistant.model.people import Asker, Role
from assistant.operations.scorecard import Scorecard, load_scorecard

router = APIRouter(route_class=PageRoute)
PolicyAsker = Annotated[Asker, Depends(require_role(Role.POLICY))]
Id = Annotated[str, Path(max_length=100)]
Name = Annotated[str, Form(max_length=100)]
Done = Annotated[str, Query(max_length=20)]
SameOrigin = [Depends(require_same_origin)]
PAGE = "/quality/evaluation"


@router.get(PAGE)
def evaluation(request: Request, state: CurrentState, asker: PolicyAsker, done: Done = "") -> Response:
    """Renders how often answers are right, the question sets and the last runs."""
    return _render(request, state, asker, done=done)


@router.post(PAGE, dependencies=SameOrigin)
def run(request: Request, state: CurrentState, asker: PolicyAsker, name: Name = "") -> Response:
    """Starts an evaluation and redirects to it."""
    try:
        begun = start_evaluation(state, asker, name)
    except (Problem, AssistantError) as error:
        return _render(request, state, asker, error=error)
    return RedirectResponse(f"{PAGE}/runs/{begun.run_id}?watch=true", 303)


@router.post(f"{PAGE}/sets", dependencies=SameOrigin)
def upload(request: Request, state: CurrentState, asker: PolicyAsker, file: UploadFile) -> Response:
    """Stores a question set."""
    try:
        upload_set(state, asker, file.filename or "", file.file.read())
    except (Problem, AssistantError) as error:
        return _render(request, state, asker, error=error)
    return RedirectResponse(f"{PAGE}?done=uploaded", 303)


@router.post(f"{PAGE}/sets/remove", dependencies=SameOrigin)
def remove(request: Request, state: CurrentState, asker: PolicyAsker, name: Name = "") -> Response:
    """Removes an uploaded set."""
    try:
        remove_set(state, asker, name)
    except Problem as error:
        return _render(request, state, asker, error=error)
    return RedirectResponse(f"{PAGE}?done=removed", 303)


@router.get(f"{PAGE}/runs/{{run}}")
def one_run(
    request: Request, state: CurrentState, asker: PolicyAsker, run: Id, watch: bool = False, done: Done = ""
) -> Response:
    """Renders how far an evaluation is, or what it found."""
    return _render_run(request, state, asker, run, watch, done)


@router.get(f"{PAGE}/runs/{{run}}/report.html")
def report(state: CurrentState, asker: PolicyAsker, run: Id) -> Response:
    """Returns the whole report as a file."""
    return report_file(state, asker, run)


@router.post(f"{PAGE}/runs/{{run}}/cancel", dependencies=SameOrigin)
def cancel_run(state: CurrentState, asker: PolicyAsker, run: Id) -> Response:
    """Has an evaluation stop."""
    cancel(state, asker, "evaluation", run)
    return RedirectResponse(f"{PAGE}/runs/{run}?watch=true", 303)


@router.post(f"{PAGE}/runs/{{run}}/sign", dependencies=SameOrigin)
def sign(request: Request, state: CurrentState, asker: PolicyAsker, run: Id) -> Response:
    """Signs the scorecard."""
    try:
        sign_run(state, asker, run)
    except (Problem, AssistantError) as error:
        return _render_run(request, state, asker, run, error=error)
    return RedirectResponse(f"{PAGE}/runs/{run}?done=signed", 303)


def _render_run(
    request: Request,
    state: State,
    asker: Asker,
    run: str,
    watch: bool = False,
    done: str = "",
    error: Exception | None = None,
) -> Response:
    problem = problem_of(error) if error is not None else None
    shown = found(state, asker, "evaluation", run)
    card = _card(state)
    context = {
        "run": shown, "state": shown_state(shown), "watch": watch, "back": PAGE, "done": done,
        "why_not": why_not_signed(shown, asker), "error": problem.detail if problem else None,
        "is_signed": card is not None and shown.state == "done" and _is_of(card, shown.report["scorecard"]),
    }  # fmt: skip
    return render(request, "evaluation_run.html", asker, problem.status if problem else 200, **context)


def _render(request: Request, state: State, asker: Asker, done: str = "", error: Exception | None = None) -> Response:
    problem = problem_of(error) if error is not None else None
    context = {
        "sets": offered_sets(state, asker) if state.evaluator else (), "is_open": state.evaluator is not None,
        "runs": tuple((each, shown_state(each)) for each in listed(state, asker, "evaluation")),
        "trust": state.assistant.trust_sentence(), "scorecard": _card(state), "done": done, "endings": ENDINGS,
        "error": problem.detail if problem else None,
    }  # fmt: skip
    return render(request, "evaluation.html", asker, problem.status if problem else 200, **context)


def _card(state: State) -> Scorecard | None:
    try:
        return load_scorecard(state.assistant.settings)
    except ConfigurationError:
        return None


def _is_of(card: Scorecard, fields: dict[str, object]) -> bool:
    """Returns whether a scorecard is that of a run, whoever signed it."""
    return card.model_copy(update={"signed_by": ""}) == Scorecard.model_validate({**fields, "signed_by": ""})
