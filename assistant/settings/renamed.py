"""Settings under the names of the release before: they work for one release, with a warning."""

from __future__ import annotations

import os
import warnings
from collections.abc import Mapping
from typing import Any

RENAMED: Mapping[str, str] = {"reader": "reranker"}
"""Name in the release before, and the name since."""


def current_names(values: Mapping[str, Any]) -> dict[str, Any]:
    """Returns settings under the names of this release; a current name beats an old one. Warns of each old name."""
    current = {name: value for name, value in values.items() if name not in RENAMED}
    for old, new in RENAMED.items():
        if old in values:
            current.setdefault(new, values[old])
            warnings.warn(
                f"The setting {old} is called {new} since this release; the old name will not work in the next.",
                FutureWarning,
                stacklevel=2,
            )
    return current


def from_environment(prefix: str) -> dict[str, str]:
    """Returns the settings that environment variables still give under old names, such as ``ASSISTANT_READER``."""
    names = {old: f"{prefix}{old.upper()}" for old in RENAMED}
    return {old: os.environ[variable] for old, variable in names.items() if variable in os.environ}
