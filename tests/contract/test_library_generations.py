"""What every library promises to readers and writers at once, and after a change of embedder or cut."""

from __future__ import annotations

import os
import threading
from dataclasses import replace
from pathlib import Path

import pytest

from assistant.adapters.library_sql import SqlLibrary
from assistant.errors import IndexMismatch, LibraryError, LibraryLocked, UsageError
from assistant.model import EditionId, Filter, Kind, PassageId
from assistant.ports import Update
from tests import libraries
from tests.fakes import FakeEmbedder
from tests.libraries import Make, document, names, nearest, publish, query, words_found

EVERYTHING = Filter()
ALPHA = document("alpha-2024", "The LADO is told of allegations.\n(a) within one day", "Bus timetables.")
BETA = document("beta", "Strategy discussions are held under section 47.", kind=Kind.GUIDANCE)
GAMMA = document("gamma", "Records are kept for ten years.")
BOTH = Update((ALPHA, BETA))


class GenerationsContract:
    """One behaviour class; a subclass gives ``make``, which opens the library of this test."""

    @pytest.fixture
    def embedder(self) -> FakeEmbedder:
        return FakeEmbedder()

    @pytest.fixture
    def library(self, make: Make) -> SqlLibrary:
        return make()

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

    def test_one_publication_can_be_undone_and_the_undoing_too(
        self, library: SqlLibrary, embedder: FakeEmbedder
    ) -> None:
        publish(library, BOTH, embedder)
        publish(library, Update((GAMMA,), (EditionId("alpha-2024"),)), embedder)
        embedder.embedded.clear()
        assert library.roll_back().number == 3
        with library.open() as snapshot:
            assert names(snapshot.editions()) == ["alpha-2024", "beta"]
            assert snapshot.text(EditionId("alpha-2024")) == ALPHA[0].text
        assert words_found(library, "lado") == ["alpha-2024:0"]
        assert library.check() == ()
        library.roll_back()
        with library.open() as snapshot:
            assert names(snapshot.editions()) == ["beta", "gamma"]
        assert words_found(library, "lado") == []
        assert embedder.embedded == []

    def test_a_draft_is_asked_beside_the_library_and_leaves_nothing(
        self, library: SqlLibrary, embedder: FakeEmbedder
    ) -> None:
        publish(library, BOTH, embedder)
        passages = {each.digest: each for each in GAMMA[0].passages}
        library.add_embeddings({name: libraries.embedding(each, embedder) for name, each in passages.items()})
        with library.draft(Update((GAMMA,), (EditionId("alpha-2024"),))) as snapshot:
            assert names(snapshot.editions()) == ["beta", "gamma"]
            assert [each.passage_id for each in snapshot.search_words("records", k=5, filter=EVERYTHING)] == ["gamma:0"]
            assert words_found(library, "lado") == ["alpha-2024:0"]
            assert words_found(library, "records") == []
            publish(library, Update((document("delta", "Kites are flown."),)), embedder)
            assert names(snapshot.editions()) == ["beta", "gamma"]
            assert [each.passage_id for each in snapshot.search_words("records", k=5, filter=EVERYTHING)] == ["gamma:0"]
        with library.open() as current:
            assert names(current.editions()) == ["alpha-2024", "beta", "delta"]
        assert library.check() == ()
        library.roll_back()
        with library.open() as current:
            assert names(current.editions()) == ["alpha-2024", "beta"]

    def test_a_draft_that_changes_nothing_is_the_library(self, library: SqlLibrary, embedder: FakeEmbedder) -> None:
        publish(library, BOTH, embedder)
        with library.draft(Update()) as snapshot:
            assert names(snapshot.editions()) == ["alpha-2024", "beta"]
        assert words_found(library, "lado") == ["alpha-2024:0"]

    def test_there_is_one_step_back_and_none_where_nothing_came_before(
        self, library: SqlLibrary, embedder: FakeEmbedder
    ) -> None:
        with pytest.raises(UsageError, match="no earlier state"):
            library.roll_back()
        for each in (ALPHA, BETA, GAMMA):
            publish(library, Update((each,)), embedder)
        assert library.files_in_use() == {each[1].sha256 for each in (ALPHA, BETA, GAMMA)}
        library.roll_back()
        with library.open() as snapshot:
            assert names(snapshot.editions()) == ["alpha-2024", "beta"]
        library.forget_previous()
        assert library.check() == ()
        with pytest.raises(UsageError, match="no earlier state"):
            library.roll_back()

    def test_rolling_back_undoes_what_one_sees_and_nothing_else(
        self, library: SqlLibrary, embedder: FakeEmbedder
    ) -> None:
        secret = (replace(GAMMA[0], edition=replace(GAMMA[0].edition, groups=("inner",))), GAMMA[1])
        publish(library, Update((ALPHA,)), embedder)
        publish(library, Update((BETA,)), embedder)
        publish(library, Update((secret,)), embedder)

        library.roll_back(groups=())
        with library.open() as snapshot:
            assert names(snapshot.editions()) == ["alpha-2024", "gamma"]
        library.roll_back(groups=())
        with library.open() as snapshot:
            assert names(snapshot.editions()) == ["alpha-2024", "beta", "gamma"]
        library.roll_back(groups=())
        publish(library, Update((), (EditionId("gamma"),)), embedder)
        library.roll_back(groups=())
        with library.open() as snapshot:
            assert names(snapshot.editions()) == ["alpha-2024", "beta"]
        library.roll_back(groups=("inner",))
        library.roll_back()
        assert library.check() == ()
        library.forget_previous()
        with pytest.raises(UsageError, match="no earlier state"):
            library.roll_back(groups=())

    def test_who_sees_only_one_publication_has_nothing_to_undo(
        self, library: SqlLibrary, embedder: FakeEmbedder
    ) -> None:
        secret = (replace(GAMMA[0], edition=replace(GAMMA[0].edition, groups=("inner",))), GAMMA[1])
        publish(library, Update((secret,)), embedder)
        publish(library, Update((BETA,)), embedder)
        library.roll_back(groups=())
        with library.open() as snapshot:
            assert names(snapshot.editions()) == ["gamma"]

    def test_an_edition_that_was_restricted_since_does_not_come_back_open(
        self, library: SqlLibrary, embedder: FakeEmbedder
    ) -> None:
        secret = (replace(GAMMA[0], edition=replace(GAMMA[0].edition, groups=("inner",))), GAMMA[1])
        publish(library, Update((ALPHA, GAMMA)), embedder)
        publish(library, Update((secret,)), embedder)
        with pytest.raises(UsageError, match="no earlier state"):
            library.roll_back(groups=())
        with library.open() as snapshot:
            assert [each.groups for each in snapshot.editions()] == [(), ("inner",)]

    def test_an_unchanged_publication_leaves_the_step_back_as_it_was(
        self, library: SqlLibrary, embedder: FakeEmbedder
    ) -> None:
        publish(library, Update((ALPHA,)), embedder)
        publish(library, Update((BETA,)), embedder)
        publish(library, Update((BETA,)), embedder)
        library.roll_back()
        with library.open() as snapshot:
            assert names(snapshot.editions()) == ["alpha-2024"]

    def test_there_is_no_way_back_over_a_change_of_embedder(self, make: Make, embedder: FakeEmbedder) -> None:
        publish(make(), Update((BETA,)), embedder)
        other = FakeEmbedder(name="other")
        library = make(other)
        publish(library, Update((BETA,)), other)
        with pytest.raises(UsageError, match="no earlier state"):
            library.roll_back()
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


class TestSqlLibraryGenerationsOverFakeIndexes(GenerationsContract):
    @pytest.fixture
    def make(self, tmp_path: Path) -> Make:
        return libraries.fake_maker(tmp_path / "data")


class TestSqlLibraryGenerations(GenerationsContract):
    @pytest.fixture
    def make(self, tmp_path: Path) -> Make:
        return libraries.real_maker(tmp_path / "data")
