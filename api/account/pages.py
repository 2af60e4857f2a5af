"""What is kept of the reader: shown, given out, erased after a question back."""

from __future__ import annotations

from datetime import UTC, datetime

from fastapi import APIRouter, Depends, Request, Response
from fastapi.responses import RedirectResponse, StreamingResponse

from api.account.routes import LINES, exported
from api.deps import CurrentAsker, Stated
from api.web.routing import PageRoute
from api.web.templating import draw, from_here
from assistant.operations.personal_data import erase_of

router = APIRouter(route_class=PageRoute)
NAMED = {"Content-Disposition": 'attachment; filename="my-records.jsonl"'}


@router.get("/me")
def me(request: Request, state: Stated, asker: CurrentAsker, erased: bool = False) -> Response:
    """Draws who the reader is here, what is kept and how long."""
    return draw(request, "me.html", asker, kept=state.assistant.settings.records, erased=erased)


@router.get("/me/export")
def export(state: Stated, asker: CurrentAsker) -> Response:
    """Gives everything that is kept of the reader, as a file."""
    return StreamingResponse(exported(state, asker), media_type=LINES, headers=NAMED)


@router.get("/me/erase")
def sure(request: Request, asker: CurrentAsker) -> Response:
    """Asks whether everything should go."""
    return draw(request, "erase.html", asker)


@router.post("/me/erase", dependencies=[Depends(from_here)])
def erase(state: Stated, asker: CurrentAsker) -> Response:
    """Erases everything that is kept of the reader; whoever signed in has to do so again."""
    erase_of(state.assistant, asker.user_id, asker.user_id, datetime.now(UTC))
    return RedirectResponse("/me?erased=true", 303)
