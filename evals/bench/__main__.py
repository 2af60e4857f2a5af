"""``python -m evals.bench``: ingest, question latency and cold start, as a table and as ``eval-out/bench.json``."""

from __future__ import annotations

import argparse
import json
import os
import platform
import shutil
import sys
import tempfile
from datetime import date
from pathlib import Path
from typing import Any

from evals.bench import cold, report
from evals.bench.passages import stock
from evals.bench.subprocess_run import Measurement

SIZES = (1_000, 10_000, 100_000)
COLD_SIZE = 10_000
"""The library on which a cold start is measured and the limits are set."""


def main() -> None:
    """Measures, prints the tables, writes the figures, and fails where a limit is passed."""
    parser = argparse.ArgumentParser(prog="python -m evals.bench", description=__doc__)
    parser.add_argument("--sizes", type=int, nargs="+", default=list(SIZES))
    parser.add_argument("--out", type=Path, default=Path("eval-out/bench.json"))
    parser.add_argument("--skip-cold", action="store_true", help="leave the cold start of the command line out")
    given = parser.parse_args()
    folder = Path(tempfile.mkdtemp(prefix="bench-"))
    try:
        found = measured(given.sizes, folder, skip_cold=given.skip_cold)
    finally:
        shutil.rmtree(folder)
    given.out.parent.mkdir(parents=True, exist_ok=True)
    given.out.write_text(json.dumps(found, indent=1) + "\n", encoding="utf-8")
    sys.stdout.write(report.tables(found))
    if not all(limit["held"] for limit in found["limits"]):
        raise SystemExit(1)


def measured(sizes: list[int], folder: Path, *, skip_cold: bool = False) -> dict[str, Any]:
    """Returns every figure; each is taken in a process of its own, one after the other."""
    here = machine()
    ingest = Measurement("evals.bench.ingesting", folder / "ingest").figures()
    questions, start = [], None
    for size in sizes:
        data = folder / str(size)
        sys.stderr.write(f"measuring {size:,} passages\n")
        filled = Measurement("evals.bench.filling", size, data).figures()
        asked = Measurement("evals.bench.latency", data).figures()
        questions.append({"passages": size, "real": min(size, len(stock().real)), **filled, **asked})
        if size == COLD_SIZE and not skip_cold:
            start = cold.measured(data)
        shutil.rmtree(data)
    found = {"machine": here, "ingest": ingest, "questions": questions, "cold": start}
    return {**found, "limits": report.limits(found)}


def machine() -> dict[str, Any]:
    """Returns what the figures were taken on, without its name."""
    load = os.getloadavg()[0] if hasattr(os, "getloadavg") else 0.0
    python = platform.python_version()
    return {"date": date.today().isoformat(), "cores": os.cpu_count(), "load": load, "python": python}


if __name__ == "__main__":
    main()
