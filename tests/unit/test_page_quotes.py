"""Quoted words in the text of an edition, on one page of it."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.model import Page, Span
from assistant.text.page_quotes import quote_on_page, slices
from assistant.text.quote_matching import comparable

TEXT = "One must act. Two may ask.\nOne must act. It\u2019s \u201cthe of\ufb01ce\u201d \u2013 always."
PAGES = (Page(1, "i", 0, 27), Page(2, "1", 27, len(TEXT)))


def words(quote, number):
    span = quote_on_page(quote, TEXT, PAGES, number)
    return None if span is None else TEXT[span.start : span.end]


@pytest.mark.parametrize(
    ("quote", "number", "found"),
    [
        ("Two may ask.", 1, "Two may ask."),
        ("Two may ask.", 2, None),
        ("One must act.", 1, "One must act."),
        ("One must act.", 2, "One must act."),
        ('It\'s "the office" - always.', 2, "It\u2019s \u201cthe of\ufb01ce\u201d \u2013 always."),
        ("Two may  ask. One must", 1, "Two may ask.\nOne must"),
        ("Two may ask. One must", 2, "Two may ask.\nOne must"),
        ("wo may ask", 1, None),
        ("Two must ask.", 1, None),
        ("", 1, None),
        ("Two may ask.", 3, None),
    ],
)
def test_a_quote_is_found_on_its_page_as_quotes_are_checked(quote, number, found):
    assert words(quote, number) == found


def test_what_stands_on_the_page_twice_is_not_certain():
    assert quote_on_page("act", "act or act", (Page(1, "1", 0, 10),), 1) is None


@given(st.text(min_size=1, max_size=40))
def test_what_is_found_is_comparable(quote):
    text = f"Before: {quote} :after"
    span = quote_on_page(quote, text, (Page(1, "1", 0, len(text)),), 1)
    if span is not None:
        assert comparable(text[span.start : span.end]) == comparable(quote)


@given(st.integers(0, 60), st.integers(0, 60))
def test_the_slices_on_all_pages_make_the_span(start, length):
    span = Span(min(start, len(TEXT)), min(start + length, len(TEXT)))
    cut = [each for page in PAGES for each in slices(span, PAGES, page.number)]
    assert "".join(TEXT[a:b] for a, b in cut) == TEXT[span.start : span.end]
