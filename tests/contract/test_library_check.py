"""``check`` names every fault, and the next publish mends an index."""

from __future__ import annotations

import shutil
import sqlite3
from pathlib import Path

import pytest

from assistant.model import Filter, Kind
from assistant.ports import Update
from tests import libraries
from tests.fakes import FakeEmbedder
from tests.libraries import Make, document, publish, words_found

EVERYTHING = Filter()
ALPHA = document("alpha-2024", "The LADO is told of allegations.\n(a) within one day", "Bus timetables.")
BETA = document("beta", "Strategy discussions are held under section 47.", kind=Kind.GUIDANCE)
GAMMA = document("gamma", "Records are kept for ten years.")
BOTH = Update((ALPHA, BETA))


@pytest.fixture
def embedder() -> FakeEmbedder:
    return FakeEmbedder()


@pytest.fixture
def make(tmp_path: Path) -> Make:
    return libraries.real_maker(tmp_path / "data")


@pytest.mark.parametrize("index", ["vectors", "words"])
def test_a_lost_index_is_reported_and_rebuilt_by_the_next_publish(
    make: Make, embedder: FakeEmbedder, tmp_path: Path, index: str
) -> None:
    publish(make(), BOTH, embedder)
    shutil.rmtree(tmp_path / "data" / index)
    (line,) = make().check()
    assert line.startswith(f"missing: the {index.removesuffix('s')} index")
    publish(make(), Update(), embedder)
    assert make().check() == ()
    assert words_found(make(), "lado") == ["alpha-2024:0"]


def test_a_damaged_index_is_reported_and_rebuilt(make: Make, embedder: FakeEmbedder, tmp_path: Path) -> None:
    number = publish(make(), BOTH, embedder)
    (tmp_path / "data" / "vectors" / str(number) / "chroma.sqlite3").write_bytes(b"no database" * 999)
    (line,) = make().check()
    assert line.startswith("damaged: the vector index")
    publish(make(), Update(), embedder)
    assert make().check() == ()


def test_check_names_each_fault(make: Make, embedder: FakeEmbedder, tmp_path: Path) -> None:
    publish(make(), BOTH, embedder)
    (tmp_path / "data" / "vectors" / "77").mkdir()
    (tmp_path / "data" / "words" / "78").mkdir()
    with sqlite3.connect(tmp_path / "data" / "library.sqlite") as connection:
        connection.execute("update passage set text = 'Other words.' where passage_id = 'alpha-2024:1'")
        connection.execute("update passage set digest = 'gone' where passage_id = 'beta:0'")
        connection.execute("update embedding set passage = x'00' where digest = ?", [ALPHA[0].passages[1].digest])
        connection.execute("update embedding set sentences = x'00' where digest = ?", [ALPHA[0].passages[0].digest])
        connection.execute("delete from passage where passage_id = 'nothing'")
        connection.execute("update generation set passage_count = 3")
    connection.close()
    assert {line.split(";")[0].split(" has ")[0] for line in make().check()} == {
        "orphan: a vector index of generation 77, unknown to the library",
        "orphan: a word index of generation 78, unknown to the library",
        "orphan: 1 embeddings belong to no passage",
        "broken span: alpha-2024:1 is not the text of its edition at 53:68",
        "missing vector: beta:0",
        "broken vector: alpha-2024:1",
        "broken vector: the sentences of alpha-2024:0 and their vectors are not as many",
    }


def test_check_compares_the_counts(make: Make, embedder: FakeEmbedder, tmp_path: Path) -> None:
    publish(make(), BOTH, embedder)
    with sqlite3.connect(tmp_path / "data" / "library.sqlite") as connection:
        connection.execute("delete from passage where passage_id = 'beta:0'")
    connection.close()
    assert sum(line.startswith("mismatch: the ") for line in make().check()) == 2
