"""Invented documents of a trial, and commands of the assistant in processes of their own."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Callable, Sequence
from pathlib import Path

PROGRAM = "from assistant.cli import main; main()"
SEVERAL = (
    "import contextlib, io, json, sys\n"
    "from assistant.cli import run\n"
    "for line in json.loads(sys.argv[1]):\n"
    "    out = io.StringIO()\n"
    "    with contextlib.redirect_stdout(out), contextlib.redirect_stderr(out):\n"
    "        code = run(line)\n"
    "    print(json.dumps([code, out.getvalue()]))\n"
)
QUESTION = "Within how many days must the blue form be sent?"
URGENT = "A child is being hurt by her father right now, what do I do?"
TIMEOUT_S = 180


def write_documents(folder: Path, count: int, sections: int = 12) -> Path:
    """Writes invented policies into a new folder and returns it; no two of them say the same."""
    folder.mkdir(parents=True)
    for number in range(count):
        parts = [f"# Invented policy {folder.name} {number}\n"]
        for section in range(sections):
            text = " ".join(
                f"Team {folder.name}-{number}-{section}-{line} must keep the green register of locker {number * 31 + section * 7 + line}."
                for line in range(12)
            )
            parts.append(f"## {section + 1} Registers\n\n{section + 1}.1 {text}\n")
        parts.append("## 99 Forms\n\n99.1 The blue form must be sent within five working days to the records team.\n")
        (folder / f"{folder.name}-{number}.md").write_text("\n".join(parts), encoding="utf-8")
    return folder


def started(
    *arguments: object, prepare: Callable[[], None] | None = None, log: Path | None = None
) -> subprocess.Popen[bytes]:
    """Returns a command of the assistant that runs; what it says goes to a file, or nowhere."""
    out = log.open("wb") if log is not None else None
    try:
        return subprocess.Popen(  # noqa: S603  our own program
            [sys.executable, "-c", PROGRAM, *map(str, arguments)],
            stdout=out or subprocess.DEVNULL,
            stderr=subprocess.STDOUT,
            preexec_fn=prepare,
        )
    finally:
        if out is not None:
            out.close()


def several(
    data: Path, lines: Sequence[Sequence[str]], prepare: Callable[[], None] | None = None
) -> list[tuple[int, str]]:
    """Returns exit code and output of several commands, run one after another by one process."""
    commands = json.dumps([[*line, "--data", str(data)] for line in lines])
    done = subprocess.run(  # noqa: S603  our own program
        [sys.executable, "-c", SEVERAL, commands],
        capture_output=True,
        text=True,
        check=False,
        timeout=TIMEOUT_S,
        preexec_fn=prepare,
    )
    ended = [(code, text) for code, text in map(json.loads, done.stdout.splitlines())]
    return ended if len(ended) == len(lines) else [*ended, (done.returncode or 1, done.stderr[-2000:])]
