"""The partnership's own sentence says nothing beyond the quotes; and in what questions are told apart."""

from __future__ import annotations

import numpy as np
import pytest

from assistant.answering.approved.matching import asked_of, differs_in, packaged_calibration
from assistant.answering.approved.own_words import faults_of
from assistant.answering.approved.reading import read
from assistant.answering.approved.wordings import repaired, stored
from tests.fakes import FakeEmbedder

QUOTE = "The practitioner must tell the designated officer within one working day if there is an allegation."


@pytest.mark.parametrize(
    "own",
    [
        "",
        "This is what our procedure says.",
        "Schools ask this often.",
        "The practitioner must tell the designated officer.",
    ],
)
def test_a_sentence_without_anything_of_its_own_is_allowed(own: str) -> None:
    assert faults_of(own, [QUOTE]) == ()


@pytest.mark.parametrize(
    ("own", "why"),
    [
        ("Do it within 3 days.", "number"),
        ("Do it within three working days.", "time limit"),
        ("Do it immediately.", "time limit"),
        ("The practitioner should tell somebody.", "duty word"),
        ("The practitioner may wait.", "duty word"),
        ("Ring 01234 567890.", "contact"),
        ("Mail help@example.org.", "contact"),
        ("Unless the parents agree.", "condition"),
        ("The police decide.", "body"),
        ("Never wait.", "denies"),
        ("Ring the parents.", "tell people to"),
        ("One. Two.", "more than one sentence"),
        ("x" * 301, "characters"),
    ],
)
def test_what_the_quotes_lack_is_refused_with_its_reason(own: str, why: str) -> None:
    assert any(why in each for each in faults_of(own, [QUOTE])), faults_of(own, [QUOTE])


@pytest.mark.parametrize(
    ("question", "differs"),
    [
        ("By when do we hold the first conference?", None),
        ("How soon must the second conference be held?", "numbers"),
        ("How soon must the conference be held in Northmere?", None),
        ("How soon must the conference be held for an adult?", "audience"),
        ("When must the conference not be held?", "negation"),
        ("Who chairs the conference?", "kind"),
        ("How soon must the conference report be sent to the police?", "names"),
        ("How soon must the RIDDOR conference be held?", "names"),
        ("How soon must a core group be held?", "names"),
    ],
)
def test_in_what_a_question_differs(question: str, differs: str | None) -> None:
    embedder = FakeEmbedder()
    (own,) = stored(
        [("a", ("How soon must an initial conference be held?", "By when is the first conference?"), "", "")], embedder
    )
    assert differs_in(asked_of(question, {}, ("Northmere",), embedder), own) == differs


def test_an_answer_for_an_area_needs_the_area_named_or_set() -> None:
    embedder = FakeEmbedder()
    (own,) = stored([("a", ("What is the number of the Northmere hub?",), "", "Northmere")], embedder)
    asked = asked_of("What is the number of the hub?", {}, ("Northmere",), embedder)
    assert differs_in(asked, own) == "names"
    assert differs_in(asked, own, ("Northmere",)) is None
    assert differs_in(asked_of("number of the hub in northmere", {}, ("Northmere",), embedder), own) is None


def test_the_clause_that_asks_is_found_and_typing_mistakes_are_repaired() -> None:
    reading = read("We had the strategy discussion on Tuesday; what is the latest date the conference can be held?")
    assert reading.core == "what is the latest date the conference can be held?"
    assert reading.kinds[0] == "time"
    assert (
        repaired("wen is the confrence for the chidl", {"conference": 3, "child": 2})
        == "wen is the conference for the child"
    )


def test_the_packaged_calibration_keeps_its_bound() -> None:
    found = packaged_calibration()
    assert found.false_matches_bound <= 0.01
    assert found.matched >= 0.8
    assert np.isfinite(found.threshold)
