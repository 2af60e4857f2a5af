"""What requests share, the format of problem details, and the bound of texts that only the body's own limit bounds."""

from __future__ import annotations

from typing import Any

from pydantic import BaseModel, ConfigDict, model_validator
from pydantic.config import JsonDict

from assistant.old_names import Named, current_names
from assistant.settings.serving import MOST_BODY_KB

BODY_CHARS = MOST_BODY_KB * 1024
"""Longer than any body: a question of any length is read, for an urgent one gets its card."""


MARK: JsonDict = {
    "kind": "withdrawn",
    "since": "2026-05-01",
    "note": "This policy was withdrawn.",
    "address": "https://partnership.example/policy",
    "successor": "",
}
"""What the source of an edition says of it; without null, which FastAPI leaves out of the examples of its document."""


class RequestModel(BaseModel):
    """A request, whose fields are also taken under their names from before (``assistant/old_names.py``)."""

    @model_validator(mode="before")
    @classmethod
    def _under_current_names(cls, values: Any) -> Any:
        return current_names(values, Named.FIELD) if isinstance(values, dict) else values


class FieldError(BaseModel):
    """A part of a request that is invalid."""

    where: str
    """Path of the part, such as body/question."""
    what: str
    """What is wrong with it."""


class OpenAIError(BaseModel):
    """The same for programs made for OpenAI's API."""

    message: str
    type: str
    param: str | None = None
    code: str


class ProblemDetails(BaseModel):
    """An RFC 9457 problem."""

    model_config = ConfigDict(
        json_schema_extra={
            "examples": [
                {
                    "type": "urn:policy-assistant:problem:not_found",
                    "title": "Not Found",
                    "status": 404,
                    "detail": "There is no such conversation.",
                    "instance": "urn:uuid:6f1b6b0e-6a7e-4f64-9c53-0d2a4b1f7c11",
                    "id": "6f1b6b0e-6a7e-4f64-9c53-0d2a4b1f7c11",
                    "error": {
                        "message": "There is no such conversation.",
                        "type": "not_found",
                        "param": None,
                        "code": "not_found",
                    },
                }
            ]
        }
    )

    type: str
    """Problem type, a URN."""
    title: str
    status: int
    detail: str
    instance: str
    """This occurrence, a URN."""
    id: str
    """Id of this occurrence in the server's log."""
    error: OpenAIError
    """The same where clients of OpenAI's API look for it."""
    errors: list[FieldError] | None = None
    """The invalid parts of the request."""
