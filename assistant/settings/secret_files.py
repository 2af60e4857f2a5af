"""Settings from files of their own, such as a container's or systemd's secrets: one file a setting, named after it.

``access__oidc__client_secret`` in the folder that ``ASSISTANT_SECRETS`` names gives ``[access.oidc] client_secret``.
"""

from __future__ import annotations

import os
from pathlib import Path

from pydantic_settings import (
    BaseSettings,
    NestedSecretsSettingsSource,
    PydanticBaseSettingsSource,
    SecretsSettingsSource,
    SettingsError,
)

from assistant.errors import ConfigurationError

VARIABLE = "ASSISTANT_SECRETS"
"""Variable that names the folder; without it, or empty, there is none."""
DELIMITER = "__"


def secrets_folder() -> Path | None:
    """Returns the folder with the secrets; None where none is named."""
    named = os.environ.get(VARIABLE)
    return Path(named) if named else None


def secrets_source(settings_cls: type[BaseSettings], folder: Path) -> PydanticBaseSettingsSource:
    """Returns what gives the settings in the files of a folder, each without the white space around it.

    Raises:
        ConfigurationError: The folder or a file cannot be read, or a file is named after no setting.
    """
    try:
        source = NestedSecretsSettingsSource(
            SecretsSettingsSource(settings_cls),
            secrets_dir=folder,
            secrets_dir_missing="error",
            secrets_prefix="",
            secrets_nested_delimiter=DELIMITER,
        )
        names = sorted(source.env_vars)
    except (OSError, UnicodeDecodeError, SettingsError) as error:
        raise ConfigurationError(f"{folder}: the secrets cannot be read ({error}). Check {VARIABLE}.") from error
    unknown = [name for name in names if name.split(DELIMITER)[0] not in settings_cls.model_fields]
    if unknown:
        raise ConfigurationError(
            f"{folder / unknown[0]}: no setting has that name. Call the file after one, such as "
            "access__oidc__client_secret, or move it out of the folder."
        )
    return source
