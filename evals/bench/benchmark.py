"""The benchmark of ``python -m evals bench``: ingest, question latency and cold start."""

from __future__ import annotations

import os
import platform
import shutil
import sys
import tempfile
from collections.abc import Sequence
from datetime import date
from pathlib import Path
from typing import Any

from evals.bench import cold, report
from evals.bench.passages import stock
from evals.bench.subprocess_run import Measurement

COLD_SIZE = 10_000
"""The library on which a cold start is measured and the limits are set."""


def measure(sizes: Sequence[int], *, skip_cold: bool = False) -> dict[str, Any]:
    """Returns every figure and each limit; each is taken in a process of its own, one after the other."""
    folder = Path(tempfile.mkdtemp(prefix="bench-"))
    try:
        figures = _figures(sizes, folder, skip_cold=skip_cold)
    finally:
        shutil.rmtree(folder)
    return {**figures, "limits": report.limits(figures)}


def _figures(sizes: Sequence[int], folder: Path, *, skip_cold: bool) -> dict[str, Any]:
    here = machine()
    ingest = Measurement("measure-ingest", folder / "ingest").figures()
    questions, start = [], None
    for size in sizes:
        data = folder / str(size)
        sys.stderr.write(f"measuring {size:,} passages\n")
        fill = Measurement("measure-fill", size, data).figures()
        latency = Measurement("measure-latency", data).figures()
        questions.append({"passages": size, "real": min(size, len(stock().real)), **fill, **latency})
        if size == COLD_SIZE and not skip_cold:
            start = cold.measure_cold_start(data)
        shutil.rmtree(data)
    return {"machine": here, "ingest": ingest, "questions": questions, "cold": start}


def machine() -> dict[str, Any]:
    """Returns what the figures were taken on, without its name."""
    load = os.getloadavg()[0] if hasattr(os, "getloadavg") else 0.0
    python = platform.python_version()
    return {"date": date.today().isoformat(), "cores": os.cpu_count(), "load": load, "python": python}
