import pytest
from hypothesis import given
from hypothesis import strategies as st

from evals.scoring.metrics import (
    auc,
    mean,
    ndcg_at,
    paired_gain,
    readers_agree,
    recall_at,
    reciprocal_rank,
    share,
    upper_bound,
)


def test_an_empty_count_has_no_value():
    assert share(0, 0).value is None
    assert mean([]).value is None


def test_the_exact_interval_matches_the_published_one():
    found = share(1, 10)
    assert found.low == pytest.approx(0.0025, abs=1e-4)
    assert found.high == pytest.approx(0.4450, abs=1e-4)


def test_the_upper_bound_of_no_errors_is_the_rule_of_three():
    assert upper_bound(0, 100, 0.95) == pytest.approx(0.0295, abs=1e-3)
    assert upper_bound(0, 0, 0.95) == 1.0


@given(st.integers(0, 50), st.integers(1, 50))
def test_the_interval_holds_the_share(count, of):
    found = share(min(count, of), of)
    assert found.low <= found.value <= found.high


def test_ranks_become_the_standard_figures():
    ranks = (1, None, 4)
    assert recall_at(ranks, 1) == pytest.approx(1 / 3)
    assert recall_at(ranks, 5) == pytest.approx(2 / 3)
    assert reciprocal_rank(ranks) == 1.0
    assert ndcg_at((1,)) == 1.0
    assert ndcg_at((None,)) == 0.0


def test_a_paired_gain_needs_the_same_questions():
    with pytest.raises(ValueError, match="same questions"):
        paired_gain([1.0], [1.0, 0.0])
    assert paired_gain([0.0] * 20, [1.0] * 20).low == 1.0


def test_readers_who_agree_no_more_than_chance_have_no_kappa() -> None:
    assert readers_agree([("a", "a"), ("b", "b"), ("a", "a")]) == "3 of 3, kappa 1.00"
    assert readers_agree([(True, True), (True, False), (False, True), (False, False)]) == "2 of 4, kappa 0.00"
    assert readers_agree([]) == "none labelled twice"


@given(st.lists(st.integers(0, 5), min_size=1, max_size=30), st.lists(st.integers(0, 5), min_size=1, max_size=30))
def test_the_area_is_the_share_of_pairs_in_order_ties_counting_half(positive, negative):
    pairs = [1.0 if a > b else 0.5 if a == b else 0.0 for a in positive for b in negative]
    assert auc(positive, negative) == pytest.approx(sum(pairs) / len(pairs))


def test_an_area_of_one_side_alone_has_no_value():
    assert auc([], [0.5]) is None
    assert auc([0.5], []) is None
