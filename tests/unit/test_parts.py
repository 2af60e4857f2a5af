"""A question that asks several things is taken apart; one that asks one thing is left whole."""

from __future__ import annotations

import pytest

from assistant.answering.rewriting.parts import parts_of


@pytest.mark.parametrize(
    ("asked", "texts"),
    [
        ("Who chairs the conference and how soon must it meet?", ("Who chairs the conference", "how soon must it meet?")),
        ("Which form is used, who signs it, and by when must it be sent?",
         ("Which form is used", "who signs it", "by when must it be sent?")),
        ("What is private fostering? Who must be told?", ("What is private fostering?", "Who must be told?")),
        ("Do parents get a copy, and can they appeal?", ("Do parents get a copy", "can they appeal?")),
    ],
)  # fmt: skip
def test_each_question_is_a_part(asked: str, texts: tuple[str, ...]) -> None:
    assert tuple(part.text for part in parts_of(asked)) == texts


def test_a_later_part_stands_alone() -> None:
    parts = parts_of("Who chairs the review panel and how soon must it meet?")
    assert "panel" in parts[1].standalone
    assert parts[0].standalone == "Who chairs the review panel"


@pytest.mark.parametrize(
    "asked",
    [
        "When and where is the meeting held?",
        "Who decides whether a child is at risk and when?",
        "What should a school do when a child goes missing and the parents cannot be reached?",
        "What is abuse or neglect?",
        "Who should be told and how?",
        "Who must be told about a child and family assessment?",
        "levels and thresholds",
        "",
        "What is a? What is b? What is c? What is d?",
    ],
)
def test_one_question_has_no_parts(asked: str) -> None:
    assert parts_of(asked) == ()
