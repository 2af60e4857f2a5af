"""Many askers at the same time: what they were answered, and how long it took."""

from __future__ import annotations

import asyncio
import itertools
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any

import httpx

TIMEOUT_S = 60.0


@dataclass(slots=True)
class Load:
    """What a load came to; filled while it runs."""

    seconds: list[float] = field(default_factory=list)
    """Of each request, as its asker waited; one that was refused counts as the longest wait there is."""
    errors: list[str] = field(default_factory=list)
    answers: list[tuple[float, str]] = field(default_factory=list)
    """When each answer came (``time.monotonic``), and the fingerprint of the library that it came from."""


async def under_load(address: str, questions: Sequence[str], askers: int, seconds: float, load: Load) -> None:
    """Lets askers ask one question after another until the time is over, each on a connection of its own."""
    until = time.monotonic() + seconds
    supply = itertools.cycle(questions)
    await asyncio.gather(*(_asker(address, supply, until, load) for _ in range(askers)))


async def _asker(address: str, supply: Iterator[str], until: float, load: Load) -> None:
    async with httpx.AsyncClient(base_url=address, timeout=TIMEOUT_S) as client:
        while time.monotonic() < until:
            start = time.perf_counter()
            try:
                answer = await client.post("/v1/ask", json={"question": next(supply)})
            except httpx.HTTPError as error:
                load.errors.append(type(error).__name__)
                continue
            took = time.perf_counter() - start
            load.seconds.append(took if answer.status_code == httpx.codes.OK else TIMEOUT_S)
            if answer.status_code != httpx.codes.OK:
                load.errors.append(str(answer.status_code))
                await asyncio.sleep(float(answer.headers.get("retry-after", 0)))
            else:
                load.answers.append((time.monotonic(), _fingerprint(answer.json()["outcome"])))


def one_by_one(address: str, questions: Sequence[str]) -> list[tuple[float, float]]:
    """Returns for each question the seconds that the server says it took, and those that the pipeline took of them."""
    found = []
    with httpx.Client(base_url=address, timeout=TIMEOUT_S) as client:
        for text in questions:
            answer = client.post("/v1/ask", json={"question": text})
            total = float(answer.headers["server-timing"].partition("dur=")[2]) / 1000
            found.append((total, sum(_trace(answer.json()["outcome"])["stages"].values())))
    return found


def _fingerprint(outcome: dict[str, Any]) -> str:
    return str(_trace(outcome)["fingerprint"])


def _trace(outcome: dict[str, Any]) -> dict[str, Any]:
    found: dict[str, Any] = (outcome.get("then") or outcome)["trace"]
    return found
