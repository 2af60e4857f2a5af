"""The part of OpenAI's chat completions API that other front ends use; unknown fields are ignored."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field, JsonValue

from api.http.schemas import BODY_CHARS, MARK, RequestModel
from assistant.model import Duty, Form, Kind, Turn
from assistant.outcomes.view import (
    AnsweredView,
    CitationView,
    MoreView,
    OutcomeView,
    PartView,
    SourceMarkView,
    StatementView,
    TraceView,
)

MODEL = "policy-assistant"
WRITTEN = f"{MODEL}-written"
"""The same with a language model writing the answer; available if one is configured."""
SOURCES = "\n\nSources:\n"
"""Heading of the list of sources in the content of an answer."""


class TextPart(BaseModel):
    """A part of a message; only text parts are read."""

    model_config = ConfigDict(extra="ignore")

    type: Annotated[str, Field(max_length=100)]
    text: Annotated[str, Field(max_length=BODY_CHARS)] = ""


class ChatMessage(BaseModel):
    """A message; those of system, developer, tool and function are ignored."""

    model_config = ConfigDict(extra="ignore")

    role: Literal["system", "developer", "user", "assistant", "tool", "function"]
    content: (
        Annotated[str, Field(max_length=BODY_CHARS)] | Annotated[list[TextPart], Field(max_length=1_000)] | None
    ) = None

    def text(self) -> str:
        """Returns the words of a message, without the sources that an answer listed."""
        whole = self.content or ""
        if not isinstance(whole, str):
            whole = "\n".join(part.text for part in whole if part.type == "text")
        return whole.split(SOURCES)[0] if self.role == "assistant" else whole


class StreamOptions(BaseModel):
    """Options of a streamed completion."""

    model_config = ConfigDict(extra="ignore")

    include_usage: bool = False


class ChatCompletionRequest(RequestModel):
    """A conversation that the caller manages; the user's last message is the question."""

    model_config = ConfigDict(
        extra="ignore",
        json_schema_extra={
            "examples": [
                {"model": MODEL, "messages": [{"role": "user", "content": "How long may an assessment take?"}]}
            ]
        },
    )

    model: Annotated[str, Field(max_length=200)]
    messages: Annotated[list[ChatMessage], Field(min_length=1, max_length=500)]
    stream: bool | None = False
    stream_options: StreamOptions | None = None

    def turns(self) -> tuple[Turn, ...]:
        """Returns the messages of user and assistant in order; the user's last one is the question."""
        spoken = [each for each in self.messages if each.role in ("user", "assistant") and each.text().strip()]
        return tuple(Turn("user" if each.role == "user" else "assistant", each.text()) for each in spoken)

    def instructions(self) -> tuple[str, ...]:
        """Returns what the front end told the assistant; it changes no answer, but tells a task from a question."""
        return tuple(each.text() for each in self.messages if each.role in ("system", "developer"))


ONE_MODEL: dict[str, JsonValue] = {"id": MODEL, "object": "model", "created": 0, "owned_by": MODEL}


class ModelResponse(BaseModel):
    """A model: verbatim quotes, or answers that a language model writes from them."""

    model_config = ConfigDict(json_schema_extra={"examples": [ONE_MODEL]})

    id: str = MODEL
    object: Literal["model"] = "model"
    created: int = 0
    owned_by: str = MODEL


class ModelListResponse(BaseModel):
    """The available models."""

    model_config = ConfigDict(json_schema_extra={"examples": [{"object": "list", "data": [ONE_MODEL]}]})

    object: Literal["list"] = "list"
    data: list[ModelResponse]


EXAMPLE_QUOTE = "Staff must record the reasons for a decision."
EXAMPLE_SAID = f"“{EXAMPLE_QUOTE}” [1] (must)"
EXAMPLE_SOURCES = (
    "Sources:\n[1] Example policy (policy); 1. Recording; page 1 (in the file 2) – "
    "https://policy.example.org/documents/example-policy-2026/pages/2?span=120-165#quote"
)
EXAMPLE = AnsweredView(
    question="Must the reasons for a decision be recorded?",
    standalone="Must the reasons for a decision be recorded?",
    statements=(StatementView(text=EXAMPLE_QUOTE, citations=(1,), duty=Duty.MUST),),
    citations=(
        CitationView(
            number=1,
            edition_id="example-policy-2026",
            title="Example policy",
            kind=Kind.POLICY,
            form=Form.OFFICIAL,
            headings=("Example policy", "1. Recording"),
            label="1",
            quote=EXAMPLE_QUOTE,
            parts=(PartView(quote=EXAMPLE_QUOTE, span=(120, 165), pages=(2,), page_labels=("1",)),),
            pages=(2,),
            duty=Duty.MUST,
            more=MoreView(count=2, pages=(3,), page_labels=("2",)),
            recognised=0.97,
            source_mark=SourceMarkView.model_validate(MARK),
        ),
    ),
    trace=TraceView(stages={"screen": 0.001}, fingerprint="0f1e2d3c4b5a6978", probability=0.94),
)
COMPLETION: dict[str, JsonValue] = {
    "id": "chatcmpl-20260501090000000000",
    "object": "chat.completion",
    "created": 1777626000,
    "model": MODEL,
    "choices": [
        {
            "index": 0,
            "message": {
                "role": "assistant",
                "content": f"{EXAMPLE_SAID}\n\n{EXAMPLE_SOURCES}",
                "annotations": [
                    {
                        "type": "url_citation",
                        "url_citation": {
                            "start_index": EXAMPLE_SAID.index("[1]"),
                            "end_index": EXAMPLE_SAID.index("[1]") + 3,
                            "title": "Example policy, page 1 (in the file 2)",
                            "url": "https://policy.example.org/documents/example-policy-2026/pages/2?span=120-165#quote",
                        },
                    }
                ],
            },
            "finish_reason": "stop",
            "logprobs": None,
        }
    ],
    "usage": {"prompt_tokens": 0, "completion_tokens": 0, "total_tokens": 0},
    "policy_assistant": {"record_id": "2deb3bbdf07048eaac42bf519fbf37b5", "outcome": EXAMPLE.model_dump(mode="json")},
}


class UrlCitation(BaseModel):
    """A citation's mark in the text, and the page that it links to."""

    start_index: int
    end_index: int
    title: str
    url: str


class Annotation(BaseModel):
    """A citation of a message."""

    type: Literal["url_citation"] = "url_citation"
    url_citation: UrlCitation


class AnswerMessage(BaseModel):
    """The answer as text, with its citations."""

    role: Literal["assistant"] = "assistant"
    content: str
    annotations: list[Annotation] = []


class Choice(BaseModel):
    """The one answer of a completion."""

    index: int = 0
    message: AnswerMessage
    finish_reason: Literal["stop"] = "stop"
    logprobs: None = None


class Extension(BaseModel):
    """What the answer is based on."""

    record_id: str
    outcome: OutcomeView


class ChatCompletionResponse(BaseModel):
    """A complete answer; ``policy_assistant`` holds the record id and the outcome object."""

    model_config = ConfigDict(
        json_schema_extra={"required": ["id", "object", "created", "model", "choices"], "examples": [COMPLETION]}
    )

    id: str
    object: Literal["chat.completion"] = "chat.completion"
    created: int
    model: str = MODEL
    choices: list[Choice]
    usage: dict[str, int]
    policy_assistant: Extension | None = None
    """Null for a title, tags and the like, which nobody asked and nothing is recorded of."""
