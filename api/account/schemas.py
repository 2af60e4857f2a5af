"""Responses about the asker and about the erasure of their data."""

from __future__ import annotations

from pydantic import BaseModel, ConfigDict

from assistant.model.people import Role


class MeResponse(BaseModel):
    """The asker as the server knows them."""

    model_config = ConfigDict(
        json_schema_extra={
            "examples": [
                {
                    "user_id": "key-1a2b3c4d",
                    "name": "Intranet search",
                    "roles": ["practitioner"],
                    "groups": ["designated-leads", "role:practitioner"],
                    "via": "key",
                    "days_kept": 90,
                }
            ]
        }
    )

    user_id: str
    name: str
    roles: list[Role]
    groups: list[str]
    via: str
    """local, key or session."""
    days_kept: int
    """Days after which questions, outcomes and feedback are removed."""


class ErasureResponse(BaseModel):
    """The result of an erasure."""

    model_config = ConfigDict(json_schema_extra={"examples": [{"rows": 12}]})

    rows: int
    """Number of conversations, questions, feedback entries and sessions that were removed."""
