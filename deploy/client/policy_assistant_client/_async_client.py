"""The client for async programs: the same methods, awaited."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable, Sequence
from contextlib import asynccontextmanager
from types import TracebackType
from typing import Any, Self, TypeVar, cast

import httpx

from policy_assistant_client import _calls as calls
from policy_assistant_client._calls import Call, Pages
from policy_assistant_client._errors import Incomplete, PolicyAssistantError
from policy_assistant_client._retries import Retries, checked, unreachable
from policy_assistant_client._stream import LAST, AskEvent, Lines
from policy_assistant_client.models import (
    AskResponse,
    ConversationDetailResponse,
    ConversationResponse,
    CoverageResponse,
    CoverageSectionResponse,
    DocumentDetailResponse,
    DocumentResponse,
    FeedbackResponse,
    HistoryMessage,
    HitView,
    Kind,
    MeResponse,
    Opinion,
    PageResponse,
    QuestionResponse,
    ReadinessResponse,
    SearchResponse,
)

T = TypeVar("T")
TIMEOUT_S = 60.0


class AsyncPolicyAssistant:
    """Asks a policy assistant, from an async program.

    Every method may raise ``PolicyAssistantError``: ``Unreachable``, or a ``ProblemError`` by its kind.

    Args:
        address: Address of the server, such as https://policy.example.org.
        key: API key; None for a server for one local user.
        timeout_s: Longest wait for a response, in seconds.
        retries: When a request is sent again, and after how long.
        transport: How requests are sent; over the network unless given.
    """

    def __init__(
        self,
        address: str,
        key: str | None = None,
        *,
        timeout_s: float = TIMEOUT_S,
        retries: Retries = Retries(),  # noqa: B008  frozen
        transport: httpx.AsyncBaseTransport | None = None,
        sleep: Callable[[float], Awaitable[None]] = asyncio.sleep,
    ) -> None:
        headers = {} if key is None else {"Authorization": f"Bearer {key}"}
        self._http = httpx.AsyncClient(base_url=address, headers=headers, timeout=timeout_s, transport=transport)
        self._retries, self._sleep = retries, sleep

    async def __aenter__(self) -> Self:
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        await self.close()

    async def close(self) -> None:
        """Closes the connections."""
        await self._http.aclose()

    async def ask(
        self,
        question: str,
        *,
        history: Sequence[HistoryMessage] = (),
        kinds: Sequence[Kind] = (),
        editions: Sequence[str] = (),
        as_at: str | None = None,
        mode: str = "quoted",
    ) -> AskResponse:
        """Returns the outcome of a question: an answer with its citations, a refusal, or a card to be shown first."""
        return await self._sent(calls.ask(question, history, kinds, editions, as_at, mode))

    def ask_events(
        self,
        question: str,
        *,
        history: Sequence[HistoryMessage] = (),
        kinds: Sequence[Kind] = (),
        editions: Sequence[str] = (),
        as_at: str | None = None,
        mode: str = "quoted",
    ) -> AsyncIterator[AskEvent]:
        """Yields what happens while a question is answered: an emergency card at once, the outcome last.

        Raises:
            Incomplete: The stream ended before the outcome.
        """
        return self._events(calls.ask(question, history, kinds, editions, as_at, mode))

    async def begin_conversation(self) -> ConversationResponse:
        """Begins a conversation, which the server remembers."""
        return await self._sent(calls.begin_conversation())

    async def ask_in(
        self,
        conversation_id: str,
        question: str,
        *,
        kinds: Sequence[Kind] = (),
        editions: Sequence[str] = (),
        as_at: str | None = None,
        mode: str = "quoted",
    ) -> AskResponse:
        """Returns the outcome of the next question of a conversation."""
        return await self._sent(calls.ask_in(conversation_id, question, kinds, editions, as_at, mode))

    def conversations(self, before: str | None = None) -> AsyncIterator[ConversationResponse]:
        """Yields the conversations, the last used first."""
        return self._each(calls.conversations(before))

    async def conversation(self, conversation_id: str) -> ConversationDetailResponse:
        """Returns a conversation with its messages."""
        return await self._sent(calls.conversation(conversation_id))

    async def delete_conversation(self, conversation_id: str) -> None:
        """Deletes a conversation with its questions and feedback."""
        await self._response(calls.delete_conversation(conversation_id))

    async def search(
        self,
        words: str,
        *,
        limit: int = 10,
        offset: int = 0,
        kinds: Sequence[Kind] = (),
        editions: Sequence[str] = (),
        as_at: str | None = None,
    ) -> SearchResponse:
        """Returns passages, best first, which are not judged to answer anything."""
        return await self._sent(calls.search(words, limit, offset, kinds, editions, as_at))

    def hits(
        self, words: str, *, kinds: Sequence[Kind] = (), editions: Sequence[str] = (), as_at: str | None = None
    ) -> AsyncIterator[HitView]:
        """Yields passages, best first, page after page; at most some 75."""
        return self._each(calls.hits(words, kinds, editions, as_at))

    def documents(
        self,
        *,
        title: str | None = None,
        kinds: Sequence[Kind] = (),
        status: Sequence[str] = (),
        work: str | None = None,
    ) -> AsyncIterator[DocumentResponse]:
        """Yields the documents that the key may see, highest authority first."""
        return self._each(calls.documents(title, kinds, status, work))

    async def document(self, edition_id: str) -> DocumentDetailResponse:
        """Returns a document: status, sections, and what of it is never quoted."""
        return await self._sent(calls.document(edition_id))

    async def page(self, edition_id: str, number: int, *, quote: str | None = None) -> PageResponse:
        """Returns the text of a page, with a quote marked if one is given."""
        return await self._sent(calls.page(edition_id, number, quote))

    async def feedback(
        self, record_id: str, opinion: Opinion, *, statement: int | None = None, note: str = ""
    ) -> FeedbackResponse:
        """Gives feedback on an answer, or on one of its statements (from 1)."""
        return await self._sent(calls.feedback(record_id, opinion, statement, note))

    def questions(
        self, *, since: str | None = None, until: str | None = None, outcome: str | None = None
    ) -> AsyncIterator[QuestionResponse]:
        """Yields the questions asked, without who asked them; needs the policy role."""
        return self._each(calls.questions(since, until, outcome))

    async def coverage(self) -> CoverageResponse:
        """Returns the counts of coverage; needs the policy role."""
        return await self._sent(calls.coverage())

    async def coverage_section(
        self, part: str, *, words: str = "", states: Sequence[str] = (), limit: int = 100, offset: int = 0
    ) -> CoverageSectionResponse:
        """Returns the findings of one section of coverage; needs the policy role."""
        return await self._sent(calls.coverage_section(part, words, states, limit, offset))

    async def me(self) -> MeResponse:
        """Returns who the key is to the server, with roles and groups."""
        return await self._sent(calls.me())

    async def ready(self) -> ReadinessResponse:
        """Returns what questions are answered from; raises ``Unavailable`` where none can be."""
        return await self._sent(calls.ready())

    async def _sent(self, call: Call[T]) -> T:
        return cast("T", (await self._response(call)).json())

    async def _each(self, pages: Pages[Any, T]) -> AsyncIterator[T]:
        call: Call[Any] | None = pages.first
        while call is not None:
            page = await self._sent(call)
            for item in pages.items(page):
                yield item
            call = pages.after(page)

    async def _response(self, call: Call[Any]) -> httpx.Response:
        attempt = 0
        while True:
            try:
                return await self._once(call)
            except PolicyAssistantError as error:
                wait = self._retries.wait_s(call, attempt, error, error.__cause__)
                if wait is None:
                    raise
            await self._sleep(wait)
            attempt += 1

    async def _once(self, call: Call[Any]) -> httpx.Response:
        try:
            response = await self._http.request(call.method, call.path, params=dict(call.query), json=call.body)
        except httpx.TransportError as error:
            raise unreachable(error) from error
        return checked(response)

    async def _events(self, call: Call[Any]) -> AsyncIterator[AskEvent]:
        lines = Lines()
        async with self._stream(call) as response:
            try:
                async for line in response.aiter_lines():
                    event = lines.take(line)
                    if event is not None:
                        yield event
                        if event.name == LAST:
                            return
            except httpx.TransportError as error:
                raise unreachable(error) from error
        raise Incomplete("The stream ended before the outcome. Ask again.")

    @asynccontextmanager
    async def _stream(self, call: Call[Any]) -> AsyncIterator[httpx.Response]:
        """Yields a response that has begun, after as many attempts as it takes."""
        attempt = 0
        while True:
            try:
                response = await self._begun(call)
                break
            except PolicyAssistantError as error:
                wait = self._retries.wait_s(call, attempt, error, error.__cause__)
                if wait is None:
                    raise
            await self._sleep(wait)
            attempt += 1
        try:
            yield response
        finally:
            await response.aclose()

    async def _begun(self, call: Call[Any]) -> httpx.Response:
        headers = {"Accept": "text/event-stream"}
        request = self._http.build_request(call.method, call.path, json=call.body, headers=headers)
        try:
            response = await self._http.send(request, stream=True)
            if response.status_code >= 400:
                await response.aread()
        except httpx.TransportError as error:
            raise unreachable(error) from error
        return checked(response)
