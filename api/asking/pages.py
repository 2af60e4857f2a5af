"""The chat pages: empty, a conversation, one message of it, and the plain form that works without script."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date
from http import HTTPStatus
from typing import Annotated, Any

from fastapi import APIRouter, Depends, Form, Path, Query, Request, Response
from fastapi.responses import RedirectResponse

from api.asking.attempts import attempted
from api.asking.service import ScreenedQuestion, answer, begin_conversation, screened
from api.asking.shown import Shown, shown, shown_records
from api.deps import CurrentAsker, CurrentState
from api.http.problems import Problem, problem_of
from api.http.schemas import BODY_CHARS
from api.state import State
from api.web.labels import language_model_disclosure, mode_of, second_judge_disclosure
from api.web.routing import PageRoute
from api.web.templating import render, require_same_origin
from assistant.answering.answerability.opinions import may_answer
from assistant.errors import UsageError
from assistant.model import Question
from assistant.model.people import Asker, Conversation, Record
from assistant.outcomes.view import read_outcome

router = APIRouter(route_class=PageRoute)
Id = Annotated[str, Path(max_length=100)]
RecordId = Annotated[str, Path(alias="record", max_length=100)]


@dataclass(frozen=True, slots=True)
class ChatView:
    """A conversation as the page shows it."""

    conversation: Conversation | None
    records: tuple[Record, ...] = ()
    draft: str = ""
    """Text of the question box."""
    error: str | None = None
    as_at: str = ""
    """The day that the form asks as at; "" for today."""


@router.get("/")
def home(request: Request, state: CurrentState, asker: CurrentAsker) -> Response:
    """Renders the empty chat."""
    return _render(request, state, asker, ChatView(None))


@router.get("/help")
def help_page(request: Request, state: CurrentState, asker: CurrentAsker) -> Response:
    """Renders what the assistant does, does not do and stores."""
    settings = state.assistant.settings
    days, contact = settings.records.days, settings.contact
    disclosure = language_model_disclosure(settings.language_model)
    trust = state.assistant.trust_sentence()
    judging = second_judge_disclosure(settings)
    judge = state.assistant.second_judge
    facts: dict[str, Any] = {
        "days": days,
        "contact": contact,
        "disclosure": disclosure,
        "judging": judging,
        "trust": trust,
    }
    facts["may_answer"] = judge is not None and may_answer(state.assistant.calibration, judge)
    return render(request, "help.html", asker, **facts)


@router.post("/ask", dependencies=[Depends(require_same_origin)])
def ask(
    request: Request,
    state: CurrentState,
    asker: CurrentAsker,
    question: Annotated[str, Form(max_length=BODY_CHARS)] = "",
    conversation: Annotated[str, Form(max_length=100)] = "",
    mode: Annotated[str, Form(max_length=10, pattern="^(quoted|written)$")] = "quoted",
    as_at: Annotated[str, Form(max_length=10)] = "",
) -> Response:
    """Asks a question and redirects to its answer; one that is not stored is shown at once."""
    value = Question(question, as_at=_day(as_at), is_written=mode == "written")
    try:
        asked = screened(state, asker, value, conversation or None)
        if as_at.strip() and value.as_at is None and not asked.screening.has_card:
            raise UsageError("Write the day as YYYY-MM-DD, such as 2026-03-14, or leave it empty for today.")
        record, _ = answer(state, asker, asked, conversation or _begin(state, asker, asked))
    except (UsageError, Problem) as error:
        if isinstance(error, Problem) and error.status != HTTPStatus.CONFLICT:
            raise
        chat = _chat_view(state, asker, conversation, question) if conversation else ChatView(None, draft=question)
        problem = problem_of(error)
        return _render(request, state, asker, replace(chat, error=problem.detail, as_at=as_at), problem.status)
    if not record.record_id or not record.conversation_id:
        return _render(request, state, asker, ChatView(None, (record,)))
    return RedirectResponse(f"/conversations/{record.conversation_id}#m-{record.record_id}", 303)


def _day(text: str) -> date | None:
    """Returns the day of the form; None for none, and for text that is no day."""
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None


def _begin(state: State, asker: Asker, asked: ScreenedQuestion) -> str | None:
    """Returns the id of a new conversation; None in a data folder for reading only, or if an urgent one cannot be stored."""
    if state.assistant.is_read_only:
        return None

    def begin() -> str:
        return begin_conversation(state, asker).conversation_id

    return attempted(begin) if asked.screening.has_card else begin()


@router.get("/conversations/{conversation}")
def conversation(
    request: Request,
    state: CurrentState,
    asker: CurrentAsker,
    conversation: Id,
    edit: Annotated[str, Query(max_length=100)] = "",
    as_read: bool = False,
) -> Response:
    """Renders a conversation; ``edit`` puts an earlier question into the box, ``as_read`` as it was searched for."""
    chat = _chat_view(state, asker, conversation)
    edited = next((record for record in chat.records if record.record_id == edit), None)
    draft = "" if edited is None else read_outcome(edited.outcome).standalone if as_read else edited.question
    return _render(request, state, asker, ChatView(chat.conversation, chat.records, draft))


@router.get("/conversations/{conversation}/messages/{record}")
def message(
    request: Request, state: CurrentState, asker: CurrentAsker, conversation: Id, record_id: RecordId
) -> Response:
    """Renders one question with its outcome, for the script to insert."""
    records = state.assistant.records.records_of(conversation, asker.owner)
    drawn = shown(state, asker, records)
    one = next((each for each in drawn.records if each.record.record_id == record_id), None)
    if one is None:
        raise Problem(404, "not_found", "There is no such message.")
    return render(request, "message.html", asker, one=one, shown=drawn)


def _chat_view(state: State, asker: Asker, conversation_id: str, draft: str = "") -> ChatView:
    conversation = state.assistant.records.conversation(conversation_id, asker.owner)
    if conversation is None:
        raise Problem(404, "not_found", "There is no such conversation. It may have been deleted.")
    records = state.assistant.records.records_of(conversation_id, asker.owner)
    return ChatView(conversation, records, draft)


def _render(request: Request, state: State, asker: Asker, chat: ChatView, status: int = 200) -> Response:
    is_written = bool(chat.records) and mode_of(read_outcome(chat.records[-1].outcome)) == "written"
    first = {} if chat.records else {"examples": state.examples.now(), "trust": state.assistant.trust_sentence()}
    context: dict[str, Any] = {"examples": (), "trust": "", "is_written": is_written, **first}
    return _page(request, state, asker, chat, shown(state, asker, chat.records), status, **context)


def card_page(request: Request, state: State, asker: Asker | None, record: Record) -> Response:
    """Renders a card that is not stored, also for somebody who is not signed in: nothing of the library is on the page."""
    context: dict[str, Any] = {"examples": (), "trust": "", "is_written": False}
    return _page(request, state, asker, ChatView(None, (record,)), Shown(shown_records((record,))), **context)


def _page(
    request: Request, state: State, asker: Asker | None, chat: ChatView, drawn: Shown, status: int = 200, **context: Any
) -> Response:
    disclosure = language_model_disclosure(state.assistant.settings.language_model)
    judging = second_judge_disclosure(state.assistant.settings)
    context = {**context, "disclosure": disclosure, "judging": judging}
    return render(request, "chat.html", asker, status, chat=chat, shown=drawn, **context)
