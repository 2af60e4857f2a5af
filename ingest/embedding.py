"""Embeds what the library has no vector for, a batch at a time, so that a kill loses little."""

from __future__ import annotations

from collections.abc import Sequence

from assistant.model import Digest, Document, Passage
from assistant.ports import Embedder, Embedding, Library, Progress
from ingest.passages import embedded_sentence

BATCH = 64
"""Passages embedded and stored at once."""


def embed_missing(documents: Sequence[Document], library: Library, embedder: Embedder, tell: Progress) -> int:
    """Returns how many passages were embedded: those whose digest the library does not hold."""
    by_digest: dict[Digest, tuple[Passage, str]] = {}
    for document in documents:
        by_digest.update({passage.digest: (passage, document.text) for passage in document.passages})
    missing = library.missing_embeddings(by_digest)
    order = sorted(missing, key=lambda digest: (len(by_digest[digest][0].embed_text), digest))
    for start in range(0, len(order), BATCH):
        tell("embed", start, len(order))
        batch = order[start : start + BATCH]
        library.add_embeddings(_embedded([by_digest[each] for each in batch], batch, embedder))
    if order:
        tell("embed", len(order), len(order))
    return len(order)


def _embedded(
    passages: Sequence[tuple[Passage, str]], digests: Sequence[Digest], embedder: Embedder
) -> dict[Digest, Embedding]:
    whole = embedder.embed([passage.embed_text for passage, _ in passages], kind="passage")
    spoken = [embedded_sentence(text, sentence) for passage, text in passages for sentence in passage.sentences]
    sentences = embedder.embed(spoken, kind="passage")
    found: dict[Digest, Embedding] = {}
    at = 0
    for row, (digest, (passage, _)) in enumerate(zip(digests, passages, strict=True)):
        end = at + len(passage.sentences)
        found[digest] = Embedding(whole[row], sentences[at:end])
        at = end
    return found
