"""The page of one question: what was shown, the feedback, and the marks."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, datetime
from types import MappingProxyType
from typing import Annotated

from fastapi import APIRouter, Depends, Form, Path, Query, Request, Response
from fastapi.responses import RedirectResponse
from pydantic import Field

from api.asking.shown import shown
from api.deps import CurrentState, require_role
from api.http.problems import Problem, problem_of
from api.questions.mark_routes import labelled_file
from api.questions.marking import REASON_CHARS, asked_question, save_mark
from api.state import State
from api.web.routing import PageRoute
from api.web.templating import render, require_same_origin
from assistant.errors import AssistantError
from assistant.model.people import Asker, Record, Role
from assistant.model.quality import AskedQuestion, Verdict
from assistant.outcomes.view import OutcomeView, read_outcome, without_card
from assistant.quality.labels import label_of, shown_quotes, verdicts_for

router = APIRouter(route_class=PageRoute)
Answering = Annotated[list[Annotated[str, Field(max_length=100)]], Field(max_length=200)]
PolicyAsker = Annotated[Asker, Depends(require_role(Role.POLICY))]
Id = Annotated[str, Path(max_length=100)]
VERDICTS: Mapping[str, str] = MappingProxyType(
    {
        "right": "Right",
        "partly": "Partly right",
        "wrong": "Wrong",
        "should_refuse": "It should have been refused",
        "should_answer": "It should have been answered",
    }
)


@router.get("/questions/marked.jsonl")
def labelled(state: CurrentState, asker: PolicyAsker) -> Response:
    """Returns the marked questions as a question file."""
    return labelled_file(state, asker)


@router.get("/questions/{record}")
def question(
    request: Request,
    state: CurrentState,
    asker: PolicyAsker,
    record: Id,
    done: Annotated[str, Query(max_length=20)] = "",
) -> Response:
    """Renders a question."""
    return _render(request, state, asker, record, done=done)


@router.post("/questions/{record}/marks", dependencies=[Depends(require_same_origin)])
def mark(
    request: Request,
    state: CurrentState,
    asker: PolicyAsker,
    record: Id,
    verdict: Annotated[str, Form(max_length=20)] = "",
    reason: Annotated[str, Form(max_length=REASON_CHARS)] = "",
    words: Annotated[str, Form(max_length=2_000)] = "",
    answering: Annotated[Answering | None, Form()] = None,
) -> Response:
    """Saves a mark."""
    typed = {"verdict": verdict, "reason": reason, "words": words, "answering": answering or []}
    try:
        if verdict not in VERDICTS:
            raise Problem(422, "usage", "Choose what you say of this outcome.")
        save_mark(state, asker, record, Verdict(verdict), reason, answering or (), words)
    except (Problem, AssistantError) as error:
        return _render(request, state, asker, record, error=error, typed=typed)
    return RedirectResponse(f"/questions/{record}?done=marked", 303)


def _render(
    request: Request,
    state: State,
    asker: Asker,
    record_id: str,
    done: str = "",
    error: Exception | None = None,
    typed: Mapping[str, object] | None = None,
) -> Response:
    question = asked_question(state, asker, record_id)  # whoever may not see it is told that there is none
    problem = problem_of(error) if error is not None else None
    outcome = read_outcome(question.outcome)
    context = {
        "asked": question, "shown": shown(state, asker, [_as_shown(question)]),
        "quotes": shown_quotes(outcome), "verdicts": verdicts_for(outcome), "VERDICTS": VERDICTS, "done": done,
        "probability": _probability(outcome), "threshold": state.assistant.calibration.threshold,
        "error": problem.detail if problem else None, "reason_chars": REASON_CHARS, "days": state.assistant.settings.records.days,
        "typed": typed or {"verdict": "", "reason": "", "words": "", "answering": []},
        "is_label": label_of(question, {}) is not None,
    }  # fmt: skip
    return render(request, "question.html", asker, problem.status if problem else 200, **context)


def _as_shown(question: AskedQuestion) -> Record:
    """Returns a question as the page of a conversation shows it, without an id: it takes no feedback."""
    day = datetime.fromisoformat(question.asked_on).replace(tzinfo=UTC)
    return Record("", "", None, question.question, question.outcome, question.seconds, "", day)


def _probability(outcome: OutcomeView) -> float | None:
    return without_card(outcome).trace.probability
