"""Measures three BM25 engines side by side (``python -m evals bench-words``).

Every figure is taken in a process of its own, so that memory and opening time are the engine's. The questions are
the curated ones. A filtered search sees one kind in six and not one edition in ten of those; the engine must still
give k passages, so the filter works inside. *While building*: the same searches while another process builds.
"""

from __future__ import annotations

import shutil
import tempfile
import time
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

import numpy as np

from assistant.model import Edition, EditionId, Filter, Kind, Passage
from evals.bench.memory import peak_mb, reset_peak
from evals.bench.passages import PER_EDITION, documents, stock
from evals.bench.subprocess_run import Measurement
from evals.bench.word_engines import ENGINES
from evals.dataset.items import curated, load_all

K = 50
COLUMNS = (
    "engine", "passages", "build s", "build MB", "disk MB", "open + first ms", "p50 / p95 ms",
    "filtered p50 / p95 ms", "while building p95 ms", "search MB",
)  # fmt: skip


def table(sizes: Sequence[int]) -> Iterator[str]:
    """Yields the lines of the table, each row once it is measured."""
    real = len(stock().real)
    yield f"{real} real passages, the others generated; {len(_questions())} questions; k = {K}\n"
    yield f"| {' | '.join(COLUMNS)} |\n{'|---' * len(COLUMNS)}|"
    for size in sizes:
        for engine in ENGINES:
            yield f"| {' | '.join(_row(engine, size))} |"


def measure_build(engine: str, count: int, folder: Path) -> dict[str, float]:
    """Returns seconds, memory and disk of one build."""
    stock()
    before, start = reset_peak(), time.perf_counter()
    for _ in _pairs(count):
        pass
    making = time.perf_counter() - start
    start = time.perf_counter()
    ENGINES[engine][0](folder, _pairs(count))
    seconds = time.perf_counter() - start - making
    disk = sum(path.stat().st_size for path in folder.rglob("*") if path.is_file()) / 1e6
    return {"seconds": seconds, "memory": peak_mb() - before, "disk": disk}


def measure_search(engine: str, count: int, folder: Path) -> dict[str, Any]:
    """Returns opening time, latencies free and filtered, and memory of one searching process."""
    questions = _questions()
    one_kind = list(Kind)[1]
    editions = range(1, count // PER_EDITION, len(Kind))
    scope = Filter((one_kind,), (), tuple(EditionId(f"bench-{i:05}") for i in editions[::10]))
    before, start = reset_peak(), time.perf_counter()
    search = ENGINES[engine][1](folder)
    search(questions[0], K, Filter())
    opened = (time.perf_counter() - start) * 1000
    latencies = {}
    for name, each in (("free", Filter()), ("filtered", scope)):
        spent = []
        for question in questions:
            start = time.perf_counter()
            search(question, K, each)
            spent.append((time.perf_counter() - start) * 1000)
        latencies[name] = [float(np.quantile(spent, q)) for q in (0.5, 0.95)]
    return {"open": opened, "memory": peak_mb() - before, **latencies}


def _row(engine: str, count: int) -> tuple[str, ...]:
    folder, other = Path(tempfile.mkdtemp()), Path(tempfile.mkdtemp())
    try:
        build = _measuring("build", engine, count, folder).figures()
        alone = _measuring("search", engine, count, folder).figures()
        building = _measuring("build", engine, count, other)
        time.sleep(2.0)  # past the other process's imports
        beside = _measuring("search", engine, count, folder).figures()
        building.figures()
    finally:
        shutil.rmtree(folder)
        shutil.rmtree(other)
    return (
        engine, f"{count:,}", f"{build['seconds']:.1f}", f"{build['memory']:.0f}", f"{build['disk']:.1f}",
        f"{alone['open']:.0f}", "{:.1f} / {:.1f}".format(*alone["free"]), "{:.1f} / {:.1f}".format(*alone["filtered"]),
        f"{beside['free'][1]:.1f}", f"{alone['memory']:.0f}",
    )  # fmt: skip


def _measuring(what: str, engine: str, count: int, folder: Path) -> Measurement:
    return Measurement("measure-words", what, engine, count, folder)


def _pairs(count: int) -> Iterator[tuple[Passage, Edition]]:
    for document in documents(count):
        for passage in document.passages:
            yield passage, document.edition


def _questions() -> tuple[str, ...]:
    return tuple(item.question for item in load_all(curated()))
