"""The version of this program, as its package states it."""

from __future__ import annotations

from importlib.metadata import PackageNotFoundError, version

PACKAGE = "policy-assistant"


def program_version() -> str:
    """Returns the version of the installed package, "unknown" where it is not installed."""
    try:
        return version(PACKAGE)
    except PackageNotFoundError:
        return "unknown"
