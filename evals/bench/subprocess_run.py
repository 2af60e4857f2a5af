"""Takes a measurement in a process of its own, so that memory and imports are its own."""

from __future__ import annotations

import json
import subprocess
import sys
from typing import Any


class Measurement:
    """A measurement under way.

    Args:
        command: A command of ``python -m evals`` that prints one JSON object.
        arguments: Its arguments.
    """

    def __init__(self, command: str, *arguments: object) -> None:
        words = [sys.executable, "-m", "evals", command, *map(str, arguments)]
        self._name = " ".join(words[2:])
        self._process = subprocess.Popen(words, stdout=subprocess.PIPE, text=True)  # noqa: S603  our own program

    def figures(self) -> dict[str, Any]:
        """Returns what it measured, once it is done.

        Raises:
            SystemExit: It failed; its standard error has gone to the user's.
        """
        out, _ = self._process.communicate()
        if self._process.returncode:
            raise SystemExit(f"{self._name}: failed with exit code {self._process.returncode}")
        figures: dict[str, Any] = json.loads(out)
        return figures
