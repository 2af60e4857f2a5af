"""Lays the packages beside ``assistant`` below it in a wheel; all else stands in ``pyproject.toml``.

``api``, ``ingest`` and ``evals`` are names that other projects use as well: what two wheels bring is overwritten without a word.
In a wheel they lie in ``assistant/_siblings``, with the project's own documents and its documentation, as beside it in the checkout;
``assistant/cli/siblings.py`` finds them (docs/adr/0027-packaging.md). An editable installation uses the checkout as it is.
"""

from __future__ import annotations

import shutil
from pathlib import Path

from setuptools import setup
from setuptools.command.build_py import build_py

SIBLINGS = ("api", "ingest", "evals")
FOLDERS = {"corpus": ("*.md", "*.toml"), "docs": ("*.md", "*.json", "adr/*.md", "operate/*.md", "approve/*.md")}
"""Folders that are no packages, and which of their files belong into a wheel."""


class BuildBelow(build_py):
    """Copies every package, then moves the siblings below ``assistant``."""

    def run(self) -> None:
        """Builds."""
        super().run()
        if self.editable_mode:
            return
        below = Path(self.build_lib) / "assistant" / "_siblings"
        shutil.rmtree(below, ignore_errors=True)
        below.mkdir(parents=True)
        for name in SIBLINGS:
            shutil.move(Path(self.build_lib) / name, below / name)
        for name, patterns in FOLDERS.items():
            for path in (each for pattern in patterns for each in Path(name).glob(pattern)):
                (below / path).parent.mkdir(parents=True, exist_ok=True)
                shutil.copy(path, below / path)


setup(cmdclass={"build_py": BuildBelow})
