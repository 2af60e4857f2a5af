"""What every word index promises, run on the fake and on the real one."""

from __future__ import annotations

import hashlib
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from assistant.adapters.indexes.tantivy import TantivyIndex
from assistant.adapters.indexes.word_lines import NAME
from assistant.errors import LibraryError
from assistant.model import Digest, Edition, EditionId, Filter, Kind, Passage, PassageId, Span
from assistant.ports import LexicalIndex
from tests import fakes

LAW = Edition(EditionId("law"), "law", "The Act", Kind.LEGISLATION)
POLICY = Edition(EditionId("policy"), "policy", "The policy", Kind.POLICY)
OLD = Edition(EditionId("old"), "policy", "The older policy", Kind.POLICY)
FOR_FEW = Edition(EditionId("few"), "few", "The note for a few", Kind.POLICY, groups=("inner", "outer"))
FOR_OTHERS = Edition(EditionId("others"), "others", "The note for others", Kind.POLICY, groups=("other",))
EVERYTHING = Filter()
UNCHANGED_BY_EXAMPLES = [HealthCheck.function_scoped_fixture, HealthCheck.differing_executors]
"""A search changes no index, and each subclass runs the same examples."""


def passage(name: str, edition: Edition, text: str) -> Passage:
    digest = Digest(hashlib.sha256(text.encode()).hexdigest())
    return Passage(PassageId(name), edition.edition_id, Span(0, len(text)), (), None, text, text, digest, ())


HELD = (
    (passage("policy-1", POLICY, "The LADO is told of allegations against staff within one working day."), POLICY),
    (passage("policy-2", POLICY, "Strategy discussions are held under section 47 and led by a manager."), POLICY),
    (passage("policy-3", POLICY, "Bus timetables for the county show."), POLICY),
    (passage("law-1", LAW, "A local authority shall make enquiries (s.47) where a child suffers harm."), LAW),
    (passage("law-2", LAW, "Safeguarding partners publish multi-agency arrangements in 2023."), LAW),
    (passage("old-1", OLD, "The LADO is told of allegations against staff within three working days."), OLD),
)  # fmt: skip


RESTRICTED = (
    (passage("few-1", FOR_FEW, "The LADO is told of strategy discussions, allegations and bus timetables."), FOR_FEW),
    (passage("few-2", FOR_FEW, "Allegations against the LADO."), FOR_FEW),
    (passage("others-1", FOR_OTHERS, "Others are told of allegations within nine days."), FOR_OTHERS),
)


class LexicalIndexContract:
    """One behaviour class; a subclass gives an empty index."""

    @pytest.mark.parametrize("words", ["allegations against staff", "lado", "told within days", "bus", "others"])
    def test_what_is_hidden_moves_neither_score_nor_rank(self, index: LexicalIndex, words: str) -> None:
        index.build(1, HELD)
        index.build(2, (*HELD, *RESTRICTED))
        hidden = (FOR_FEW.edition_id, FOR_OTHERS.edition_id)
        asked = words.split()
        for scope in (EVERYTHING, Filter(excluded=(OLD.edition_id,)), Filter(kinds=(Kind.POLICY,))):
            narrowed = replace(scope, hidden=hidden)
            assert index.search(2, words, k=10, filter=narrowed) == index.search(1, words, k=10, filter=scope)
        assert index.document_frequencies(2, asked, hidden) == index.document_frequencies(1, asked)

    def test_one_group_does_not_see_what_is_for_another(self, index: LexicalIndex) -> None:
        index.build(1, (*HELD, *RESTRICTED[:2]))
        index.build(2, (*HELD, *RESTRICTED))
        narrowed = Filter(hidden=(FOR_OTHERS.edition_id,))
        ours = index.search(2, "allegations against staff", k=10, filter=narrowed)
        assert ours == index.search(1, "allegations against staff", k=10, filter=EVERYTHING)
        assert {"few-1", "few-2"} <= {each.passage_id for each in ours}
        assert index.count(2) == index.count(1) + 1
        assert index.is_separated(2)

    def test_who_sees_everything_weighs_words_by_everything(self, index: LexicalIndex) -> None:
        index.build(1, HELD)
        index.build(2, (*HELD, *RESTRICTED))
        assert (
            index.document_frequencies(2, ["allegations"])[0] == index.document_frequencies(1, ["allegations"])[0] + 3
        )
        before, after = (index.search(each, "allegations", k=9, filter=EVERYTHING) for each in (1, 2))
        scores = {each.passage_id: each.score for each in after}
        assert all(scores[each.passage_id] < each.score for each in before)

    @pytest.fixture
    def held(self, index: LexicalIndex) -> LexicalIndex:
        index.build(1, HELD)
        return index

    def found(self, index: LexicalIndex, query: str, k: int = 10, scope: Filter = EVERYTHING) -> list[str]:
        return [each.passage_id for each in index.search(1, query, k=k, filter=scope)]

    def test_a_passage_with_the_words_is_found_and_one_without_is_not(self, held: LexicalIndex) -> None:
        assert self.found(held, "bus timetable") == ["policy-3"]

    def test_word_endings_and_case_do_not_matter(self, held: LexicalIndex) -> None:
        assert self.found(held, "STRATEGY DISCUSSION")[0] == "policy-2"

    def test_abbreviations_numbers_and_parts_of_hyphenated_words_are_words(self, held: LexicalIndex) -> None:
        assert set(self.found(held, "lado")) == {"policy-1", "old-1"}
        assert self.found(held, "2023") == ["law-2"]
        assert self.found(held, "multi agency") == self.found(held, "multi-agency") == ["law-2"]

    def test_the_ways_to_write_a_section_are_one_word(self, held: LexicalIndex) -> None:
        for way in ("s47", "s.47", "S 47", "(s47)"):
            assert self.found(held, way) == ["law-1"]

    def test_scores_fall_and_ties_are_broken_by_passage_id(self, index: LexicalIndex) -> None:
        index.build(
            1, [(passage(f"p-{i:03}", POLICY, "the same few words about harm"), POLICY) for i in range(120, 0, -1)]
        )
        ranked = index.search(1, "harm words", k=7, filter=EVERYTHING)
        assert [each.passage_id for each in ranked] == [f"p-{i:03}" for i in range(1, 8)]
        held = sorted((each.score for each in ranked), reverse=True)
        assert [each.score for each in ranked] == held

    @pytest.mark.parametrize(
        ("scope", "expected"),
        [
            (Filter(kinds=(Kind.POLICY,)), {"policy-1", "old-1"}),
            (Filter(kinds=(Kind.LEGISLATION,)), set()),
            (Filter(editions=(EditionId("old"),)), {"old-1"}),
            (Filter(excluded=(EditionId("old"),)), {"policy-1"}),
            (Filter(kinds=(Kind.POLICY, Kind.LEGISLATION), excluded=(EditionId("policy"),)), {"old-1"}),
            (Filter(editions=(EditionId("unknown"),)), set()),
        ],
    )
    def test_a_filter_shows_only_what_it_may(self, held: LexicalIndex, scope: Filter, expected: set[str]) -> None:
        assert set(self.found(held, "lado", scope=scope)) == expected

    def test_the_filter_works_inside_the_search(self, index: LexicalIndex) -> None:
        many = [(passage(f"policy-{i}", POLICY, "harm harm harm harm"), POLICY) for i in range(200)]
        few = [(passage(f"law-{i}", LAW, f"harm among other words number {i} of a longer text"), LAW) for i in range(5)]
        index.build(1, [*many, *few])
        assert len(self.found(index, "harm", k=5, scope=Filter(kinds=(Kind.LEGISLATION,)))) == 5
        assert len(self.found(index, "harm", k=5, scope=Filter(excluded=(EditionId("policy"),)))) == 5

    def test_a_filter_does_not_change_the_scores(self, held: LexicalIndex) -> None:
        free = {each.passage_id: each.score for each in held.search(1, "lado staff", k=9, filter=EVERYTHING)}
        for each in held.search(1, "lado staff", k=9, filter=Filter(kinds=(Kind.POLICY,))):
            assert each.score == pytest.approx(free[each.passage_id])

    def test_the_vocabulary_counts_passages_that_hold_a_word_as_it_stands(self, held: LexicalIndex) -> None:
        vocabulary = held.vocabulary(1)
        assert (vocabulary["allegations"], vocabulary["lado"], vocabulary["discussions"]) == (2, 2, 1)
        assert "discuss" not in vocabulary

    def test_the_vocabulary_leaves_out_what_is_hidden(self, index: LexicalIndex) -> None:
        index.build(1, HELD)
        index.build(2, (*HELD, *RESTRICTED))
        assert index.vocabulary(2, (FOR_FEW.edition_id, FOR_OTHERS.edition_id)) == index.vocabulary(1)
        assert index.vocabulary(2)["nine"] == 1

    def test_document_frequencies_count_passages(self, held: LexicalIndex) -> None:
        assert held.document_frequencies(1, ["LADO", "discussion", "unknownword", ""]) == (2, 1, 0, 0)

    def test_nothing_is_found_for_no_words_or_no_places(self, held: LexicalIndex) -> None:
        assert self.found(held, "") == []
        assert self.found(held, "?! — …") == []
        assert self.found(held, "lado", k=0) == []

    @settings(deadline=None, max_examples=60, suppress_health_check=UNCHANGED_BY_EXAMPLES)
    @given(
        query=st.text(max_size=200) | st.sampled_from(['"', "AND OR NOT", "body:*", "(lado", "lado^2 +-~/x/ [a TO b]"])
    )
    def test_any_text_is_a_query(self, held: LexicalIndex, query: str) -> None:
        ranked = held.search(1, query, k=3, filter=EVERYTHING)
        assert len(ranked) <= 3
        assert all(each.score > 0 for each in ranked)

    def test_generations_stand_beside_each_other(self, held: LexicalIndex) -> None:
        held.build(2, HELD[:1])
        assert held.generations() == (1, 2)
        assert (held.count(1), held.count(2), held.count(3)) == (len(HELD), 1, 0)
        held.drop(1)
        held.drop(7)
        assert held.generations() == (2,)
        assert [each.passage_id for each in held.search(2, "lado", k=5, filter=EVERYTHING)] == ["policy-1"]

    def test_building_again_replaces(self, held: LexicalIndex) -> None:
        held.build(1, HELD[2:3])
        assert held.count(1) == 1
        assert self.found(held, "lado") == []

    @pytest.mark.parametrize("words", ["allegations against staff", "lado", "told within days", "bus", "enquiries"])
    def test_a_change_scores_as_a_whole_build_would(self, index: LexicalIndex, words: str) -> None:
        newer = (passage("policy-1", POLICY, "The LADO is told of every allegation at once."), POLICY)
        few = (passage("few-new", FOR_FEW, "Enquiries into bus timetables."), FOR_FEW)
        index.build(1, (*HELD, *RESTRICTED))
        assert index.extend(2, 1, [POLICY.edition_id, FOR_FEW.edition_id], [newer, few])
        gone = (POLICY, FOR_FEW)
        index.build(3, (*(each for each in (*HELD, *RESTRICTED) if each[1] not in gone), newer, few))
        for hidden in ((), (FOR_FEW.edition_id,), (FOR_OTHERS.edition_id,)):
            scope = Filter(hidden=hidden)
            assert index.search(2, words, k=9, filter=scope) == index.search(3, words, k=9, filter=scope)
            asked = words.split()
            assert index.document_frequencies(2, asked, hidden) == index.document_frequencies(3, asked, hidden)
            assert index.vocabulary(2, hidden) == index.vocabulary(3, hidden)
        assert index.count(2) == index.count(3)
        assert index.is_separated(2)

    def test_an_empty_generation_can_be_searched(self, index: LexicalIndex) -> None:
        index.build(1, ())
        assert index.count(1) == 0
        assert self.found(index, "lado") == []
        assert index.document_frequencies(1, ["lado"]) == (0,)


class TestFakeLexicalIndex(LexicalIndexContract):
    @pytest.fixture
    def index(self) -> LexicalIndex:
        return fakes.FakeLexicalIndex()


class TestTantivyIndex(LexicalIndexContract):
    @pytest.fixture
    def index(self, tmp_path: Path) -> LexicalIndex:
        return TantivyIndex(tmp_path / "words")

    def test_rarer_words_weigh_more_and_longer_texts_less(self, held: LexicalIndex) -> None:
        assert self.found(held, "lado three")[0] == "old-1"
        held.build(
            1, [(passage("long", LAW, "harm " + "filler words " * 30), LAW), (passage("short", LAW, "harm"), LAW)]
        )
        assert self.found(held, "harm") == ["short", "long"]

    def test_an_index_of_an_earlier_release_is_built_whole(self, held: LexicalIndex, tmp_path: Path) -> None:
        (tmp_path / "words" / "1" / NAME).write_bytes(b"0 words found otherwise\n")
        assert not held.extend(2, 1, [], [])
        (tmp_path / "words" / "1" / NAME).unlink()
        assert not held.extend(2, 1, [], [])
        assert held.generations() == (1,)

    def test_an_index_on_disk_is_the_same_after_reopening(self, held: LexicalIndex, tmp_path: Path) -> None:
        again = TantivyIndex(tmp_path / "words")
        assert again.search(1, "lado staff", k=5, filter=EVERYTHING) == held.search(
            1, "lado staff", k=5, filter=EVERYTHING
        )

    def test_an_unfinished_build_is_seen_and_can_be_dropped(self, index: LexicalIndex, tmp_path: Path) -> None:
        def breaks() -> object:
            yield HELD[0]
            raise KeyboardInterrupt

        with pytest.raises(KeyboardInterrupt):
            index.build(4, breaks())  # type: ignore[arg-type]
        assert index.generations() == (4,)
        assert index.count(4) == 0
        index.drop(4)
        assert index.generations() == ()

    def test_an_open_generation_can_be_read_after_another_process_dropped_it(
        self, held: LexicalIndex, tmp_path: Path
    ) -> None:
        assert self.found(held, "bus") == ["policy-3"]
        TantivyIndex(tmp_path / "words").drop(1)
        assert self.found(held, "bus") == ["policy-3"]

    def test_a_damaged_or_missing_index_names_the_fix(self, index: LexicalIndex, tmp_path: Path) -> None:
        with pytest.raises(LibraryError, match="assistant rebuild"):
            index.search(9, "lado", k=1, filter=EVERYTHING)
        (tmp_path / "words").write_text("a file where the folder should be")
        with pytest.raises(LibraryError, match="cannot be written"):
            index.build(1, HELD)
