"""What every library promises, run over fake indexes and over the real ones."""

from __future__ import annotations

import sqlite3
import threading
from collections.abc import Callable
from dataclasses import replace
from datetime import date
from pathlib import Path

import numpy as np
import pytest

from assistant.adapters.library_sql import SqlLibrary
from assistant.errors import IndexMismatch, LibraryEmpty, LibraryError, LibraryLocked
from assistant.model import Edition, EditionId, Filter, Form, Kind, PassageId
from assistant.ports import Update
from tests import libraries
from tests.fakes import FakeEmbedder, FakeLexicalIndex, FakePassageIndex
from tests.libraries import document, names, publish, query

Make = Callable[..., SqlLibrary]
EVERYTHING = Filter()
ALPHA = document("alpha-2024", "The LADO is told of allegations.\n(a) within one day", "Bus timetables.")
BETA = document("beta", "Strategy discussions are held under section 47.", kind=Kind.GUIDANCE)
GAMMA = document("gamma", "Records are kept for ten years.")
BOTH = Update((ALPHA, BETA))


def words_found(library: SqlLibrary, asked: str) -> list[str]:
    with library.open() as snapshot:
        return [each.passage_id for each in snapshot.search_words(asked, k=5, filter=EVERYTHING)]


def nearest(library: SqlLibrary, asked: str) -> str:
    with library.open() as snapshot:
        return snapshot.search_vectors(query(FakeEmbedder(), asked), k=1, filter=EVERYTHING)[0].passage_id


class LibraryContract:
    """One behaviour class; a subclass gives ``make``, which opens the library of this test."""

    @pytest.fixture
    def embedder(self) -> FakeEmbedder:
        return FakeEmbedder()

    @pytest.fixture
    def library(self, make: Make) -> SqlLibrary:
        return make()

    def test_an_empty_library_says_how_to_fill_it(self, library: SqlLibrary) -> None:
        with pytest.raises(LibraryEmpty, match="assistant ingest"), library.open():
            pass
        assert library.check() == ()

    def test_what_is_published_is_read_back_unchanged(self, library: SqlLibrary, embedder: FakeEmbedder) -> None:
        publish(library, Update((ALPHA, BETA), known=(GAMMA[0].edition,)), embedder)
        with library.open() as snapshot:
            assert snapshot.editions() == (ALPHA[0].edition, BETA[0].edition)
            assert snapshot.known() == (GAMMA[0].edition,)
            assert snapshot.sources() == (ALPHA[1], BETA[1])
            for held, _ in (ALPHA, BETA):
                name = held.edition.edition_id
                assert snapshot.text(name) == held.text
                assert snapshot.pages(name) == held.pages
                assert snapshot.sections(name) == held.sections
                assert snapshot.exclusions(name) == held.exclusions
                assert snapshot.references(name) == held.references
                assert snapshot.passages_of(name) == held.passages
            assert snapshot.generation.passage_count == 3
            assert snapshot.generation.edition_count == 2

    def test_every_field_of_an_edition_survives(self, library: SqlLibrary, embedder: FakeEmbedder) -> None:
        edition = Edition(
            EditionId("full"), "full", "A “full” one", Kind.LEGISLATION, "Department", date(2023, 12, 1),
            date(2024, 1, 31), EditionId("older"), date(2026, 1, 1), Form.DRAFT, "https://example.org/?a=1&b=é",
            "OGL v3.0", "0" * 64, ("police", "health"),
        )  # fmt: skip
        full = replace(ALPHA[0], edition=edition)
        publish(
            library, Update(((full, ALPHA[1]),), known=(replace(edition, edition_id=EditionId("not-here")),)), embedder
        )
        with library.open() as snapshot:
            assert snapshot.editions() == (edition,)
            assert snapshot.known() == (replace(edition, edition_id=EditionId("not-here")),)

    def test_passages_come_in_the_order_asked_for(self, library: SqlLibrary, embedder: FakeEmbedder) -> None:
        publish(library, BOTH, embedder)
        asked = [PassageId(each) for each in ("beta:0", "unknown", "alpha-2024:1", "alpha-2024:0")]
        with library.open() as snapshot:
            assert [each.passage_id for each in snapshot.passages(asked)] == ["beta:0", "alpha-2024:1", "alpha-2024:0"]
            assert snapshot.passages([]) == ()
            assert snapshot.passages_of(EditionId("unknown")) == ()

    def test_sentence_vectors_are_those_of_the_sentences(self, library: SqlLibrary, embedder: FakeEmbedder) -> None:
        publish(library, BOTH, embedder)
        with library.open() as snapshot:
            vectors = snapshot.sentence_vectors([PassageId("alpha-2024:0"), PassageId("beta:0"), PassageId("unknown")])
        assert set(vectors) == {"alpha-2024:0", "beta:0"}
        lines = ALPHA[0].passages[0].text.split("\n")
        expected = embedder.embed(lines, kind="passage")
        assert vectors[PassageId("alpha-2024:0")].dtype == np.float32
        np.testing.assert_allclose(vectors[PassageId("alpha-2024:0")], expected, atol=1e-3)

    def test_an_unknown_edition_is_named_with_those_there_are(
        self, library: SqlLibrary, embedder: FakeEmbedder
    ) -> None:
        publish(library, BOTH, embedder)
        with library.open() as snapshot, pytest.raises(LibraryError, match=r'"nowhere".*alpha-2024, beta'):
            snapshot.text(EditionId("nowhere"))

    def test_both_searches_see_what_is_published(self, library: SqlLibrary, embedder: FakeEmbedder) -> None:
        publish(library, BOTH, embedder)
        assert words_found(library, "lado") == ["alpha-2024:0"]
        assert nearest(library, BETA[0].passages[0].embed_text) == "beta:0"
        with library.open() as snapshot:
            assert snapshot.document_frequencies(["lado", "nothing"]) == (1, 0)

    def test_editions_that_an_update_does_not_name_stay(self, library: SqlLibrary, embedder: FakeEmbedder) -> None:
        publish(library, BOTH, embedder)
        publish(library, Update((GAMMA,)), embedder)
        with library.open() as snapshot:
            assert names(snapshot.editions()) == ["alpha-2024", "beta", "gamma"]

    def test_a_removed_edition_leaves_nothing_behind(self, library: SqlLibrary, embedder: FakeEmbedder) -> None:
        publish(library, BOTH, embedder)
        publish(library, Update(removed=(EditionId("alpha-2024"), EditionId("unknown"))), embedder)
        assert words_found(library, "lado") == []
        with library.open() as snapshot:
            assert names(snapshot.editions()) == ["beta"]
            assert snapshot.passages([PassageId("alpha-2024:0")]) == ()
            assert snapshot.sentence_vectors([PassageId("alpha-2024:0")]) == {}
        assert library.missing_embeddings([ALPHA[0].passages[0].digest]) == {ALPHA[0].passages[0].digest}
        assert library.check() == ()

    def test_a_changed_edition_replaces_the_old_text_and_embeds_only_what_changed(
        self, library: SqlLibrary, embedder: FakeEmbedder
    ) -> None:
        publish(library, BOTH, embedder)
        changed = document("alpha-2024", ALPHA[0].passages[0].text, "Train timetables.")
        embedder.embedded.clear()
        publish(library, Update((changed,)), embedder)
        assert sum("Title of" in each for each in embedder.embedded) == 1
        assert words_found(library, "bus") == []
        assert words_found(library, "train") == ["alpha-2024:1"]
        assert library.check() == ()

    def test_the_last_edition_can_be_removed(self, library: SqlLibrary, embedder: FakeEmbedder) -> None:
        publish(library, Update((BETA,)), embedder)
        publish(library, Update(removed=(EditionId("beta"),)), embedder)
        assert words_found(library, "strategy") == []
        assert library.check() == ()

    def test_an_update_that_changes_nothing_writes_nothing(self, library: SqlLibrary, embedder: FakeEmbedder) -> None:
        first = publish(library, replace(BOTH, known=(GAMMA[0].edition,)), embedder)
        again = (
            Update(), BOTH, Update((BETA,)), Update(known=(GAMMA[0].edition,)), Update(removed=(EditionId("x"),)),
            Update(known=(GAMMA[0].edition, ALPHA[0].edition)),
        )  # fmt: skip
        embedder.embedded.clear()
        for update in again:
            assert publish(library, update, embedder) == first
        assert embedder.embedded == []

    def test_known_editions_are_replaced_or_left(self, library: SqlLibrary, embedder: FakeEmbedder) -> None:
        publish(library, replace(BOTH, known=(GAMMA[0].edition,)), embedder)
        publish(library, Update(removed=(EditionId("beta"),)), embedder)
        with library.open() as snapshot:
            assert names(snapshot.known()) == ["gamma"]
        publish(library, Update(known=()), embedder)
        with library.open() as snapshot:
            assert snapshot.known() == ()

    def test_an_edition_that_becomes_indexed_is_not_known_only(
        self, library: SqlLibrary, embedder: FakeEmbedder
    ) -> None:
        publish(library, replace(BOTH, known=(GAMMA[0].edition,)), embedder)
        publish(library, Update((GAMMA,)), embedder)
        with library.open() as snapshot:
            assert snapshot.known() == ()

    def test_equal_content_has_an_equal_fingerprint(self, library: SqlLibrary, embedder: FakeEmbedder) -> None:
        def fingerprint(update: Update) -> str:
            publish(library, update, embedder)
            with library.open() as snapshot:
                return snapshot.generation.fingerprint

        first = fingerprint(BOTH)
        assert fingerprint(Update((GAMMA,))) != first
        assert fingerprint(Update(removed=(EditionId("gamma"),))) == first

    def test_a_reader_keeps_its_generation_whole(self, library: SqlLibrary, embedder: FakeEmbedder) -> None:
        publish(library, BOTH, embedder)
        with library.open() as snapshot:
            publish(library, Update((GAMMA,), (EditionId("alpha-2024"),)), embedder)
            assert names(snapshot.editions()) == ["alpha-2024", "beta"]
            assert snapshot.text(EditionId("alpha-2024")) == ALPHA[0].text
            found = snapshot.search_words("lado", k=5, filter=EVERYTHING)
            assert snapshot.passages([each.passage_id for each in found]) == (ALPHA[0].passages[0],)
            vector = query(embedder, ALPHA[0].passages[0].embed_text)
            assert snapshot.search_vectors(vector, k=1, filter=EVERYTHING)[0].passage_id == "alpha-2024:0"
            assert len(snapshot.sentence_vectors([PassageId("alpha-2024:0")])[PassageId("alpha-2024:0")]) == 2
            assert library.check() == ()
            with library.open() as later:
                assert names(later.editions()) == ["beta", "gamma"]
        publish(library, Update(), embedder)
        assert library.check() == ()

    def test_a_publish_without_embeddings_leaves_the_old_library(
        self, library: SqlLibrary, embedder: FakeEmbedder
    ) -> None:
        publish(library, Update((BETA,)), embedder)
        with library.writing(), pytest.raises(LibraryError, match="no embedding"):
            library.publish(Update((ALPHA,)))
        assert words_found(library, "lado") == []
        assert nearest(library, BETA[0].passages[0].embed_text) == "beta:0"
        publish(library, Update((ALPHA,)), embedder)
        assert words_found(library, "lado") == ["alpha-2024:0"]
        assert library.check() == ()

    def test_embeddings_survive_without_a_publish(
        self, library: SqlLibrary, embedder: FakeEmbedder, make: Make
    ) -> None:
        first, second = (each.digest for each in ALPHA[0].passages)
        with library.writing():
            library.add_embeddings({first: libraries.embedding(ALPHA[0].passages[0], embedder)})
        with make().writing():
            assert make().missing_embeddings([first, second, second]) == {second}

    def test_embeddings_that_nobody_needs_go_with_the_next_publish(
        self, library: SqlLibrary, embedder: FakeEmbedder
    ) -> None:
        publish(library, Update((BETA,)), embedder)
        library.add_embeddings({ALPHA[0].passages[0].digest: libraries.embedding(ALPHA[0].passages[0], embedder)})
        assert any("embeddings" in line for line in library.check())
        publish(library, Update(), embedder)
        assert library.check() == ()

    @pytest.mark.parametrize("other", [{"embedder": FakeEmbedder(name="other")}, {"cut": "cut-2"}])
    def test_an_index_built_otherwise_is_refused_with_the_command_that_rebuilds_it(
        self, make: Make, embedder: FakeEmbedder, other: dict[str, object]
    ) -> None:
        publish(make(), BOTH, embedder)
        with pytest.raises(IndexMismatch, match="assistant ingest /library"), make(**other).open():
            pass
        assert words_found(make(), "lado") == ["alpha-2024:0"]

    def test_a_library_is_rebuilt_with_another_embedder(self, make: Make, embedder: FakeEmbedder) -> None:
        publish(make(), BOTH, embedder)
        other = FakeEmbedder(name="other")
        publish(make(embedder=other), BOTH, other)
        assert sum("Title of" in each for each in other.embedded) == 3
        assert words_found(make(embedder=other), "lado") == ["alpha-2024:0"]
        assert make(embedder=other).check() == ()
        assert make().missing_embeddings([ALPHA[0].passages[0].digest])

    def test_a_rebuild_does_not_lose_an_edition_that_can_be_read_again(
        self, make: Make, embedder: FakeEmbedder, tmp_path: Path
    ) -> None:
        there = document("there", "Still a file.", root=tmp_path / "my files")
        there[1].path.parent.mkdir()
        there[1].path.write_text("Still a file.")
        publish(make(), Update((there, BETA)), embedder)
        other = FakeEmbedder(name="other")
        with pytest.raises(IndexMismatch, match=r"assistant ingest '.*my files'"):
            publish(make(embedder=other), Update((BETA,)), other)
        assert words_found(make(), "file") == ["there:0"]
        there[1].path.unlink()
        publish(make(embedder=other), Update((BETA,)), other)
        with make(embedder=other).open() as snapshot:
            assert names(snapshot.editions()) == ["beta"]

    def test_a_second_writer_is_told_who_writes(self, library: SqlLibrary, make: Make) -> None:
        import os

        told: list[str] = []

        def second() -> None:
            try:
                with make(lock_wait_s=0.05).writing():
                    told.append("wrote")
            except LibraryLocked as error:
                told.append(str(error))

        with library.writing():
            library.publish(Update())
            thread = threading.Thread(target=second)
            thread.start()
            thread.join()
        assert f"process {os.getpid()} on " in told[0]
        assert "since 20" in told[0]
        second()
        assert told[1] == "wrote"

    def test_a_second_writer_waits_for_the_first(self, library: SqlLibrary, make: Make, embedder: FakeEmbedder) -> None:
        started = threading.Event()

        def second() -> None:
            started.set()
            publish(make(lock_wait_s=20.0), Update((GAMMA,)), FakeEmbedder())

        thread = threading.Thread(target=second)
        with library.writing():
            thread.start()
            started.wait()
            publish(library, BOTH, embedder)
        thread.join()
        with library.open() as snapshot:
            assert names(snapshot.editions()) == ["alpha-2024", "beta", "gamma"]

    def test_readers_and_a_writer_do_not_disturb_each_other(
        self, library: SqlLibrary, make: Make, embedder: FakeEmbedder
    ) -> None:
        publish(library, BOTH, embedder)
        faults: list[str] = []
        is_over = threading.Event()

        def read() -> None:
            while not is_over.is_set():
                with library.open() as snapshot:
                    held = {each.edition_id for each in snapshot.editions()}
                    found = snapshot.search_words("timetables records strategy", k=9, filter=EVERYTHING)
                    if {each.edition_id for each in snapshot.passages([f.passage_id for f in found])} != held:
                        faults.append(f"{held} {found}")

        readers = [threading.Thread(target=read) for _ in range(3)]
        for each in readers:
            each.start()
        try:
            for _ in range(4):
                publish(make(), Update((GAMMA,), (BETA[0].edition.edition_id,)), embedder)
                publish(make(), Update((BETA,), (GAMMA[0].edition.edition_id,)), embedder)
        finally:
            is_over.set()
            for each in readers:
                each.join()
        assert faults == []
        publish(library, Update(), embedder)
        assert library.check() == ()

    def test_many_editions_are_written_in_batches(self, library: SqlLibrary, embedder: FakeEmbedder) -> None:
        many = tuple(document(f"tiny-{i:03}", f"Tiny text number {i}.") for i in range(250))
        publish(library, Update(many), embedder)
        publish(library, Update((document("tiny-007", "Another text."),), (EditionId("tiny-008"),)), embedder)
        with library.open() as snapshot:
            assert len(snapshot.editions()) == 249
            assert snapshot.text(EditionId("tiny-007")) == "Another text."
            assert snapshot.text(EditionId("tiny-249")) == "Tiny text number 249."
        assert library.check() == ()


class TestSqlLibraryOverFakeIndexes(LibraryContract):
    @pytest.fixture
    def make(self, tmp_path: Path) -> Make:
        vectors, words = FakePassageIndex(), FakeLexicalIndex()

        def opened(embedder: FakeEmbedder | None = None, lock_wait_s: float = 30.0, cut: str = "cut-1") -> SqlLibrary:
            mine = embedder or FakeEmbedder()
            data = tmp_path / "data"
            return SqlLibrary(data, mine.fingerprint, mine.dimension, vectors, words, lock_wait_s, cut=cut)

        return opened


class TestSqlLibrary(LibraryContract):
    @pytest.fixture
    def make(self, tmp_path: Path) -> Make:
        def opened(embedder: FakeEmbedder | None = None, lock_wait_s: float = 30.0, cut: str = "cut-1") -> SqlLibrary:
            return libraries.real_library(tmp_path / "data", embedder or FakeEmbedder(), lock_wait_s, cut)

        return opened

    @pytest.mark.parametrize("index", ["vectors", "words"])
    def test_a_lost_index_is_reported_and_rebuilt_by_the_next_publish(
        self, make: Make, embedder: FakeEmbedder, tmp_path: Path, index: str
    ) -> None:
        import shutil

        publish(make(), BOTH, embedder)
        shutil.rmtree(tmp_path / "data" / index)
        (line,) = make().check()
        assert line.startswith(f"missing: the {index.removesuffix('s')} index")
        publish(make(), Update(), embedder)
        assert make().check() == ()
        assert words_found(make(), "lado") == ["alpha-2024:0"]

    def test_a_damaged_index_is_reported_and_rebuilt(self, make: Make, embedder: FakeEmbedder, tmp_path: Path) -> None:
        number = publish(make(), BOTH, embedder)
        (tmp_path / "data" / "vectors" / str(number) / "chroma.sqlite3").write_bytes(b"no database" * 999)
        (line,) = make().check()
        assert line.startswith("damaged: the vector index")
        publish(make(), Update(), embedder)
        assert make().check() == ()

    def test_check_names_each_fault(self, make: Make, embedder: FakeEmbedder, tmp_path: Path) -> None:
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

    def test_check_compares_the_counts(self, make: Make, embedder: FakeEmbedder, tmp_path: Path) -> None:
        publish(make(), BOTH, embedder)
        with sqlite3.connect(tmp_path / "data" / "library.sqlite") as connection:
            connection.execute("delete from passage where passage_id = 'beta:0'")
        connection.close()
        assert sum(line.startswith("mismatch: the ") for line in make().check()) == 2
