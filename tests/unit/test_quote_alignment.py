"""From a model's quote to whole sentences: what is cut off a quote comes back, and what is not there stays out."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.answering.compose.quote_alignment import parts_of
from assistant.model import Digest, EditionId, Passage, PassageId, Sentence, SentenceKind, Span

PROSE = (
    "Practitioners must not share information without consent.",
    "This does not apply where a child is at risk of significant harm.",
    "The conference chair sends the minutes within 10 working days.",
    "They go to the parents as well.",
    "Records are kept for six years.",
)
START = 100


def passage(*lines: str, lead_in: Span | None = None, is_quotable: bool = True) -> Passage:
    text, sentences, at = " ".join(lines), [], START
    for line in lines:
        span = Span(at, at + len(line))
        sentences.append(Sentence(span, SentenceKind.LIST_ITEM, (lead_in,)) if lead_in else Sentence(span))
        at += len(line) + 1
    span = Span(START, START + len(text))
    edition = EditionId("e")
    return Passage(PassageId("p"), edition, span, (), None, text, text, Digest("0"), tuple(sentences), is_quotable)


def cited(quote: str, found: Passage) -> str:
    return " ".join(found.text[start - START : end - START] for start, end in parts_of(quote, found))


def test_a_negation_that_was_cut_off_comes_back_with_the_sentence_that_limits_it():
    assert cited("share information without consent", passage(*PROSE)) == f"{PROSE[0]} {PROSE[1]}"


def test_a_sentence_that_leans_on_the_one_before_brings_it():
    quote = "They reach the parents, the school and the police."
    assert cited(quote, passage(PROSE[2], quote, PROSE[4])) == f"{PROSE[2]} {quote}"


def test_a_list_item_brings_its_lead_in():
    found = passage("tell the parents the same day", lead_in=Span(40, 60))
    assert parts_of("tell the parents the same day", found) == (Span(40, 60), found.sentences[0].span)


def test_a_lead_in_brings_its_list():
    lead, item = "Personal information may be shared with partners only where:", "the child agrees"
    text = f"{lead}\n{item}"
    lead_span, item_span = Span(START, START + len(lead)), Span(START + len(lead) + 1, START + len(text))
    sentences = (Sentence(lead_span), Sentence(item_span, SentenceKind.LIST_ITEM, (lead_span,)))
    found = Passage(
        PassageId("p"), EditionId("e"), Span(START, START + len(text)), (), None, text, text, Digest("0"), sentences
    )
    assert parts_of("Personal information may be shared with partners", found) == (Span(START, START + len(text)),)


@pytest.mark.parametrize(
    "quote",
    [
        "",
        "10 working days",  # fewer than four content words
        "Practitioners must share information without consent.",
        "Practitioners must not … without consent of the child's parents",
        "The conference chair sends the minutes ... Records are kept for six years.",
        "Practitioners must not share information without consent. Records are kept for six years.",
        "onference chair sends the minutes within 10 working da",
        "The conference chair sends the minutes within 5 working days.",
    ],
)
def test_what_does_not_stand_there_word_for_word_in_one_stretch_has_no_place(quote):
    assert parts_of(quote, passage(*PROSE)) == ()


def test_a_figure_is_never_quoted():
    assert parts_of(PROSE[0], passage(*PROSE, is_quotable=False)) == ()


def test_a_quote_that_becomes_too_long_is_not_taken():
    long = "The conference chair sends many " + "long " * 300 + "minutes."
    assert parts_of(long, passage(long)) == ()


@given(st.integers(0, len(PROSE) - 1), st.integers(0, 30), st.integers(1, 60))
def test_every_cited_stretch_holds_the_quote_and_is_whole_sentences(which, start, length):
    found = passage(*PROSE)
    words = PROSE[which].split()
    quote = " ".join(words[start % len(words) :][:length])
    parts = parts_of(quote, found)
    spans = [each.span for each in found.sentences]
    if parts:
        assert quote in cited(quote, found)
        assert parts[-1].start in {each.start for each in spans}
        assert parts[-1].end in {each.end for each in spans}
