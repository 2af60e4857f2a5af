"""What a fault looks like."""

from __future__ import annotations

from pydantic import BaseModel, ConfigDict


class FieldError(BaseModel):
    """One part of a request that is not as described."""

    where: str
    """Path of the part, such as body/question."""
    what: str


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
                }
            ]
        }
    )

    type: str
    """Kind of problem, a URN."""
    title: str
    status: int
    detail: str
    instance: str
    """This one occurrence, a URN."""
    id: str
    """Id under which the server's log has it."""
    errors: list[FieldError] | None = None
    """What is wrong with which part of the request."""
