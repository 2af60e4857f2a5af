"""Finds quoted words on one page of an edition."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from assistant.model import Page, Span
from assistant.text.quote_matching import places

LONGEST_QUOTE = 4000


def quote_on_page(quote: str, text: str, pages: Sequence[Page], number: int) -> Span | None:
    """Returns where a quote stands, wholly or in part, on a page; None where it does not or it is not certain.

    Matching forgives what the check of quotes forgives. Where a page has the words more than once, that is not certain.
    Only the page and what stands around it is looked at, however long the text.

    Args:
        quote: The words.
        text: The edition text.
        pages: Its page stretches.
        number: The page.
    """
    if len(quote) > LONGEST_QUOTE:
        return None
    reach = len(quote) * 2
    around = [(max(0, start - reach), end + reach) for start, end in _stretches(pages, number)]
    hits = {
        hit
        for start, end in around
        for place in places(quote, text[start:end])
        if slices(hit := Span(place.start + start, place.end + start), pages, number)
    }
    return hits.pop() if len(hits) == 1 else None


def slices(span: Span, pages: Sequence[Page], number: int) -> tuple[Span, ...]:
    """Returns what of a span stands on a page, in order; () where nothing does."""
    cut = (Span(max(span.start, start), min(span.end, end)) for start, end in _stretches(pages, number))
    return tuple(each for each in cut if each.start < each.end)


def _stretches(pages: Sequence[Page], number: int) -> Iterator[Span]:
    return (Span(page.start, page.end) for page in pages if page.number == number)
