"""Headings above a quote: the nearest that say something, and always those that turn the text round."""

from __future__ import annotations

from dataclasses import replace

import pytest

from assistant.outcomes.citation_text import CitationText
from assistant.text.headings import turns_round
from tests import outcomes


@pytest.mark.parametrize("heading", [
    "Do not", "When not to refer", "What is not neglect", "Myths", "What doesn’t work", "Never promise secrecy", "Don't",
    "Exceptions", "Poor practice", "Common mistakes", "Who cannot consent", "Without consent", "Things to avoid",
])  # fmt: skip
def test_a_heading_with_a_negation_turns_its_text_round(heading: str) -> None:
    assert turns_round(heading)


@pytest.mark.parametrize("heading", ["When to refer", "Notice", "Notes", "Knots", "Not only schools", "Do"])
def test_other_headings_do_not(heading: str) -> None:
    assert not turns_round(heading)


@pytest.mark.parametrize(("headings", "path"), [
    (("Neglect", "4. Referrals", "Overview"), "4. Referrals > Overview"),
    (("Neglect", "Referrals", "Overview", "Time limits"), "Referrals > Overview > Time limits"),
    (("Do not", "At home", "Visits", "After dark"), "Do not > At home > Visits > After dark"),
    (("Part one", "At home", "Visits", "After dark"), "Visits > After dark"),
])  # fmt: skip
def test_the_path_goes_up_to_a_heading_that_speaks_or_turns(headings: tuple[str, ...], path: str) -> None:
    words = CitationText.of(replace(outcomes.citation(), headings=headings))
    assert words.heading_path == path
    assert words.subject == f"Local policy > {path}"


def test_the_headings_that_turn_the_text_round_are_said_in_full() -> None:
    words = CitationText.of(replace(outcomes.citation(), headings=("Myths", "Do not ring the parents first:")))
    assert words.turning == "Myths > Do not ring the parents first"
    assert CitationText.of(outcomes.citation()).turning == ""
