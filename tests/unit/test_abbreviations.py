"""Either side of an abbreviation finds the other."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.text.abbreviations import abbreviations, expand


@pytest.mark.parametrize(
    ("question", "added"),
    [
        ("Who is the LADO?", "local authority designated officer"),
        ("who is the lado", "local authority designated officer"),
        ("when do LADOs act", "local authority designated officer"),
        ("the DSL's role", "designated safeguarding lead"),
        ("what does s.47 say", "section 47"),
        ("what does S 47 say", "section 47"),
        ("Who are the local authority designated officers?", "LADO"),
        ("multi agency safeguarding hub", "MASH"),
        ("a Section 47 enquiry", "S47"),
        ("looked-after children", "LAC"),
        ("Must the LA tell the school?", "local authority"),
        ("is a SEND pupil at more risk", "special educational needs and disabilities"),
    ],
)
def test_either_side_brings_in_the_other(question: str, added: str) -> None:
    assert expand(question).startswith(f"{question} ")
    assert added in expand(question)


@pytest.mark.parametrize(
    "question",
    [
        "Where do I send the form?",
        "WHERE DO I SEND THE FORM",
        "Who chairs the panel?",
        "The DSL (designated safeguarding lead) is told",
        "children's 47 referrals",
        "sections 4 and 7",
        "",
    ],
)
def test_what_holds_no_abbreviation_or_both_sides_is_unchanged(question: str) -> None:
    assert expand(question) == question


def test_every_line_works_both_ways() -> None:
    assert len(abbreviations()) >= 40
    for each in abbreviations():
        assert each.full[0] in expand(f"what is a {each.short} for")
        for full in each.full:
            assert f" {each.short}" in expand(f"what is a {full} for")


def test_no_short_form_stands_twice() -> None:
    shorts = [each.short.casefold() for each in abbreviations()]
    assert len(shorts) == len(set(shorts))


@given(st.text(max_size=120))
def test_any_question_keeps_its_words(question: str) -> None:
    assert expand(question).startswith(question)


def test_the_abbreviations_of_an_organisation_count_too() -> None:
    own = {"ERG": ("early response group",)}
    assert expand("Who chairs the ERG?", own) == "Who chairs the ERG? early response group"
    assert expand("Who chairs the early response group?", own) == "Who chairs the early response group? ERG"


@pytest.mark.parametrize(
    ("question", "full"),
    [
        ("is this a s.47", "section 47"),
        ("Reg 44 visits", "regulation 44"),
        ("Y9 pupil", "year 9"),
        ("when is the strat mtg", "strategy discussion"),
        ("within how many wks", "weeks"),
    ],
)
def test_shorthand_is_written_out(question: str, full: str) -> None:
    assert full in expand(question)


def test_the_table_is_long_and_says_each_form_once() -> None:
    table = abbreviations()
    assert len(table) >= 150
    assert len({each.short.upper() for each in table}) == len(table)
