"""``/v1/evidence``: what the documents said at a date, or what was answered, as a sealed file; for the policy role."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Depends, Form, Response

from api.deps import CurrentState, rate_limited, require_role
from api.documents.routes import Answers
from api.evidence.schemas import (
    CheckedEvidenceResponse,
    CheckEvidenceRequest,
    EvidenceKeyResponse,
    MakeEvidenceRequest,
    checked_response,
)
from api.evidence.service import ZIP, checked, made
from api.http.attachments import attachment
from api.http.problems import problems
from assistant.model.people import Asker, Role

router = APIRouter(prefix="/v1/evidence", tags=["evidence"])
PolicyAsker = Annotated[Asker, Depends(require_role(Role.POLICY))]
MakingAsker = Annotated[Asker, Depends(rate_limited(Role.POLICY))]
"""Requests that make a file count like a question."""
FILE: Answers = {
    200: {"description": "The sealed file.", "content": {ZIP: {"schema": {"type": "string", "format": "binary"}}}}
}


@router.post("", responses={**FILE, **problems(404, 503)}, response_class=Response)
def make(body: MakeEvidenceRequest, state: CurrentState, asker: MakingAsker) -> Response:
    """Makes an evidence file (ZIP) of what you may see: outcome, marked pages, documents with dates and hashes.

    It opens in any browser by its index.html and says in README.txt how to check it with standard tools.
    """
    file = made(state, asker, body.request())
    return attachment(file.content, ZIP, file.name)


@router.post("/verify", responses=problems(503))
def verify(
    state: CurrentState,
    asker: PolicyAsker,
    form: Annotated[CheckEvidenceRequest, Form(media_type="multipart/form-data")],
) -> CheckedEvidenceResponse:
    """Checks whether a file is as this server sealed it; every fault is named."""
    return checked_response(checked(state, form.file.file.read()))


@router.get("/key", responses=problems(503))
def key(state: CurrentState, asker: PolicyAsker) -> EvidenceKeyResponse:
    """Returns the public key that files are sealed with, for those who check them."""
    held = state.assistant.seal_key
    return EvidenceKeyResponse(public_key=held.public_pem.decode(), key_fingerprint=held.fingerprint)
