"""Responses about an asker's own conversations."""

from __future__ import annotations

from datetime import datetime

from pydantic import BaseModel, ConfigDict, JsonValue

from api.asking.schemas import AskResponse
from assistant.model.people import Conversation

EXAMPLE: dict[str, JsonValue] = {
    "conversation_id": "b6f1c2d3e4f5",
    "title": "How long may an assessment take?",
    "created": "2026-05-01T09:00:00Z",
    "updated": "2026-05-01T09:02:00Z",
}


class ConversationResponse(BaseModel):
    """A conversation without its messages."""

    model_config = ConfigDict(json_schema_extra={"examples": [EXAMPLE]})

    conversation_id: str
    title: str
    """The first question, with personal details masked; empty if there is none yet."""
    created: datetime
    updated: datetime


class ConversationListResponse(BaseModel):
    """A page of the asker's own conversations, most recently used first."""

    model_config = ConfigDict(
        json_schema_extra={"examples": [{"conversations": [EXAMPLE], "next_before": "2026-05-01T09:02:00Z"}]}
    )

    conversations: list[ConversationResponse]
    next_before: datetime | None
    """Pass as ``before`` to get the next page; null on the last one."""


class ConversationDetailResponse(ConversationResponse):
    """A conversation with its questions and outcomes, oldest first."""

    model_config = ConfigDict(json_schema_extra={"examples": [{**EXAMPLE, "messages": []}]})

    messages: list[AskResponse]


def conversation_response(conversation: Conversation) -> ConversationResponse:
    """Returns the response for a conversation."""
    return ConversationResponse(
        conversation_id=conversation.conversation_id,
        title=conversation.title,
        created=conversation.created,
        updated=conversation.updated,
    )
