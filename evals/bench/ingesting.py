"""Measures an ingest, and a second one over unchanged files (``python -m evals measure-ingest FOLDER``)."""

from __future__ import annotations

import time
from pathlib import Path
from typing import Any

from assistant.bootstrap import Assistant
from assistant.settings import Settings
from evals.bench.memory import peak_mb
from evals.bench.passages import OWN, REAL_PDF, shared_corpus
from ingest.build import IngestReport, ingest


def subject() -> tuple[Path, str]:
    """Returns what is ingested and its name: Working Together 2023 where it is here, else the own documents."""
    shared = shared_corpus()
    if shared is not None and (shared / REAL_PDF).exists():
        return shared / REAL_PDF, "Working Together 2023 (PDF)"
    return OWN, "the project's own documents"


def measure_ingest(data: Path) -> dict[str, Any]:
    """Returns the figures of a first and of a second ingest into an empty data folder."""
    path, name = subject()
    assistant = Assistant(Settings(data=data))
    assistant.embedder.embed(["loaded before the clock starts"], kind="passage")
    first = _run(assistant, path)
    second = _run(assistant, path)
    return {"subject": name, "first": first, "second": second, "peak_mb": peak_mb()}


def _run(assistant: Assistant, path: Path) -> dict[str, Any]:
    start = time.perf_counter()
    report = ingest((path,), assistant.library, assistant.embedder, assistant.settings)
    return figures(report, time.perf_counter() - start)


def figures(report: IngestReport, wall_s: float) -> dict[str, Any]:
    """Returns counts, seconds per stage and rates of one ingest."""
    return {
        "pages": report.pages,
        "passages": report.passages,
        "embedded": report.embedded,
        "unchanged": len(report.unchanged),
        "seconds": report.seconds,
        "wall_s": wall_s,
        "pages_per_s": report.pages / wall_s,
        "passages_per_s": report.passages / wall_s,
    }
