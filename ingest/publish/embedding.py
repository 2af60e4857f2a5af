"""Embeds passages that have no vector yet, a batch at a time, so that a killed ingest loses little."""

from __future__ import annotations

from collections.abc import Sequence

from assistant.model import Digest, Document, Passage
from assistant.ports import Embedder, Embedding, Library, Progress
from ingest.cutting.passages import embedded_sentence

BATCH = 64
"""Passages embedded and stored at once."""


def embed_missing(documents: Sequence[Document], library: Library, embedder: Embedder, progress: Progress) -> int:
    """Returns how many passages were embedded: those whose digest the library does not hold."""
    by_digest: dict[Digest, tuple[Passage, str]] = {}
    for document in documents:
        by_digest.update({passage.digest: (passage, document.text) for passage in document.passages})
    missing = library.missing_embeddings(by_digest)
    order = sorted(missing, key=lambda digest: (len(by_digest[digest][0].embed_text), digest))
    for start in range(0, len(order), BATCH):
        progress("embed", start, len(order))
        batch = order[start : start + BATCH]
        library.add_embeddings(_embedded([by_digest[digest] for digest in batch], batch, embedder))
    if order:
        progress("embed", len(order), len(order))
    return len(order)


def _embedded(
    passages: Sequence[tuple[Passage, str]], digests: Sequence[Digest], embedder: Embedder
) -> dict[Digest, Embedding]:
    """Returns the vectors of passages; a sentence that several of them hold (near-identical editions) is embedded once."""
    whole = embedder.embed([passage.embed_text for passage, _ in passages], kind="passage")
    sentence_texts = [
        tuple(embedded_sentence(text, sentence) for sentence in passage.sentences) for passage, text in passages
    ]
    rows = {text: row for row, text in enumerate(dict.fromkeys(text for texts in sentence_texts for text in texts))}
    sentences = embedder.embed(tuple(rows), kind="passage")
    return {
        digest: Embedding(vector, sentences[[rows[text] for text in texts]])
        for digest, vector, texts in zip(digests, whole, sentence_texts, strict=True)
    }
