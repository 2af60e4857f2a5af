"""Crash trial: ingests and servers are killed at random instants, and nothing acknowledged is lost."""

from __future__ import annotations

import random
import shutil
import time
from collections.abc import Sequence
from pathlib import Path
from tempfile import TemporaryDirectory
from threading import Thread

import httpx

from assistant.bootstrap import Assistant
from assistant.ports import is_left_over
from assistant.settings import Settings
from evals.bench.running_server import running_server
from evals.trials.invented import QUESTION, started, write_documents
from evals.trials.promises import Promises

ASKERS = 4
ANSWER_S = 30.0
OPENING_S = 0.3
"""An ingest is not killed before: nothing has happened yet."""


def trial(ingests: int, servers: int, seed: int) -> Promises:
    """Returns what was found after so many killed ingests and so many killed servers."""
    promises, chance = Promises(), random.Random(seed)  # noqa: S311  no secret
    with TemporaryDirectory(prefix="trial-crash-") as name:
        folder = Path(name)
        first, both = write_documents(folder / "first", 2), [folder / "first", write_documents(folder / "more", 2)]
        base = folder / "base"
        _ingested(base, [first])
        whole_s = _ingested(_copied(base, folder / "data"), both)
        for number in range(ingests):  # each in a folder of its own: this process opens their indexes
            data = _copied(base, folder / f"ingest-{number}")
            _killed_ingest(data, both, chance.uniform(OPENING_S, whole_s), promises)
            shutil.rmtree(data)
        for number in range(servers):
            data = _copied(base, folder / f"server-{number}")
            _killed_server(data, chance.uniform(0.2, 2.0), promises)
            shutil.rmtree(data)
    return promises


def _ingested(data: Path, documents: Sequence[Path]) -> float:
    """Ingests in a process of its own; returns the seconds. Raises ``SystemExit`` where it fails."""
    begun = time.perf_counter()
    log = data.with_name("log")
    if started("ingest", *documents, "--data", data, log=log).wait() != 0:
        raise SystemExit(f"the documents of the trial cannot be ingested: {log.read_text()}")
    return time.perf_counter() - begun


def _killed_ingest(data: Path, documents: Sequence[Path], after_s: float, promises: Promises) -> None:
    process = started("ingest", *documents, "--data", data)
    time.sleep(after_s)
    process.kill()
    process.wait()
    before, where = _editions(data), f"killed after {after_s:.2f} s"
    faults = [line for line in Assistant(Settings(data=data)).library.check() if not is_left_over(line)]
    promises.look("after a killed ingest the library is the old one or the new one, whole", before in (2, 4), where)
    promises.look("`check` finds no fault in it", faults == [], f"{where}: {faults}")
    _ingested(data, documents)
    lines = Assistant(Settings(data=data)).library.check()
    promises.look("the next ingest finishes", _editions(data) == 4, where)
    promises.look("nothing of the killed one stays", lines == (), f"{where}: {lines}")


def _killed_server(data: Path, after_s: float, promises: Promises) -> None:
    kept: list[str] = []
    with running_server(data, 1) as server:
        askers = [Thread(target=_ask, args=(server.address, kept)) for _ in range(ASKERS)]
        for each in askers:
            each.start()
        until = time.monotonic() + ANSWER_S
        while not kept and time.monotonic() < until:
            time.sleep(0.01)
        time.sleep(after_s)
        server.process.kill()
        server.process.wait()
        for each in askers:
            each.join()
    records = Assistant(Settings(data=data)).records
    lost = [each for each in kept if records.record(each, "local") is None]
    promises.look("a killed server had acknowledged an answer", bool(kept), "none")
    for name in kept:
        promises.look("an answer that was acknowledged is stored", name not in lost, name)


def _ask(address: str, kept: list[str]) -> None:
    """Asks one question after another until the server is gone; keeps the ids of the records it was told."""
    with httpx.Client(base_url=address, timeout=ANSWER_S) as client:
        while True:
            try:
                answer = client.post("/v1/ask", json={"question": QUESTION})
            except httpx.TransportError:
                return
            if answer.status_code != httpx.codes.OK:
                return
            kept.append(answer.json()["record_id"])


def _editions(data: Path) -> int:
    with Assistant(Settings(data=data)).opened() as snapshot:
        return len(snapshot.editions())


def _copied(base: Path, data: Path) -> Path:
    shutil.copytree(base, data)
    return data
