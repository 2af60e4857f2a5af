"""Names in what is asked: found, and looked for in a text in all their forms."""

from __future__ import annotations

import pytest

from assistant.answering.query_analysis.names import Name, NameKind, holds, names_in


def only(asked: str, kind: NameKind) -> Name:
    (name,) = [each for each in names_in(asked) if each.kind is kind]
    return name


@pytest.mark.parametrize(
    ("asked", "kind", "text"),
    [
        ("What is priority 7 of the strategy?", NameKind.NUMBERED, "priority 7"),
        ("who signs off at step nine", NameKind.NUMBERED, "step nine"),
        ("How many referrals were there in 2021/22?", NameKind.YEAR, "2021/22"),
        ("What does the Care Act 2014 say about this?", NameKind.LAW, "Care Act 2014"),
        ("Is there a helpline for adults?", NameKind.POPULATION, "adults"),
        ("Who chairs the Fenwick Lane Forum?", NameKind.PROPER, "Fenwick Lane Forum"),
        ("What does 'cuckooing' mean?", NameKind.QUOTED, "cuckooing"),
    ],
)
def test_a_name_is_found(asked: str, kind: NameKind, text: str) -> None:
    assert only(asked, kind).text == text


@pytest.mark.parametrize(
    "asked",
    [
        "How soon must a strategy discussion be held?",
        "Can we do it by Friday or on 3 May?",
        "a child of 7 in year 2 came in today",
        "do i have to send it",
        "",
    ],
)
def test_ages_days_and_school_years_are_no_names(asked: str) -> None:
    assert names_in(asked) == ()


def test_the_year_of_a_law_is_part_of_its_name() -> None:
    assert not [each for each in names_in("What does the Children Act 1989 require?") if each.kind is NameKind.YEAR]


@pytest.mark.parametrize(
    ("asked", "kind", "text"),
    [
        ("What is priority 3?", NameKind.NUMBERED, "Priority Three: recovery"),
        ("What is level 4?", NameKind.NUMBERED, "at levels 3 and 4 a referral is made"),
        ("What happened in 2024?", NameKind.YEAR, "in the year 2023-24"),
        ("Who chairs the Northants panel?", NameKind.PROPER, "the Northamptonshire partnership"),
        ("When must the local CSC team reply?", NameKind.PROPER, "children's social care replies"),
        ("Is there a service for adults?", NameKind.POPULATION, "an adult at risk"),
    ],
)
def test_any_form_of_a_name_counts(asked: str, kind: NameKind, text: str) -> None:
    assert holds(only(asked, kind), text)


@pytest.mark.parametrize(
    ("asked", "kind", "text"),
    [
        ("What is priority 7?", NameKind.NUMBERED, "Priority 1, priority 2 and 17 other things"),
        ("What does regulation 4 say?", NameKind.NUMBERED, "under regulation 40"),
        ("How many were there in 2021?", NameKind.YEAR, "in 2024, 2,021 children"),
        ("Who chairs the Leeds panel?", NameKind.PROPER, "the panel is chaired by the head of service"),
        ("Is there a service for adults?", NameKind.POPULATION, "a service for children"),
    ],
)
def test_another_thing_of_the_kind_does_not_count(asked: str, kind: NameKind, text: str) -> None:
    assert not holds(only(asked, kind), text)
