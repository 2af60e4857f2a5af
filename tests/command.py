"""The command line, in this process or in one of its own, from the root of the project."""

from __future__ import annotations

import contextlib
import io
import os
import subprocess
import sys
from pathlib import Path

import pytest

from assistant.cli import run

ROOT = Path(__file__).parents[1]
PROGRAM = "from assistant.cli import main; main()"
Done = subprocess.CompletedProcess[str]


def assistant(*arguments: str, **environment: str) -> Done:
    """Runs the command line in this process, with no setting but those given."""
    out, err = io.StringIO(), io.StringIO()
    with (
        pytest.MonkeyPatch.context() as patched,
        contextlib.chdir(ROOT),
        contextlib.redirect_stdout(out),
        contextlib.redirect_stderr(err),
    ):
        for name in [each for each in os.environ if each.startswith("ASSISTANT_")]:
            patched.delenv(name)
        for name, value in environment.items():
            patched.setenv(name, value)
        code = run(arguments)
    return Done(arguments, code, out.getvalue(), err.getvalue())


def process(*arguments: str, given: str | None = None, **environment: str) -> Done:
    """Runs the command line as a process of its own, with no setting but those given."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith("ASSISTANT_")}
    return subprocess.run(
        [sys.executable, "-c", PROGRAM, *arguments],
        cwd=ROOT,
        env={**kept, **environment},
        input=given,
        capture_output=True,
        text=True,
        check=False,
        timeout=300,
    )
