"""Finds quoted words in the text of an edition and what of them stands on one page."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from assistant.model import Page, Span
from assistant.text.quote_matching import comparable

_ALIKE = ("'‘’‚‛′´`", '"“”„‟″«»', "-‐‑‒–—―−")
_LIGATURES = {"ffi": "ﬃ|ﬀi|fﬁ", "ffl": "ﬄ|ﬀl|fﬂ", "ff": "ﬀ", "fi": "ﬁ", "fl": "ﬂ", "st": "ﬅ|ﬆ"}
_CLASS = {each: f"[{re.escape(group)}]" for group in _ALIKE for each in group}
_PARTS = re.compile(rf"\s+|{'|'.join(_LIGATURES)}|.", re.DOTALL)
LONGEST_QUOTE = 4000


def quote_on_page(quote: str, text: str, pages: Sequence[Page], number: int) -> Span | None:
    """Returns where a quote stands, wholly or in part, on a page; None where it does not or it is not certain.

    Matching forgives what the check of quotes forgives. Where a page has the words more than once, that is not certain.

    Args:
        quote: The words.
        text: The edition text.
        pages: Its page stretches.
        number: The page.
    """
    pattern = _pattern(quote)
    if pattern is None:
        return None
    around = [Span(max(0, s.start - len(quote) * 2), s.end + len(quote) * 2) for s in _stretches(pages, number)]
    found = {
        Span(*match.span())
        for start, end in around
        for match in pattern.finditer(text, start, min(end, len(text)))
        if slices(Span(*match.span()), pages, number)
    }
    return found.pop() if len(found) == 1 else None


def slices(span: Span, pages: Sequence[Page], number: int) -> tuple[Span, ...]:
    """Returns what of a span stands on a page, in order; () where nothing does."""
    cut = (Span(max(span.start, s.start), min(span.end, s.end)) for s in _stretches(pages, number))
    return tuple(each for each in cut if each.start < each.end)


def _stretches(pages: Sequence[Page], number: int) -> Iterator[Span]:
    return (Span(each.start, each.end) for each in pages if each.number == number)


def _pattern(quote: str) -> re.Pattern[str] | None:
    quote = comparable(quote)
    if not quote or len(quote) > LONGEST_QUOTE:
        return None
    words = "".join(_one(part) for part in _PARTS.findall(quote))
    return re.compile(rf"(?<!\w){words}(?!\w)" if quote[0].isalnum() and quote[-1].isalnum() else words)


def _one(part: str) -> str:
    if part.isspace():
        return r"\s+"
    if part in _LIGATURES:
        return f"(?:{part}|{_LIGATURES[part]})"
    return _CLASS.get(part) or re.escape(part)


def places(quote: str, text: str) -> Iterator[Span]:
    """Yields where a quote stands in a text, first to last, with what the check of quotes forgives."""
    pattern = _pattern(quote)
    return iter(()) if pattern is None else (Span(*match.span()) for match in pattern.finditer(text))
