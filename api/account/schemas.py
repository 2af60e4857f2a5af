"""Who asks, and what erasing removed."""

from __future__ import annotations

from pydantic import BaseModel, ConfigDict

from assistant.model.people import Role


class Me(BaseModel):
    """The asker as the server knows him."""

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


class Erased(BaseModel):
    """What was removed."""

    model_config = ConfigDict(json_schema_extra={"examples": [{"rows": 12}]})

    rows: int
    """Conversations, questions, feedback and sessions."""
