"""The pages of sources for the policy role; every form works without a script."""

from __future__ import annotations

from typing import Annotated, Any

from fastapi import APIRouter, Depends, Form, Path, Query, Request, Response
from fastapi.responses import RedirectResponse
from pydantic import Field

from api.deps import CurrentState, require_role
from api.http.problems import Problem, problem_of
from api.sources import service
from api.sources.changes import MOST_PASSAGES, MOST_SHOWN, shown_change
from api.sources.forms import (
    DEFAULTS,
    KIND_NAMES,
    RULES,
    added_by,
    changed_by,
    choices,
    fields_of_source,
    source_fields,
)
from api.sources.schemas import schedule_words_of
from api.state import State
from api.web.routing import PageRoute
from api.web.templating import render, require_same_origin
from assistant.errors import AssistantError
from assistant.following.digest import STATE_WORDS, digest_sentence
from assistant.following.schedule import EXAMPLES
from assistant.model.people import Asker, Role
from assistant.model.sources import Decision

router = APIRouter(route_class=PageRoute)
PolicyAsker = Annotated[Asker, Depends(require_role(Role.POLICY))]
Fields = Annotated[dict[str, str], Depends(source_fields)]
SourceId = Annotated[str, Path(alias="source", max_length=100)]
ChangeId = Annotated[str, Path(alias="change", max_length=100)]
Chosen = Annotated[list[Annotated[str, Field(max_length=100)]], Form(max_length=1000)]
Done = Annotated[str, Query(max_length=20)]
SAME_ORIGIN = [Depends(require_same_origin)]
DONE = {
    "added": "The source is followed from now on. Its first sync begins within a minute; what it finds waits here.",
    "changed": "The details are saved.",
    "paused": "The source is paused. It is synced again when you resume it.",
    "resumed": "The source is followed again. Its next sync begins within a minute.",
    "removed": "The source is not followed any more. Its published documents stay in the library.",
    "syncing": "The sync has started. Reload this page to see how it goes.",
    "published": "Published. New questions are answered with it. You can undo it under Publishing.",
    "discarded": "Discarded. The same content will not be offered again.",
}
WAITING_SHOWN = 200
DECIDED_SHOWN = 20
RUNS_SHOWN = 20


@router.get("/sources")
def sources(request: Request, state: CurrentState, asker: PolicyAsker, done: Done = "") -> Response:
    """Renders the sources with their state, and the form to add one."""
    return _render_list(request, state, asker, done=done)


@router.post("/sources", dependencies=SAME_ORIGIN)
def add(request: Request, state: CurrentState, asker: PolicyAsker, fields: Fields) -> Response:
    """Follows a source from now on."""
    try:
        one = service.add(state, asker, added_by(fields).new_source())
    except AssistantError as error:
        return _render_list(request, state, asker, error=error, fields=fields)
    return RedirectResponse(f"/sources/{one.source.source_id}?done=added", 303)


@router.get("/sources/{source}")
def source(request: Request, state: CurrentState, asker: PolicyAsker, source_id: SourceId, done: Done = "") -> Response:
    """Renders a source: its state, what waits, its syncs, and the form with its details."""
    return _render_one(request, state, asker, source_id, done=done)


@router.post("/sources/{source}", dependencies=SAME_ORIGIN)
def change(request: Request, state: CurrentState, asker: PolicyAsker, source_id: SourceId, fields: Fields) -> Response:
    """Saves other details of a source."""
    before = service.one_source(state, asker, source_id)
    try:
        service.change(state, asker, source_id, changed_by(fields).described(before))
    except AssistantError as error:
        return _render_one(request, state, asker, source_id, error=error, fields=fields)
    return RedirectResponse(f"/sources/{source_id}?done=changed", 303)


@router.post("/sources/{source}/sync", dependencies=SAME_ORIGIN)
def sync(request: Request, state: CurrentState, asker: PolicyAsker, source_id: SourceId) -> Response:
    """Starts a sync now."""
    try:
        service.sync(state, asker, source_id)
    except AssistantError as error:
        return _render_one(request, state, asker, source_id, error=error)
    return RedirectResponse(f"/sources/{source_id}?done=syncing", 303)


@router.post("/sources/{source}/pause", dependencies=SAME_ORIGIN)
def pause(state: CurrentState, asker: PolicyAsker, source_id: SourceId) -> Response:
    """Takes a source out of the schedule."""
    service.pause(state, asker, source_id, is_paused=True)
    return RedirectResponse(f"/sources/{source_id}?done=paused", 303)


@router.post("/sources/{source}/resume", dependencies=SAME_ORIGIN)
def resume(state: CurrentState, asker: PolicyAsker, source_id: SourceId) -> Response:
    """Takes a source into the schedule again."""
    service.pause(state, asker, source_id, is_paused=False)
    return RedirectResponse(f"/sources/{source_id}?done=resumed", 303)


@router.get("/sources/{source}/remove")
def confirm_remove(request: Request, state: CurrentState, asker: PolicyAsker, source_id: SourceId) -> Response:
    """Renders the confirmation."""
    return render(request, "source_remove.html", asker, one=service.one_source(state, asker, source_id))


@router.post("/sources/{source}/remove", dependencies=SAME_ORIGIN)
def remove(request: Request, state: CurrentState, asker: PolicyAsker, source_id: SourceId) -> Response:
    """Stops following a source."""
    try:
        service.remove(state, asker, source_id)
    except AssistantError as error:
        return _render_one(request, state, asker, source_id, error=error)
    return RedirectResponse("/sources?done=removed", 303)


@router.post("/sources/{source}/publish", dependencies=SAME_ORIGIN)
def publish(
    request: Request,
    state: CurrentState,
    asker: PolicyAsker,
    source_id: SourceId,
    chosen: Chosen = [],  # noqa: B006
) -> Response:
    """Publishes the chosen changes in one step."""
    return _decided(request, state, asker, source_id, chosen, is_published=True)


@router.post("/sources/{source}/discard", dependencies=SAME_ORIGIN)
def discard(
    request: Request,
    state: CurrentState,
    asker: PolicyAsker,
    source_id: SourceId,
    chosen: Chosen = [],  # noqa: B006
) -> Response:
    """Discards the chosen changes."""
    return _decided(request, state, asker, source_id, chosen, is_published=False)


@router.get("/sources/{source}/changes/{change}")
def changed(
    request: Request, state: CurrentState, asker: PolicyAsker, source_id: SourceId, change_id: ChangeId
) -> Response:
    """Renders a change: what differs, what has to be read first, and the buttons to publish or discard it."""
    one = service.one_source(state, asker, source_id)
    texts = service.texts_of(state, asker, source_id, change_id)
    context: dict[str, Any] = {
        "one": one, "texts": texts, "change": texts.change, "shown": shown_change(texts), "STATES": STATE_WORDS,
        "most_shown": MOST_SHOWN, "most_passages": MOST_PASSAGES, "is_waiting": texts.change.decision is Decision.WAITING,
    }  # fmt: skip
    return render(request, "source_change.html", asker, **context)


def _decided(
    request: Request, state: State, asker: Asker, source_id: str, chosen: list[str], *, is_published: bool
) -> Response:
    if not chosen:
        problem = Problem(422, "usage", "Choose at least one change.")
        return _render_one(request, state, asker, source_id, error=problem)
    decide = service.publish if is_published else service.discard
    try:
        decide(state, asker, source_id, chosen)
    except (AssistantError, Problem) as error:
        return _render_one(request, state, asker, source_id, error=error)
    return RedirectResponse(f"/sources/{source_id}?done={'published' if is_published else 'discarded'}", 303)


def _render_list(
    request: Request,
    state: State,
    asker: Asker,
    *,
    done: str = "",
    error: Exception | None = None,
    fields: dict[str, str] | None = None,
) -> Response:
    problem = problem_of(error) if error is not None else None
    followed = state.following
    listed = followed.sources.listed(asker) if followed is not None else ()
    running = {each.source.source_id for each in listed if service.is_running(state, each)}
    week = digest_sentence(followed.this_week(asker)) if followed is not None else ""
    context: dict[str, Any] = {
        "listed": listed, "running": running, "week": week, "is_open": followed is not None, "done": DONE.get(done, ""),
        "error": problem.detail if problem else None, "fields": fields or DEFAULTS,
    }  # fmt: skip
    return render(request, "sources.html", asker, problem.status if problem else 200, **context, **_words())


def _render_one(
    request: Request,
    state: State,
    asker: Asker,
    source_id: str,
    *,
    done: str = "",
    error: Exception | None = None,
    fields: dict[str, str] | None = None,
) -> Response:
    problem = problem_of(error) if error is not None else None
    one = service.one_source(state, asker, source_id)
    followed = service.following_of(state).sources
    decided = [
        each
        for each in followed.changes(asker, source_id, decision=None, limit=WAITING_SHOWN)
        if each.decision in (Decision.PUBLISHED, Decision.DISCARDED)
    ]
    context: dict[str, Any] = {
        "one": one, "is_running": service.is_running(state, one), "done": DONE.get(done, ""),
        "error": problem.detail if problem else None, "fields": fields or fields_of_source(one),
        "waiting": followed.changes(asker, source_id, limit=WAITING_SHOWN), "decided": decided[:DECIDED_SHOWN],
        "runs": followed.history(asker, source_id, RUNS_SHOWN), "is_form_open": fields is not None,
    }  # fmt: skip
    return render(request, "source.html", asker, problem.status if problem else 200, **context, **_words())


def _words() -> dict[str, object]:
    return {
        "choices": choices(), "examples": EXAMPLES, "KIND_NAMES": KIND_NAMES, "RULES": RULES, "STATES": STATE_WORDS,
        "schedule_of": schedule_words_of,
    }  # fmt: skip
