"""Laws of the meaning verifier: no edit of a quote that changes what it says is taken, for any quote."""

from __future__ import annotations

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from assistant.answering.verify.meaning.check import check_meaning
from assistant.model import Verdict
from evals.training.edits import EDITS, spliced
from tests.meaning_edits import sentences

WHO = ("the school", "the local authority", "a social worker", "the designated nurse", "each agency", "foster carers")
DUTY = ("must", "should", "may", "will", "must not", "should not")
DOES = (
    ("tell", "told"),
    ("visit", "visited"),
    ("support", "supported"),
    ("assess", "assessed"),
    ("consult", "consulted"),
)
WHOM = ("the parents", "every child in the home", "the police", "the head teacher", "all new staff", "the panel chair")
WHEN = ("within five working days", "before the review", "at least twice a year", "after 31 March", "during the visit")
IF = (
    "if the child agrees",
    "unless a court has decided otherwise",
    "where there is a risk of harm",
    "when asked in writing",
)

SYNONYMS = (
    ("at least", "no fewer than"), ("must", "shall"), ("should", "ought to"), ("twice a year", "twice annually"),
    ("before", "prior to"), ("tell", "inform"), ("every", "each"), ("if", "where"), ("unless", "except where"),
    ("must not", "is not allowed to"), ("five", "5"), ("local authority", "council"),
)  # fmt: skip


def is_taken(claim: str, quote: str) -> bool:
    return check_meaning(claim, quote).verdict is Verdict.SUPPORTED


def upper(text: str) -> str:
    return text[0].upper() + text[1:]


@st.composite
def duties(draw: st.DrawFn) -> tuple[str, ...]:
    """Who, duty, what is done, participle, to whom, when, on what condition."""
    who, whom = draw(st.sampled_from(WHO)), draw(st.sampled_from(WHOM))
    does, done = draw(st.sampled_from(DOES))
    return who, draw(st.sampled_from(DUTY)), does, done, whom, draw(st.sampled_from(WHEN)), draw(st.sampled_from(IF))


def said(who: str, duty: str, does: str, done: str, whom: str, when: str, cond: str) -> str:
    return upper(f"{who} {duty} {does} {whom} {when} {cond}.")


ALL = st.one_of(st.sampled_from(sentences()), duties().map(lambda parts: said(*parts)))


@pytest.mark.parametrize("kind", EDITS)
@given(quote=ALL, data=st.data())
@settings(deadline=None, max_examples=150)
def test_an_edited_quote_is_not_taken(kind: str, quote: str, data: st.DataObject) -> None:
    edited = sorted(set(EDITS[kind](quote)) - {quote})
    assume(edited)
    claim = data.draw(st.sampled_from(edited))
    assert not is_taken(claim, quote), claim


@given(first=ALL, second=ALL, data=st.data())
@settings(deadline=None, max_examples=200)
def test_two_quotes_spliced_are_not_taken(first: str, second: str, data: st.DataObject) -> None:
    made = sorted(set(spliced(first, second)) - {first, second})
    assume(made)
    claim = data.draw(st.sampled_from(made))
    assume(not is_taken(claim, first))
    assume(not is_taken(claim, second))
    assert not is_taken(claim, f"{first} {second}"), claim


@given(quote=ALL)
@settings(deadline=None)
def test_a_quote_says_itself(quote: str) -> None:
    assert is_taken(quote, quote)


@given(quotes=st.lists(ALL, min_size=2, max_size=3), data=st.data())
@settings(deadline=None)
def test_whole_sentences_that_nothing_after_them_qualifies_are_taken(quotes: list[str], data: st.DataObject) -> None:
    ended = [each if each.endswith((".", "!", "?")) else f"{each}." for each in map(upper, quotes)]
    assume(not any(each.startswith(("Unless", "Only", "But", "And", "However", "Except")) for each in ended))
    assume(not any(word in each for each in ended for word in (" appl", "exempt", "exception", "exclu")))
    kept = data.draw(st.lists(st.sampled_from(range(len(ended))), min_size=1, unique=True).map(sorted))
    assert is_taken(" ".join(ended[at] for at in kept), " ".join(ended))


@given(parts=duties())
@settings(deadline=None)
def test_a_condition_may_stand_in_front_or_at_the_end(parts: tuple[str, ...]) -> None:
    who, duty, does, _, whom, when, cond = parts
    front, end = upper(f"{cond}, {who} {duty} {does} {whom} {when}."), said(*parts)
    assert is_taken(front, end)
    assert is_taken(end, front)


@given(parts=duties())
@settings(deadline=None)
def test_active_may_become_passive_and_back(parts: tuple[str, ...]) -> None:
    who, duty, does, done, whom, when, _ = parts
    active = upper(f"{who} {duty} {does} {whom} {when}.")
    passive = upper(f"{whom} {duty} be {done} by {who} {when}.")
    assert is_taken(passive, active)
    assert is_taken(active, passive)
    assume(who != whom)
    assert not is_taken(upper(f"{who} {duty} be {done} by {whom} {when}."), active)


@given(parts=duties(), data=st.data())
@settings(deadline=None)
def test_listed_synonyms_are_taken(parts: tuple[str, ...], data: st.DataObject) -> None:
    quote = said(*parts)
    there = [pair for pair in SYNONYMS if f" {pair[0]} " in quote]
    assume(there)
    old, new = data.draw(st.sampled_from(there))
    assert is_taken(quote.replace(f" {old} ", f" {new} ", 1), quote)


@given(claim=st.text(max_size=80), quote=ALL)
@settings(deadline=None)
def test_any_text_gets_a_verdict_with_a_reason(claim: str, quote: str) -> None:
    checked = check_meaning(claim, quote)
    assert checked.reason.endswith(".")
    assert len(checked.reason) < 400
