"""Thousands of different requests to one server: its memory settles, and every request is answered."""

from __future__ import annotations

import random
import sys
import tempfile
from collections import Counter
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from pathlib import Path

import httpx

from evals.bench.running_server import RunningServer, running_server
from evals.trials.invented import QUESTION, several, write_documents
from evals.trials.promises import Promises

ASKERS = 4
WARM_UP_PART = 0.2
"""Part of the requests after which the server counts as warm."""
GROWTH = 1.2
"""Memory at the end, as a multiple of that after warm-up, is at most this."""
TIMEOUT_S = 60.0
WORDS = "register locker team green form blue days records send keep duty visit plan review child meeting notes".split()


@dataclass
class Soak:
    """What a soak measured."""

    memory_mb: dict[str, float] = field(default_factory=dict)
    """Resident memory of the worker at the start, after warm-up and at the end."""
    statuses: Counter[int] = field(default_factory=Counter)
    promises: Promises = field(default_factory=Promises)

    def notes(self) -> list[str]:
        """Returns the figures in words."""
        memory = ", ".join(f"{name} {mb:.0f} MB" for name, mb in self.memory_mb.items())
        return [f"{self.statuses.total():,} requests; resident memory: {memory}"]


def trial(requests: int, seed: int = 1) -> Soak:
    """Returns what a server held while it answered so many requests, each of them different."""
    soak = Soak()
    with tempfile.TemporaryDirectory(prefix="trial-soak-") as folder:
        data = Path(folder) / "data"
        documents = write_documents(Path(folder) / "documents", 3)
        several(data, [["ingest", str(documents)]])
        with running_server(data, 1) as server:
            _soak(server, soak, list(_requests(requests, seed)))
    _look(soak)
    return soak


def _soak(server: RunningServer, soak: Soak, requests: list[tuple[str, str, dict[str, object]]]) -> None:
    warm = int(len(requests) * WARM_UP_PART)
    soak.memory_mb["at start"] = server.memory_mb()[0]
    for name, part in (("after warm-up", requests[:warm]), ("at the end", requests[warm:])):
        with ThreadPoolExecutor(ASKERS) as pool:
            soak.statuses.update(pool.map(lambda each: _status(server.address, each), part))
        soak.memory_mb[name] = server.memory_mb()[0]
        sys.stderr.write(f"{name}: {soak.memory_mb[name]:.0f} MB\n")


def _status(address: str, request: tuple[str, str, dict[str, object]]) -> int:
    method, path, more = request
    return httpx.request(method, f"{address}{path}", timeout=TIMEOUT_S, **more).status_code  # type: ignore[arg-type]


def _requests(count: int, seed: int) -> Iterator[tuple[str, str, dict[str, object]]]:
    """Yields different requests: half of them questions, a quarter searches, the rest pages and lists."""
    chance = random.Random(seed)  # noqa: S311  no secret
    for number in range(count):
        words = " ".join(chance.choices(WORDS, k=chance.randint(3, 60)))
        if number % 2 == 0:
            yield "POST", "/v1/ask", {"json": {"question": f"{QUESTION} {words} {number}?"}}
        elif number % 4 == 1:
            yield "GET", "/v1/search", {"params": {"q": f"{words} {number}"}}
        else:
            yield "GET", chance.choice(("/", "/documents", "/v1/documents", "/v1/conversations", "/history")), {}


def _look(soak: Soak) -> None:
    bad = {status: count for status, count in soak.statuses.items() if status != httpx.codes.OK}
    soak.promises.look("every request is answered", not bad, bad)
    warm, end = soak.memory_mb["after warm-up"], soak.memory_mb["at the end"]
    soak.promises.look(
        f"memory grows at most {GROWTH - 1:.0%} after warm-up", end <= warm * GROWTH, f"{warm:.0f} to {end:.0f} MB"
    )
