"""Two workers over one data folder: both answer alike, count together, and take a new generation while it is published."""

from __future__ import annotations

import re
import tempfile
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import httpx

from evals.bench.running_server import running_server
from evals.trials.invented import QUESTION, several, write_documents
from evals.trials.promises import Promises

WORKERS = 2
ASKERS = 4
TIMEOUT_S = 60.0


def trial(questions: int) -> Promises:
    """Returns which promises two workers kept while so many questions were asked and a document was published."""
    promises = Promises()
    with tempfile.TemporaryDirectory(prefix="trial-workers-") as folder:
        data = Path(folder) / "data"
        first, second = (write_documents(Path(folder) / name, 1) for name in ("first", "second"))
        several(data, [["ingest", str(first)]])
        with running_server(data, WORKERS) as server, ThreadPoolExecutor(ASKERS) as pool:
            promises.look("both workers run", len(server.worker_ids()) == WORKERS, server.worker_ids())
            asked = [pool.submit(_ask, server.address) for _ in range(questions)]
            published = several(data, [["ingest", str(first), str(second)]])
            promises.look("a document is published beside two workers", published[0][0] == 0, published)
            for each in asked:
                _look(promises, each.result())
            _generations(server.address, promises, questions)
            counted = httpx.get(f"{server.address}/metrics", timeout=TIMEOUT_S).text
            total = sum(
                float(each) for each in re.findall(r"^assistant_asks_total\{.*\} (\S+)$", counted, re.MULTILINE)
            )
            promises.look("what both workers answered is counted together", total == questions, (total, questions))
            _conversation(server.address, promises)
    return promises


def _ask(address: str) -> httpx.Response:
    """Returns an answer over a connection of its own, which either worker may take."""
    return httpx.post(f"{address}/v1/ask", json={"question": QUESTION}, timeout=TIMEOUT_S)


def _look(promises: Promises, told: httpx.Response) -> None:
    body: dict[str, Any] = told.json()
    is_answered = told.is_success and body["outcome"]["outcome"] == "answered"
    promises.look("every question is answered, also while a document is published", is_answered, told.text)


def _generations(address: str, promises: Promises, times: int) -> None:
    numbers = {
        httpx.get(f"{address}/v1/search", params={"q": QUESTION}, timeout=TIMEOUT_S).json()["generation"]
        for _ in range(min(times, 40))
    }
    promises.look("after a publication both workers answer from its generation", numbers == {2}, numbers)


def _conversation(address: str, promises: Promises) -> None:
    begun = httpx.post(f"{address}/v1/conversations", timeout=TIMEOUT_S).json()["conversation_id"]
    path = f"{address}/v1/conversations/{begun}"
    codes = [
        httpx.post(f"{path}/messages", json={"question": QUESTION}, timeout=TIMEOUT_S).status_code for _ in range(8)
    ]
    promises.look("a conversation goes on in either worker", codes == [httpx.codes.OK] * 8, codes)
    kept = len(httpx.get(path, timeout=TIMEOUT_S).json()["messages"])
    promises.look("and has every question", kept == len(codes), kept)
