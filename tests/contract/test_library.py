"""What every library promises about what is published and read back, over fake indexes and over the real ones."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from pathlib import Path

import numpy as np
import pytest

from assistant.adapters.library_sql import SqlLibrary
from assistant.errors import LibraryEmpty, LibraryError
from assistant.model import Edition, EditionId, Filter, Form, Kind, PassageId
from assistant.ports import Update
from tests import libraries
from tests.fakes import FakeEmbedder
from tests.libraries import Make, document, names, nearest, publish, words_found

EVERYTHING = Filter()
ALPHA = document("alpha-2024", "The LADO is told of allegations.\n(a) within one day", "Bus timetables.")
BETA = document("beta", "Strategy discussions are held under section 47.", kind=Kind.GUIDANCE)
GAMMA = document("gamma", "Records are kept for ten years.")
BOTH = Update((ALPHA, BETA))


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
                assert all(snapshot.passage_at(name, each.span) == each for each in held.passages)
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
            assert snapshot.passage_at(EditionId("unknown"), BETA[0].passages[0].span) is None

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
        library.forget_previous()
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
        return libraries.fake_maker(tmp_path / "data")


class TestSqlLibrary(LibraryContract):
    @pytest.fixture
    def make(self, tmp_path: Path) -> Make:
        return libraries.real_maker(tmp_path / "data")
