"""Rows of hands as documents and questions, and the groups that a reranker learns from."""

import pytest

from evals.dataset.hands import HandRow, hand_items, read_hand, write_documents
from evals.dataset.items import QuestionFileError
from evals.dataset.training_set import CALIBRATED_HANDS, CALIBRATED_TWINS, hands_items
from evals.dataset.twins import author_of
from evals.training.candidate_lists import Asked, single_groups, twin_groups
from evals.training.twin_material import TRAINED_HANDS, TRAINED_TWINS
from ingest.readers.markdown import read_markdown

ROW = HandRow(
    id="t0-001",
    kind="time limit",
    document="Guide: visits",
    headings=("Visits", "How often"),
    passage="Visits are weekly. Notes follow in two days.",
    sentence="Visits are weekly.",
    question="how often are visits",
    near=("how often are calls", "how often are reviews"),
    tempting="Notes follow in two days.",
)


def test_every_row_of_every_hand_has_its_sentence_in_its_passage_and_two_near_questions():
    for hand in (*TRAINED_HANDS, *CALIBRATED_HANDS):
        rows = read_hand(hand)
        assert len(rows) == 170
        assert all(row.sentence in row.passage and len(row.near) == 2 for row in rows)


def test_no_author_is_both_trained_on_and_calibrated_on():
    assert not set(TRAINED_HANDS) & set(CALIBRATED_HANDS)
    assert not set(TRAINED_TWINS) & set(CALIBRATED_TWINS)


def test_a_document_holds_each_passage_under_its_headings(tmp_path):
    write_documents((ROW,), tmp_path)
    read = read_markdown(tmp_path / "t0-guide-visits.md")
    assert read.title == "Guide: visits"
    assert [block.text for block in read.blocks][-1] == ROW.passage


def test_the_answered_question_comes_first_and_all_are_asked_of_the_hands_documents():
    first, *near = hand_items((ROW,))
    assert [each.quote for each in first.gold] == [ROW.sentence]
    assert [bool(each.gold) for each in near] == [False, False]
    assert {each.editions for each in (first, *near)} == {("t0-guide-visits",)}
    assert {author_of(each) for each in (first, *near)} == {"t0"}


def test_as_many_near_questions_as_answered_ones_are_calibrated_on():
    items = hands_items(CALIBRATED_HANDS)
    assert sum(bool(each.gold) for each in items) * 2 == len(items)


def test_a_hand_that_is_not_there_is_named(tmp_path):
    with pytest.raises(QuestionFileError, match=r"t77\.jsonl"):
        read_hand("t77", tmp_path)


def asked(question, gold, others):
    return Asked(question, gold, others, ("a passage",) if gold else (), ("another",))


def test_near_questions_share_the_text_that_answers_the_first_alone():
    family = (asked("q", ("gold",), ("b", "c", "d")), asked("n", (), ("gold", "b", "c")))
    sentences, passages = twin_groups([family], ["lure"], length=3, seed=1)
    assert [each.texts[0] for each in sentences.lists] == ["gold", "gold"]
    assert [each.answers[0] for each in sentences.lists] == [1.0, 0.0]
    assert sentences.lists[1].texts[1] == "lure"
    assert all(sum(each.answers[1:]) == 0 for each in sentences.lists)
    assert [each.texts[0] for each in passages.lists] == ["a passage", "a passage"]


def test_a_family_whose_answer_search_does_not_find_teaches_nothing():
    assert not list(twin_groups([(asked("q", (), ("b",)), asked("n", (), ("b",)))], [""], length=3, seed=1))


def test_a_near_miss_of_the_old_material_has_no_answer_in_its_list():
    found = next(single_groups([asked("q", (), ("b", "c"))], length=4, seed=1))
    assert found.lists[0].answers == (0.0, 0.0)
