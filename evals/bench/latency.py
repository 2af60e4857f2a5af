"""Measures questions over a library that ``evals.bench.filling`` filled (``python -m evals measure-latency FOLDER``).

The questions are real and are embedded for real.
"""

from __future__ import annotations

import time
from collections.abc import Sequence
from pathlib import Path
from typing import Any, cast

import numpy as np

from assistant.answering.pipeline import ask
from assistant.answering.resources import Resources
from assistant.bootstrap import Assistant
from assistant.model import Filter, Question
from assistant.ports import Embedder, Snapshot, Vectors
from assistant.settings import Settings
from evals.bench.filling import VECTORS
from evals.bench.memory import peak_mb
from evals.bench.timed import Seconds, TimedEmbedder, TimedReranker, TimedSnapshot
from evals.dataset.items import QuestionType, curated, load_all

WARM_UP = 10
QUESTIONS = 200
RECALL_K = 50


def measure_latency(data: Path) -> dict[str, Any]:
    """Returns the milliseconds of every stage at p50 and p95, peak memory, and the recall of the vector search.

    A stage is measured over the questions that come to it: one that names a source may be refused before the last.
    """
    assistant = Assistant(Settings(data=data))
    texts = questions()
    rows = time_questions(assistant, texts)
    peak = peak_mb()
    names = sorted({name for row in rows for name in row})
    figures = {name: quantiles([row[name] for row in rows if name in row]) for name in names}
    share = recall(assistant, texts, np.load(data / VECTORS))
    return {"peak_mb": peak, "recall": share, **figures}


def questions() -> tuple[str, ...]:
    """Returns questions that documents can answer, so that every stage runs."""
    items = load_all(curated())
    return tuple(item.question for item in items if item.type is QuestionType.ANSWERABLE)[:QUESTIONS]


def time_questions(assistant: Assistant, texts: Sequence[str]) -> list[Seconds]:
    """Returns the milliseconds of each stage, of models and searches, and of all, for each question.

    The threshold is 0, so that hardly a question spares the last stages by being refused.
    """
    rows: list[Seconds] = []
    answering = assistant.calibration.model_copy(update={"threshold": 0.0})
    for text in (*texts[:WARM_UP], *texts):
        spent: Seconds = {}
        start = time.perf_counter()
        with assistant.library.open() as snapshot:
            embedder = cast("Embedder", TimedEmbedder(assistant.embedder, spent))
            reranker = TimedReranker(assistant.reranker, spent) if assistant.reranker else None
            resources = Resources(embedder, assistant.settings, answering, reranker=reranker)
            outcome = ask(Question(text), cast("Snapshot", TimedSnapshot(snapshot, spent)), resources)
        whole = time.perf_counter() - start
        stages = {f"stage {name}": seconds for name, seconds in outcome.trace.stages.items()}
        own = whole - sum(spent.values())
        without_model = whole - spent.get("embed", 0.0) - spent.get("read", 0.0)
        row = {"whole": whole, "own": own, "own and search": without_model, **spent, **stages}
        rows.append({name: seconds * 1000 for name, seconds in row.items()})
    return rows[WARM_UP:]


def recall(assistant: Assistant, texts: Sequence[str], held: Vectors) -> float:
    """Returns the share of the true 50 nearest passages of each question that the vector index finds."""
    vectors = assistant.embedder.embed(texts, kind="query")
    found = []
    with assistant.library.open() as snapshot:
        for vector in vectors:
            last = np.sort(held @ vector)[-RECALL_K]
            ranked = snapshot.search_vectors(vector, k=RECALL_K, filter=Filter())
            found.append(sum(each.score >= last - 1e-5 for each in ranked) / RECALL_K)
    return float(np.mean(found))


def quantiles(values: Sequence[float]) -> dict[str, float]:
    """Returns p50 and p95."""
    return {"p50": float(np.quantile(values, 0.5)), "p95": float(np.quantile(values, 0.95))}
