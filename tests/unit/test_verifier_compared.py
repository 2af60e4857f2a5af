"""Rules, model and both are compared on the same pairs, by kind."""

import numpy as np
import pytest

from evals.verifying.compared import METHODS, area, compared, table
from evals.verifying.labelled import LabelledPair

QUOTE = "The chair must send the plan to each partner within ten days of the meeting."
PAIRS = (
    LabelledPair("1", QUOTE, QUOTE, True, "verbatim"),
    LabelledPair("2", "The plan reaches every partner in under a fortnight.", QUOTE, True, "paraphrase"),
    LabelledPair("3", QUOTE.replace("ten", "twenty"), QUOTE, False, "number"),
    LabelledPair("4", QUOTE.replace("must", "may"), QUOTE, False, "duty"),
)


def areas(rows, kind):
    return dict(zip(METHODS, next(each for each in rows if each.kind == kind).areas, strict=True))


def test_both_order_what_the_rules_leave_open_by_the_model_and_never_below_what_they_reject():
    rows = compared(PAIRS, [0.1, 0.6, 0.2, 0.3])
    assert [each.kind for each in rows] == ["all", "number", "duty"]
    assert [each.altered for each in rows] == [2, 1, 1]
    assert areas(rows, "all")["rules"].value == pytest.approx(0.75)  # the paraphrase ties with the altered ones
    assert areas(rows, "all")["model"].value == pytest.approx(0.5)
    assert areas(rows, "all")["both"].value == 1.0


def test_pairs_of_one_label_compare_nothing():
    assert compared(PAIRS[:2], [0.1, 0.2]) == ()
    assert table(()).count("\n") == 1


def test_an_area_has_an_interval_around_it_and_is_a_half_for_noise():
    random = np.random.default_rng(3)
    found = area(random.random(200), random.random(200))
    assert found.low < found.value < found.high
    assert found.low < 0.5 < found.high
    assert area(np.array([2.0, 3.0]), np.array([0.0, 1.0])).value == 1.0
