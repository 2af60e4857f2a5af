"""Fills a library of a given size without hours of embedding (``python -m evals measure-fill COUNT FOLDER``).

The real texts have real vectors. A generated text has the vector of a real one turned away from it at random, so
that the vectors are spread about as those of more documents on the same subjects would be; each sentence is near its passage.
"""

from __future__ import annotations

import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import numpy as np

from assistant.bootstrap import Assistant
from assistant.model import Passage
from assistant.ports import Embedding, Source, Update, Vectors
from assistant.settings import Settings
from evals.bench.memory import peak_mb
from evals.bench.passages import documents, stock

NEAR = 0.7
"""Cosine of a generated vector with the one that it was made from; of neighbouring real passages about as much."""
VECTORS = "bench-vectors.npy"


def fill_library(count: int, data: Path) -> dict[str, Any]:
    """Publishes ``count`` passages, leaves their vectors beside the library, and returns the seconds it took."""
    assistant = Assistant(Settings(data=data))
    vectors = passage_vectors(assistant.embedder.embed(stock().real[:count], kind="passage"), count)
    rng = np.random.default_rng(12)
    start, held, at = time.perf_counter(), [], 0
    library = assistant.library
    with library.writing():
        for document in documents(count):
            source = Source(document.edition.edition_id, Path("/bench"), Path("/bench"), "0" * 64, "bench")
            rows = vectors[at : at + len(document.passages)]
            library.add_embeddings({p.digest: _embedding(p, row, rng) for p, row in _both(document.passages, rows)})
            held.append((document, source))
            at += len(document.passages)
        stored = time.perf_counter()
        library.publish(Update(tuple(held)))
    published = time.perf_counter()
    np.save(data / VECTORS, vectors)
    return {"store_s": stored - start, "publish_s": published - stored, "fill_peak_mb": peak_mb()}


def passage_vectors(real: Vectors, count: int) -> Vectors:
    """Returns float32 (count, dim): the real vectors, then generated ones, each of length 1; the same every time."""
    rng = np.random.default_rng(11)
    chosen = real[rng.integers(len(real), size=count - len(real))]
    return np.vstack([real, near(chosen, rng)]).astype(np.float32)


def near(vectors: Vectors, rng: np.random.Generator) -> Vectors:
    """Returns as many vectors of length 1, each with a cosine of about ``NEAR`` with its own."""
    noise = rng.standard_normal(vectors.shape).astype(np.float32)
    noise /= np.linalg.norm(noise, axis=1, keepdims=True)
    mixed = NEAR * vectors + np.sqrt(1 - NEAR**2) * noise
    return np.asarray(mixed / np.linalg.norm(mixed, axis=1, keepdims=True), dtype=np.float32)


def _both(passages: tuple[Passage, ...], rows: Vectors) -> Iterator[tuple[Passage, Vectors]]:
    return zip(passages, rows, strict=True)


def _embedding(passage: Passage, vector: Vectors, rng: np.random.Generator) -> Embedding:
    return Embedding(vector, near(np.repeat(vector[None, :], len(passage.sentences), axis=0), rng))
