"""The page of the asker's own data: shown, exported, and erased after confirmation."""

from __future__ import annotations

from fastapi import APIRouter, Depends, Request, Response
from fastapi.responses import RedirectResponse, StreamingResponse

from api.account.routes import LINES, CurrentGuard, erase_own, export_lines
from api.deps import CurrentAsker, CurrentState
from api.web.routing import PageRoute
from api.web.templating import render, require_same_origin

router = APIRouter(route_class=PageRoute)
ATTACHMENT = {"Content-Disposition": 'attachment; filename="my-records.jsonl"'}


@router.get("/me")
def me(request: Request, state: CurrentState, asker: CurrentAsker, erased: bool = False) -> Response:
    """Renders who the asker is, what is stored about them and for how long."""
    return render(request, "me.html", asker, records=state.assistant.settings.records, erased=erased)


@router.get("/me/export")
def export(state: CurrentState, asker: CurrentAsker) -> Response:
    """Returns everything that is stored about the asker, as a file."""
    return StreamingResponse(export_lines(state, asker), media_type=LINES, headers=ATTACHMENT)


@router.get("/me/erase")
def confirm_erase(request: Request, asker: CurrentAsker) -> Response:
    """Renders the confirmation."""
    return render(request, "erase.html", asker)


@router.post("/me/erase", dependencies=[Depends(require_same_origin)])
def erase(request: Request, state: CurrentState, guard: CurrentGuard, asker: CurrentAsker) -> Response:
    """Erases everything that is stored about the asker; whoever was signed in has to sign in again."""
    erase_own(request, state, guard, asker)
    return RedirectResponse("/me?erased=true", 303)
