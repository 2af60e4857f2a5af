"""Times the tests of another commit and of this one in turn, each from a clean checkout. Run by ``make compare-tests``.

Both run under the packages of this virtual environment, by the command that the Makefile of their commit has for ``test``.
"""

from __future__ import annotations

import os
import re
import shlex
import subprocess
import sys
import tempfile
import time
from pathlib import Path

ROOT = Path(__file__).parents[1]
REQUIREMENTS = ("pyproject.toml", "requirements.lock", "requirements-dev.lock")
COMMAND = re.compile(r"^test:.*\n(?:\t.*\n)*?\t.*-m pytest(.*)", re.MULTILINE)


def arguments(makefile: str, workers: str) -> list[str]:
    """Returns what the target ``test`` of a Makefile gives to pytest. Raises ``SystemExit`` where it has none."""
    found = COMMAND.search(makefile)
    if found is None:
        raise SystemExit("the Makefile of that commit has no target `test` that runs pytest")
    return shlex.split(found[1].replace("$(WORKERS)", workers))


def seconds(checkout: Path, workers: str) -> float:
    """Returns how long the tests of a checkout take, and prints how they ended."""
    asked = arguments((checkout / "Makefile").read_text(encoding="utf-8"), workers)
    shared = {"ASSISTANT_SHARED": os.environ.get("ASSISTANT_SHARED", str(ROOT.parent / "shared"))}
    started = time.monotonic()
    with (checkout / "tests.log").open("w+", encoding="utf-8") as log:
        command = [sys.executable, "-m", "pytest", *asked]
        subprocess.run(command, cwd=checkout, env=os.environ | shared, stdout=log, stderr=log, check=False)  # noqa: S603
        taken = time.monotonic() - started
        log.seek(0)
        ended = [line for line in log if re.search(r"\b(?:passed|failed|error)", line)]
    print(f"  pytest {shlex.join(asked)}: {taken:.0f} s; {ended[-1].strip() if ended else 'no test ran'}", flush=True)
    return taken


def main(base: str, workers: str) -> None:
    """Prints both times and their ratio."""
    times = []
    for name in (base, "HEAD"):
        commit = _git("rev-parse", "--short", f"{name}^{{commit}}")
        print(f"{name} ({commit})", flush=True)
        if name == base and _git("diff", "--name-only", commit, "HEAD", "--", *REQUIREMENTS):
            print("  asks for other packages; it runs with those that are installed")
        with tempfile.TemporaryDirectory() as folder:
            checkout = Path(folder) / "checkout"
            _git("worktree", "add", "--detach", str(checkout), commit)
            try:
                times.append(seconds(checkout, workers))
            finally:
                _git("worktree", "remove", "--force", str(checkout))
    print(f"{times[1]:.0f} s, {times[1] / times[0]:.2f} of the {times[0]:.0f} s of {base}")


def _git(*words: str) -> str:
    done = subprocess.run(["git", *words], cwd=ROOT, capture_output=True, text=True, check=False)  # noqa: S603, S607
    if done.returncode != 0:
        raise SystemExit(done.stderr.strip())
    return done.stdout.strip()


if __name__ == "__main__":
    main(*sys.argv[1:])
