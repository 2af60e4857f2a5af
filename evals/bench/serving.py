"""The server under load, with an ingest meanwhile (``python -m evals bench-api``).

Fifty askers on loopback ask one question after another for a minute over 10,000 passages, with one worker and with
two; a third of the way through, another process publishes a document. The askers share the machine's cores with the server.
"""

from __future__ import annotations

import asyncio
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import numpy as np

from evals.bench.asking import Load, one_by_one, under_load
from evals.bench.benchmark import machine
from evals.bench.latency import quantiles, questions
from evals.bench.running_server import RunningServer, running_server
from evals.bench.subprocess_run import Measurement

WARM_UP = 20
WARM_UPS = 4
"""Connections to warm up by, a worker: the system decides which worker takes one."""
ALONE = 100
"""Questions asked one by one, to see the server's own share without a queue."""
OWN_MS = 10.0
GROWTH = 1.10
"""Memory is flat where the end is at most this multiple of the middle, by when everything has been loaded."""
SETTLED_S = 5.0
"""After a publication: by then the generation before it has been released."""
NEWS = "# News\n\n## Kites\n\nA kite steward must report a broken kite line within three working days.\n"


def measure(
    passages: int, askers: int, seconds: float, workers: Sequence[int], base: Path | None = None
) -> dict[str, Any]:
    """Returns the figures of a server with each number of workers, over a generated library; of another checkout first."""
    folder, here = Path(tempfile.mkdtemp(prefix="bench-api-")), machine()
    try:
        sys.stderr.write(f"filling {passages:,} passages\n")
        Measurement("measure-fill", passages, folder / "filled").figures()
        trees = [None] if base is None else [base.resolve(), None]
        rows = [_measure_server(folder, count, askers, seconds, tree) for count in workers for tree in trees]
    finally:
        shutil.rmtree(folder)
    return {"machine": here, "passages": passages, "askers": askers, "seconds": seconds, "rows": rows}


def _measure_server(
    folder: Path, workers: int, askers: int, seconds: float, tree: Path | None = None
) -> dict[str, Any]:
    """Returns the figures of one server, over a copy of the filled library of its own."""
    sys.stderr.write(f"{askers} askers, {workers} worker(s), {seconds:.0f} s\n")
    data, texts = folder / f"served-{workers}", questions()
    shutil.copytree(folder / "filled", data)
    with running_server(data, workers, tree=tree) as server:
        for _ in range(WARM_UPS * workers):
            one_by_one(server.address, texts[:WARM_UP])
        alone = one_by_one(server.address, texts[:ALONE])
        before = server.processor_s()
        load, memory, published = asyncio.run(_loaded(server, data, texts, askers, seconds))
        used = server.processor_s() - before
    shutil.rmtree(data)
    row = _row(workers, seconds, alone, load, memory, published)
    return {**row, "code": "base" if tree else "here", "processor_ms": 1000 * used / max(row["asked"], 1)}


async def _loaded(
    server: RunningServer, data: Path, texts: tuple[str, ...], askers: int, seconds: float
) -> tuple[Load, list[list[float]], float]:
    load, memory = Load(), [server.memory_mb()]
    asking = asyncio.create_task(under_load(server.address, texts, askers, seconds, load))
    await asyncio.sleep(seconds / 3)
    publishing = asyncio.create_task(asyncio.to_thread(_publish, data))
    published = await publishing
    await asyncio.sleep(SETTLED_S)
    memory.append(server.memory_mb())
    await asking
    memory.append(server.memory_mb())
    return load, memory, published


def _publish(data: Path) -> float:
    """Ingests a document from another process; returns when it was published (``time.monotonic``)."""
    folder = data.parent / f"{data.name}-news"
    folder.mkdir()
    (folder / "news.md").write_text(NEWS, encoding="utf-8")
    command = [
        sys.executable,
        "-c",
        "from assistant.cli import main; main()",
        "--data",
        str(data),
        "ingest",
        str(folder),
    ]
    subprocess.run(command, check=True, stdout=subprocess.DEVNULL)  # noqa: S603  our own program
    return time.monotonic()


def _row(
    workers: int,
    seconds: float,
    alone: list[tuple[float, float]],
    load: Load,
    memory: list[list[float]],
    published: float,
) -> dict[str, Any]:
    own = quantiles([1000 * (whole - asked) for whole, asked in alone])
    waited = [1000 * each for each in load.seconds]
    first = load.answers[0][1] if load.answers else ""
    stale = [at for at, name in load.answers if name == first and at > published]
    fresh = [at for at, name in load.answers if name != first]
    growth = max((end / middle for middle, end in zip(memory[1], memory[2], strict=True)), default=0.0)
    row = {
        "workers": workers,
        "asked": len(waited),
        "per_s": len(waited) / seconds,
        **{name: float(np.quantile(waited, share)) for name, share in (("p50", 0.5), ("p95", 0.95), ("p99", 0.99))},
        "errors": len(load.errors),
        "own_p50": own["p50"],
        "own_p95": own["p95"],
        "memory_mb": [sum(each) for each in memory],
        "growth": growth,
        "fresh": len(fresh),
        "stale_s": max(stale, default=published) - published,
    }
    held = not load.errors and own["p95"] <= OWN_MS and growth <= GROWTH and bool(fresh)
    return {**row, "held": held, "faults": sorted(set(load.errors))}


def table(found: dict[str, Any]) -> str:
    """Returns the figures as markdown."""
    where, rows = found["machine"], found["rows"]
    lines = [
        ("requests, per second", lambda row: f"{row['asked']:,}, {row['per_s']:.1f}"),
        ("waited ms, p50 / p95 / p99", lambda row: f"{row['p50']:.0f} / {row['p95']:.0f} / {row['p99']:.0f}"),
        ("processor ms of the server, a request", lambda row: f"{row['processor_ms']:.0f}"),
        ("errors", lambda row: f"{row['errors']} {' '.join(row['faults'])}".strip()),
        ("own share ms, one by one, p50 / p95", lambda row: f"{row['own_p50']:.1f} / {row['own_p95']:.1f}"),
        ("memory MB: start, middle, end", lambda row: ", ".join(f"{each:.0f}" for each in row["memory_mb"])),
        ("answers from the document published meanwhile", lambda row: f"{row['fresh']:,}"),
        ("last answer from before it, s after it was published", lambda row: f"{row['stale_s']:.1f}"),
        ("limits held", lambda row: "yes" if row["held"] else "**no**"),
    ]
    head = (
        f"Measured on {where['date']}, {where['cores']} cores (load {where['load']:.1f} before the start), Python "
        f"{where['python']}: {found['askers']} askers for {found['seconds']:.0f} s over {found['passages']:,} passages.\n\n"
    )
    columns = ["", *(f"{row['code']}, {row['workers']} worker{'s' if row['workers'] > 1 else ''}" for row in rows)]
    cells = [columns, ["---"] * len(columns), *([name, *map(shown, rows)] for name, shown in lines)]
    return head + "".join(f"| {' | '.join(line)} |\n" for line in cells)
