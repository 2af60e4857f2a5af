"""What is asked is told apart from the case, the greeting and the signature around it."""

from __future__ import annotations

import pytest

from assistant.answering.query_analysis.asked import asked_and_told


@pytest.mark.parametrize(
    ("text", "asked"),
    [
        (
            "Picked up a duty call, boy with a burn on his arm. How soon do we have to hold the strategy discussion?",
            "How soon do we have to hold the strategy discussion?",
        ),
        (
            "Hi all,\nGirl in my class told me something today. Who has to be told first?\nMany thanks,\nRosie",
            "Who has to be told first?",
        ),
        (
            "Dear colleague, I hope this finds you well. Which form is used for a referral? Kind regards, P. Hart, Governor",
            "Which form is used for a referral?",
        ),
        (
            "my lad keeps going off and school are fed up with it how long before the police must be rung",
            "how long before the police must be rung",
        ),
        ("[name] turned 16 last week and lives with her nan. What is private fostering?", "What is private fostering?"),
        ("Morning! When does a child protection plan end?", "When does a child protection plan end?"),
        ("Need to know who chairs the review conference. Baby due in May, mum moved here.",
         "Need to know who chairs the review conference."),
    ],
)  # fmt: skip
def test_what_is_told_is_left_out_of_what_is_asked(text: str, asked: str) -> None:
    assert asked_and_told(text).asked == asked


@pytest.mark.parametrize(
    "text",
    [
        "If a child goes missing at night, who has to be told?",
        "When a parent refuses consent, can we still share information?",
        "What should a school do when a child does not want it to be reported?",
        "For a child under two, how often are visits made?",
        "Who chairs it?",
        "levels of need",
        "A child in need plan",
    ],
)
def test_a_question_with_a_condition_stays_whole(text: str) -> None:
    parts = asked_and_told(text)
    assert (parts.asked, parts.told) == (text, ())


@pytest.mark.parametrize(
    ("text", "needed"),
    [
        ("We made a referral on Monday. Is that in time?", "referral"),
        ("A complaint came in about me and the manager wants me to look into it. Is that allowed?", "complaint"),
        ("Pupil with 80% attendance. Level?", "attendance"),
    ],
)
def test_a_question_that_leans_on_the_sentence_before_takes_it_along(text: str, needed: str) -> None:
    assert needed in asked_and_told(text).asked


def test_nothing_is_lost_and_nothing_is_added() -> None:
    text = "Hello, a boy of 9 came in with a bruise. Mum says he fell. Who must be told of a bruise, and by when? Thanks, Jo"
    parts = asked_and_told(text)
    assert parts.asked == "Who must be told of a bruise, and by when?"
    together = " ".join((parts.asked, *parts.told))
    assert sorted(together.split()) == sorted(text.split())


def test_a_text_that_only_tells_is_asked_whole() -> None:
    text = "A child told me something. I wrote it down."
    assert asked_and_told(text).asked == text


@pytest.mark.parametrize("text", ["", "   ", "?", "hi", "thanks", "Hi,", "[name]", "Thanks, [name]"])
def test_a_text_without_a_question_raises_nothing(text: str) -> None:
    asked_and_told(text)
