"""Settings of the server: access, records and the page."""

from __future__ import annotations

import re
from typing import Annotated, Self
from urllib.parse import urlsplit

from pydantic import BaseModel, ConfigDict, Field, SecretStr, field_validator, model_validator

from assistant.model.people import Role
from assistant.settings.colour_contrast import LEAST_CONTRAST, contrast_with_white

ORIGIN = re.compile(r"https?://[a-z0-9]([a-z0-9.-]*[a-z0-9])?(:[0-9]{1,5})?")
MOST_BODY_KB = 16 * 1024
"""Largest value of ``body_kb``; no text of a request's body is longer than this."""


class OidcSetting(BaseModel):
    """Sign-in with an OpenID Connect provider."""

    model_config = ConfigDict(frozen=True, extra="forbid", use_attribute_docstrings=True)

    issuer: str
    """Address of the provider."""
    client_id: str
    """Id of this application at the provider."""
    client_secret: SecretStr
    """Its secret; better given by the environment than in a file."""
    roles_claim: str = "roles"
    """Claim that lists the person's roles; ``roles`` maps its values."""
    groups_claim: str = "groups"
    """Claim that lists the groups which open restricted editions."""
    roles: dict[str, Role] = {}
    """Role for each value of the claim; other values give none."""
    default_role: Role | None = Role.PRACTITIONER
    """Role of everybody who can sign in; "" (None): only those to whom the claim gives one may enter."""

    @field_validator("default_role", mode="before")
    @classmethod
    def _nothing_is_none(cls, value: object) -> object:
        return None if value == "" else value


class AccessSetting(BaseModel):
    """Who may use the server. Without any of it, the server is for one local user on loopback."""

    model_config = ConfigDict(frozen=True, extra="forbid", use_attribute_docstrings=True)

    keys: bool = False
    """API keys are required (made by ``assistant keys create``)."""
    oidc: OidcSetting | None = None
    """Sign-in with an OpenID Connect provider; none by default."""
    public_url: str | None = None
    """Address that browsers use, such as https://policy.example.org; needed for sign-in and secure cookies."""
    trusted_hosts: tuple[str, ...] = ()
    """Host names that the server answers to besides those of ``public_url`` and loopback."""
    cors_origins: tuple[str, ...] = ()
    """Other sites whose pages may call the API; none by default."""
    asks_per_minute: Annotated[int, Field(ge=1)] = 60
    """Questions that one key or person may ask in a minute."""
    session_hours: Annotated[float, Field(gt=0)] = 10.0
    """How long a browser stays signed in."""
    failed_per_minute: Annotated[int, Field(ge=1)] = 10
    """Wrong keys or sign-ins from one address in a minute before it has to wait."""

    @property
    def is_open(self) -> bool:
        """Whether everybody who reaches the server counts as the one local user."""
        return not self.keys and self.oidc is None

    @property
    def is_https(self) -> bool:
        """Whether browsers connect by https."""
        return self.public_url is not None and self.public_url.startswith("https://")

    @field_validator("public_url")
    @classmethod
    def _is_an_address(cls, value: str | None) -> str | None:
        parts = urlsplit(value or "")
        if value is not None and (parts.scheme not in ("http", "https") or not parts.hostname or parts.path.strip("/")):
            raise ValueError("public_url is scheme and host alone, such as https://policy.example.org")
        return value.rstrip("/") if value else value

    @model_validator(mode="after")
    def _sign_in_has_an_address(self) -> Self:
        if self.oidc is not None and self.public_url is None:
            raise ValueError("oidc needs public_url, the address to which the provider sends people back")
        return self


class RecordsSetting(BaseModel):
    """How long questions and outcomes are stored."""

    model_config = ConfigDict(frozen=True, extra="forbid", use_attribute_docstrings=True)

    days: Annotated[int, Field(ge=1)] = 90
    """Records older than this are purged."""
    audit_days: Annotated[int, Field(ge=1)] = 365
    """Lines of the audit log older than this are purged."""
    conversations: Annotated[int, Field(ge=1)] = 2000
    """Most conversations of one person; for more, some have to be deleted."""
    conversation_questions: Annotated[int, Field(ge=1)] = 200
    """Most questions of one conversation; emergency cards come in any case."""
    scenario_days: Annotated[int, Field(ge=1)] = 365
    """Scenarios last saved, and feedback on scenarios given, longer ago than this are purged."""
    earlier_texts_days: Annotated[int, Field(ge=1)] = 90
    """Documents that were replaced or taken out longer ago than this are purged, never before ``days`` have passed."""
    least_count: Annotated[int, Field(ge=1, le=100)] = 5
    """Counts of questions below this are not shown in usage, nor what would reveal them; 1 shows every count."""


class PageSetting(BaseModel):
    """Name and colours of the chat page."""

    model_config = ConfigDict(frozen=True, extra="forbid", use_attribute_docstrings=True)

    name: str = "Policy assistant"
    """Name at the top of every page."""
    organisation: str = ""
    """Whose assistant it is, beside the name."""
    colour: Annotated[str, Field(pattern=r"^#[0-9a-fA-F]{6}$")] = "#0b4f6c"
    """Of the header and of buttons; white text must be readable on it (contrast 4.5 to 1, checked at start)."""
    examples: tuple[str, ...] = ()
    """Questions offered on the first page; unless set, everyday ones that the indexed documents answer."""

    @field_validator("colour")
    @classmethod
    def _is_readable(cls, value: str) -> str:
        contrast = contrast_with_white(value)
        if contrast < LEAST_CONTRAST:
            raise ValueError(
                f"white text on {value} has contrast {contrast:.1f} to 1, less than {LEAST_CONTRAST}: darken it"
            )
        return value


class ServeSetting(BaseModel):
    """Limits of the server."""

    model_config = ConfigDict(frozen=True, extra="forbid", use_attribute_docstrings=True)

    body_kb: Annotated[int, Field(ge=16, le=MOST_BODY_KB)] = 256
    """Largest body of a request that is not an upload, in kB."""
    upload_mb: Annotated[int, Field(ge=1)] = 50
    """Largest upload, in MB."""
    ask_timeout_s: Annotated[float, Field(gt=0)] = 30.0
    """Longest time for a question, in seconds; a language model has its own besides."""
    asked_at_once: Annotated[int, Field(ge=1)] = 4
    """Questions that a worker looks up at the same time; others wait their turn in the order in which they came."""
    longest_wait_s: Annotated[float, Field(gt=0)] = 10.0
    """Longest wait for a turn, in seconds: whoever would wait longer is told at once that the assistant is busy, and for how
    long; an emergency card does not wait."""
    threads: Annotated[int, Field(ge=48)] = 160
    """Requests that a worker handles at the same time, those that wait included; a card needs one that is free."""
    connections: Annotated[int, Field(ge=1)] = 512
    """Most connections of a worker at once; fewer where the system allows it few open files."""
    head_kb: Annotated[int, Field(ge=8, le=1024)] = 32
    """Longest address with headers of a request, in kB."""
    head_timeout_s: Annotated[float, Field(gt=0)] = 15.0
    """Longest wait for the head of a request that has begun, in seconds."""
    body_timeout_s: Annotated[float, Field(gt=0)] = 30.0
    """Longest wait for a request's body, in seconds, and longer only for one that comes with 16 kB a second; also the
    longest time in which nothing of a response is taken."""
    page_px: Annotated[int, Field(ge=400, le=3000)] = 1200
    """Width of page images, in pixels."""
    embed_origins: tuple[str, ...] = ()
    """Sites whose pages may show this assistant in a frame, such as ``["https://intranet.example.org"]``; none by default."""
    mcp: bool = False
    """Whether other assistants may use this one as a tool by the Model Context Protocol, at /mcp; needs the extra ``mcp``."""

    @field_validator("embed_origins")
    @classmethod
    def _are_origins(cls, value: tuple[str, ...]) -> tuple[str, ...]:
        for each in value:
            if not ORIGIN.fullmatch(each):
                raise ValueError(
                    f"{each!r} is no origin: write scheme and host in small letters, with a port if it is not the usual "
                    "one and without a path, such as https://intranet.example.org"
                )
        return value


class JudgeSetting(BaseModel):
    """A chat model that judges answers in an evaluation; it never answers."""

    model_config = ConfigDict(frozen=True, extra="forbid", use_attribute_docstrings=True)

    model: str
    """Name with version, as the server knows it; shown in the report."""
    base_url: str
    """Address of any OpenAI-compatible server, such as http://127.0.0.1:11434/v1."""
    api_key: SecretStr = SecretStr("none")
    """Key of the server; better given by the environment than in a file."""
    timeout_s: Annotated[float, Field(gt=0)] = 120.0
    """Longest time for one judgement, in seconds."""
