"""What a threshold answers and refuses by kind of answer."""

import numpy as np

from evals.calibration.calibrate import Scored, by_kind_of

SCORED = Scored(
    np.array([0.9, 0.2, 0.8, 0.1]),
    np.array([True, True, False, False]),
    np.array([True, True, False, False]),
    ("number", "number", "number", "open"),
)


def test_by_kind_counts_what_is_in_hand_and_refused():
    number, other = by_kind_of(SCORED, 0.5)
    assert (number.answerable, number.in_hand, number.in_hand_refused) == (2, 2, 1)
    assert (number.near_misses, number.near_misses_refused) == (1, 0)
    assert (other.kind, other.answerable, other.near_misses_refused) == ("open", 0, 1)


def test_without_a_threshold_everything_is_refused():
    assert by_kind_of(SCORED, None)[0].in_hand_refused == 2
