"""From a quote that a language model gave to the whole sentences of the passage that it stands in.

A model may cut a quote where it suits: "share information without consent" out of "do not share …". So a citation
always shows, and a claim is always checked against, whole sentences with their lead-ins, and with the sentence
beside them that they lean on or that takes them back.
"""

from __future__ import annotations

from collections.abc import Sequence

from assistant.answering.compose.leaning import LEANS, TURNS
from assistant.answering.screening.embedded_instructions import speaks_to_a_program
from assistant.model import Passage, Sentence, Span
from assistant.text.quote_matching import comparable, places
from assistant.text.words import content_words

FEWEST_CONTENT_WORDS = 4
MOST_WORDS = 220
"""A quote that becomes longer than this with its sentences is not taken."""


def parts_of(quote: str, passage: Passage) -> tuple[Span, ...]:
    """Returns the stretches to cite for a quote, lead-ins first; () where it does not stand in the passage.

    Of a quote that stands there more than once, the first place is taken. Forgiven is what the check of quotes
    forgives; fewer than four content words are no quote, except a whole list item, which has its lead-in. A sentence
    that speaks to a program is no evidence.
    """
    found = next(places(quote, passage.text), None) if passage.is_quotable else None
    if found is None:
        return ()
    offset = passage.span.start
    touched = _touched(Span(found.start + offset, found.end + offset), passage.sentences)
    if not touched or not (len(content_words(quote)) >= FEWEST_CONTENT_WORDS or _is_item(quote, touched, passage)):
        return ()
    first, last = _widened(touched, passage)
    stretch = Span(passage.sentences[first].span.start, passage.sentences[last].span.end)
    lead_ins = {each for sentence in passage.sentences[first : last + 1] for each in sentence.lead_ins}
    outside = sorted(each for each in lead_ins if not (stretch.start <= each.start and each.end <= stretch.end))
    words = sum(end - start for start, end in (*outside, stretch)) / 6
    cited = passage.text[stretch.start - offset : stretch.end - offset]
    return () if words > MOST_WORDS or speaks_to_a_program(cited) else (*outside, stretch)


def _touched(span: Span, sentences: Sequence[Sentence]) -> tuple[int, ...]:
    return tuple(
        place for place, each in enumerate(sentences) if each.span.start < span.end and span.start < each.span.end
    )


def _is_item(quote: str, touched: Sequence[int], passage: Passage) -> bool:
    place = touched[0]
    is_whole = len(touched) == 1 and comparable(quote).rstrip(".;") == comparable(_text(place, passage)).rstrip(".;")
    return is_whole and bool(passage.sentences[place].lead_ins) and bool(content_words(quote))


def _widened(touched: Sequence[int], passage: Passage) -> tuple[int, int]:
    """Returns the first and last sentence to cite: with the list of a lead-in, and what is leant on or taken back."""
    first, last = touched[0], touched[-1]
    sentences = passage.sentences
    listed = [place for place, each in enumerate(sentences) if sentences[last].span in each.lead_ins]
    last = max([last, *listed])
    if first > 0 and LEANS.match(_text(first, passage)) and not sentences[first].lead_ins:
        first -= 1
    if last + 1 < len(sentences) and TURNS.match(_text(last + 1, passage)):
        last += 1
    return first, last


def _text(place: int, passage: Passage) -> str:
    start, end = passage.sentences[place].span
    return passage.text[start - passage.span.start : end - passage.span.start]
