from __future__ import annotations

import numpy as np

from assistant.coverage.questions.open_questions import OpenQuestion
from assistant.coverage.questions.themes import assign_themes, labels
from assistant.coverage.sections.questions import months
from assistant.model.coverage import Theme, question_digest
from assistant.ports import Vectors

EAST, NORTH, UP = np.eye(3, dtype=np.float32)
KITES = "Who keeps the kite register?"
KITES_TOO = "Where is the kite register kept?"
FEES = "What is the training fee?"


def question(text: str, *days: str) -> OpenQuestion:
    return OpenQuestion(question_digest(text), text, list(days) or ["2026-05-01"])


def rows(*vectors: Vectors) -> Vectors:
    return np.stack(vectors)


def test_questions_that_are_alike_make_a_theme_called_by_their_own_words() -> None:
    kites, fees = assign_themes([question(KITES), question(FEES), question(KITES_TOO)], rows(EAST, NORTH, EAST), ())
    assert kites.members == (question_digest(KITES), question_digest(KITES_TOO))
    assert "kite register" in kites.label
    assert fees.label == "training fee"


def test_a_kept_theme_takes_in_what_is_alike_and_keeps_its_name_whatever_comes() -> None:
    kept = Theme("t1", "the name of old", (question_digest(KITES),))
    near = (EAST + 0.5 * UP) / np.linalg.norm(EAST + 0.5 * UP)
    found = assign_themes([question(KITES), question(KITES_TOO), question(FEES)], rows(EAST, near, NORTH), [kept])
    assert found[0] == Theme("t1", "the name of old", (question_digest(KITES), question_digest(KITES_TOO)))
    assert [each.members for each in found[1:]] == [(question_digest(FEES),)]


def test_a_theme_whose_questions_are_gone_is_left_out() -> None:
    assert assign_themes([], np.zeros((0, 3), dtype=np.float32), [Theme("t1", "old", ("gone",))]) == ()


def test_two_themes_are_never_called_the_same() -> None:
    found = assign_themes([question(FEES)], rows(NORTH), [Theme("t1", "training fee", ("gone",))])
    assert [each.label for each in found] == ["training fee (2)"]


def test_a_question_of_empty_words_is_called_by_itself() -> None:
    assert labels(["What is it?"]) == ["What is it?"]


def test_case_spacing_and_the_question_mark_make_no_other_question() -> None:
    assert question_digest("Who  leads ?") == question_digest("who leads")
    assert question_digest("Who leads?") != question_digest("Who led?")


def test_months_without_a_question_are_counted_as_none() -> None:
    found = months([question(KITES, "2026-11-30", "2027-01-01"), question(FEES, "2027-01-09")])
    assert found == (("2026-11", 1), ("2026-12", 0), ("2027-01", 2))
    assert months([]) == ()
