"""Settings of a language model that may write answers; there is none by default."""

from __future__ import annotations

import ipaddress
from typing import Annotated, Literal
from urllib.parse import urlsplit

from pydantic import BaseModel, ConfigDict, Field, SecretStr, field_validator

from assistant.errors import ConfigurationError

Provider = Literal["openai", "ollama", "azure_openai", "anthropic"]
HOME = {"openai": None, "ollama": "http://127.0.0.1:11434"}
"""Default address of a provider's server; None and no entry mean the provider's own, which is remote."""


class LanguageModelSetting(BaseModel):
    """A chat model that may write answers; every sentence is checked before it is shown."""

    model_config = ConfigDict(frozen=True, extra="forbid", use_attribute_docstrings=True)

    name: str
    """Name with version, as the server knows it; shown to readers."""
    provider: Provider = "openai"
    """``openai`` is any server that speaks OpenAI's protocol (vLLM, llama.cpp, LM Studio, a hosted one)."""
    base_url: str | None = None
    """Address of the server, such as http://127.0.0.1:8000/v1."""
    api_key: SecretStr | None = None
    """Key of the server; better given by the environment than in a file."""
    allow_remote_model: bool = False
    """The owner's consent that masked questions and passages leave this machine; needed for every remote address."""
    reply_form: Literal["schema", "json", "free"] = "schema"
    """How the form of the reply is requested: by JSON schema, as any JSON, or in the prompt alone."""
    temperature: Annotated[float, Field(ge=0, le=2)] | Literal["server"] = 0.0
    """``server`` leaves it to the server; some hosted models accept no other."""
    timeout_s: Annotated[float, Field(gt=0)] = 60.0
    """Longest time for the whole reply, retries included, in seconds."""
    silence_s: Annotated[float, Field(gt=0)] = 30.0
    """Longest time without output from the server, in seconds."""
    tries: Annotated[int, Field(ge=1, le=10)] = 3
    """Attempts with a server that is busy or fails; one that is silent is not asked again."""
    wait_s: Annotated[float, Field(ge=0)] = 1.0
    """Wait before the second attempt; doubled, with random jitter, before each further one."""
    prompt_tokens: Annotated[int, Field(ge=500)] = 6000
    """Most tokens of instructions, question and passages together; the last passages are left out to stay within it."""
    reply_tokens: Annotated[int, Field(ge=100)] = 1200
    """Most tokens of a reply."""

    @field_validator("base_url")
    @classmethod
    def _is_an_address(cls, value: str | None) -> str | None:
        parts = urlsplit(value or "")
        if value is not None and (parts.scheme not in ("http", "https") or not parts.hostname):
            raise ValueError("base_url is an address such as http://127.0.0.1:8000/v1")
        return value

    @property
    def address(self) -> str | None:
        """The server's address; None for the provider's own."""
        return self.base_url or HOME.get(self.provider)

    @property
    def is_local(self) -> bool:
        """Whether the server is on this machine: localhost or a loopback address."""
        host = urlsplit(self.address or "").hostname or ""
        try:
            return host == "localhost" or ipaddress.ip_address(host).is_loopback
        except ValueError:
            return False

    @property
    def longest_s(self) -> float:
        """Longest time that one question may wait for the model: for a follow-up's rewriting and for the reply."""
        return self.timeout_s + 2 * self.silence_s

    def check_place(self) -> None:
        """Checks that the model may be asked at all.

        Raises:
            ConfigurationError: It is not on this machine and the settings do not allow that.
        """
        if not self.is_local and not self.allow_remote_model:
            raise ConfigurationError(
                f"language_model {self.name}: {self.address or f'the server of {self.provider}'} is not on this "
                "machine, so questions and passages would leave it. Set language_model.allow_remote_model if its "
                "owner allows that, or a base_url on 127.0.0.1."
            )


class AnswerabilitySetting(BaseModel):
    """A language model as second judge of whether the documents answer; none by default."""

    model_config = ConfigDict(frozen=True, extra="forbid", use_attribute_docstrings=True)

    judge: Literal["none", "language_model"] = "none"
    """``language_model``: the one set up reads the masked question and the first passages of *every* question, quoted ones too. It
    may reject an answer; it finds one only where ``assistant eval calibrate --with-judge`` was run with it."""
    timeout_s: Annotated[float, Field(gt=0)] = 15.0
    """Longest time that one question may wait for it, in seconds; after that the outcome is as without it."""
    passages: Annotated[int, Field(ge=1, le=20)] = 5
    """First passages that it reads."""


class EntailmentSetting(BaseModel):
    """A model that may reject claims of written answers that the rules accept; it never accepts one that they reject."""

    model_config = ConfigDict(frozen=True, extra="forbid", use_attribute_docstrings=True)

    model: str
    """Name or folder of a sentence-transformers CrossEncoder on this machine, ``own`` (the project's own verifier), or
    ``language_model``: the one set up."""
    threshold: Annotated[float, Field(ge=0, le=1)] = 0.5
    """Least probability with which a CrossEncoder accepts a claim."""
