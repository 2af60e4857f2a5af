"""Publishes one document of one passage and prints the seconds it took; run by ``evals.bench.publishing`` in any checkout.

It uses only what every release has: the same program measures earlier code.
"""

from __future__ import annotations

import hashlib
import json
import sys
import time
from pathlib import Path

import numpy as np

from assistant.bootstrap import Assistant
from assistant.model import (
    Digest,
    Document,
    Edition,
    EditionId,
    Filter,
    Kind,
    Page,
    Passage,
    PassageId,
    Section,
    Sentence,
    Span,
)
from assistant.ports import Embedding, Source, Update
from assistant.settings import Settings


def document(number: int) -> Document:
    """Returns a document of one passage; each number makes another."""
    name, text = (
        EditionId(f"news-{number}"),
        f"A kite steward must report broken kite line {number} within three working days.",
    )
    span = Span(0, len(text))
    passage = Passage(
        PassageId(f"{name}:1"),
        name,
        span,
        ("News",),
        None,
        text,
        f"News | {text}",
        Digest(hashlib.sha256(text.encode()).hexdigest()),
        (Sentence(span),),
    )
    edition = Edition(name, f"news-{number}", "News", Kind.POLICY)
    return Document(edition, text, (Page(1, "1", 0, len(text)),), (Section(("News",), span, None),), (passage,))


def main(data: Path, number: int) -> None:
    """Publishes and prints wall and processor seconds as JSON."""
    library = Assistant(Settings(data=data)).library
    new = document(number)
    vector = np.random.default_rng(number).standard_normal(384).astype(np.float32)
    vector /= np.linalg.norm(vector)
    source = Source(new.edition.edition_id, Path("/bench"), Path("/bench"), "0" * 64, "bench")
    with library.open() as snapshot:  # as a server has it open long since
        snapshot.search_vectors(vector, k=1, filter=Filter())
    wall, processor = time.perf_counter(), time.process_time()
    with library.writing():
        library.add_embeddings({new.passages[0].digest: Embedding(vector, vector.reshape(1, -1))})
        library.publish(Update(((new, source),)))
    took = {"wall_s": time.perf_counter() - wall, "cpu_s": time.process_time() - processor}
    sys.stdout.write(json.dumps(took) + "\n")


if __name__ == "__main__":
    main(Path(sys.argv[1]), int(sys.argv[2]))
