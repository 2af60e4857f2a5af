"""Takes a measurement in a process of its own, so that memory and imports are its own."""

from __future__ import annotations

import json
import subprocess
import sys
from typing import Any


class Measurement:
    """A measurement under way.

    Args:
        module: Run with ``python -m``; prints one JSON object.
        arguments: Its arguments.
    """

    def __init__(self, module: str, *arguments: object) -> None:
        command = [sys.executable, "-m", module, *map(str, arguments)]
        self._name = " ".join(command[2:])
        self._process = subprocess.Popen(command, stdout=subprocess.PIPE, text=True)  # noqa: S603  our own program

    def figures(self) -> dict[str, Any]:
        """Returns what it measured, once it is done.

        Raises:
            SystemExit: It failed; what it wrote to standard error has been seen by the user.
        """
        out, _ = self._process.communicate()
        if self._process.returncode:
            raise SystemExit(f"{self._name}: failed with exit code {self._process.returncode}")
        found: dict[str, Any] = json.loads(out)
        return found
