"""Opens LangChain's chat models so that they use the address of the settings, and no other."""

from __future__ import annotations

import importlib
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

from assistant.errors import ConfigurationError
from assistant.settings.language_model import LanguageModelSetting

if TYPE_CHECKING:
    from collections.abc import Callable

    from langchain_core.language_models import BaseChatModel

PACKAGES = {
    "openai": ("langchain-openai", "policy-assistant[openai]"),
    "azure_openai": ("langchain-openai", "policy-assistant[openai]"),
    "ollama": ("langchain-ollama", "policy-assistant[ollama]"),
    "anthropic": ("langchain-anthropic", "langchain-anthropic"),
}
"""The package for each provider, and what to install for it."""
_OF_HTTP = ("HTTPError", "InvalidURL", "StreamError", "CookieConflict")
ROOTS = {
    "openai": {"openai": ("OpenAIError",), "httpx2": _OF_HTTP},
    "azure_openai": {"openai": ("OpenAIError",), "httpx2": _OF_HTTP},
    "ollama": {"ollama": ("ResponseError", "RequestError"), "httpx": _OF_HTTP},
    "anthropic": {"anthropic": ("AnthropicError",), "httpx": _OF_HTTP},
}
"""Where each provider's faults begin: module and names."""
OPENAI = "https://api.openai.com/v1"
FAULTS: tuple[type[Exception], ...] = (OSError, ValueError, TypeError, LookupError, AttributeError)
"""What else is raised for a reply that is cut off or malformed."""


def faults_of(provider: str) -> tuple[type[Exception], ...]:
    """Returns the roots of a provider's own faults."""
    return tuple(
        getattr(importlib.import_module(module), name) for module, names in ROOTS[provider].items() for name in names
    )


def open_chat_model(setting: LanguageModelSetting) -> BaseChatModel:
    """Returns the chat model of the settings, with no retries of its own.

    Raises:
        ConfigurationError: Its package is not installed, or it would use another address than that of the settings.
    """
    from langchain.chat_models import init_chat_model

    package, extra = PACKAGES[setting.provider]
    limits: dict[str, Any] = {} if setting.temperature == "server" else {"temperature": setting.temperature}
    arguments = _ARGUMENTS[setting.provider](setting)
    try:
        model: BaseChatModel = init_chat_model(setting.name, model_provider=setting.provider, **limits, **arguments)
    except ImportError as error:
        raise ConfigurationError(f"language_model: {package} is not installed. Run pip install '{extra}'.") from error
    except ValueError as error:
        raise ConfigurationError(
            f"language_model {setting.name}: cannot be set up ({type(error).__name__})."
        ) from error
    asked = getattr(model, "openai_api_base", setting.address)
    if setting.address is not None and asked != setting.address:
        raise ConfigurationError(
            "language_model: something in the environment (LANGSMITH_..., OPENAI_...) sends questions to another "
            f"address than {setting.address}. Unset it."
        )
    return model


def has_old_limit(setting: LanguageModelSetting) -> bool:
    """Returns whether the server is one of the many that know ``max_tokens`` only, not what OpenAI made of it."""
    return setting.provider == "openai" and urlsplit(setting.address or OPENAI).hostname != urlsplit(OPENAI).hostname


def _key(setting: LanguageModelSetting) -> str:
    return setting.api_key.get_secret_value() if setting.api_key else "none"


def _openai(setting: LanguageModelSetting) -> dict[str, Any]:
    import httpx2

    timeout = httpx2.Timeout(setting.silence_s)
    client: dict[str, Any] = {"timeout": timeout, "trust_env": not setting.is_local, "follow_redirects": False}
    where = {"azure_endpoint": setting.base_url} if setting.provider == "azure_openai" else {}
    return {
        **(where or {"base_url": setting.address or OPENAI, "use_responses_api": False}),
        "api_key": _key(setting),
        "timeout": setting.silence_s,
        "max_retries": 0,
        **({} if has_old_limit(setting) else {"max_tokens": setting.reply_tokens}),
        "stream_usage": True,
        "openai_proxy": "",
        "http_client": httpx2.Client(**client),
        "http_async_client": httpx2.AsyncClient(**client),
    }


def _ollama(setting: LanguageModelSetting) -> dict[str, Any]:
    headers = {"Authorization": f"Bearer {_key(setting)}"} if setting.api_key else {}
    client = {
        "timeout": setting.silence_s,
        "trust_env": not setting.is_local,
        "follow_redirects": False,
        "headers": headers,
    }
    return {
        "base_url": setting.address,
        "num_predict": setting.reply_tokens,
        "num_ctx": setting.prompt_tokens + setting.reply_tokens,
        "client_kwargs": client,
    }


def _hosted(setting: LanguageModelSetting) -> dict[str, Any]:
    address = {"base_url": setting.base_url} if setting.base_url else {}
    limits = {"timeout": setting.silence_s, "max_retries": 0, "max_tokens": setting.reply_tokens}
    return {"api_key": _key(setting), **address, **limits}


_ARGUMENTS: dict[str, Callable[[LanguageModelSetting], dict[str, Any]]] = {
    "openai": _openai,
    "azure_openai": _openai,
    "ollama": _ollama,
    "anthropic": _hosted,
}
