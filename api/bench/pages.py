"""The pages of the bench: its questions, runs, and what a draft would change."""

from __future__ import annotations

from typing import Annotated, Any

from fastapi import APIRouter, Depends, Form, Path, Query, Request, Response
from fastapi.responses import RedirectResponse
from pydantic import Field

from api.bench.service import (
    add_question,
    change_question,
    questions_of,
    remove_question,
    restore_question,
    start_bench,
)
from api.deps import CurrentState, require_role
from api.http.problems import Problem, problem_of
from api.runs.service import cancel, found, listed, shown_state
from api.state import State
from api.web.routing import PageRoute
from api.web.templating import render, require_same_origin
from assistant.errors import AssistantError
from assistant.model.people import Asker, Role
from assistant.model.quality import Run
from assistant.quality.bench import NAMES
from assistant.quality.everyday import packaged

router = APIRouter(route_class=PageRoute)
Uploads = Annotated[list[Annotated[str, Field(max_length=100)]], Field(max_length=100)]
PolicyAsker = Annotated[Asker, Depends(require_role(Role.POLICY))]
Id = Annotated[str, Path(max_length=100)]
Words = Annotated[str, Form(max_length=4000)]
Done = Annotated[str, Query(max_length=20)]
SameOrigin = [Depends(require_same_origin)]
PAGE = "/quality/bench"


@router.get(PAGE)
def bench(request: Request, state: CurrentState, asker: PolicyAsker, done: Done = "") -> Response:
    """Renders what waits to be tried, the last runs, and the questions."""
    return _render(request, state, asker, done=done)


@router.post(PAGE, dependencies=SameOrigin)
def run(
    request: Request, state: CurrentState, asker: PolicyAsker, upload: Annotated[Uploads | None, Form()] = None
) -> Response:
    """Starts a run and redirects to it."""
    try:
        begun = start_bench(state, asker, upload or ())
    except (Problem, AssistantError) as error:
        return _render(request, state, asker, error=error)
    return RedirectResponse(f"{PAGE}/runs/{begun.run_id}?watch=true", 303)


@router.post(f"{PAGE}/questions", dependencies=SameOrigin)
def add(request: Request, state: CurrentState, asker: PolicyAsker, text: Words = "", theme: Words = "") -> Response:
    """Adds a question."""
    try:
        add_question(state, asker, text, theme)
    except (Problem, AssistantError) as error:
        return _render(request, state, asker, error=error, typed={"text": text, "theme": theme})
    return RedirectResponse(f"{PAGE}?done=added#questions", 303)


@router.post(f"{PAGE}/questions/{{question}}", dependencies=SameOrigin)
def change(
    request: Request, state: CurrentState, asker: PolicyAsker, question: Id, text: Words = "", theme: Words = ""
) -> Response:
    """Saves a changed question."""
    try:
        change_question(state, asker, question, text, theme)
    except (Problem, AssistantError) as error:
        return _render(request, state, asker, error=error)
    return RedirectResponse(f"{PAGE}?done=changed#questions", 303)


@router.post(f"{PAGE}/questions/{{question}}/remove", dependencies=SameOrigin)
def remove(state: CurrentState, asker: PolicyAsker, question: Id) -> Response:
    """Removes a question."""
    remove_question(state, asker, question)
    return RedirectResponse(f"{PAGE}?done=removed#questions", 303)


@router.post(f"{PAGE}/questions/{{question}}/restore", dependencies=SameOrigin)
def restore(state: CurrentState, asker: PolicyAsker, question: Id) -> Response:
    """Brings a question back as it came with the program."""
    restore_question(state, asker, question)
    return RedirectResponse(f"{PAGE}?done=restored#questions", 303)


@router.get(f"{PAGE}/runs/{{run}}")
def one_run(request: Request, state: CurrentState, asker: PolicyAsker, run: Id, watch: bool = False) -> Response:
    """Renders how far a run is, or what it found."""
    shown = found(state, asker, "bench", run)
    context: dict[str, Any] = {
        "run": shown,
        "state": shown_state(shown),
        "watch": watch,
        "changes": NAMES,
        "back": PAGE,
    }
    return render(request, "bench_run.html", asker, **context)


@router.post(f"{PAGE}/runs/{{run}}/cancel", dependencies=SameOrigin)
def cancel_run(state: CurrentState, asker: PolicyAsker, run: Id) -> Response:
    """Has a run stop."""
    cancel(state, asker, "bench", run)
    return RedirectResponse(f"{PAGE}/runs/{run}?watch=true", 303)


def _render(
    request: Request,
    state: State,
    asker: Asker,
    done: str = "",
    error: Exception | None = None,
    typed: dict[str, str] | None = None,
) -> Response:
    problem = problem_of(error) if error is not None else None
    questions = questions_of(state)
    themes = tuple(dict.fromkeys(each.theme for each in questions))
    runs: tuple[tuple[Run, str], ...] = tuple((each, shown_state(each)) for each in listed(state, asker, "bench"))
    context: dict[str, Any] = {
        "staged": state.publisher.staged(asker) if state.publisher else (), "runs": runs, "questions": questions,
        "themes": themes, "done": done, "error": problem.detail if problem else None,
        "typed": typed or {"text": "", "theme": ""}, "is_open": state.publisher is not None,
        "packaged": {each.question_id for each in packaged()},
    }  # fmt: skip
    return render(request, "bench.html", asker, problem.status if problem else 200, **context)
