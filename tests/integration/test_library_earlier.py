"""What a library promises about its earlier states, over the real indexes: they are searched again as they were, until they are purged."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import numpy as np
import pytest

from assistant.adapters.library_sql import SqlLibrary
from assistant.errors import IndexMismatch, LibraryError
from assistant.model import EditionId, Filter, PassageId
from assistant.ports import Snapshot, Update
from tests import libraries
from tests.fakes import FakeEmbedder
from tests.libraries import Make, document, names, publish, query

EVERYTHING = Filter()
ALPHA = document("alpha-2024", "The LADO is told of allegations.\n(a) within one day", "Bus timetables.")
CHANGED = document("alpha-2024", "The LADO is told of allegations.\n(a) within three days", "Bus timetables.")
BETA = document("beta", "Strategy discussions are held under section 47.")
FEW = document("few", "Only a few read of the LADO.")
SECRET = (replace(FEW[0], edition=replace(FEW[0].edition, groups=("inner",))), FEW[1])
LATER = datetime.now(UTC) + timedelta(days=1)


def found(snapshot: Snapshot, embedder: FakeEmbedder) -> object:
    """Returns what both searches find in a state of the library."""
    vector = query(embedder, ALPHA[0].passages[0].embed_text)
    words = snapshot.search_words("lado section", k=5, filter=EVERYTHING)
    near = snapshot.search_vectors(vector, k=5, filter=EVERYTHING)
    hidden = snapshot.search_words("lado", k=5, filter=Filter(hidden=(EditionId("few"),)))
    scores = [(each.passage_id, round(each.score, 4)) for each in (*words, *near, *hidden)]
    return scores, snapshot.document_frequencies(["lado"]), dict(snapshot.vocabulary())


class TestEarlier:
    @pytest.fixture
    def make(self, tmp_path: Path) -> Make:
        return libraries.real_maker(tmp_path / "data")

    @pytest.fixture
    def embedder(self) -> FakeEmbedder:
        return FakeEmbedder()

    @pytest.fixture
    def library(self, make: Make) -> SqlLibrary:
        return make()

    def test_an_earlier_state_is_searched_as_it_was(self, library: SqlLibrary, embedder: FakeEmbedder) -> None:
        publish(library, Update((ALPHA, BETA, SECRET)), embedder)
        with library.open() as snapshot:
            before = found(snapshot, embedder)
            vectors = snapshot.sentence_vectors([PassageId("alpha-2024:0")])
        publish(library, Update((CHANGED,), (EditionId("beta"),)), embedder)
        publish(library, Update(removed=(EditionId("few"),)), embedder)
        publish(library, Update((BETA,)), embedder)
        first, *others = library.publications()
        assert (first.number, [each.number for each in others]) == (1, [2, 3, 4])
        assert [each.until for each in (first, *others)] == [*(each.since for each in others), None]
        with library.open_earlier(1) as snapshot:
            assert names(snapshot.editions()) == ["alpha-2024", "beta", "few"]
            assert snapshot.text(EditionId("alpha-2024")) == ALPHA[0].text
            assert snapshot.passages_of(EditionId("beta")) == BETA[0].passages
            assert found(snapshot, embedder) == before
            np.testing.assert_array_equal(
                snapshot.sentence_vectors([PassageId("alpha-2024:0")])[PassageId("alpha-2024:0")],
                vectors[PassageId("alpha-2024:0")],
            )
        assert library.check() == ()
        assert ALPHA[1].sha256 in library.files_in_use()

    def test_what_was_replaced_before_a_time_goes_and_the_step_back_stays(
        self, library: SqlLibrary, embedder: FakeEmbedder
    ) -> None:
        for update in (Update((ALPHA,)), Update((BETA,)), Update((CHANGED,))):
            publish(library, update, embedder)
        began = library.publications()[0].since
        assert library.forget_earlier(began) == 0
        assert library.forget_earlier(LATER) == 1
        assert [each.number for each in library.publications()] == [2, 3]
        with pytest.raises(LibraryError, match="generation 1 is not stored any more"), library.open_earlier(1):
            pass
        library.roll_back()
        assert library.forget_earlier(LATER) == 1
        assert library.check() == ()

    def test_a_state_that_somebody_reads_stays(self, library: SqlLibrary, embedder: FakeEmbedder) -> None:
        for update in (Update((ALPHA,)), Update((BETA,)), Update((CHANGED,))):
            publish(library, update, embedder)
        with library.open_earlier(1) as snapshot:
            assert library.forget_earlier(LATER) == 0
            assert snapshot.text(EditionId("alpha-2024")) == ALPHA[0].text
        assert library.forget_earlier(LATER) == 1

    def test_an_erased_edition_is_in_no_earlier_state_and_its_id_is_told(
        self, library: SqlLibrary, embedder: FakeEmbedder
    ) -> None:
        publish(library, Update((ALPHA, SECRET)), embedder)
        publish(library, Update((BETA,)), embedder)
        publish(library, Update(removed=(EditionId("few"),)), embedder)
        library.forget_previous((EditionId("few"),))
        with library.open_earlier(1) as snapshot:
            assert names(snapshot.editions()) == ["alpha-2024"]
        assert [(each.edition_id, each.groups) for each in library.erased(1)] == [("few", ("inner",))]
        assert library.erased(3) == ()
        assert library.missing_embeddings([FEW[0].passages[0].digest])
        assert FEW[1].sha256 not in library.files_in_use()
        assert library.check() == ()

    def test_a_state_of_another_embedder_is_not_searched(self, make: Make, embedder: FakeEmbedder) -> None:
        publish(make(), Update((BETA,)), embedder)
        other = FakeEmbedder(name="other")
        library = make(other)
        publish(library, Update((BETA,)), other)
        assert [each.is_searchable for each in library.publications()] == [False, True]
        with pytest.raises(IndexMismatch, match="another embedder"), library.open_earlier(1):
            pass
        with library.open_earlier(1, is_searched=False) as snapshot:
            assert snapshot.text(EditionId("beta")) == BETA[0].text

    def test_what_would_be_undone_is_told_as_somebody_sees_it(
        self, library: SqlLibrary, embedder: FakeEmbedder
    ) -> None:
        assert library.last_change() is None
        publish(library, Update((ALPHA,)), embedder)
        assert library.last_change() is None
        publish(library, Update((CHANGED, BETA)), embedder)
        publish(library, Update((SECRET,)), embedder)
        seen = library.last_change(())
        assert seen is not None
        assert (seen.number, names(seen.came), names(seen.changed), seen.went) == (2, ["beta"], ["alpha-2024"], ())
        assert seen.at == library.publications()[1].since
        whole = library.last_change(("inner",))
        assert whole is not None
        assert (whole.number, names(whole.came)) == (3, ["few"])
        library.roll_back(groups=("inner",))
        undone = library.last_change(("inner",))
        assert undone is not None
        assert (undone.number, names(undone.went)) == (4, ["few"])
