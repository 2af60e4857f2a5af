"""The losses that a reranker is trained on with near questions."""

import pytest

pytest.importorskip("sentence_transformers")

import torch

from evals.training.candidate_lists import Group
from evals.training.contrast import ContrastRecipe, loss_of, pairs_of
from evals.training.lists import TrainingList

NEAR = Group((TrainingList("q", ("answer", "other"), (1.0, 0.0)), TrainingList("n", ("answer", "other"), (0.0, 0.0))))
ALONE = ContrastRecipe(alone=0.0, across=0.0)


def loss(logits, recipe=ALONE, groups=(NEAR,)):
    return float(loss_of(groups, torch.tensor(logits), recipe))


def test_pairs_stand_in_the_order_of_the_lists():
    assert pairs_of([NEAR]) == [("q", "answer"), ("q", "other"), ("n", "answer"), ("n", "other")]


def test_a_list_without_an_answer_is_learnt_as_none_of_these():
    assert loss([4.0, -4.0, -4.0, -4.0]) < loss([4.0, -4.0, 4.0, -4.0])


def test_one_text_may_answer_only_the_first_of_near_questions():
    across = ContrastRecipe(alone=0.0, across=1.0)
    told_apart, same = [2.0, -2.0, 1.0, -2.0], [2.0, -2.0, 2.0, -2.0]
    assert loss(same, across) - loss(same) > loss(told_apart, across) - loss(told_apart)


def test_a_single_question_has_no_loss_across():
    single = (Group(NEAR.lists[:1]),)
    assert loss([1.0, 0.0], ContrastRecipe(alone=0.0, across=1.0), single) == loss([1.0, 0.0], ALONE, single)
