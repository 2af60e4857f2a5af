"""Makes the settings of arguments, environment and a TOML file, and says clearly what is wrong with them."""

from __future__ import annotations

import re
import tomllib
from pathlib import Path
from typing import Any

from pydantic import ValidationError
from pydantic_settings import BaseSettings, InitSettingsSource, PydanticBaseSettingsSource

from assistant.errors import ConfigurationError
from assistant.settings import Settings
from assistant.settings.renamed import current_names


def load_settings(file: Path | None = None, **given: Any) -> Settings:
    """Returns the settings: what is given, then the environment, then the file, then the defaults.

    Raises:
        ConfigurationError: The file is no TOML, or a value is wrong or unknown; names which and the fix.
    """
    values = current_names(_table(file)) if file is not None else {}

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
            return *sources, InitSettingsSource(settings_cls, values)

    try:
        return WithFile(**given)
    except ValidationError as error:
        raise ConfigurationError(_fault(error, file)) from error


def _table(file: Path) -> dict[str, Any]:
    try:
        return tomllib.loads(file.read_text(encoding="utf-8"))
    except OSError as error:
        raise ConfigurationError(f"{file}: cannot be read ({error.strerror}). Check --settings.") from error
    except (UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        raise ConfigurationError(f"{file}: not readable TOML ({error}). Mend that line.") from error


def _fault(error: ValidationError, file: Path | None) -> str:
    first = error.errors()[0]
    name = ".".join(str(each) for each in first["loc"])
    if first["type"] == "extra_forbidden":
        there = ", ".join(sorted(Settings.model_fields))
        return f"setting {name}: there is no such setting. Take it out of {file or 'the settings'}; there are: {there}."
    variable = f"ASSISTANT_{name.upper().replace('.', '__')}"
    where = f"{variable} or {name} in {file}" if file else variable
    fault = first["msg"].removeprefix("Value error, ")
    return f"setting {name}: {fault}{_shown(name, first['type'], first['input'])}. Mend {where}."


def _shown(name: str, fault: str, value: object) -> str:
    """Returns what a setting is, where that cannot hold a secret: neither a key nor a whole table."""
    is_value = isinstance(value, str | int | float | None) and fault not in ("model_type", "dict_type")
    is_plain = is_value and not re.search(r"key|secret", name)
    return f" (it is {value!r})" if is_plain else ""
