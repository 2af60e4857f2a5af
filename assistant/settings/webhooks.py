"""Settings of webhooks: which programs are told what, where, and signed with which secret."""

from __future__ import annotations

import base64
import binascii
from typing import Annotated, Self
from urllib.parse import urlsplit

from pydantic import BaseModel, ConfigDict, Field, SecretStr, field_validator, model_validator

from assistant.model.webhooks import EventType

SECRET_START = "whsec_"  # noqa: S105  how a secret begins, not one
SECRET_BYTES = (24, 64)
WebhookName = Annotated[str, Field(pattern=r"^[a-z0-9]+(_[a-z0-9]+)*$", max_length=40)]
ANNOUNCED = (EventType.DOCUMENT_PUBLISHED, EventType.ANSWER_NEEDS_YOU, EventType.COVERAGE_CHANGED)


class WebhookSetting(BaseModel):
    """A program that is told of events, by a signed request to its address."""

    model_config = ConfigDict(frozen=True, extra="forbid", use_attribute_docstrings=True)

    url: str
    """Address, by https; nothing else is ever sent to, and redirects are not followed."""
    secret: SecretStr
    """Secret that signs each request (`assistant webhooks secret` makes one); better in a file of its own than here."""
    old_secret: SecretStr | None = None
    """Secret before it, which signs too until the receiver knows the new one; none by default."""
    events: tuple[EventType, ...] = ANNOUNCED
    """Events that it is told of."""
    private: bool = False
    """Whether the address may be in a private network or on this machine; plain http is then allowed too."""

    @field_validator("secret", "old_secret")
    @classmethod
    def _is_a_secret(cls, value: SecretStr | None) -> SecretStr | None:
        if value is not None:
            secret_bytes(value)
        return value

    @field_validator("events")
    @classmethod
    def _are_announced(cls, value: tuple[EventType, ...]) -> tuple[EventType, ...]:
        if not value or not set(value) <= set(ANNOUNCED):
            raise ValueError(f"events are some of {', '.join(ANNOUNCED)}")
        return value

    @model_validator(mode="after")
    def _has_a_safe_address(self) -> Self:
        parts = urlsplit(self.url)
        schemes = ("https", "http") if self.private else ("https",)
        if parts.scheme not in schemes or not parts.hostname or parts.username or parts.password or parts.fragment:
            raise ValueError("url is an https address without user and fragment (http only with private = true)")
        return self


def secret_bytes(secret: SecretStr) -> bytes:
    """Returns the key that a secret stands for. Raises ``ValueError`` where it is none."""
    words = secret.get_secret_value()
    try:
        key = base64.b64decode(words.removeprefix(SECRET_START), validate=True)
    except (binascii.Error, ValueError):
        key = b""
    if not words.startswith(SECRET_START) or not SECRET_BYTES[0] <= len(key) <= SECRET_BYTES[1]:
        raise ValueError("the secret is whsec_ and 24 to 64 bytes in base64; `assistant webhooks secret` makes one")
    return key
