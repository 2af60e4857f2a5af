import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.text.time_limits import LimitKind, is_laxer, time_limits


@pytest.mark.parametrize(
    ("text", "words", "kind"),
    [
        ("within one working day of a referral", ["one working day"], LimitKind.BY),
        ("no later than 45 working days from the referral", ["45 working days"], LimitKind.BY),
        ("at intervals of no more than six months", ["six months"], LimitKind.EVERY),
        ("reviewed every two years", ["two years"], LimitKind.EVERY),
        ("kept for at least 10 years", ["10 years"], LimitKind.LASTS),
        ("act on them immediately", ["immediately"], LimitKind.BY),
        ("reviewed at least annually", ["annually"], LimitKind.EVERY),
        ("often enough (at least half termly)", ["half termly"], LimitKind.EVERY),
        ("reviewed at least once a year", ["a year"], LimitKind.EVERY),
    ],
)
def test_a_time_limit_is_read_with_what_it_says(text, words, kind):
    found = time_limits(text)
    assert [each.words for each in found] == words
    assert {each.kind for each in found} == {kind}


@pytest.mark.parametrize(
    "text",
    [
        "a child of 16 years of age",
        "an individual must be 16 or over",
        "a year later things had changed",
        "children aged 10",
    ],
)
def test_an_age_or_a_mere_duration_is_no_time_limit(text):
    assert time_limits(text) == ()


def test_working_days_are_longer_than_days():
    (working,), (plain,) = time_limits("within five working days"), time_limits("within five days")
    assert is_laxer(working, plain)
    assert not is_laxer(plain, working)


def test_a_shorter_retention_is_the_laxer_one():
    (short,), (long,) = time_limits("kept for at least 3 years"), time_limits("kept for at least 10 years")
    assert is_laxer(short, long)


def test_limits_of_different_kinds_are_not_compared():
    (by,), (every,) = time_limits("within two years"), time_limits("every year")
    assert not is_laxer(by, every)


@given(st.integers(1, 500), st.integers(1, 500), st.sampled_from(["days", "weeks", "months", "years"]))
def test_the_larger_number_of_a_unit_is_the_laxer_limit(one, other, unit):
    (first,), (second,) = time_limits(f"within {one} {unit}"), time_limits(f"within {other} {unit}")
    assert is_laxer(first, second) == (one > other)
