"""Loads the settings from arguments, environment, secret files and a TOML file; a fault is named with its fix."""

from __future__ import annotations

import re
import tomllib
from pathlib import Path
from typing import Any

from pydantic import ValidationError
from pydantic_settings import BaseSettings, InitSettingsSource, PydanticBaseSettingsSource

from assistant.errors import ConfigurationError
from assistant.old_names import current_names
from assistant.settings import Settings
from assistant.settings.secret_files import secrets_folder, secrets_source


def load_settings(file: Path | None = None, **arguments: Any) -> Settings:
    """Returns the settings: arguments first, then environment, secret files and the file, then the defaults.

    Raises:
        ConfigurationError: The file is not TOML, or a value is wrong or unknown; names which and the fix.
    """
    values = current_names(_table(file)) if file is not None else {}
    secrets = secrets_folder()

    class WithFile(Settings):
        @classmethod
        def settings_customise_sources(
            cls,
            settings_cls: type[BaseSettings],
            init_settings: PydanticBaseSettingsSource,
            env_settings: PydanticBaseSettingsSource,
            dotenv_settings: PydanticBaseSettingsSource,
            file_secret_settings: PydanticBaseSettingsSource,
        ) -> tuple[PydanticBaseSettingsSource, ...]:
            sources = super().settings_customise_sources(
                settings_cls, init_settings, env_settings, dotenv_settings, file_secret_settings
            )
            files = () if secrets is None else (secrets_source(settings_cls, secrets),)
            return *sources, *files, InitSettingsSource(settings_cls, values)

    try:
        return WithFile(**arguments)
    except ValidationError as error:
        raise ConfigurationError(_fault(error, file)) from error


def _table(file: Path) -> dict[str, Any]:
    try:
        return tomllib.loads(file.read_text(encoding="utf-8"))
    except OSError as error:
        raise ConfigurationError(f"{file}: cannot be read ({error.strerror}). Check --settings.") from error
    except (UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        raise ConfigurationError(f"{file}: not readable TOML ({error}). Fix that line.") from error


def _fault(error: ValidationError, file: Path | None) -> str:
    first = error.errors()[0]
    name = ".".join(str(part) for part in first["loc"])
    if first["type"] == "extra_forbidden":
        there = ", ".join(sorted(Settings.model_fields))
        return f"setting {name}: there is no such setting. Take it out of {file or 'the settings'}; there are: {there}."
    variable = f"ASSISTANT_{name.upper().replace('.', '__')}"
    where = f"{variable} or {name} in {file}" if file else variable
    fault = first["msg"].removeprefix("Value error, ")
    return f"setting {name}: {fault}{_shown(name, first['type'], first['input'])}. Fix {where}."


def _shown(name: str, fault: str, value: object) -> str:
    """Returns the value of a setting, unless it could hold a secret: a key or a whole table."""
    is_value = isinstance(value, str | int | float | None) and fault not in ("model_type", "dict_type")
    is_plain = is_value and not re.search(r"key|secret|password|proxy", name)
    return f" (it is {value!r})" if is_plain else ""
