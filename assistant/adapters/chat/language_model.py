"""Any chat model, through LangChain, with limits on time and retries; nothing is sent anywhere else."""

from __future__ import annotations

import hashlib
import logging
import time
from collections.abc import Iterator, Mapping
from contextlib import closing
from functools import cached_property
from typing import TYPE_CHECKING, Any

from assistant.adapters.chat.open_chat_model import FAULTS, faults_of, has_old_limit, open_chat_model
from assistant.errors import ModelUnavailable
from assistant.ports import Piece
from assistant.settings.language_model import LanguageModelSetting

if TYPE_CHECKING:
    from langchain_core.language_models import BaseChatModel
    from tenacity import RetryCallState

log = logging.getLogger(__name__)
RETRIED_STATUSES = frozenset({408, 409, 425, 429})
"""HTTP status codes after which a request is retried, besides those from 500 on."""


class LangChainModel:
    """A language model of the settings. Nothing is imported or opened before the first request.

    Raises:
        ConfigurationError: It is not on this machine and the settings do not allow that.
    """

    def __init__(self, setting: LanguageModelSetting) -> None:
        setting.check_place()
        self._setting = setting

    @property
    def name(self) -> str:
        """Name with version, as set."""
        return self._setting.name

    @property
    def fingerprint(self) -> str:
        """Digest of the settings that change replies; neither key nor address."""
        of = ("name", "provider", "reply_form", "reply_tokens", "temperature")
        return hashlib.sha256(self._setting.model_dump_json(include=set(of)).encode()).hexdigest()[:12]

    @cached_property
    def _model(self) -> BaseChatModel:
        return open_chat_model(self._setting)

    def reply(self, instructions: str, data: str, form: Mapping[str, Any], within_s: float) -> Iterator[Piece]:
        """Yields the reply piece by piece; a busy or failing server is retried until the first piece arrives.

        Raises:
            ModelUnavailable: It is down, too slow, busy, refuses or breaks off.
            ConfigurationError: The package that it needs is not installed.
        """
        model, faults = self._model, faults_of(self._setting.provider)
        ends = time.monotonic() + within_s
        request = (("system", instructions), ("human", data))
        extra = extra_of(self._setting, form)
        try:
            first, stream = self._start(model, request, extra, within_s)
            with closing(stream):
                yield from self._pieces(first, stream, ends)
        except (*faults, *FAULTS) as error:
            raise ModelUnavailable(_message(self._setting, error)) from error

    def _start(self, model: BaseChatModel, request: Any, extra: Mapping[str, Any], within_s: float) -> tuple[Any, Any]:
        """Returns the first piece and the rest of the stream; a request that a busy server refuses is retried."""
        from tenacity import Retrying, retry_if_exception, stop_after_attempt, stop_after_delay
        from tenacity.wait import wait_random_exponential

        tries = Retrying(
            stop=stop_after_attempt(self._setting.tries) | stop_after_delay(within_s),
            wait=wait_random_exponential(self._setting.wait_s, max=max(within_s / 4, 0.01)),
            retry=retry_if_exception(_is_retried),
            before_sleep=_log_retry,
            reraise=True,
        )
        started: tuple[Any, Any] = tries(self._open_stream, model, request, extra)
        return started

    @staticmethod
    def _open_stream(model: BaseChatModel, request: Any, extra: Mapping[str, Any]) -> tuple[Any, Any]:
        from langsmith import tracing_context

        stream = model.stream(list(request), **extra)
        with tracing_context(enabled=False):  # an operator's LANGSMITH_... must not send questions elsewhere
            return next(stream, None), stream

    def _pieces(self, first: Any, stream: Iterator[Any], ends: float) -> Iterator[Piece]:
        if first is not None:
            yield _piece(first)
        for message in stream:
            if time.monotonic() > ends:
                raise ModelUnavailable(f"language model {self.name}: no whole reply in time (timeout_s).")
            yield _piece(message)


def extra_of(setting: LanguageModelSetting, form: Mapping[str, Any]) -> dict[str, Any]:
    """Returns the arguments of a request besides its messages."""
    format_settings = form_of(setting, form)
    if setting.provider == "ollama":
        return format_settings
    limit = {"max_tokens": setting.reply_tokens} if has_old_limit(setting) else {}
    return {"extra_body": {**format_settings, **limit}} if format_settings or limit else {}


def form_of(setting: LanguageModelSetting, form: Mapping[str, Any]) -> dict[str, Any]:
    """Returns the arguments that ask a server for the form of the reply, by its protocol; {} where it has none."""
    if setting.reply_form == "free":
        return {}
    is_schema = setting.reply_form == "schema"
    if setting.provider == "ollama":
        return {"format": dict(form) if is_schema else "json"}
    if setting.provider in ("openai", "azure_openai"):
        schema = {"name": "reply", "strict": True, "schema": dict(form)}
        response_format = {"type": "json_schema", "json_schema": schema} if is_schema else {"type": "json_object"}
        return {"response_format": response_format}
    return {}


def _piece(message: Any) -> Piece:
    usage = message.usage_metadata or {}
    return Piece(message.text, usage.get("input_tokens", 0), usage.get("output_tokens", 0))


def _is_retried(error: BaseException) -> bool:
    if any("Timeout" in each.__name__ for each in type(error).__mro__):
        return False
    status = getattr(error, "status_code", None) or getattr(getattr(error, "response", None), "status_code", None)
    if isinstance(status, int) and status > 0:
        return status in RETRIED_STATUSES or status >= 500
    return isinstance(error, Exception) and not isinstance(error, ValueError | TypeError | LookupError)


def _log_retry(state: RetryCallState) -> None:
    error = state.outcome.exception() if state.outcome else None
    log.info("language model: try %d failed (%s)", state.attempt_number, type(error).__name__)


def _message(setting: LanguageModelSetting, error: BaseException) -> str:
    status = getattr(error, "status_code", None)
    state = f", HTTP {status}" if isinstance(status, int) and status > 0 else ""
    return f"language model {setting.name} at {setting.address or setting.provider}: {type(error).__name__}{state}."


__all__ = ["LangChainModel"]
