"""The chat: the empty page, a conversation, one message of it, and the plain form that asks without script."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Annotated, Any

from fastapi import APIRouter, Depends, Form, Path, Query, Request, Response
from fastapi.responses import RedirectResponse

from api.asking.examples import examples
from api.asking.service import answer, screened
from api.deps import Counted, CurrentAsker, Stated
from api.http.problems import Problem
from api.state import State
from api.web.labels import leaving, mode_of
from api.web.routing import PageRoute
from api.web.templating import draw, from_here
from assistant.errors import LibraryError, UsageError
from assistant.model import Edition, Question
from assistant.model.people import Asker, Conversation, Record

router = APIRouter(route_class=PageRoute)
Id = Annotated[str, Path(max_length=100)]


@dataclass(frozen=True, slots=True)
class Talk:
    """A conversation as the page shows it."""

    conversation: Conversation | None
    records: tuple[Record, ...] = ()
    asked: str = ""
    """What stands in the question box."""
    error: str | None = None


@router.get("/")
def home(request: Request, state: Stated, asker: CurrentAsker) -> Response:
    """Draws the empty chat."""
    return _drawn(request, state, asker, Talk(None))


@router.get("/help")
def help_page(request: Request, state: Stated, asker: CurrentAsker) -> Response:
    """Draws what the assistant does, does not do and keeps."""
    settings = state.assistant.settings
    leaves = leaving(settings.language_model)
    return draw(request, "help.html", asker, days=settings.records.days, contact=settings.contact, leaves=leaves)


@router.post("/ask", dependencies=[Depends(from_here)])
def ask(
    request: Request,
    state: Stated,
    asker: Counted,
    question: Annotated[str, Form()] = "",
    conversation: Annotated[str, Form(max_length=100)] = "",
    mode: Annotated[str, Form(pattern="^(quoted|written)$")] = "quoted",
) -> Response:
    """Asks, and goes to the answer."""
    talk = _talk(state, asker, conversation, question) if conversation else Talk(None, asked=question)
    try:
        asked = screened(state, asker, Question(question, is_written=mode == "written"), conversation or None)
        name = conversation or state.assistant.records.begin(asker.user_id, datetime.now(UTC)).conversation_id
        record, _ = answer(state, asker, asked, name)
    except UsageError as error:
        return _drawn(request, state, asker, Talk(talk.conversation, talk.records, question, str(error)), 422)
    return RedirectResponse(f"/conversations/{name}#m-{record.record_id}", 303)


@router.get("/conversations/{conversation}")
def conversation(
    request: Request,
    state: Stated,
    asker: CurrentAsker,
    conversation: Id,
    edit: Annotated[str, Query(max_length=100)] = "",
) -> Response:
    """Draws a conversation; ``edit`` puts an earlier question into the box."""
    talk = _talk(state, asker, conversation)
    asked = next((each.question for each in talk.records if each.record_id == edit), "")
    return _drawn(request, state, asker, Talk(talk.conversation, talk.records, asked))


@router.get("/conversations/{conversation}/messages/{record}")
def message(request: Request, state: Stated, asker: CurrentAsker, conversation: Id, record: Id) -> Response:
    """Draws one question with its outcome, for the script to put in place."""
    found = state.assistant.records.record(record, asker.user_id)
    if found is None or found.conversation_id != conversation:
        raise Problem(404, "not_found", "There is no such message.")
    return draw(request, "message.html", asker, record=found, editions=_editions(state))


def _talk(state: State, asker: Asker, name: str, asked: str = "") -> Talk:
    found = state.assistant.records.conversation(name, asker.user_id)
    if found is None:
        raise Problem(404, "not_found", "There is no such conversation. It may have been deleted.")
    return Talk(found, state.assistant.records.records_of(name, asker.user_id), asked)


def _drawn(request: Request, state: State, asker: Asker, talk: Talk, status: int = 200) -> Response:
    offered: tuple[str, ...] = ()
    if not talk.records:
        with state.assistant.opened() as snapshot:
            offered = examples(state, asker, snapshot)
    is_written = bool(talk.records) and mode_of(talk.records[-1].outcome) == "written"
    leaves = leaving(state.assistant.settings.language_model)
    shown: dict[str, Any] = {"talk": talk, "offered": offered, "editions": _editions(state)}
    shown |= {"is_written": is_written, "leaves": leaves}
    return draw(request, "chat.html", asker, status, **shown)


def _editions(state: State) -> dict[str, Edition]:
    try:
        with state.assistant.opened() as snapshot:
            return {each.edition_id: each for each in snapshot.editions()}
    except LibraryError:
        return {}
