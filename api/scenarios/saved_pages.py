"""Scenarios that a trainer keeps: listed, opened, spoken of after the session, deleted; and what the policy team sees."""

from __future__ import annotations

from dataclasses import replace
from typing import Annotated
from urllib.parse import urlencode

from fastapi import APIRouter, Depends, Form, Path, Query, Request, Response
from fastapi.responses import RedirectResponse

from api.deps import CurrentState, rate_limited, require_role
from api.scenarios.saved import NOTE_CHARS, give_feedback, opened, opinions, own, remove
from api.scenarios.service import workshop_for
from api.scenarios.view import Shown, draw_scenario
from api.web.routing import PageRoute
from api.web.templating import render, require_same_origin
from assistant.model.people import Asker, Role

router = APIRouter(route_class=PageRoute)
Trainer = Annotated[Asker, Depends(require_role(Role.TRAINER))]
DrawingTrainer = Annotated[Asker, Depends(rate_limited(Role.TRAINER))]
PolicyAsker = Annotated[Asker, Depends(require_role(Role.POLICY))]
Id = Annotated[str, Path(max_length=100)]
LISTED = 50
"""Feedback on a page."""


@router.get("/scenarios/kept")
def kept(request: Request, state: CurrentState, asker: Trainer, deleted: bool = False) -> Response:
    """Draws the list."""
    found = state.assistant.scenario_store.scenarios(asker.user_id)
    days = state.assistant.settings.records.scenario_days
    return render(request, "scenarios_kept.html", asker, found=found, deleted=deleted, days=days)


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
    """Draws a kept scenario, made again over the documents of today."""
    with workshop_for(state, asker) as workshop:
        found = opened(workshop, scenario)
    done = "The scenario is kept." if saved else "Your feedback is kept. Thank you." if said else ""
    if masked:
        done += " Personal details in your words were removed."
    shown = Shown(found.made, kept=found.kept, feedback=found.feedback)
    return draw_scenario(request, asker, replace(shown, done=done))


@router.get("/scenarios/kept/{scenario}/delete")
def sure(request: Request, state: CurrentState, asker: Trainer, scenario: Id) -> Response:
    """Asks whether a scenario should go."""
    return render(request, "scenario_delete.html", asker, kept=own(state, asker, scenario))


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
    """Keeps what a trainer says after the session, the note masked."""
    give_feedback(state, asker, scenario, score, note)
    return RedirectResponse(f"/scenarios/kept/{scenario}?said=true", 303)


@router.get("/scenarios/feedback")
def all_feedback(
    request: Request, state: CurrentState, asker: PolicyAsker, after: Annotated[str, Query(max_length=100)] = ""
) -> Response:
    """Draws what trainers said of scenarios, for the policy team, without who said it."""
    found, following = opinions(state, LISTED, after or None)
    titles = {each.theme_id: each.title for each in state.assistant.grammar.themes}
    more = f"/scenarios/feedback?{urlencode({'after': following})}" if following else None
    return render(request, "scenario_feedback.html", asker, found=found, titles=titles, more=more, after=after)
