"""Measures questions over a library of a given size: ``python -m evals.bench.latency COUNT FOLDER``.

The library's texts are real where there are enough, then generated; every vector is random, so that 100,000
passages need no hours of embedding. Random vectors are the hard case of a nearest-neighbour graph. The questions
are real and are embedded for real.
"""

from __future__ import annotations

import json
import sys
import time
from collections.abc import Sequence
from pathlib import Path
from typing import Any, cast

import numpy as np

from assistant.ask import Tools, ask
from assistant.bootstrap import Assistant
from assistant.model import Filter, Question
from assistant.ports import Embedder, Embedding, Library, Snapshot, Source, Update, Vectors
from assistant.settings import Settings
from evals.bench.memory import peak_mb, reset_peak
from evals.bench.passages import documents, stock
from evals.bench.timed import Seconds, TimedEmbedder, TimedSnapshot
from evals.items import QuestionType, curated, load_all

SEARCHING = ("embed", "search vectors", "search words")
WARM_UP = 10
QUESTIONS = 200
RECALL_K = 50


def main() -> None:
    """Prints the figures as JSON."""
    sys.stdout.write(json.dumps(measured(int(sys.argv[1]), Path(sys.argv[2]))))


def measured(count: int, data: Path) -> dict[str, Any]:
    """Returns the figures of one size; the library stays in the data folder."""
    assistant = Assistant(Settings(data=data))
    start = time.perf_counter()
    filled = fill(assistant.library, count, assistant.embedder.dimension)
    publishing = time.perf_counter() - start
    reset_peak()
    rows = asked(assistant, questions())
    real = min(count, len(stock().real))
    share = recall(assistant, filled)
    figures = {name: quantiles([row[name] for row in rows]) for name in sorted({n for row in rows for n in row})}
    return {"passages": count, "real": real, "publish_s": publishing, "peak_mb": peak_mb(), "recall": share, **figures}


def questions() -> tuple[str, ...]:
    """Returns questions that documents can answer, so that every stage runs."""
    items = load_all(curated())
    return tuple(item.question for item in items if item.type is QuestionType.ANSWERABLE)[:QUESTIONS]


def fill(library: Library, count: int, dimension: int) -> Vectors:
    """Publishes ``count`` passages with random vectors, and returns float32 (count, dimension) in their order."""
    rng = np.random.default_rng(11)
    held, vectors = [], []
    with library.writing():
        for document in documents(count):
            source = Source(document.edition.edition_id, Path("/bench"), Path("/bench"), "0" * 64, "bench")
            embeddings = {each.digest: _random(rng, len(each.sentences), dimension) for each in document.passages}
            library.add_embeddings(embeddings)
            vectors.append(np.stack([embeddings[passage.digest].passage for passage in document.passages]))
            held.append((document, source))
        library.publish(Update(tuple(held)))
    return np.vstack(vectors)


def _random(rng: np.random.Generator, sentences: int, dimension: int) -> Embedding:
    vectors = rng.standard_normal((sentences + 1, dimension)).astype(np.float32)
    vectors /= np.linalg.norm(vectors, axis=1, keepdims=True)
    return Embedding(vectors[0], vectors[1:])


def asked(assistant: Assistant, texts: Sequence[str]) -> list[Seconds]:
    """Returns the milliseconds of each stage, of models and searches, and of all, for each question.

    The threshold is 0, so that no question spares the last stages by being refused.
    """
    rows: list[Seconds] = []
    answering = assistant.calibration.model_copy(update={"threshold": 0.0})
    for text in (*texts[:WARM_UP], *texts):
        spent: Seconds = {}
        start = time.perf_counter()
        with assistant.library.open() as snapshot:
            embedder = cast("Embedder", TimedEmbedder(assistant.embedder, spent))
            tools = Tools(embedder, assistant.settings, answering)
            outcome = ask(Question(text), cast("Snapshot", TimedSnapshot(snapshot, spent)), tools)
        whole = time.perf_counter() - start
        stages = {f"stage {name}": seconds for name, seconds in outcome.trace.stages.items()}
        own = whole - sum(spent.values())
        without_model = whole - spent.get("embed", 0.0)
        row = {"whole": whole, "own": own, "own and search": without_model, **spent, **stages}
        rows.append({name: seconds * 1000 for name, seconds in row.items()})
    return rows[WARM_UP:]


def recall(assistant: Assistant, held: Vectors) -> float:
    """Returns the share of the true 50 nearest passages that the vector index finds, over 20 random vectors."""
    rng = np.random.default_rng(13)
    found = []
    with assistant.library.open() as snapshot:
        for vector in rng.standard_normal((20, held.shape[1])).astype(np.float32):
            unit = vector / np.linalg.norm(vector)
            true = np.sort(held @ unit)[-RECALL_K:]
            ranked = snapshot.search_vectors(unit, k=RECALL_K, filter=Filter())
            found.append(sum(each.score >= true[0] - 1e-5 for each in ranked) / len(true))
    return float(np.mean(found))


def quantiles(values: Sequence[float]) -> dict[str, float]:
    """Returns p50 and p95."""
    return {"p50": float(np.quantile(values, 0.5)), "p95": float(np.quantile(values, 0.95))}


if __name__ == "__main__":
    main()
