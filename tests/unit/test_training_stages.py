"""The reader first imitates hybrid search, then learns sentences and whole passages; one head serves both roles."""

import math

import numpy as np
import pytest

from evals.training.distillation import BANDS, K1, B, WordScorer, imitation_lists
from evals.training.lists import TrainingList, reranker_lists
from evals.training.whole import mixed, passage_lists
from tests.fakes import FakeEmbedder
from tests.unit.test_training_lists import SENTENCES, material

LENGTH = sum(count for _, _, count in BANDS)


def test_each_question_and_words_of_sentences_are_listed_with_shares_that_add_up_to_one():
    lists = imitation_lists(material(), FakeEmbedder(), 5)
    queries = {each.question for each in lists}
    assert {"who pays for the plan"} < queries
    assert len(queries) == 2 + len(SENTENCES)
    for each in lists:
        assert len(each.texts) == len(each.answers) <= LENGTH
        assert set(each.texts) <= set(SENTENCES)
        assert sum(each.answers) == pytest.approx(1.0)


def test_what_both_searches_find_most_alike_has_the_largest_share():
    lists = {each.question: each for each in imitation_lists(material(), FakeEmbedder(), 5)}
    for query, each in lists.items():
        if query.startswith("who"):
            continue
        source = max(SENTENCES, key=lambda text: len(set(query.split()) & set(text.lower().split())))
        if source in each.texts:
            assert each.texts[int(np.argmax(each.answers))] == source


def test_the_same_seed_makes_the_same_lists_and_another_others():
    one, same, other = (imitation_lists(material(), FakeEmbedder(), seed) for seed in (1, 1, 2))
    assert one == same
    assert one != other


def test_a_passage_that_holds_the_answer_answers_and_comes_once():
    lists = reranker_lists(material(), [FakeEmbedder()], 1, 3, 13)
    for each, whole in zip(lists, passage_lists(material(), lists), strict=True):
        assert whole.question == each.question
        assert whole.texts == (" ".join(SENTENCES),)
        assert whole.answers == (float(any(each.answers)),)


def test_the_fewer_lists_are_spread_among_the_others_and_none_is_lost():
    many = tuple(TrainingList(f"m{at}", ("text",), (1.0,)) for at in range(6))
    few = tuple(TrainingList(f"f{at}", ("text",), (1.0,)) for at in range(3))
    assert [each.question for each in mixed(many, few)] == ["m0", "m1", "f0", "m2", "m3", "f1", "m4", "m5", "f2"]
    assert mixed(many, ()) == many


def test_words_are_scored_by_the_published_formula_of_bm25():
    sentences = ["Plans pay carers. Carers pay.", "The carers pay nobody at all", "Who else writes letters"]
    words = [["plans", "pay", "carers", "carers", "pay"], ["carers", "pay"], ["writes", "letters"]]
    mean_length = sum(map(len, words)) / 3
    scores = WordScorer(sentences).scores("Who does pay pay the plans of an unknown xylophone?")
    for place, held in enumerate(words):
        expected = 0.0
        for word in ("pay", "plans"):
            count, holding = held.count(word), sum(word in each for each in words)
            rarity = math.log(1 + (3 - holding + 0.5) / (holding + 0.5))
            length = K1 * (1 - B + B * len(held) / mean_length)
            expected += rarity * count * (K1 + 1) / (count + length)
        assert scores[place] == pytest.approx(expected)
    assert not WordScorer(sentences).scores("the unknown").any()
