"""Mistyped words become words of the library; right ones, names and shorthand stay."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.answering.query_analysis.spelling import Repair, repaired

LIBRARY = {
    "strategy": 40, "discussion": 30, "vulnerability": 9, "panel": 25, "conference": 60, "safeguarding": 200, "children": 400,
    "education": 80, "referral": 120, "apply": 20, "social": 100, "training": 50, "meets": 5, "chairs": 6, "plan": 90,
}  # fmt: skip


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("Who chairs the confrence?", "Who chairs the conference?"),
        ("what is the stratgey discusion", "what is the strategy discussion"),
        ("the vulnerabilty pannel", "the vulnerability panel"),
        ("safegaurding trainning", "safeguarding training"),
        ("childern edcation", "children education"),
        ("Refferal to the panel", "referral to the panel"),
    ],
)
def test_a_slip_is_repaired(typed: str, meant: str) -> None:
    assert repaired(typed, LIBRARY).text == meant


@pytest.mark.parametrize(
    "right",
    [
        "Does Kayden or mrs Okonjo apply?",
        "the MASH and the LADO",
        "dont wait, theyre here, whos there",
        "paediatrician, behaviour, chaperoned, unenrolled",
        "plans planning planner",
        "skeng and zoot",
        'what is a "pannel" or “discusion”',
        "see https://refferal.example.org or a.strategi@example.org",
        "[name] [date of birth]",
        "",
    ],
)
def test_what_is_right_or_unknown_stays(right: str) -> None:
    assert repaired(right, LIBRARY) == type(repaired("", {}))(right, ())


def test_each_repair_is_told() -> None:
    assert repaired("the pannel", LIBRARY).repairs == (Repair("pannel", "panel"),)


def test_a_library_without_words_repairs_nothing() -> None:
    assert repaired("confrence", {}).text == "confrence"


@given(st.text(max_size=200))
def test_any_text_comes_back_with_the_same_spaces(text: str) -> None:
    assert [each for each in repaired(text, LIBRARY).text if each.isspace()] == [
        each for each in text if each.isspace()
    ]
