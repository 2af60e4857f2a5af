import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.text.quote_matching import comparable, holds

PASSAGE = "The decision must be made within one working day. Practitioners should not wait – they act."


@pytest.mark.parametrize(
    "quote",
    [
        "must be made within one working day",
        "must be  made\nwithin one working day.",
        "should not wait - they act",
        "should not wait — they act",
    ],
)
def test_permitted_differences_are_forgiven(quote):
    assert holds(PASSAGE, quote)


@pytest.mark.parametrize(
    "quote",
    [
        "must be made within two working days",
        "should wait – they act",
        "Must be made",
        "should be made within one working day",
        "",
        "   ",
        "ust be made",
        "must be made … they act",
        "one working day Practitioners",
    ],
)
def test_nothing_else_is_forgiven(quote):
    assert not holds(PASSAGE, quote)


def test_quote_marks_ligatures_and_line_end_hyphens_are_forgiven():
    assert holds("the child’s “official” safe-\nguarding ﬁle", 'the child\'s "official" safeguarding file')


@given(st.text(min_size=1))
def test_what_is_comparable_stays_so(text):
    assert comparable(comparable(text)) == comparable(text)


@given(st.lists(st.from_regex(r"[a-z]{1,8}", fullmatch=True), min_size=3, max_size=20), st.data())
def test_every_run_of_whole_words_is_found(words, data):
    first = data.draw(st.integers(0, len(words) - 1))
    last = data.draw(st.integers(first + 1, len(words)))
    assert holds(" ".join(words), " ".join(words[first:last]))
