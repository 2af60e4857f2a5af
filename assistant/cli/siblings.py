"""Finds the packages beside ``assistant``, whose names (``api``, ``ingest``, ``evals``) other projects may use as well.

In a checkout they lie beside it. A wheel holds them below ``assistant/_siblings``, so that installing it writes no ``api`` into an
environment and overwrites none; that folder is put before all others when the command line starts (docs/adr/0027-packaging.md).
"""

from __future__ import annotations

import importlib.util
import sys
from pathlib import Path

import assistant
from assistant.errors import ConfigurationError

PACKAGES = ("api", "ingest", "evals")
FOLDER = "_siblings"
"""Name of the folder below ``assistant`` in a wheel; ``setup.py`` says it too."""


def root() -> Path:
    """Returns the folder that the packages beside ``assistant`` are imported from."""
    own = Path(assistant.__file__).resolve().parent
    return own / FOLDER if (own / FOLDER).is_dir() else own.parent


def make_importable() -> None:
    """Puts the folder before all others, once; processes that are started with this one's path have it too.

    Raises:
        ConfigurationError: A package of the same name that is not ours was imported before, or hides ours.
    """
    folder = str(root())
    if sys.path[:1] != [folder]:
        sys.path.insert(0, folder)
    for name in PACKAGES:
        _check(name, Path(folder))


def _check(name: str, folder: Path) -> None:
    """Raises where ``import name`` would not bring ours; nothing is imported."""
    loaded = sys.modules.get(name)
    spec = loaded.__spec__ if loaded is not None else importlib.util.find_spec(name)
    origin = None if spec is None or spec.origin is None else Path(spec.origin).resolve().parent
    if origin != folder / name:
        where = "is not there" if origin is None else f"is that of {origin}"
        raise ConfigurationError(
            f"The package {name} that Python finds {where}, not the assistant's in {folder}. "
            "Install policy-assistant into an environment of its own (pipx, uv tool install, or python -m venv)."
        )


def folder_of(name: str) -> Path:
    """Returns a folder of the project that is no package, such as ``corpus``.

    Raises:
        ConfigurationError: The installation lacks it.
    """
    folder = root() / name
    if not folder.is_dir():
        raise ConfigurationError(f"{folder}: is not there. Install the project again.")
    return folder
