"""A card that is not stored, in the form in which each route that takes questions answers."""

from __future__ import annotations

import json
import re
from collections.abc import Sequence
from datetime import UTC, datetime
from typing import Any

from fastapi import Request, Response
from fastapi.responses import JSONResponse

from api.asking.ask_stream import Result
from api.asking.events import MEDIA, event_stream
from api.asking.pages import card_page
from api.asking.schemas import AskResponse, ask_response
from api.asking.service import OnCard, OnCitedStatement
from api.cards.typed_words import is_stream_asked
from api.completions.outcome_text import text_of
from api.completions.routes import completed
from api.completions.schemas import MODEL, ChatCompletionResponse
from api.deps import state as state_of
from api.embed.pages import framed_page, framed_stream
from api.http.addresses import EMBED, TOOLS, page_address
from assistant.answering.pipeline import OnStep
from assistant.model.people import Asker, Record
from assistant.outcomes.view import SignpostedView

COMPLETIONS, PAGE = "/v1/chat/completions", "/ask"
QUESTION_PATHS = re.compile(rf"/v1/ask|/v1/conversations/[^/]+/messages|{COMPLETIONS}|{PAGE}|{TOOLS}|{EMBED}")
"""Paths that a question is sent to."""
CALL_ID = re.compile(rb'"id"\s*:\s*(-?\d{1,18}|"[\w-]{1,100}")')
CALL_OF_ASK = re.compile(rb'"name"\s*:\s*"ask"')
"""Other tools promise values of another shape than an outcome."""
FORM = ("application/x-www-form-urlencoded", "multipart/form-data")


async def card_response(
    request: Request, asker: Asker | None, outcome: SignpostedView, body: Sequence[bytes]
) -> Response:
    """Returns the response of a question that has only a card, by its path and what its sender takes.

    Args:
        request: The request.
        asker: Who asks; None for somebody who is not signed in.
        outcome: The outcome with the card.
        body: The body, for what it says of a stream.
    """
    state, record = state_of(request), _unstored(outcome, asker)

    def work(on_step: OnStep, on_card: OnCard, on_statement: OnCitedStatement) -> Result:
        on_card(outcome)
        return record, outcome

    if request.url.path == PAGE:
        return card_page(request, state, asker, record)
    if request.url.path == EMBED:
        is_script = MEDIA in request.headers.get("accept", "")
        return framed_stream(request, asker, work) if is_script else framed_page(request, asker, record)
    if request.url.path == COMPLETIONS:
        made = await completed(request, state, work, MODEL, is_stream=is_stream_asked(body))
        return _json(made) if isinstance(made, ChatCompletionResponse) else made
    if request.url.path == TOOLS:
        text = text_of(outcome, page_address(request, state.assistant.settings.access))
        return JSONResponse(tool_result(body, text, ask_response(record, outcome)))
    if MEDIA in request.headers.get("accept", ""):
        return event_stream(request, work, state.stopping)
    return JSONResponse(ask_response(record, outcome).model_dump(mode="json"))


def tool_result(body: Sequence[bytes], text: str, view: AskResponse) -> dict[str, Any]:
    """Returns the result of a call by the Model Context Protocol, as JSON-RPC 2.0 has it; the id is that of the call.

    Args:
        body: The body of the call, for its id; where that cannot be told it is null.
        text: The card as text.
        view: The same as values.
    """
    whole = b"".join(body)
    found, is_ask = CALL_ID.search(whole), CALL_OF_ASK.search(whole) is not None
    said = [{"type": "text", "text": text}]
    values = {"structuredContent": view.model_dump(mode="json")} if is_ask else {}
    result = {"content": said, **values, "isError": not is_ask}
    return {"jsonrpc": "2.0", "id": json.loads(found[1]) if found else None, "result": result}


def _json(completion: ChatCompletionResponse) -> Response:
    return JSONResponse(completion.model_dump(mode="json"))


def _unstored(outcome: SignpostedView, asker: Asker | None) -> Record:
    owner = "" if asker is None else asker.owner
    return Record("", owner, None, outcome.question, outcome.model_dump(mode="json"), 0.0, "", datetime.now(UTC))
