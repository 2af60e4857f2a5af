"""``/v1/sources``: sources that the library follows, what they staged, and their digest; for the policy role."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Depends, Path, Query, Response

from api.deps import CurrentState, require_role
from api.http.problems import problems
from api.publishing.routes import publication_response
from api.publishing.schemas import PublicationResponse
from api.sources import service
from api.sources.changes import shown_change
from api.sources.schemas import (
    ChangeDetailResponse,
    ChangeListResponse,
    DecisionRequest,
    DigestResponse,
    DiscardedResponse,
    RunListResponse,
    SourceChangeRequest,
    SourceListResponse,
    SourceRequest,
    SourceResponse,
    change_detail,
    change_response,
    digest_response,
    run_response,
    source_response,
)
from api.state import State
from assistant.model.people import Asker, Role
from assistant.model.sources import Decision
from assistant.ports import SourceWithState

router = APIRouter(prefix="/v1", tags=["sources"])
PolicyAsker = Annotated[Asker, Depends(require_role(Role.POLICY))]
SourceId = Annotated[str, Path(max_length=100, examples=["aldmoor-procedures-manual"])]
ChangeId = Annotated[str, Path(max_length=100, examples=["9f1e2d3c4b5a69780f1e2d3c"])]
Limit = Annotated[int, Query(ge=1, le=1000)]


@router.get("/sources", responses=problems(404, 503))
def sources(state: CurrentState, asker: PolicyAsker) -> SourceListResponse:
    """Lists the sources with their state and next run, by name."""
    listed = service.following_of(state).sources.listed(asker)
    return SourceListResponse(sources=[_response(state, each) for each in listed])


@router.post("/sources", status_code=201, responses=problems(404, 503))
def add(state: CurrentState, asker: PolicyAsker, body: SourceRequest) -> SourceResponse:
    """Follows a source from now on; its first sync begins within a minute, into staging."""
    return _response(state, service.add(state, asker, body.new_source()))


@router.get("/sources-digest", responses=problems(404, 503))
def digest(state: CurrentState, asker: PolicyAsker) -> DigestResponse:
    """Returns what sources changed in the last seven days, what was published, and what waits."""
    return digest_response(service.following_of(state).this_week(asker))


@router.get("/sources/{source_id}", responses=problems(404, 503))
def source(state: CurrentState, asker: PolicyAsker, source_id: SourceId) -> SourceResponse:
    """Returns one source with its state."""
    return _response(state, service.one_source(state, asker, source_id))


@router.put("/sources/{source_id}", responses=problems(404, 503))
def change(state: CurrentState, asker: PolicyAsker, source_id: SourceId, body: SourceChangeRequest) -> SourceResponse:
    """Replaces the details of a source: terms, schedule, limits, metadata of its documents, publishing rule."""
    before = service.one_source(state, asker, source_id)
    return _response(state, service.change(state, asker, source_id, body.described(before)))


@router.delete("/sources/{source_id}", status_code=204, responses=problems(404, 503))
def remove(state: CurrentState, asker: PolicyAsker, source_id: SourceId) -> Response:
    """Stops following a source and removes what is staged of it; its published documents stay."""
    service.remove(state, asker, source_id)
    return Response(status_code=204)


@router.post("/sources/{source_id}/sync", status_code=202, responses=problems(404, 409, 503))
def sync(state: CurrentState, asker: PolicyAsker, source_id: SourceId) -> SourceResponse:
    """Starts a sync now, paused or not; look at `last_run` for how it ended."""
    return _response(state, service.sync(state, asker, source_id))


@router.post("/sources/{source_id}/pause", responses=problems(404, 503))
def pause(state: CurrentState, asker: PolicyAsker, source_id: SourceId) -> SourceResponse:
    """Takes a source out of the schedule."""
    return _response(state, service.pause(state, asker, source_id, is_paused=True))


@router.post("/sources/{source_id}/resume", responses=problems(404, 503))
def resume(state: CurrentState, asker: PolicyAsker, source_id: SourceId) -> SourceResponse:
    """Takes a source into the schedule again; it is due now."""
    return _response(state, service.pause(state, asker, source_id, is_paused=False))


@router.get("/sources/{source_id}/runs", responses=problems(404, 503))
def runs(state: CurrentState, asker: PolicyAsker, source_id: SourceId, limit: Limit = 50) -> RunListResponse:
    """Lists the last syncs of a source, newest first."""
    service.one_source(state, asker, source_id)
    found = service.following_of(state).sources.history(asker, source_id, limit)
    return RunListResponse(runs=[run_response(each) for each in found])


@router.get("/sources/{source_id}/changes", responses=problems(404, 503))
def changes(
    state: CurrentState,
    asker: PolicyAsker,
    source_id: SourceId,
    decision: Annotated[Decision | None, Query(description="Only those with this decision; all if absent.")] = None,
    limit: Limit = 200,
) -> ChangeListResponse:
    """Lists what syncs found, the newest first, waiting or decided."""
    service.one_source(state, asker, source_id)
    found = service.following_of(state).sources.changes(asker, source_id, decision=decision, limit=limit)
    return ChangeListResponse(changes=[change_response(each) for each in found])


@router.get("/sources/{source_id}/changes/{change_id}", responses=problems(404, 503))
def changed(state: CurrentState, asker: PolicyAsker, source_id: SourceId, change_id: ChangeId) -> ChangeDetailResponse:
    """Returns a change with both sides compared, and what has to be read before it is published."""
    texts = service.texts_of(state, asker, source_id, change_id)
    return change_detail(texts.change, shown_change(texts), texts.after)


@router.post("/sources/{source_id}/publish", responses=problems(404, 409, 503))
def publish(state: CurrentState, asker: PolicyAsker, source_id: SourceId, body: DecisionRequest) -> PublicationResponse:
    """Publishes changes in one step; undo it with POST /v1/publishing/roll-back."""
    return publication_response(service.publish(state, asker, source_id, body.changes))


@router.post("/sources/{source_id}/discard", responses=problems(404, 503))
def discard(state: CurrentState, asker: PolicyAsker, source_id: SourceId, body: DecisionRequest) -> DiscardedResponse:
    """Discards changes; the same content is not staged again."""
    return DiscardedResponse(discarded=service.discard(state, asker, source_id, body.changes))


def _response(state: State, one: SourceWithState) -> SourceResponse:
    return source_response(one, is_running=service.is_running(state, one))
