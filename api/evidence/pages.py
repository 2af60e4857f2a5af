"""The evidence page for the policy role: make a file, check one, and the key."""

from __future__ import annotations

from datetime import date
from typing import Annotated, Any

from fastapi import APIRouter, Depends, Form, Query, Request, Response, UploadFile

from api.deps import CurrentState, rate_limited, require_role
from api.evidence.schemas import checked_response
from api.evidence.service import PEM, ZIP, checked, made
from api.http.attachments import attachment
from api.http.problems import Problem, problem_of
from api.http.schemas import BODY_CHARS
from api.state import State
from api.web.routing import PageRoute
from api.web.templating import render, require_same_origin
from assistant.errors import AssistantError, LibraryError, UsageError
from assistant.model.people import Asker, Role
from assistant.operations.evidence.values import EvidenceRequest

router = APIRouter(route_class=PageRoute)
PolicyAsker = Annotated[Asker, Depends(require_role(Role.POLICY))]
MakingAsker = Annotated[Asker, Depends(rate_limited(Role.POLICY))]
RecordId = Annotated[str, Query(max_length=100)]
Words = Annotated[str, Form(max_length=BODY_CHARS)]
Word = Annotated[str, Form(max_length=100)]


@router.get("/evidence")
def page(request: Request, state: CurrentState, asker: PolicyAsker, record: RecordId = "") -> Response:
    """Renders the forms; ``record`` fills in the id of a stored outcome."""
    return _render(request, state, asker, form={"record": record})


@router.post("/evidence", dependencies=[Depends(require_same_origin)])
def make(
    request: Request,
    state: CurrentState,
    asker: MakingAsker,
    what: Annotated[str, Form(max_length=10, pattern="^(question|topic|record)$")] = "question",
    words: Words = "",
    record: Word = "",
    as_at: Word = "",
) -> Response:
    """Returns the file of what is asked for, or the page with what is wrong."""
    form = {"what": what, "words": words, "record": record, "as_at": as_at}
    try:
        file = made(state, asker, _request(what, words, record, as_at))
    except (AssistantError, Problem) as error:
        return _render(request, state, asker, form=form, error=problem_of(error))
    return attachment(file.content, ZIP, file.name)


@router.post("/evidence/verify", dependencies=[Depends(require_same_origin)])
def verify(request: Request, state: CurrentState, asker: PolicyAsker, file: UploadFile) -> Response:
    """Renders what was found about a file."""
    verified = checked_response(checked(state, file.file.read()))
    return _render(request, state, asker, form={}, verified=verified, filename=file.filename or "")


@router.get("/evidence/public-key.pem")
def key(state: CurrentState, asker: PolicyAsker) -> Response:
    """Returns the public key as a file."""
    return attachment(state.assistant.seal_key.public_pem, PEM, "public-key.pem")


def _request(what: str, words: str, record: str, as_at: str) -> EvidenceRequest:
    """Returns the request of a form. Raises ``UsageError`` where a field is empty or no day."""
    if not (record if what == "record" else words).strip():
        raise UsageError("Fill in what the file should be about.")
    if what == "record":
        return EvidenceRequest(record_id=record)
    try:
        day = date.fromisoformat(as_at) if as_at.strip() else None
    except ValueError as error:
        raise UsageError("Write the day as YYYY-MM-DD, such as 2026-03-14.") from error
    return EvidenceRequest(words if what == "question" else "", words if what == "topic" else "", "", day)


def _render(
    request: Request, state: State, asker: Asker, form: dict[str, str], error: Problem | None = None, **context: Any
) -> Response:
    empty = {"what": "question", "words": "", "record": "", "as_at": ""}
    facts = {
        "form": {**empty, **form},
        "error": error.detail if error else None,
        "since": _since(state, asker),
        "fingerprint": state.assistant.seal_key.fingerprint if state.assistant.is_writable else "",
        "verified": None,
        "filename": "",
        **context,
    }
    return render(request, "evidence.html", asker, error.status if error else 200, **facts)


def _since(state: State, asker: Asker) -> date | None:
    """Returns the first day of which the library is stored as it was; None where there is none yet."""
    try:
        published = state.assistant.library.publications(asker.groups)
    except LibraryError:
        return None
    return published[0].since.date() if published else None
