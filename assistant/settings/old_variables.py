"""Environment variables of settings under the names from before."""

from __future__ import annotations

import os

from assistant.old_names import OLD_NAMES, Named


def from_environment(prefix: str) -> dict[str, str]:
    """Returns the settings that environment variables still give under old names, such as ``ASSISTANT_READER``."""
    names = {each.old: f"{prefix}{each.old.upper()}" for each in OLD_NAMES if each.of is Named.SETTING}
    return {old: os.environ[variable] for old, variable in names.items() if variable in os.environ}
