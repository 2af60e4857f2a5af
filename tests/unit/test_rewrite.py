import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.answering.rewriting.follow_ups import rewrite
from assistant.model import Screened, Turn

STRATEGY = (
    Turn("user", "Who oversees delivery of the strategy?"),
    Turn("assistant", "The Safeguarding Children Partnership oversees delivery through its Executive Group."),
)


def asked(text: str, *history: Turn) -> str:
    return rewrite(Screened(text, history=history))


def test_without_history_a_question_stays_as_it_is() -> None:
    assert asked("and who chairs it?") == "and who chairs it?"


def test_a_self_contained_question_stays_as_it_is() -> None:
    question = "When is it lawful to share information without consent?"
    assert asked(question, *STRATEGY) == question


def test_who_chairs_it_is_about_the_body_of_the_answer() -> None:
    assert asked("and who chairs it?", *STRATEGY) == "who chairs the Executive Group?"


@pytest.mark.parametrize(
    ("before", "text", "words"),
    [
        ("What is private fostering?", "how do we report it?", ("report", "private fostering")),
        ("Which checks are made on volunteers?", "and for governors?", ("checks", "governors")),
        ("When must a core group meet?", "why?", ("core group", "why")),
        (
            "What does the protocol say about sexual activity?",
            "what about under 13s?",
            ("sexual activity", "under 13s"),
        ),
    ],
)
def test_a_follow_up_takes_its_topic_along(before: str, text: str, words: tuple[str, ...]) -> None:
    standalone = asked(text, Turn("user", before), Turn("assistant", "Yes.")).lower()
    assert all(word in standalone for word in words)


def test_a_follow_up_of_a_follow_up_keeps_the_first_topic() -> None:
    turns = (Turn("user", "What is private fostering?"), Turn("user", "who checks it?"))
    assert "private fostering" in asked("and how often?", *turns)


def test_a_placeholder_is_not_carried_over() -> None:
    assert "[name]" not in asked("and why?", Turn("user", "When is [name] seen by a social worker?"))


WORDS = st.lists(
    st.sampled_from("and it why who the plan child 13 days when [name] review ? that they".split()), max_size=7
)


@given(st.lists(WORDS.map(" ".join), max_size=4), WORDS.map(" ".join))
def test_no_word_comes_from_anywhere_else(turns: list[str], text: str) -> None:
    history = tuple(Turn("assistant" if number % 2 else "user", each) for number, each in enumerate(turns))
    known = set(re.findall(r"\w+", " ".join((*turns, text, "the")).lower()))
    assert set(re.findall(r"\w+", asked(text, *history).lower())) <= known
