"""Conversations as their owner sees them."""

from __future__ import annotations

from datetime import datetime

from pydantic import BaseModel, ConfigDict, JsonValue

from api.asking.schemas import Asked
from assistant.model.people import Conversation

EXAMPLE: dict[str, JsonValue] = {
    "conversation_id": "b6f1c2d3e4f5",
    "title": "How long may an assessment take?",
    "created": "2026-05-01T09:00:00Z",
    "updated": "2026-05-01T09:02:00Z",
}


class ConversationShown(BaseModel):
    """A conversation without its messages."""

    model_config = ConfigDict(json_schema_extra={"examples": [EXAMPLE]})

    conversation_id: str
    title: str
    """The first question, masked; empty before there is one."""
    created: datetime
    updated: datetime


class Conversations(BaseModel):
    """Some of the asker's own conversations, the last used first."""

    model_config = ConfigDict(
        json_schema_extra={"examples": [{"conversations": [EXAMPLE], "next_before": "2026-05-01T09:02:00Z"}]}
    )

    conversations: list[ConversationShown]
    next_before: datetime | None
    """Give this as ``before`` for those that follow; null at the end."""


class ConversationWhole(ConversationShown):
    """A conversation with its questions and outcomes in the order asked."""

    model_config = ConfigDict(json_schema_extra={"examples": [{**EXAMPLE, "messages": []}]})

    messages: list[Asked]


def shown(conversation: Conversation) -> ConversationShown:
    """Returns a conversation as its owner sees it."""
    return ConversationShown(
        conversation_id=conversation.conversation_id,
        title=conversation.title,
        created=conversation.created,
        updated=conversation.updated,
    )
