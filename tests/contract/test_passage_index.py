"""What every vector index promises, run on the fake and on the real one."""

from __future__ import annotations

import hashlib
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from assistant.adapters.indexes.chroma import MOST_BESIDE, ChromaIndex
from assistant.adapters.indexes.exact import ExactIndex
from assistant.errors import LibraryError
from assistant.model import Digest, Edition, EditionId, Filter, Kind, Passage, PassageId, Span
from assistant.ports import PassageIndex, Vectors
from tests import fakes

LAW = Edition(EditionId("law"), "law", "The Act", Kind.LEGISLATION)
POLICY = Edition(EditionId("policy"), "policy", "The policy", Kind.POLICY)
OLD = Edition(EditionId("old"), "policy", "The older policy", Kind.POLICY)
EVERYTHING = Filter()
Line = tuple[Passage, Edition, Vectors]


def passage(name: str, edition: Edition) -> Passage:
    digest = Digest(hashlib.sha256(name.encode()).hexdigest())
    return Passage(PassageId(name), edition.edition_id, Span(0, len(name)), (), None, name, name, digest, ())


def unit(*numbers: float) -> Vectors:
    vector = np.asarray(numbers, dtype=np.float32)
    return np.asarray(vector / np.linalg.norm(vector), dtype=np.float32)


def random_units(count: int, dimension: int = 16, seed: int = 7) -> Vectors:
    drawn = np.random.default_rng(seed).normal(size=(count, dimension)).astype(np.float32)
    return np.asarray(drawn / np.linalg.norm(drawn, axis=1, keepdims=True), dtype=np.float32)


HELD: tuple[Line, ...] = (
    (passage("policy-1", POLICY), POLICY, unit(1, 0, 0)),
    (passage("policy-2", POLICY), POLICY, unit(1, 1, 0)),
    (passage("law-1", LAW), LAW, unit(0, 1, 0)),
    (passage("old-1", OLD), OLD, unit(1, 0.1, 0)),
    (passage("old-2", OLD), OLD, unit(-1, 0, 0)),
)
QUERY = unit(1, 0, 0)
FOR_FEW = Edition(EditionId("few"), "few", "The note for a few", Kind.POLICY, groups=("inner",))
RESTRICTED: tuple[Line, ...] = tuple(
    (passage(f"few-{place}", FOR_FEW), FOR_FEW, unit(1, 0.01 * place, 0)) for place in range(20)
)


class PassageIndexContract:
    """One behaviour class; a subclass gives an empty index."""

    @pytest.mark.parametrize("k", [1, 2, 10])
    def test_what_is_hidden_takes_no_place(self, index: PassageIndex, k: int) -> None:
        index.build(1, HELD)
        index.build(2, (*HELD, *RESTRICTED))
        hidden = Filter(hidden=(FOR_FEW.edition_id,))
        assert index.search(2, QUERY, k=k, filter=hidden) == index.search(1, QUERY, k=k, filter=EVERYTHING)
        assert self.found(index, k=1, generation=2) == ["few-0"]
        assert index.count(2) == len(HELD) + len(RESTRICTED)
        assert index.is_separated(2)

    @pytest.fixture
    def held(self, index: PassageIndex) -> PassageIndex:
        index.build(1, HELD)
        return index

    def found(self, index: PassageIndex, k: int = 10, scope: Filter = EVERYTHING, generation: int = 1) -> list[str]:
        return [each.passage_id for each in index.search(generation, QUERY, k=k, filter=scope)]

    def test_the_most_alike_come_first(self, held: PassageIndex) -> None:
        assert self.found(held) == ["policy-1", "old-1", "policy-2", "law-1", "old-2"]

    def test_k_bounds_what_is_found(self, held: PassageIndex) -> None:
        assert self.found(held, k=2) == ["policy-1", "old-1"]
        assert self.found(held, k=0) == []

    def test_the_score_is_the_cosine(self, held: PassageIndex) -> None:
        scores = {each.passage_id: each.score for each in held.search(1, QUERY, k=10, filter=EVERYTHING)}
        for line, _, vector in HELD:
            assert scores[line.passage_id] == pytest.approx(float(vector @ QUERY), abs=1e-5)

    def test_ties_are_broken_by_passage_id(self, index: PassageIndex) -> None:
        index.build(1, [(passage(name, POLICY), POLICY, QUERY) for name in ("c", "a", "b")])
        assert self.found(index) == ["a", "b", "c"]

    @pytest.mark.parametrize(
        ("scope", "expected"),
        [
            (Filter(kinds=(Kind.POLICY,)), ["policy-1", "old-1", "policy-2", "old-2"]),
            (Filter(kinds=(Kind.POLICY, Kind.LEGISLATION)), ["policy-1", "old-1", "policy-2", "law-1", "old-2"]),
            (Filter(kinds=(Kind.STRATEGY,)), []),
            (Filter(editions=(EditionId("old"),)), ["old-1", "old-2"]),
            (Filter(editions=(EditionId("unknown"),)), []),
            (Filter(excluded=(EditionId("old"),)), ["policy-1", "policy-2", "law-1"]),
            (Filter(excluded=(EditionId("old"), EditionId("law"))), ["policy-1", "policy-2"]),
            (Filter(kinds=(Kind.POLICY,), excluded=(EditionId("policy"),)), ["old-1", "old-2"]),
            (Filter(editions=(EditionId("old"),), excluded=(EditionId("old"),)), []),
            (
                Filter(kinds=(Kind.POLICY,), editions=(EditionId("old"), EditionId("law")), excluded=(EditionId("x"),)),
                ["old-1", "old-2"],
            ),
        ],
    )
    def test_a_filter_shows_only_what_it_may(self, held: PassageIndex, scope: Filter, expected: list[str]) -> None:
        assert self.found(held, scope=scope) == expected

    def test_the_filter_works_inside_the_search(self, index: PassageIndex) -> None:
        near = [(passage(f"policy-{i:03}", POLICY), POLICY, unit(1, 0.001 * i, 0)) for i in range(300)]
        far = [(passage(f"law-{i}", LAW), LAW, unit(-1, 0.1 * i, 0.2)) for i in range(5)]
        index.build(1, [*near, *far])
        for scope in (Filter(kinds=(Kind.LEGISLATION,)), Filter(excluded=(EditionId("policy"),))):
            assert set(self.found(index, k=5, scope=scope)) == {f"law-{i}" for i in range(5)}

    def test_the_nearest_of_many_are_found(self, index: PassageIndex) -> None:
        vectors = random_units(1500)
        index.build(1, [(passage(f"p-{i:04}", POLICY), POLICY, vectors[i]) for i in range(len(vectors))])
        for query in random_units(20, seed=8):
            best = np.argsort(-(vectors @ query), kind="stable")[:20]
            found = {each.passage_id for each in index.search(1, query, k=20, filter=EVERYTHING)}
            assert len(found & {f"p-{i:04}" for i in best}) >= 19

    def test_generations_stand_beside_each_other(self, held: PassageIndex) -> None:
        held.build(2, HELD[2:3])
        assert held.generations() == (1, 2)
        assert (held.count(1), held.count(2), held.count(3)) == (len(HELD), 1, 0)
        assert self.found(held, generation=2) == ["law-1"]
        held.drop(1)
        held.drop(7)
        assert held.generations() == (2,)
        assert held.count(1) == 0
        assert self.found(held, generation=2) == ["law-1"]

    def test_building_again_replaces(self, held: PassageIndex) -> None:
        assert self.found(held, k=1) == ["policy-1"]
        held.build(1, HELD[2:3])
        assert held.count(1) == 1
        assert self.found(held) == ["law-1"]

    def test_a_change_finds_what_a_whole_build_would(self, index: PassageIndex) -> None:
        index.build(1, (*HELD, *RESTRICTED))
        newer = (passage("policy-1", POLICY), POLICY, unit(0.5, 1, 0))
        few = (passage("few-new", FOR_FEW), FOR_FEW, unit(1, 0.001, 0))
        assert index.extend(2, 1, [POLICY.edition_id, FOR_FEW.edition_id], [newer, few])
        index.build(3, (newer, few, *(each for each in HELD if each[1] != POLICY)))
        for k in (1, 2, 10):
            for scope in (EVERYTHING, Filter(hidden=(FOR_FEW.edition_id,)), Filter(excluded=(POLICY.edition_id,))):
                changed, whole = (index.search(each, QUERY, k=k, filter=scope) for each in (2, 3))
                assert [each.passage_id for each in changed] == [each.passage_id for each in whole]
                assert [each.score for each in changed] == pytest.approx([each.score for each in whole], abs=1e-5)
        assert index.count(2) == index.count(3)
        assert index.is_separated(2)

    def test_what_a_change_is_built_from_stays_as_it_is(self, held: PassageIndex) -> None:
        assert held.extend(2, 1, [OLD.edition_id], [])
        assert self.found(held) == ["policy-1", "old-1", "policy-2", "law-1", "old-2"]
        assert self.found(held, generation=2) == ["policy-1", "policy-2", "law-1"]
        held.drop(1)
        assert self.found(held, generation=2) == ["policy-1", "policy-2", "law-1"]

    def test_change_follows_change(self, held: PassageIndex) -> None:
        first = (passage("new-1", LAW), LAW, unit(1, 0.05, 0))
        second = (passage("new-2", LAW), LAW, unit(1, 0.02, 0))
        assert held.extend(2, 1, [LAW.edition_id, OLD.edition_id], [first])
        assert held.extend(3, 2, [LAW.edition_id], [second])
        assert held.extend(4, 3, [], [HELD[3]])
        assert self.found(held, generation=2) == ["policy-1", "new-1", "policy-2"]
        assert self.found(held, generation=3) == ["policy-1", "new-2", "policy-2"]
        assert self.found(held, generation=4) == ["policy-1", "new-2", "old-1", "policy-2"]
        assert [held.count(each) for each in (1, 2, 3, 4)] == [5, 3, 3, 4]

    def test_a_build_that_failed_can_be_repeated(self, index: PassageIndex) -> None:
        def breaks() -> Any:
            yield HELD[0]
            raise KeyboardInterrupt

        with pytest.raises(KeyboardInterrupt):
            index.build(1, breaks())
        index.build(1, HELD)
        assert self.found(index, k=1) == ["policy-1"]
        assert index.count(1) == len(HELD)

    def test_an_empty_generation_can_be_searched(self, index: PassageIndex) -> None:
        index.build(1, ())
        assert index.count(1) == 0
        assert self.found(index) == []
        assert self.found(index, scope=Filter(kinds=(Kind.POLICY,))) == []

    def test_a_missing_generation_names_the_fix(self, index: PassageIndex) -> None:
        with pytest.raises(LibraryError, match="assistant rebuild"):
            self.found(index, generation=9)


EDITIONS = tuple(
    Edition(EditionId(f"e{i}"), "work", "Title", kind) for i, kind in enumerate((*Kind, Kind.POLICY, Kind.POLICY))
)
DRAWN = tuple(
    (passage(f"p-{i:03}", EDITIONS[i % 8]), EDITIONS[i % 8], each) for i, each in enumerate(random_units(400))
)
FILTERS = st.builds(
    Filter,
    kinds=st.lists(st.sampled_from(Kind), max_size=3).map(tuple),
    editions=st.lists(st.sampled_from([each.edition_id for each in EDITIONS]), max_size=4).map(tuple),
    excluded=st.lists(st.sampled_from([each.edition_id for each in EDITIONS]), max_size=6).map(tuple),
)


class TestFakePassageIndex(PassageIndexContract):
    @pytest.fixture
    def index(self) -> PassageIndex:
        return fakes.FakePassageIndex()


class TestExactIndex(PassageIndexContract):
    @pytest.fixture
    def index(self) -> PassageIndex:
        return ExactIndex()


class TestChromaIndex(PassageIndexContract):
    @pytest.fixture
    def index(self, tmp_path: Path) -> PassageIndex:
        return ChromaIndex(tmp_path / "vectors")

    @settings(deadline=None, max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture])
    @given(scope=FILTERS, k=st.integers(1, 60), asked=st.integers(0, 49))
    def test_any_filter_gives_the_nearest_that_it_allows(
        self, drawn: ChromaIndex, exact: PassageIndex, scope: Filter, k: int, asked: int
    ) -> None:
        vector = random_units(50, seed=11)[asked]
        wanted = [each.passage_id for each in exact.search(1, vector, k=k, filter=scope)]
        assert [each.passage_id for each in drawn.search(1, vector, k=k, filter=scope)] == wanted

    @pytest.fixture
    def drawn(self, index: ChromaIndex) -> ChromaIndex:
        index.build(1, DRAWN)
        return index

    @pytest.fixture
    def exact(self) -> PassageIndex:
        index = fakes.FakePassageIndex()
        index.build(1, DRAWN)
        return index

    @settings(deadline=None, max_examples=30, suppress_health_check=[HealthCheck.function_scoped_fixture])
    @given(scope=FILTERS, k=st.integers(1, 60), gone=st.sets(st.integers(0, 7), max_size=4), asked=st.integers(0, 49))
    def test_any_change_finds_what_an_exact_search_would(
        self, drawn: ChromaIndex, scope: Filter, k: int, gone: set[int], asked: int
    ) -> None:
        vector = random_units(50, seed=11)[asked]
        names = [EDITIONS[each].edition_id for each in gone]
        added = [(passage(f"p-{at:03}", EDITIONS[at % 8]), EDITIONS[at % 8], vector) for at in gone]
        assert drawn.extend(2, 1, names, added)
        exact = fakes.FakePassageIndex()
        exact.build(2, [*(each for each in DRAWN if each[1].edition_id not in names), *added])
        wanted = [each.passage_id for each in exact.search(2, vector, k=k, filter=scope)]
        assert [each.passage_id for each in drawn.search(2, vector, k=k, filter=scope)] == wanted

    def test_the_graph_is_made_anew_where_much_has_changed(self, index: ChromaIndex) -> None:
        vectors = random_units(MOST_BESIDE + 1)
        many = [(passage(f"p-{i:04}", POLICY), POLICY, each) for i, each in enumerate(vectors)]
        index.build(1, HELD[2:3])
        assert index.extend(2, 1, [], many[:-1])
        assert not index.extend(3, 2, [], many[-1:])
        assert index.generations() == (1, 2)

    def test_files_of_the_graph_are_shared_and_the_database_is_not(self, held: ChromaIndex) -> None:
        assert held.extend(2, 1, [], [])
        shared = [each for each in (held.folder / "2").rglob("*.bin") if each.stat().st_nlink == 2]
        assert {each.name for each in shared} >= {"data_level0.bin", "link_lists.bin"}
        assert (held.folder / "2" / "chroma.sqlite3").stat().st_nlink == 1

    def test_a_damaged_base_is_not_built_upon(self, held: PassageIndex, tmp_path: Path) -> None:
        (tmp_path / "vectors" / "1" / "chroma.sqlite3").write_bytes(b"no database at all" * 1000)
        fresh = ChromaIndex(tmp_path / "vectors")
        assert not fresh.extend(2, 1, [], [])
        assert fresh.generations() == (1,)

    def test_an_index_on_disk_is_the_same_after_reopening(self, held: PassageIndex, tmp_path: Path) -> None:
        again = ChromaIndex(tmp_path / "vectors")
        assert again.search(1, QUERY, k=5, filter=EVERYTHING) == held.search(1, QUERY, k=5, filter=EVERYTHING)

    def test_the_remains_of_a_build_are_seen_and_can_be_dropped(self, index: PassageIndex, tmp_path: Path) -> None:
        (tmp_path / "vectors" / "4").mkdir(parents=True)
        assert index.generations() == (4,)
        with pytest.raises(LibraryError, match="assistant rebuild"):
            index.search(4, QUERY, k=1, filter=EVERYTHING)
        index.drop(4)
        assert index.generations() == ()

    def test_a_damaged_index_names_the_fix(self, held: PassageIndex, tmp_path: Path) -> None:
        (tmp_path / "vectors" / "1" / "chroma.sqlite3").write_bytes(b"no database at all" * 1000)
        with pytest.raises(LibraryError, match="assistant rebuild"):
            ChromaIndex(tmp_path / "vectors").count(1)

    def test_a_folder_that_cannot_be_written_is_one_error(self, index: PassageIndex, tmp_path: Path) -> None:
        (tmp_path / "vectors").write_text("a file where the folder should be")
        with pytest.raises(LibraryError, match="cannot be written"):
            index.build(1, HELD)

    def test_vectors_of_two_lengths_are_one_error(self, index: PassageIndex) -> None:
        with pytest.raises(LibraryError, match="cannot be written"):
            index.build(1, [(passage("a", POLICY), POLICY, unit(1, 0)), (passage("b", POLICY), POLICY, unit(1, 0, 0))])

    def test_a_query_of_another_length_is_one_error(self, held: PassageIndex) -> None:
        with pytest.raises(LibraryError, match="assistant rebuild"):
            held.search(1, unit(1, 0), k=1, filter=EVERYTHING)

    def test_many_generations_do_not_pile_up_open(self, index: ChromaIndex) -> None:
        from chromadb.api.shared_system_client import SharedSystemClient

        for generation in range(1, 8):
            index.build(generation, HELD)
            self.found(index, generation=generation)
        assert index.opened() <= 2
        for generation in range(1, 8):
            index.drop(generation)
        assert not [each for each in SharedSystemClient._identifier_to_system if str(index.folder) in each]
