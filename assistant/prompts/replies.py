"""A language model's reply as values, whole or as far as it has arrived."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Annotated, Any

from pydantic import BaseModel, ConfigDict, Field, ValidationError
from pydantic_core import from_json

from assistant.errors import ModelMalformed

MOST_CLAIMS = 5
_TEXT = {"type": "string"}
FORM: Mapping[str, Any] = MappingProxyType(
    {
        "type": "object",
        "properties": {
            "answered": {"type": "boolean"},
            "claims": {
                "type": "array",
                "items": {
                    "type": "object",
                    "properties": {"text": _TEXT, "token": _TEXT, "quote": _TEXT},
                    "required": ["text", "token", "quote"],
                    "additionalProperties": False,
                },
            },
        },
        "required": ["answered", "claims"],
        "additionalProperties": False,
    }
)
"""JSON schema of a reply, in the few keywords that every server supports."""


class ModelClaim(BaseModel):
    """One claim as the model gave it."""

    model_config = ConfigDict(frozen=True, extra="ignore", strict=True)

    text: Annotated[str, Field(min_length=1, max_length=600)]
    token: Annotated[str, Field(max_length=40)]
    quote: Annotated[str, Field(max_length=3000)]


class _Reply(BaseModel):
    model_config = ConfigDict(frozen=True, extra="ignore", strict=True)

    answered: bool
    claims: list[ModelClaim]


@dataclass(frozen=True, slots=True)
class Reply:
    """A whole reply."""

    claims: tuple[ModelClaim, ...]
    """() where the model says that the passages do not answer."""


def whole_reply(text: str) -> Reply:
    """Returns a complete reply; text before and after the JSON object is ignored.

    Raises:
        ModelMalformed: There is no object of the form asked for.
    """
    try:
        reply = _Reply.model_validate(object_in(text))
    except ValidationError as error:
        raise ModelMalformed(f"The reply has another form than asked for ({error.error_count()} faults).") from error
    return Reply(tuple(reply.claims[:MOST_CLAIMS]) if reply.answered else ())


def object_in(text: str) -> Any:
    """Returns the first JSON object of a text. Raises ``ModelMalformed`` where none is whole."""
    start = _opening(text)
    try:
        return json.JSONDecoder().raw_decode(text, start)[0]
    except (ValueError, RecursionError) as error:
        raise ModelMalformed("The reply is no whole JSON object.") from error


def complete_claims(text: str) -> tuple[ModelClaim, ...]:
    """Returns the claims of a reply that are complete so far, while it is still arriving."""
    start = _opening(text)
    try:
        partial = from_json(text[start:], allow_partial=True)
        claims = [ModelClaim.model_validate(claim) for claim in partial["claims"][:MOST_CLAIMS] if _is_complete(claim)]
    except (ValueError, KeyError, TypeError):
        return ()
    return tuple(claims) if partial.get("answered", True) is True else ()


def _is_complete(claim: Any) -> bool:
    return isinstance(claim, dict) and all(name in claim for name in ("text", "token", "quote"))


def _opening(text: str) -> int:
    """Returns where the object begins, after a model's thinking; the start where there is none."""
    thought = text.rfind("</think>")
    return max(text.find("{", max(thought, 0)), 0)
