"""The card comes first, whatever refuses: a question that is urgent gets its card in place of the refusal.

Routes give a card themselves once they run. This stands before them, for a request that never becomes a question: nobody is
signed in, the body is too large or not as it should be, a store is broken. The body is kept as it arrives, bounded; only if
the request is refused is it read for urgency. Of a body over the limit, and of somebody who is not signed in, the beginning
and the end are read, each as long as a question may be. What is not urgent gets the refusal as it was.
"""

from __future__ import annotations

from collections.abc import Sequence
from http import HTTPStatus

from anyio import to_thread
from fastapi import Request, Response
from starlette.datastructures import Headers
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from api.access.guard import Guard
from api.cards.card_of_words import card_of_words
from api.cards.kept_body import KeptBody
from api.cards.refusal import Refusal, is_refusal
from api.cards.responses import FORM, QUESTION_PATHS, card_response
from api.cards.typed_words import typed_words
from api.deps import state as state_of
from api.http.problems import Problem, logged_problem
from assistant.errors import AssistantError
from assistant.model.people import Asker
from assistant.outcomes.view import SignpostedView
from assistant.settings.serving import ServeSetting

MOST_READ = 4 * 1024**2
"""Bytes of a body over the limit that are read to find its end."""


class CardFirst:
    """ASGI middleware that answers a refused question with its card, if it is urgent.

    Args:
        app: What is asked first.
        guard: Knows askers, and counts cards and readings.
        limits: ``body_kb`` is read.
    """

    def __init__(self, app: ASGIApp, guard: Guard, limits: ServeSetting) -> None:
        self._app = app
        self._guard = guard
        self._most = limits.body_kb * 1024

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Passes a request on; a refusal of a question is held back until its urgency is known."""
        if scope["type"] != "http" or scope["method"] != "POST" or not QUESTION_PATHS.fullmatch(scope["path"]):
            await self._app(scope, receive, send)
            return
        body, refusal, begun = KeptBody(receive, self._most), Refusal(), []

        async def passed(message: Message) -> None:
            if refusal.messages or (message["type"] == "http.response.start" and is_refusal(message)):
                refusal.messages.append(message)
                return
            begun.append(True)
            await send(message)

        try:
            await self._app(scope, body.receive, passed)
        except Exception as error:
            if begun or (card := await self._card(Request(scope, receive), body, Refusal())) is None:
                raise
            logged_problem(error)
            await card(scope, receive, send)
            return
        if not refusal.messages:
            return
        card = await self._card(Request(scope, receive), body, refusal)
        if card is not None:
            await card(scope, receive, send)
            return
        for message in refusal.messages:
            await send(message)

    async def _card(self, request: Request, body: KeptBody, refusal: Refusal) -> Response | None:
        """Returns the response with the card; None if the question is not urgent, was read before, or is one too many."""
        asker = await to_thread.run_sync(self._asker, request, refusal)
        if asker is not None and refusal.was_read:
            return None
        await body.read(MOST_READ if asker is not None else self._most)
        outcome = await to_thread.run_sync(self._outcome, request, body, refusal, asker)
        return None if outcome is None else await card_response(request, asker, outcome, body.parts())

    def _asker(self, request: Request, refusal: Refusal) -> Asker | None:
        """Returns who asks; None where nobody is signed in. A large body is refused before that is known."""
        known = getattr(request.state, "asker", None)
        if isinstance(known, Asker) or refusal.status != HTTPStatus.REQUEST_ENTITY_TOO_LARGE:
            return known
        try:
            asker, request.state.csrf = self._guard.identify(request)
        except (Problem, AssistantError):
            return None
        return asker

    def _outcome(
        self, request: Request, body: KeptBody, refusal: Refusal, asker: Asker | None
    ) -> SignpostedView | None:
        """Returns the outcome with the card of what was typed, if that is urgent and they have not had too many."""
        if asker is None and not self._guard.may_be_read(request):
            return None
        assistant = state_of(request).assistant
        is_form = Headers(scope=request.scope).get("content-type", "").startswith(FORM)
        texts = typed_words(body.parts(), is_form=is_form)
        if asker is None or not body.is_whole:
            texts = _ends(texts, assistant.settings.question_chars)
        card = card_of_words(assistant, texts, refusal.why)
        return card if card is not None and self._may_have_card(asker) else None

    def _may_have_card(self, asker: Asker | None) -> bool:
        """Counts a card; returns whether there were not too many. Of those not signed in, readings are counted."""
        try:
            if asker is not None:
                self._guard.count_card(asker)
        except Problem:
            return False
        return True


def _ends(texts: Sequence[str], most: int) -> tuple[str, ...]:
    """Returns the end and the beginning of what was typed, the end first; one text where both are all of it."""
    if len(texts) == 1 and len(texts[0]) <= 2 * most:
        return tuple(texts)
    return (texts[0][-most:], texts[-1][:most]) if texts else ()
