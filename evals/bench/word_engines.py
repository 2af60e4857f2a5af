"""The three BM25 engines that were compared, behind one interface: build into a folder, open it, search it.

All index the same stems (``assistant.text.words.content_words``) and filter inside the search, so that they differ in
nothing but the engine. tantivy is measured through the adapter that the assistant uses.
"""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Callable, Iterable
from pathlib import Path

import numpy as np

from assistant.adapters.indexes.tantivy import TantivyIndex
from assistant.model import Edition, Filter, Passage
from assistant.text.words import content_words

Pairs = Iterable[tuple[Passage, Edition]]
Search = Callable[[str, int, Filter], list[str]]


def build_tantivy(folder: Path, passages: Pairs) -> None:
    """Builds the index of the assistant's own adapter."""
    TantivyIndex(folder).build(1, passages)


def open_tantivy(folder: Path) -> Search:
    """Returns the search of the assistant's own adapter."""
    index = TantivyIndex(folder)
    return lambda query, k, scope: [each.passage_id for each in index.search(1, query, k=k, filter=scope)]


def build_fts5(folder: Path, passages: Pairs) -> None:
    """Builds an FTS5 table of stems beside a table of what is filtered on."""
    with sqlite3.connect(folder / "words.sqlite") as database:
        database.execute("create virtual table words using fts5(body, content='', tokenize='unicode61')")
        database.execute("create table held (number integer primary key, name text, edition text, kind text)")
        for number, (passage, edition) in enumerate(passages):
            body = " ".join(content_words(passage.embed_text))
            database.execute("insert into words (rowid, body) values (?, ?)", (number, body))
            row = (number, passage.passage_id, edition.edition_id, edition.kind.value)
            database.execute("insert into held values (?, ?, ?, ?)", row)
        database.execute("insert into words (words) values ('optimize')")


def open_fts5(folder: Path) -> Search:
    """Returns a search by FTS5's own BM25."""
    database = sqlite3.connect(folder / "words.sqlite")

    def search(query: str, k: int, scope: Filter) -> list[str]:
        match = " OR ".join(f'"{word}"' for word in dict.fromkeys(content_words(query)))
        where, values = _where(scope)
        rows = database.execute(
            "select name from words join held on held.number = words.rowid "  # noqa: S608  only place-holders are added
            f"where words match ? {where} order by words.rank, name limit ?",
            [match, *values, k],
        )
        return [row[0] for row in rows] if match else []

    return search


def _where(scope: Filter) -> tuple[str, list[str]]:
    clauses = ""
    values: list[str] = []
    for column, word, chosen in (
        ("kind", "in", [each.value for each in scope.kinds]),
        ("edition", "in", list(scope.editions)),
        ("edition", "not in", list(scope.excluded)),
    ):
        if chosen:
            clauses += f" and {column} {word} ({','.join('?' * len(chosen))})"
            values += chosen
    return clauses, values


def build_bm25s(folder: Path, passages: Pairs) -> None:
    """Builds and saves a bm25s index with what is filtered on beside it."""
    import bm25s

    stems, held = [], []
    for passage, edition in passages:
        stems.append(list(content_words(passage.embed_text)))
        held.append((passage.passage_id, edition.edition_id, edition.kind.value))
    index = bm25s.BM25(method="lucene")
    index.index(stems, show_progress=False)
    index.save(folder)
    (folder / "held.json").write_text(json.dumps(held))


def open_bm25s(folder: Path) -> Search:
    """Returns a search over the memory-mapped index; the filter is a mask on the scores."""
    import bm25s

    index = bm25s.BM25.load(folder, mmap=True)
    held = json.loads((folder / "held.json").read_text())
    names, editions, kinds = (np.array(column) for column in zip(*held, strict=True))

    def search(query: str, k: int, scope: Filter) -> list[str]:
        known = [word for word in dict.fromkeys(content_words(query)) if word in index.vocab_dict]
        mask = np.ones(len(names), dtype=np.float32)
        if scope.kinds:
            mask *= np.isin(kinds, [each.value for each in scope.kinds])
        if scope.editions:
            mask *= np.isin(editions, scope.editions)
        if scope.excluded:
            mask *= ~np.isin(editions, scope.excluded)
        scores = index.get_scores(known, mask) if known else np.zeros(len(names))
        top = np.argpartition(-scores, min(k, len(scores) - 1))[:k]
        return [str(names[i]) for i in top[np.argsort(-scores[top], kind="stable")] if scores[i] > 0]

    return search


ENGINES: dict[str, tuple[Callable[[Path, Pairs], None], Callable[[Path], Search]]] = {
    "SQLite FTS5": (build_fts5, open_fts5),
    "tantivy": (build_tantivy, open_tantivy),
    "bm25s": (build_bm25s, open_bm25s),
}
