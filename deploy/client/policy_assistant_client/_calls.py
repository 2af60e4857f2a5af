"""Each call of the API as a value: what is sent, and the type of what comes back. A test holds them to the OpenAPI document."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Generic, TypeVar
from urllib.parse import quote

from policy_assistant_client.models import (
    AskResponse,
    ConversationDetailResponse,
    ConversationListResponse,
    ConversationResponse,
    CoverageResponse,
    CoverageSectionResponse,
    DocumentDetailResponse,
    DocumentListResponse,
    DocumentResponse,
    FeedbackResponse,
    HistoryMessage,
    HitView,
    Kind,
    MeResponse,
    Opinion,
    PageResponse,
    QuestionListResponse,
    QuestionResponse,
    ReadinessResponse,
    SearchResponse,
)

T_co = TypeVar("T_co", covariant=True)
Item = TypeVar("Item")
Page = TypeVar("Page")
MOST_OFFSET = 50


@dataclass(frozen=True, slots=True)
class Call(Generic[T_co]):
    """A request, and the type of its response."""

    operation: str
    """Method and path as the OpenAPI document has it."""
    response: type[T_co] | None
    names: Mapping[str, str | int] = field(default_factory=dict)
    """What stands in the path."""
    query: Mapping[str, Any] = field(default_factory=dict)
    body: Mapping[str, Any] | None = None

    @property
    def method(self) -> str:
        """The HTTP method, such as GET."""
        return self.operation.split(" ")[0]

    @property
    def path(self) -> str:
        """The path with its names filled in."""
        return self.operation.split(" ")[1].format(
            **{name: quote(str(value), safe="") for name, value in self.names.items()}
        )


@dataclass(frozen=True, slots=True)
class Pages(Generic[Page, Item]):
    """Calls one after the other, until all items were given."""

    first: Call[Page]
    items: Callable[[Page], Sequence[Item]]
    after: Callable[[Page], Call[Page] | None]


def ask(
    question: str,
    history: Sequence[HistoryMessage] = (),
    kinds: Sequence[Kind] = (),
    editions: Sequence[str] = (),
    as_at: str | None = None,
    mode: str = "quoted",
) -> Call[AskResponse]:
    """Returns the call that asks a question on its own."""
    body = {**_question(question, kinds, editions, as_at, mode), "history": list(history)}
    return Call("POST /v1/ask", AskResponse, body=body)


def ask_in(
    conversation_id: str,
    question: str,
    kinds: Sequence[Kind] = (),
    editions: Sequence[str] = (),
    as_at: str | None = None,
    mode: str = "quoted",
) -> Call[AskResponse]:
    """Returns the call that asks the next question of a conversation."""
    body = _question(question, kinds, editions, as_at, mode)
    return Call("POST /v1/conversations/{id}/messages", AskResponse, {"id": conversation_id}, body=body)


def _question(
    question: str, kinds: Sequence[Kind], editions: Sequence[str], as_at: str | None, mode: str
) -> dict[str, Any]:
    return {"question": question, "kinds": list(kinds), "editions": list(editions), "as_at": as_at, "mode": mode}


def begin_conversation() -> Call[ConversationResponse]:
    """Returns the call that begins a conversation."""
    return Call("POST /v1/conversations", ConversationResponse)


def conversations(before: str | None = None) -> Pages[ConversationListResponse, ConversationResponse]:
    """Returns the calls that list the conversations, the last used first."""

    def call(time: str | None) -> Call[ConversationListResponse]:
        return Call("GET /v1/conversations", ConversationListResponse, query=_given(limit=100, before=time))

    return Pages(
        call(before),
        lambda page: page["conversations"],
        lambda page: call(page["next_before"]) if page["next_before"] else None,
    )


def conversation(conversation_id: str) -> Call[ConversationDetailResponse]:
    """Returns the call for one conversation with its messages."""
    return Call("GET /v1/conversations/{id}", ConversationDetailResponse, {"id": conversation_id})


def delete_conversation(conversation_id: str) -> Call[None]:
    """Returns the call that deletes a conversation."""
    return Call("DELETE /v1/conversations/{id}", None, {"id": conversation_id})


def search(
    words: str,
    limit: int = 10,
    offset: int = 0,
    kinds: Sequence[Kind] = (),
    editions: Sequence[str] = (),
    as_at: str | None = None,
) -> Call[SearchResponse]:
    """Returns the call that finds passages."""
    query = _given(q=words, limit=limit, offset=offset, kind=list(kinds), edition=list(editions), as_at=as_at)
    return Call("GET /v1/search", SearchResponse, query=query)


def hits(
    words: str, kinds: Sequence[Kind] = (), editions: Sequence[str] = (), as_at: str | None = None
) -> Pages[SearchResponse, HitView]:
    """Returns the calls that find passages, page after page."""

    def call(offset: int) -> Call[SearchResponse]:
        return search(words, 25, offset, kinds, editions, as_at)

    def after(page: SearchResponse) -> Call[SearchResponse] | None:
        offset = page["next_offset"]
        return call(offset) if offset is not None and offset <= MOST_OFFSET else None

    return Pages(call(0), lambda page: page["hits"], after)


def documents(
    title: str | None = None, kinds: Sequence[Kind] = (), status: Sequence[str] = (), work: str | None = None
) -> Pages[DocumentListResponse, DocumentResponse]:
    """Returns the calls that list the documents, highest authority first."""

    def call(offset: int) -> Call[DocumentListResponse]:
        query = _given(title=title, kind=list(kinds), status=list(status), work=work, limit=200, offset=offset)
        return Call("GET /v1/documents", DocumentListResponse, query=query)

    return Pages(
        call(0),
        lambda page: page["documents"],
        lambda page: call(page["next_offset"]) if page["next_offset"] is not None else None,
    )


def document(edition_id: str) -> Call[DocumentDetailResponse]:
    """Returns the call for one document."""
    return Call("GET /v1/documents/{edition_id}", DocumentDetailResponse, {"edition_id": edition_id})


def page(edition_id: str, number: int, quote: str | None = None) -> Call[PageResponse]:
    """Returns the call for one page of a document."""
    names: dict[str, str | int] = {"edition_id": edition_id, "number": number}
    return Call("GET /v1/documents/{edition_id}/pages/{number}", PageResponse, names, _given(quote=quote))


def feedback(record_id: str, opinion: Opinion, statement: int | None = None, note: str = "") -> Call[FeedbackResponse]:
    """Returns the call that gives feedback on an answer."""
    body = _given(record_id=record_id, opinion=opinion, statement=statement, note=note or None)
    return Call("POST /v1/feedback", FeedbackResponse, body=body)


def questions(
    since: str | None = None, until: str | None = None, outcome: str | None = None
) -> Pages[QuestionListResponse, QuestionResponse]:
    """Returns the calls that list the questions asked, for the policy role."""

    def call(after: str | None) -> Call[QuestionListResponse]:
        query = _given(since=since, until=until, outcome=outcome, after=after, limit=100)
        return Call("GET /v1/questions", QuestionListResponse, query=query)

    return Pages(
        call(None),
        lambda page: page["questions"],
        lambda page: call(page["next_after"]) if page["next_after"] else None,
    )


def coverage() -> Call[CoverageResponse]:
    """Returns the call for the counts of coverage."""
    return Call("GET /v1/coverage", CoverageResponse)


def coverage_section(
    part: str, words: str = "", states: Sequence[str] = (), limit: int = 100, offset: int = 0
) -> Call[CoverageSectionResponse]:
    """Returns the call for one section of coverage."""
    query = _given(q=words or None, state=list(states), limit=limit, offset=offset)
    return Call("GET /v1/coverage/{part}", CoverageSectionResponse, {"part": part}, query)


def me() -> Call[MeResponse]:
    """Returns the call for who one is to the server."""
    return Call("GET /v1/me", MeResponse)


def ready() -> Call[ReadinessResponse]:
    """Returns the call for whether questions can be answered."""
    return Call("GET /readyz", ReadinessResponse)


def _given(**values: Any) -> dict[str, Any]:
    return {name: value for name, value in values.items() if value is not None and value != []}
