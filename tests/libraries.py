"""Small documents and libraries for tests of what stores them."""

from __future__ import annotations

import hashlib
import shutil
from collections.abc import Callable, Sequence
from pathlib import Path

import numpy as np

from assistant.adapters.indexes.chroma import ChromaIndex
from assistant.adapters.indexes.tantivy import TantivyIndex
from assistant.adapters.library_sql import SqlLibrary
from assistant.model import (
    Digest,
    Document,
    Edition,
    EditionId,
    Exclusion,
    Filter,
    Footnote,
    Kind,
    OffsetRun,
    Page,
    Passage,
    PassageId,
    Reference,
    Section,
    Sentence,
    SentenceKind,
    Span,
)
from assistant.ports import Embedding, Library, Source, Update, Vectors
from tests.fakes import FakeEmbedder, FakeLexicalIndex, FakePassageIndex


def document(
    name: str, *texts: str, kind: Kind = Kind.POLICY, root: Path = Path("/library")
) -> tuple[Document, Source]:
    """Returns a document with one passage per text and one sentence per line, and a source that does not exist."""
    whole = "\n\n".join(texts)
    edition = Edition(EditionId(name), name.split("-")[0], f"Title of {name}", kind)
    passages = []
    start = 0
    for place, text in enumerate(texts):
        passages.append(passage(f"{name}:{place}", edition, text, start))
        start += len(text) + 2
    middle = len(whole) // 2
    found = Document(
        edition,
        whole,
        (Page(1, "i", 0, middle), Page(2, "1", middle, len(whole))),
        (Section(("Heading", "Below – it"), Span(0, len(whole)), "2.1"),),
        tuple(passages),
        (Footnote("1", 3, Span(0, 3)),),
        (Exclusion(2, "page_number", "– 1 –"),),
        (Reference("Children Act 1989", None, Span(0, 2)), Reference("a page", "https://example.org/", None)),
        (OffsetRun(0, len(whole), 1, 0),),
        2,
    )
    digest = hashlib.sha256(whole.encode()).hexdigest()
    return found, Source(edition.edition_id, root, root / f"{name}.md", digest, "recipe")


def passage(name: str, edition: Edition, text: str, start: int = 0) -> Passage:
    """Returns a passage with one sentence per line; those after the first are list items with it as lead-in."""
    spans = []
    at = start
    for line in text.split("\n"):
        spans.append(Span(at, at + len(line)))
        at += len(line) + 1
    sentences = [Sentence(spans[0])] + [Sentence(each, SentenceKind.LIST_ITEM, (spans[0],)) for each in spans[1:]]
    digest = Digest(hashlib.sha256(f"{edition.title}|{text}".encode()).hexdigest())
    span = Span(start, start + len(text))
    embed_text = f"{edition.title} | {text}"
    return Passage(
        PassageId(name), edition.edition_id, span, ("Heading",), "1.2", text, embed_text, digest, tuple(sentences)
    )


def publish(library: Library, update: Update, embedder: FakeEmbedder) -> int:
    """Embeds what is missing and publishes, as an ingest does; returns the number of the generation."""
    with library.writing():
        passages = {each.digest: each for held, _ in update.documents for each in held.passages}
        missing = sorted(library.missing_embeddings(passages))
        library.add_embeddings({each: embedding(passages[each], embedder) for each in missing})
        return library.publish(update).number


def embedding(passage: Passage, embedder: FakeEmbedder) -> Embedding:
    """Returns the vectors of a passage; the lines of its text stand for its sentences."""
    lines = passage.text.split("\n")
    return Embedding(embedder.embed([passage.embed_text], kind="passage")[0], embedder.embed(lines, kind="passage"))


def real_library(data: Path, embedder: FakeEmbedder, lock_wait_s: float = 30.0, cut: str = "") -> SqlLibrary:
    """Returns a library over SQLite, Chroma and tantivy."""
    return SqlLibrary(
        data,
        embedder.fingerprint,
        embedder.dimension,
        ChromaIndex(data / "vectors"),
        TantivyIndex(data / "words"),
        lock_wait_s,
        cut=cut,
    )


Make = Callable[..., SqlLibrary]
"""Opens the library of a test: ``embedder``, ``lock_wait_s`` and ``cut`` may be given."""


def real_maker(data: Path) -> Make:
    """Returns what opens a library over the real indexes."""

    def make(embedder: FakeEmbedder | None = None, lock_wait_s: float = 30.0, cut: str = "cut-1") -> SqlLibrary:
        return real_library(data, embedder or FakeEmbedder(), lock_wait_s, cut)

    return make


def fake_maker(data: Path) -> Make:
    """Returns what opens a library over indexes in memory."""
    vectors, words = FakePassageIndex(), FakeLexicalIndex()

    def make(embedder: FakeEmbedder | None = None, lock_wait_s: float = 30.0, cut: str = "cut-1") -> SqlLibrary:
        mine = embedder or FakeEmbedder()
        return SqlLibrary(data, mine.fingerprint, mine.dimension, vectors, words, lock_wait_s, cut=cut)

    return make


def words_found(library: Library, asked: str) -> list[str]:
    """Returns the ids of the passages that the word index of the current generation finds."""
    with library.open() as snapshot:
        return [each.passage_id for each in snapshot.search_words(asked, k=5, filter=Filter())]


def nearest(library: Library, asked: str) -> str:
    """Returns the id of the passage that the vector index of the current generation finds first."""
    with library.open() as snapshot:
        return snapshot.search_vectors(query(FakeEmbedder(), asked), k=1, filter=Filter())[0].passage_id


def query(embedder: FakeEmbedder, text: str) -> Vectors:
    """Returns the vector of a question."""
    return np.asarray(embedder.embed([text], kind="query")[0])


def names(editions: Sequence[Edition]) -> list[str]:
    """Returns the ids of editions, in order."""
    return [str(each.edition_id) for each in editions]


def folder_copied(source: Path, target: Path, left_out: str = "") -> Path:
    """Returns a copy of a data folder, made again where a connection that closes meanwhile takes -wal and -shm away.

    What was in them is then in the file that they belong to. Raises ``shutil.Error`` at the third time.
    """
    ignored = shutil.ignore_patterns(left_out)
    for _ in range(2):
        try:
            return Path(shutil.copytree(source, target, ignore=ignored))
        except shutil.Error:
            shutil.rmtree(target)
    return Path(shutil.copytree(source, target, ignore=ignored))
