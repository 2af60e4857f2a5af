"""The part of OpenAI's chat completions that other front ends send; fields that it does not know are passed over."""

from __future__ import annotations

from typing import Annotated, Any, Literal

from pydantic import BaseModel, ConfigDict, Field

from assistant.model import Turn

MODEL = "policy-assistant"
SOURCES = "\n\nSources:\n"
"""Stands before the list of sources in the content of an answer."""


class TextPart(BaseModel):
    """A part of a message; only text is read."""

    model_config = ConfigDict(extra="ignore")

    type: str
    text: str = ""


class ChatMessage(BaseModel):
    """A message; those of system, developer, tool and function are data that change nothing."""

    model_config = ConfigDict(extra="ignore")

    role: Literal["system", "developer", "user", "assistant", "tool", "function"]
    content: str | list[TextPart] | None = None

    def text(self) -> str:
        """Returns the words of a message, without the sources that an answer listed."""
        whole = self.content or ""
        if not isinstance(whole, str):
            whole = "\n".join(part.text for part in whole if part.type == "text")
        return whole.split(SOURCES)[0] if self.role == "assistant" else whole


class StreamOptions(BaseModel):
    """What a stream holds besides."""

    model_config = ConfigDict(extra="ignore")

    include_usage: bool = False


class ChatRequest(BaseModel):
    """A conversation that the caller keeps; the last message of the user is the question."""

    model_config = ConfigDict(
        extra="ignore",
        json_schema_extra={
            "examples": [
                {"model": MODEL, "messages": [{"role": "user", "content": "How long may an assessment take?"}]}
            ]
        },
    )

    model: str
    messages: Annotated[list[ChatMessage], Field(min_length=1, max_length=500)]
    stream: bool | None = False
    stream_options: StreamOptions | None = None

    def turns(self) -> tuple[Turn, ...]:
        """Returns what user and assistant said, in order; the last one of the user is the question."""
        said = [each for each in self.messages if each.role in ("user", "assistant") and each.text().strip()]
        return tuple(Turn("user" if each.role == "user" else "assistant", each.text()) for each in said)


class ChatModel(BaseModel):
    """The one model there is: the documents' own words."""

    id: str = MODEL
    object: Literal["model"] = "model"
    created: int = 0
    owned_by: str = MODEL


class ChatModels(BaseModel):
    """A list of one."""

    object: Literal["list"] = "list"
    data: list[ChatModel]


class Completion(BaseModel):
    """A whole answer; ``policy_assistant`` holds the record id and the outcome object."""

    model_config = ConfigDict(json_schema_extra={"required": ["id", "object", "created", "model", "choices"]})

    id: str
    object: Literal["chat.completion"] = "chat.completion"
    created: int
    model: str = MODEL
    choices: list[dict[str, Any]]
    usage: dict[str, int]
    policy_assistant: dict[str, Any]
