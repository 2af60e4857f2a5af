"""Makes a library many times the size of another one: its documents under new names, with generated vectors."""

from __future__ import annotations

import hashlib
from dataclasses import replace
from pathlib import Path

import numpy as np

from assistant.bootstrap import Assistant
from assistant.model import Digest, Document, Edition, EditionId, Passage, PassageId
from assistant.ports import Embedding, Snapshot, Source, Update
from assistant.settings import Settings
from evals.bench.filling import near


def multiply(source: Assistant, data: Path, times: int) -> Assistant:
    """Returns an assistant over ``times`` the documents of another one: those themselves, and copies of them.

    A copy has the text of its original under an edition id and a work of its own, and vectors turned away from those of
    the original at random (``evals.bench.filling.near``): generated, for measuring time alone.

    Args:
        source: Over the documents.
        data: A new data folder.
        times: How many times as large, from 1.
    """
    made = Assistant(Settings.model_validate({**source.settings.model_dump(), "data": data}))
    rng = np.random.default_rng(7)
    updates: list[tuple[Document, Source]] = []
    with source.opened() as snapshot, made.library.writing():
        for number in range(times):
            for edition in snapshot.editions():
                document, embeddings = _copy(snapshot, edition, number, rng)
                made.library.add_embeddings(embeddings)
                path = Path(f"/generated/{document.edition.edition_id}")
                updates.append(
                    (document, Source(document.edition.edition_id, path, path.parent, "0" * 64, "generated"))
                )
        made.library.publish(Update(tuple(updates), known=snapshot.known()))
    return made


def _copy(
    snapshot: Snapshot, edition: Edition, number: int, rng: np.random.Generator
) -> tuple[Document, dict[Digest, Embedding]]:
    originals = snapshot.passages_of(edition.edition_id)
    named = _named(edition, number)
    passages = tuple(_renamed(each, named.edition_id, number) for each in originals)
    vectors = snapshot.sentence_vectors([each.passage_id for each in originals])
    embeddings = {}
    for original, passage in zip(originals, passages, strict=True):
        sentences = np.asarray(vectors[original.passage_id], dtype=np.float32)
        sentences = near(sentences, rng) if number else sentences
        mean = sentences.mean(axis=0) if len(sentences) else np.eye(1, sentences.shape[1])[0]
        embeddings[passage.digest] = Embedding((mean / np.linalg.norm(mean)).astype(np.float32), sentences)
    name = edition.edition_id
    parts = (snapshot.text(name), snapshot.pages(name), snapshot.sections(name), passages)
    return Document(named, *parts, references=snapshot.references(name)), embeddings


def _named(edition: Edition, number: int) -> Edition:
    if not number:
        return edition
    name = EditionId(f"{edition.edition_id}-copy-{number}")
    return replace(edition, edition_id=name, work=f"{edition.work}-copy-{number}", supersedes=None)


def _renamed(passage: Passage, edition_id: EditionId, number: int) -> Passage:
    digest = Digest(hashlib.sha256(f"{number} {passage.digest}".encode()).hexdigest()) if number else passage.digest
    name = PassageId(passage.passage_id.replace(passage.edition_id, edition_id, 1))
    return replace(passage, passage_id=name, edition_id=edition_id, digest=digest)


def sizes(snapshot: Snapshot) -> tuple[int, int]:
    """Returns the number of editions and of passages."""
    return len(snapshot.editions()), snapshot.generation.passage_count
