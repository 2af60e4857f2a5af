"""Measures ``assistant ask`` from a cold start: a new process for every question."""

from __future__ import annotations

import subprocess
import sys
import time
from pathlib import Path
from statistics import median
from typing import Any

RUNS = 5
QUESTION = "How soon must the referrer be told what happens next?"
DONE = (0, 3, 4)
"""Answered, refused, signposted."""


def measure_cold_start(data: Path) -> dict[str, Any]:
    """Returns the wall seconds of five starts over a library that is there, best and median.

    Raises:
        SystemExit: The command failed.
    """
    program = "import sys; from assistant.cli import main; sys.exit(main())"
    command = [sys.executable, "-c", program, "ask", QUESTION, "--json", "--data", str(data)]
    seconds = []
    for _ in range(RUNS):
        start = time.perf_counter()
        done = subprocess.run(command, capture_output=True, text=True, check=False)  # noqa: S603  our own program
        seconds.append(time.perf_counter() - start)
        if done.returncode not in DONE:
            raise SystemExit(f"assistant ask: exit code {done.returncode}: {done.stderr[-500:]}")
    return {"runs": RUNS, "best_s": min(seconds), "median_s": median(seconds)}
