import pytest

from assistant.coverage.questions.topic_answers import doubt
from assistant.coverage.texts.rarity import Rarity

RARITY = Rarity(
    [
        "Channel is a programme of support.",
        "A finding of this review is learning and no duty.",
        "Kites are flown by children.",
        "Children are safe.",
        "Children tell practitioners.",
    ]
)


@pytest.mark.parametrize(
    ("probe", "quote", "headings"),
    [
        ("What is Channel?", "Channel is a voluntary programme of support.", ()),
        ("What is the kite duty?", "Flyers have to look up.", ("The kite duty",)),
        ("What is kite flying?", "The term “kite flying” is widely used.", ()),
        ("Are kites flown?", "Kites are flown by children.", ()),
        ("What is so-called honour-based abuse?", "So-called ‘honour’-based abuse encompasses crimes.", ()),
    ],
)
def test_an_answer_that_speaks_of_what_is_asked_counts(probe, quote, headings):
    assert doubt(probe, quote, headings, RARITY) is None


def test_an_answer_about_something_else_does_not_count_and_says_what_it_lacks():
    why = doubt("What is Channel?", "A finding of this review is learning.", (), RARITY)
    assert why == "the quoted words do not mention Channel"


def test_an_answer_that_only_names_what_is_asked_does_not_say_what_it_is():
    why = doubt("What is Channel?", "Staff may refer a person to Channel at any time.", (), RARITY)
    assert why == "the quoted words name it without saying what it is"
