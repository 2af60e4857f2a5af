"""What a refusal says is not there: only what a search shows."""

from __future__ import annotations

import pytest

from assistant.answering.answerability.small_library import LEAST_READ, SMALL_PASSAGES, is_confirmed
from assistant.answering.query_analysis.analysis import analyse
from assistant.answering.query_analysis.not_mentioned import absent_words, apart, type_missing
from assistant.messages import not_mentioned, not_of_type

TEXT = (
    "hosts are approved by the lodgings panel the young person pays a service charge of ten pounds a week photographs need "
    "consent insurance is held by the council"
).split()


@pytest.mark.parametrize(("asked", "absent"), [
    ("Who chairs the lodgings panel?", ("chairs",)), ("Who signs the placement agreement?", ("signs", "placement", "agreement")),
    ("How much is a host paid each week?", ()), ("Who insures the hosts?", ()), ("Can we take photos?", ()),
    ("How many young people may live with one host?", ("live",)), ("Must we approve it?", ()), ("May they keep hens?", ("keep", "hens")),
    ("When shouldn't we approve a TAF or CIN plan?", ("plan",)), ("Any Zorb visits?", ("Zorb", "visits")),
])  # fmt: skip
def test_a_word_is_absent_only_where_none_of_its_forms_is_there(asked: str, absent: tuple[str, ...]) -> None:
    assert absent_words(asked, TEXT) == absent


SENTENCES = ("Hosts are approved by the panel.", "The young person pays ten pounds a week.")


def test_words_that_stand_together_nowhere_are_named() -> None:
    asked = "How much is a host paid each week?"
    assert apart(analyse(asked, {}, 4), asked, SENTENCES) == ("host", "paid")
    asked = "Who approves hosts?"
    assert apart(analyse(asked, {}, 4), asked, SENTENCES) is None


def test_an_answer_type_is_missing_where_what_is_asked_about_has_none() -> None:
    asked = "How long is a host approved for?"
    assert type_missing(analyse(asked, {}, 4), asked, SENTENCES) == ("length of time", ("host", "approved"))
    assert type_missing(analyse(asked, {}, 4), asked, ("A host is approved for two years.",)) is None


def test_the_wording_names_them() -> None:
    assert "do not mention “signs”, “placement” or “agreement”." in not_mentioned(["signs", "placement", "agreement"])
    assert "say of “host” and “approved” gives no length of time." in not_of_type(
        "length of time", ["host", "approved"]
    )


@pytest.mark.parametrize(("read", "coverage", "passages", "is_answer"), [
    (LEAST_READ, 0.0, 4, True), (LEAST_READ - 1, 0.0, 4, False), (LEAST_READ - 1, 0.6, 4, True), (-9.0, 0.0, SMALL_PASSAGES, True),
])  # fmt: skip
def test_a_small_library_answers_what_the_reranker_or_the_words_confirm(
    read: float, coverage: float, passages: int, is_answer: bool
) -> None:
    assert is_confirmed({"read_best": read, "coverage_by_quote": coverage}, passages) is is_answer


def test_without_a_reranker_nothing_is_asked_of_it() -> None:
    assert is_confirmed({"coverage_by_quote": 0.0}, 4)
