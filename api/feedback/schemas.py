"""Request and response of feedback on an outcome."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated

from pydantic import ConfigDict, Field

from api.feedback.service import NOTE_CHARS
from api.http.schemas import RequestModel
from assistant.model.people import Opinion


class FeedbackRequest(RequestModel):
    """Feedback on an outcome or on one of its statements."""

    model_config = ConfigDict(
        extra="forbid",
        json_schema_extra={
            "examples": [
                {
                    "record_id": "2deb3bbdf07048eaac42bf519fbf37b5",
                    "opinion": "wrong_source",
                    "statement": 1,
                    "note": "Paragraph 12 of the policy says more.",
                }
            ]
        },
    )

    record_id: Annotated[str, Field(max_length=100)]
    """Id of the outcome's record, as returned by `POST /v1/ask`."""
    opinion: Opinion
    statement: Annotated[int | None, Field(ge=1, le=100)] = None
    """Number of the statement, from 1; null for the whole outcome."""
    note: Annotated[str, Field(max_length=NOTE_CHARS)] = ""
    """Personal details in it are masked before it is saved."""


class FeedbackResponse(FeedbackRequest):
    """Feedback as it was saved."""

    model_config = ConfigDict(
        json_schema_extra={
            "examples": [
                {
                    "feedback_id": "0f1e2d3c4b5a69780f1e2d3c4b5a6978",
                    "record_id": "2deb3bbdf07048eaac42bf519fbf37b5",
                    "opinion": "wrong_source",
                    "statement": 1,
                    "note": "Paragraph 12 of the policy says more.",
                    "given_at": "2026-05-01T09:03:00Z",
                }
            ]
        }
    )

    feedback_id: str
    given_at: datetime
