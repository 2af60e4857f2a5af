"""Settings of the digest that tells the policy team what sources changed."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field, SecretStr, field_validator

from assistant.settings.certificates import CaFile


class MailSetting(BaseModel):
    """The mail server by which the digest is sent."""

    model_config = ConfigDict(frozen=True, extra="forbid", use_attribute_docstrings=True)

    host: str
    """Name or address of the mail server."""
    port: Annotated[int, Field(ge=1, le=65535)] = 587
    """Its port; 587 with `starttls`, 465 with `tls`, 25 with `none` are usual."""
    tls: Literal["starttls", "tls", "none"] = "starttls"
    """How the way to the server is encrypted; `none` only on this machine or a network of your own."""
    ca_file: CaFile | None = None
    """File with the certificate authorities of your network (PEM), besides those of the system."""
    username: str = ""
    """Whom to sign in as; empty does not sign in."""
    password: SecretStr | None = None
    """Password; better given by the environment or a secret file (`digest__mail__password`) than in a file of settings."""
    sender: Annotated[str, Field(min_length=3, max_length=300)]
    """Address that the digest comes from."""
    to: Annotated[tuple[str, ...], Field(min_length=1, max_length=50)]
    """Addresses that get it."""
    timeout_s: Annotated[float, Field(gt=0)] = 30.0
    """Longest wait for the server, in seconds."""

    @field_validator("sender")
    @classmethod
    def _is_an_address(cls, value: str) -> str:
        return _address(value)

    @field_validator("to")
    @classmethod
    def _are_addresses(cls, value: tuple[str, ...]) -> tuple[str, ...]:
        return tuple(map(_address, value))


class DigestSetting(BaseModel):
    """The digest of what sources changed, for the policy team."""

    model_config = ConfigDict(frozen=True, extra="forbid", use_attribute_docstrings=True)

    every: Annotated[str, Field(max_length=60)] = "weekly on Monday at 07:00"
    """When it is sent by mail, such as `daily at 07:00`; the page and the feed are always there."""
    mail: MailSetting | None = None
    """Mail server; without one, nothing is sent."""


def _address(value: str) -> str:
    if any(each < " " for each in value) or "@" not in value:
        raise ValueError(f"{value!r} is no mail address")
    return value.strip()
