"""Measures three BM25 engines side by side: ``python -m evals.bench.words``.

Passages are generated from a fixed vocabulary with Zipf frequencies (the same for every engine), in editions of 40.
A filtered query may see one edition in ten; every engine must return k of those, so the filter works inside.
"""

from __future__ import annotations

import argparse
import gc
import shutil
import sqlite3
import sys
import tempfile
import time
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

import numpy as np

from assistant.words import content_words

Search = Callable[[str, set[int] | None], list[int]]
K = 50


def passages(count: int, seed: int = 7) -> tuple[list[str], list[str]]:
    """Returns generated passages of 60 to 180 words, and 200 queries of 4 to 10 words."""
    rng = np.random.default_rng(seed)
    weights = 1 / np.arange(1, 20_001) ** 1.05
    weights /= weights.sum()
    words = np.array([f"w{i}x" for i in range(20_000)])
    texts = [" ".join(words[rng.choice(20_000, rng.integers(60, 180), p=weights)]) for _ in range(count)]
    queries = [" ".join(words[rng.choice(20_000, rng.integers(4, 11), p=weights)]) for _ in range(200)]
    return texts, queries


def fts5(texts: Sequence[str], folder: Path) -> Search:
    """Builds SQLite FTS5 and returns its search."""
    database = sqlite3.connect(folder / "words.sqlite")
    database.execute("create virtual table words using fts5(body, edition unindexed, tokenize='porter unicode61')")
    database.executemany("insert into words(rowid, body, edition) values (?, ?, ?)", _rows(texts))
    database.execute("insert into words(words) values ('optimize')")
    database.commit()

    def search(query: str, editions: set[int] | None) -> list[int]:
        match = " OR ".join(f'"{word}"' for word in query.split())
        where = f" and edition in ({','.join(map(str, editions))})" if editions else ""
        sql = f"select rowid from words where words match ?{where} order by bm25(words) limit {K}"  # noqa: S608
        return [row[0] for row in database.execute(sql, [match])]

    return search


def _rows(texts: Sequence[str]) -> list[tuple[int, str, int]]:
    return [(i, text, i // 40) for i, text in enumerate(texts)]


def tantivy(texts: Sequence[str], folder: Path) -> Search:
    """Builds a tantivy index and returns its search."""
    import tantivy as engine

    builder = engine.SchemaBuilder()
    builder.add_text_field("body", tokenizer_name="en_stem")
    builder.add_unsigned_field("row", stored=True, indexed=True, fast=True)
    builder.add_unsigned_field("edition", indexed=True, fast=True)
    index = engine.Index(builder.build(), path=str(folder))
    writer = index.writer(heap_size=100_000_000, num_threads=1)
    for row, text, edition in _rows(texts):
        writer.add_document(engine.Document(body=text, row=row, edition=edition))
    writer.commit()
    writer.wait_merging_threads()
    index.reload()

    def search(query: str, editions: set[int] | None) -> list[int]:
        terms: Any = index.parse_query(query, ["body"])
        if editions:
            allowed = engine.Query.term_set_query(index.schema, "edition", list(editions))
            allowed = engine.Query.const_score_query(allowed, 0.0)
            terms = engine.Query.boolean_query([(engine.Occur.Must, terms), (engine.Occur.Must, allowed)])
        searcher = index.searcher()
        return [int(searcher.doc(address)["row"][0]) for _, address in searcher.search(terms, K).hits]

    return search


def bm25s(texts: Sequence[str], folder: Path) -> Search:
    """Builds bm25s, saves it, opens it memory-mapped and returns its search."""
    import bm25s as engine

    model = engine.BM25(method="lucene")
    model.index([list(content_words(text)) for text in texts], show_progress=False)
    model.save(folder)
    opened = engine.BM25.load(folder, mmap=True)
    editions_of = np.arange(len(texts)) // 40

    def search(query: str, editions: set[int] | None) -> list[int]:
        mask = np.isin(editions_of, list(editions)).astype(np.float32) if editions else None
        scores = opened.get_scores([word for word in content_words(query) if word in opened.vocab_dict], mask)
        top = np.argpartition(-scores, K)[:K]
        return [int(i) for i in top[np.argsort(-scores[top], kind="stable")] if scores[i] > 0]

    return search


def measured(name: str, build: Callable[[Sequence[str], Path], Search], count: int) -> str:
    """Returns one row of the table for one engine and size."""
    texts, queries = passages(count)
    folder = Path(tempfile.mkdtemp())
    gc.collect()
    start = time.perf_counter()
    search = build(texts, folder)
    built = time.perf_counter() - start
    allowed = set(range(0, count // 40 + 1, 10))
    plain = _times(search, queries, None)
    filtered = _times(search, queries, allowed)
    size = sum(path.stat().st_size for path in folder.rglob("*") if path.is_file()) / 1e6
    shutil.rmtree(folder)
    figures = f"{built:.1f} | {plain[0]:.1f} / {plain[1]:.1f} | {filtered[0]:.1f} / {filtered[1]:.1f} | {size:.0f}"
    return f"| {name} | {count:,} | {figures} |"


def _times(search: Search, queries: Sequence[str], editions: set[int] | None) -> tuple[float, float]:
    spent = []
    for query in queries:
        start = time.perf_counter()
        search(query, editions)
        spent.append((time.perf_counter() - start) * 1000)
    return float(np.quantile(spent, 0.5)), float(np.quantile(spent, 0.95))


def main() -> None:
    """Prints the table."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--sizes", type=int, nargs="+", default=[1_000, 10_000, 100_000])
    sizes = parser.parse_args().sizes
    out = sys.stdout
    out.write(
        "| engine | passages | build s | query p50 / p95 ms | filtered p50 / p95 ms | disk MB |\n|---|---|---|---|---|---|\n"
    )
    for size in sizes:
        for name, build in (("SQLite FTS5", fts5), ("tantivy", tantivy), ("bm25s", bm25s)):
            out.write(measured(name, build, size) + "\n")
            out.flush()


if __name__ == "__main__":
    main()
