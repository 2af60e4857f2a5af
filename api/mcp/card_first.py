"""The card comes first here too: a call that fails is read for urgency, whatever its arguments are."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any

from anyio import to_thread
from mcp.server.context import CallNext, HandlerResult, ServerRequestContext
from mcp.shared.exceptions import MCPError
from mcp.types import CallToolResult, ContentBlock, TextContent
from pydantic import ValidationError

from api.asking.schemas import ask_response
from api.cards.card_of_words import card_of_words
from api.cards.typed_words import words_of
from api.completions.outcome_text import text_of
from api.http.problems import Problem
from api.mcp.asker import CallerOf
from api.state import State
from assistant.errors import AssistantError
from assistant.model.people import Record

ASK = "ask"
"""The tool whose structured result is an outcome; others promise values of another shape."""


class CardBeforeFailure:
    """Middleware of the protocol that answers a failed call with its card, if its words are urgent.

    Args:
        state: What all requests of this process share.
        caller_of: Returns who calls, and where links lead to.
    """

    def __init__(self, state: State, caller_of: CallerOf) -> None:
        self._state = state
        self._caller_of = caller_of

    async def __call__(self, ctx: ServerRequestContext[Any, Any], call_next: CallNext) -> HandlerResult:
        """Passes a request on; the failure of a call of a tool is held back until its urgency is known."""
        if ctx.method != "tools/call":
            return await call_next(ctx)
        try:
            result = await call_next(ctx)
        except (MCPError, ValidationError):
            card = await to_thread.run_sync(self._card, ctx, "The call is not as the protocol has it.")
            if card is None:
                raise
            return card
        failure = _failure(result)
        card = None if failure is None else await to_thread.run_sync(self._card, ctx, failure)
        return card or result

    def _card(self, context: ServerRequestContext[Any, Any], why: str) -> CallToolResult | None:
        """Returns the result with the card of the words of a call; None if they are not urgent, or are one too many."""
        params: Mapping[str, Any] = context.params or {}
        assistant = self._state.assistant
        card = card_of_words(assistant, (words_of(params.get("arguments")),), why)
        if card is None:
            return None
        try:
            asker, address = self._caller_of(context.request)
            self._state.guard.count_card(asker)
        except (Problem, AssistantError):
            return None
        said: list[ContentBlock] = [TextContent(type="text", text=text_of(card, address))]
        if params.get("name") != ASK:
            return CallToolResult(content=said, is_error=True)
        outcome = card.model_dump(mode="json")
        record = Record("", asker.user_id, None, card.question, outcome, 0.0, "", datetime.now(UTC))
        return CallToolResult(content=said, structured_content=ask_response(record, card).model_dump(mode="json"))


def _failure(result: HandlerResult) -> str | None:
    """Returns what a failed call says, in words; None for one that did not fail."""
    values = result if isinstance(result, dict) else {}
    if not values.get("isError"):
        return None
    return "\n".join(str(each.get("text", "")) for each in values.get("content", ()))
