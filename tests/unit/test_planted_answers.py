"""Grading of planted answers."""

from __future__ import annotations

from typing import Any

import pytest

from evals.answers.planted import graded_alone, graded_area, graded_pair, graded_unit

UNIT = {"id": "u", "question": "?", "whole": ["The panel must:", "meet weekly", "keep a record"]}
ALONE = {"id": "a", "question": "?", "never": "Sample letter: within 3 days", "right": ["within five days"]}
PAIR = {
    "id": "p",
    "question": "?",
    "differs": "time",
    "a": {"document": "one", "quote": "within 24 hours"},
    "b": {"document": "two", "quote": "within 48 hours"},
}
AREA = {"id": "r", "question": "?", "contact": "01999 555 111"}


def answered(*texts: str, notices: tuple[str, ...] = (), **more: Any) -> dict[str, Any]:
    statements = [{"text": text, "citations": [number]} for number, text in enumerate(texts, 1)]
    citations = [
        {"number": n, "edition_id": name, "parts": [{"quote": text}]}
        for n, (name, text) in enumerate(zip(("one", "two", "three"), texts, strict=False), 1)
    ]
    codes = [{"code": code} for code in notices]
    return {"outcome": "answered", "statements": statements, "citations": citations, "notices": codes, **more}


REFUSED = {"outcome": "refused"}


@pytest.mark.parametrize(
    ("outcome", "grade"),
    [
        (answered("The panel must:\n- meet weekly\n- keep a  record"), "whole"),
        (answered("The panel must: meet weekly"), "part"),
        (answered("Nothing of it", "keep a record"), "elsewhere"),
        (answered("Nothing of it"), "wrong"),
        (REFUSED, "refused"),
        ({"outcome": "signposted", "then": answered("The panel must: meet weekly keep a record")}, "whole"),
    ],
)
def test_a_unit_is_whole_when_the_first_statement_shows_every_piece(outcome: dict[str, Any], grade: str) -> None:
    assert graded_unit(UNIT, outcome) == grade


@pytest.mark.parametrize(
    ("outcome", "grade"),
    [
        (answered("Sample letter: within 3 days"), "alone"),
        (answered("within five days", "Sample letter: within 3 days"), "alone"),
        (answered("Sample letter: within 3 days. The rule is within five days"), "right"),
        (answered("Something else"), "other"),
        (REFUSED, "refused"),
    ],
)
def test_what_may_not_stand_alone_is_a_fault_unless_the_answer_stands_beside_it(
    outcome: dict[str, Any], grade: str
) -> None:
    assert graded_alone(ALONE, outcome) == grade


@pytest.mark.parametrize(
    ("outcome", "grade"),
    [
        (answered("within 24 hours", "within 48 hours", differences=[{"citations": [1, 2]}]), "marked"),
        (answered("within 24 hours", "other", "within 48 hours", differences=[{"citations": [1, 2]}]), "one"),
        (answered("within 24 hours", "within 48 hours"), "both"),
        (answered("other"), "none"),
        (REFUSED, "refused"),
    ],
)
def test_a_pair_is_marked_only_where_a_difference_names_both_quotes(outcome: dict[str, Any], grade: str) -> None:
    assert graded_pair(PAIR, outcome) == grade


@pytest.mark.parametrize(
    ("outcome", "grade"),
    [
        (answered("Ring 01999 555 111"), "silent"),
        (answered("Ring 01999 555 111", notices=("other_area",)), "told"),
        (answered("Ring somebody"), "not shown"),
        (REFUSED, "refused"),
    ],
)
def test_another_areas_contact_is_told_by_a_notice(outcome: dict[str, Any], grade: str) -> None:
    assert graded_area(AREA, outcome) == grade
