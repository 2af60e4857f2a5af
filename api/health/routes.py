"""``/healthz``, ``/readyz`` and ``/metrics``."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Depends, Response

from api.deps import CurrentState, require_role
from api.health.readiness import serving_faults
from api.health.schemas import HealthResponse, ReadinessResponse
from api.health.state_gauges import Served, state_gauges
from api.http.metrics import CONTENT_TYPE
from api.http.problems import problems
from assistant.bootstrap import Assistant
from assistant.editions.visible_snapshot import visible_to
from assistant.errors import AssistantError
from assistant.model.people import Asker, Role

router = APIRouter(tags=["health"])
EXAMPLE = 'assistant_asks_total{outcome="answered",reason=""} 6.0'
NOBODY = ()
"""Groups of somebody who is not signed in."""
Operator = Annotated[Asker, Depends(require_role(Role.ADMIN))]


@router.get("/healthz", responses=problems())
def healthz() -> HealthResponse:
    """Reports that the process is running."""
    return HealthResponse()


@router.get("/readyz", responses=problems(503))
def readyz(state: CurrentState) -> ReadinessResponse:
    """Reports that questions can be answered: a generation is published that fits embedder and calibration.

    `writable` is false where nothing can be stored now. In a data folder for reading only, questions are answered
    without a record; on a full disk only urgent ones are, with their card, until there is room again.
    """
    with state.assistant.opened() as snapshot:
        resources = state.assistant.resources
        faults = list(serving_faults(snapshot, resources))
        return ReadinessResponse(
            generation=snapshot.generation.number,
            fingerprint=resources.fingerprint(visible_to(snapshot, NOBODY)),
            scorecard=faults,
            writable=state.assistant.is_writable,
        )


@router.get(
    "/metrics",
    response_class=Response,
    responses={200: {"content": {"text/plain": {"schema": {"type": "string"}, "example": EXAMPLE}}}, **problems()},
)
def metrics(state: CurrentState, operator: Operator) -> Response:
    """Returns counts, seconds and state for Prometheus; needs the admin role if access control is configured."""
    assistant = state.assistant
    webhooks = assistant.webhook_store.counts() if assistant.settings.webhooks and assistant.has_records else {}
    gauges = state_gauges(assistant.settings, _served(assistant), assistant.is_writable, webhooks)
    return Response(state.metrics.text() + gauges, media_type=CONTENT_TYPE)


def _served(assistant: Assistant) -> Served | None:
    """Returns what questions are answered from; None where none can be."""
    try:
        with assistant.opened() as snapshot:
            return Served(snapshot.generation.number, len(serving_faults(snapshot, assistant.resources)))
    except AssistantError:
        return None
