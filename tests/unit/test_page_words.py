"""Where quoted words stand among the characters of a page."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.adapters.pages.words import find_quotes, fold

PAGE = "You must:\r\ntell the family\r\nYou must:\r\nrecord the reasons.\r\nIt\u2019s the chil\u0002dren\u2019s of\ufb01ce \u2013 no other."


def shown(page, *quotes):
    return [" ".join(page[start:end].split()) for start, end in find_quotes(page, quotes)]


@pytest.mark.parametrize(
    ("quote", "there"),
    [
        ("tell the family", "tell the family"),
        ("record   the\nreasons.", "record the reasons."),
        ("It's the children's office - no other.", "It\u2019s the chil\u0002dren\u2019s of\ufb01ce \u2013 no other."),
    ],
)
def test_it_forgives_space_marks_dashes_ligatures_and_line_ends(quote, there):
    assert shown(PAGE, quote) == [there]


@pytest.mark.parametrize(
    "quote",
    ["tell the families", "tell family", "may record the reasons", "ell the family", "tell the fam", "", "  ", "-"],
)
def test_it_forgives_no_word(quote):
    assert shown(PAGE, quote) == []


def test_words_that_stand_twice_are_not_certain_unless_a_quote_follows():
    assert shown(PAGE, "You must:") == []
    found = find_quotes(PAGE, ["You must:", "record the reasons."])
    assert [place.start for place in found] == [PAGE.rindex("You must:"), PAGE.index("record")]


def test_one_that_is_missing_leaves_nothing():
    assert shown(PAGE, "tell the family", "and nobody else") == []


def test_a_footnote_mark_on_the_page_may_stand_between_words():
    page = "Agencies12 must act within 45 working days.\n12 See the annex."
    assert shown(page, "Agencies must act within 45 working days.") == ["Agencies12 must act within 45 working days."]
    assert shown(page, "must act within 4 working days.") == []


def test_long_pieces_that_stand_apart_are_found_in_order():
    page = "The named lead records each A BOX BESIDE THE TEXT decision and its reasons."
    quote = "The named lead records each decision and its reasons."
    assert shown(page, quote) == ["The named lead records each", "decision and its reasons."]
    assert shown("decision and its reasons. X The named lead records each", quote) == []


@given(st.text(min_size=1, max_size=60), st.text(max_size=40), st.text(max_size=40))
def test_what_is_found_reads_as_the_quote(quote, before, after):
    page = f"{before} {quote} {after}"
    for start, end in find_quotes(page, [quote])[:1]:
        assert fold(page[start:end]).text.startswith(fold(quote).text[:1])
    found = find_quotes(page, [quote])
    if len(found) == 1 and not any(each.isdigit() for each in page):
        assert fold(page[found[0].start : found[0].end]).text == fold(quote).text


@given(st.text(max_size=80))
def test_every_place_names_its_character(text):
    folded = fold(text)
    assert len(folded.text) == len(folded.places)
    assert list(folded.places) == sorted(folded.places)
    assert all(0 <= place < len(text) for place in folded.places)
