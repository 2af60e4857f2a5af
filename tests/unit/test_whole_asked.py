"""Whether a question asks for several things, or for the one with a number."""

import pytest

from assistant.answering.query_analysis.analysis import analyse
from assistant.answering.query_analysis.whole_asked import WholeAsked, number_of


def asked(question):
    return WholeAsked.of(question, analyse(question, {}, 10))


@pytest.mark.parametrize(
    "question",
    [
        "what are the four priorities",
        "signs of neglect",
        "who attends the conference",
        "what has to go in the notice",
        "which documents do I bring",
        "4 Cs of online risk",
        "golden rules for sharing",
    ],
)
def test_questions_for_several_things(question):
    assert asked(question).is_list


@pytest.mark.parametrize(
    "question",
    ["how long have I got to refer", "what is neglect", "who chairs the panel", "can I share without consent", "phone number of MASH"],
)  # fmt: skip
def test_questions_for_one_thing(question):
    assert not asked(question).is_list


def test_the_number_after_a_name_is_known_in_words_figures_letters_and_romans():
    assert [number_of(each) for each in ("2", "two", "ii", "b", "zebra")] == [2, 2, 2, 2, None]
    assert asked("what does stage two say").number_of("Stage") == 2
    assert asked("is it done in stage 3 days").number_of("Stage") is None
