"""Pages of saved scenarios: list, open, feedback, delete; and the feedback page for the policy team."""

from __future__ import annotations

from dataclasses import replace
from typing import Annotated
from urllib.parse import urlencode

from fastapi import APIRouter, Depends, Form, Path, Query, Request, Response
from fastapi.responses import RedirectResponse

from api.deps import CurrentState, rate_limited, require_role
from api.scenarios.saved import NOTE_CHARS, open_scenario, opinions, own_scenario, remove, save_feedback
from api.scenarios.service import scenario_service
from api.scenarios.view import ScenarioPage, draw_scenario
from api.web.routing import PageRoute
from api.web.templating import render, require_same_origin
from assistant.model.people import Asker, Role

router = APIRouter(route_class=PageRoute)
Trainer = Annotated[Asker, Depends(require_role(Role.TRAINER))]
DrawingTrainer = Annotated[Asker, Depends(rate_limited(Role.TRAINER))]
PolicyAsker = Annotated[Asker, Depends(require_role(Role.POLICY))]
Id = Annotated[str, Path(max_length=100)]
LISTED = 50
"""Feedback entries per page."""


@router.get("/scenarios/kept")
def list_saved(request: Request, state: CurrentState, asker: Trainer, deleted: bool = False) -> Response:
    """Renders the list of saved scenarios."""
    scenarios = state.assistant.scenario_store.scenarios(asker.user_id)
    days = state.assistant.settings.records.scenario_days
    return render(request, "scenarios_saved.html", asker, scenarios=scenarios, deleted=deleted, days=days)


@router.get("/scenarios/kept/{scenario}")
def one(
    request: Request,
    state: CurrentState,
    asker: DrawingTrainer,
    scenario: Id,
    saved: bool = False,
    masked: bool = False,
    said: bool = False,
) -> Response:
    """Renders a saved scenario, made again from today's documents."""
    with scenario_service(state, asker) as service:
        opened = open_scenario(service, scenario)
    done = "The scenario has been saved." if saved else "Your feedback has been saved. Thank you." if said else ""
    if masked:
        done += " Personal details in your text were removed."
    page = ScenarioPage(opened.result, saved=opened.saved, feedback=opened.feedback)
    return draw_scenario(request, asker, replace(page, done=done))


@router.get("/scenarios/kept/{scenario}/delete")
def confirm_delete(request: Request, state: CurrentState, asker: Trainer, scenario: Id) -> Response:
    """Asks for confirmation before a scenario is deleted."""
    return render(request, "scenario_delete.html", asker, saved=own_scenario(state, asker, scenario))


@router.post("/scenarios/kept/{scenario}/delete", dependencies=[Depends(require_same_origin)])
def delete(state: CurrentState, asker: Trainer, scenario: Id) -> Response:
    """Deletes a scenario."""
    remove(state, asker, scenario)
    return RedirectResponse("/scenarios/kept?deleted=true", 303)


@router.post("/scenarios/kept/{scenario}/feedback", dependencies=[Depends(require_same_origin)])
def feedback(
    state: CurrentState,
    asker: Trainer,
    scenario: Id,
    score: Annotated[int, Form(ge=1, le=5)],
    note: Annotated[str, Form(max_length=NOTE_CHARS)] = "",
) -> Response:
    """Saves feedback after the session, the note masked."""
    save_feedback(state, asker, scenario, score, note)
    return RedirectResponse(f"/scenarios/kept/{scenario}?said=true", 303)


@router.get("/scenarios/feedback")
def all_feedback(
    request: Request, state: CurrentState, asker: PolicyAsker, after: Annotated[str, Query(max_length=100)] = ""
) -> Response:
    """Renders anonymous feedback on scenarios for the policy team."""
    feedback, following = opinions(state, asker, LISTED, after or None)
    titles = {each.theme_id: each.title for each in state.assistant.grammar.themes}
    more = f"/scenarios/feedback?{urlencode({'after': following})}" if following else None
    return render(request, "scenario_feedback.html", asker, feedback=feedback, titles=titles, more=more, after=after)
