"""What the Model Context Protocol adds to an answer: the same questions, by the API and as calls of the tool, in turn."""

from __future__ import annotations

import tempfile
import time
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import httpx

from evals.bench.latency import WARM_UP, quantiles, questions
from evals.bench.running_server import running_server

LIMIT_MS = 10.0
"""Most that a call may add at p95."""
SETTINGS = "[serve]\nmcp = true\n[access]\nasks_per_minute = 100000\n"
HEADERS = {"Accept": "application/json, text/event-stream", "MCP-Protocol-Version": "2025-06-18"}
TIMEOUT_S = 60.0
QUESTIONS, ROUNDS = 60, 3
"""Each question is asked in each round; of a way the best one counts, so that what else the machine does is not measured."""
Taken = tuple[float, float]
"""Milliseconds that the caller waited, and those of them that the pipeline took."""


def measure(data: Path) -> dict[str, Any]:
    """Returns the milliseconds of both ways at p50 and p95, what a call adds, and whether that is within the limit."""
    with tempfile.TemporaryDirectory(prefix="bench-") as folder:
        settings = Path(folder) / "settings.toml"
        settings.write_text(SETTINGS, encoding="utf-8")
        with (
            running_server(data, 1, settings) as server,
            httpx.Client(base_url=server.address, timeout=TIMEOUT_S) as client,
        ):
            texts = questions()[:QUESTIONS]
            in_turn(client, texts[:WARM_UP])
            rounds = [in_turn(client, texts) for _ in range(ROUNDS)]
    return figures([best(each) for each in zip(*rounds, strict=True)])


def in_turn(client: httpx.Client, texts: Sequence[str]) -> list[tuple[Taken, Taken]]:
    """Returns what each question took by the API and as a call; which of the two is first changes from one to the next."""
    pairs = []
    for number, text in enumerate(texts):
        if number % 2:
            call = _called(client, text)
            pairs.append((_asked(client, text), call))
        else:
            pairs.append((_asked(client, text), _called(client, text)))
    return pairs


def best(rounds: Sequence[tuple[Taken, Taken]]) -> tuple[Taken, Taken]:
    """Returns of each way the round that took least besides the pipeline."""
    asks, calls = zip(*rounds, strict=True)
    return min(asks, key=_besides), min(calls, key=_besides)


def figures(pairs: Sequence[tuple[Taken, Taken]]) -> dict[str, Any]:
    """Returns the figures of pairs.

    What a call adds is the difference of what both took besides the pipeline, whose own time differs from one run to the
    next by more than the protocol takes.
    """
    added = quantiles([_besides(call) - _besides(ask) for ask, call in pairs])
    ways = {"ask": quantiles([ask[0] for ask, _ in pairs]), "call": quantiles([call[0] for _, call in pairs])}
    return {"questions": len(pairs), **ways, "added": added, "limit_ms": LIMIT_MS, "held": added["p95"] <= LIMIT_MS}


def table(found: dict[str, Any]) -> str:
    """Returns figures as a Markdown table."""
    rows = (("POST /v1/ask", "ask"), ("tools/call ask", "call"), ("added, besides the pipeline", "added"))
    lines = [f"| {name} | {found[key]['p50']:.1f} | {found[key]['p95']:.1f} |" for name, key in rows]
    held = "held" if found["held"] else "passed"
    head = [f"{found['questions']} questions, in milliseconds; limit {found['limit_ms']:g} at p95: {held}", ""]
    return "\n".join([*head, "| | p50 | p95 |", "|---|---|---|", *lines]) + "\n"


def _besides(taken: Taken) -> float:
    return taken[0] - taken[1]


def _asked(client: httpx.Client, text: str) -> Taken:
    start = time.perf_counter()
    answer = client.post("/v1/ask", json={"question": text})
    return 1000 * (time.perf_counter() - start), _pipeline_ms(answer.raise_for_status().json()["outcome"])


def _called(client: httpx.Client, text: str) -> Taken:
    params = {"name": "ask", "arguments": {"question": text}}
    start = time.perf_counter()
    answer = client.post(
        "/mcp", headers=HEADERS, json={"jsonrpc": "2.0", "id": 1, "method": "tools/call", "params": params}
    )
    waited = 1000 * (time.perf_counter() - start)
    return waited, _pipeline_ms(answer.raise_for_status().json()["result"]["structuredContent"]["outcome"])


def _pipeline_ms(outcome: dict[str, Any]) -> float:
    trace = (outcome.get("then") or outcome)["trace"]
    return 1000 * float(sum(trace["stages"].values()))
