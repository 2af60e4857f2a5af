"""Lines of a quote: items, numbers, nesting, rows under their columns, and their layout in every kind of text."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

import pytest
from hypothesis import given
from hypothesis import strategies as st

from api.web.quote_blocks import quote_blocks
from assistant.editions.locations import headings_at
from assistant.editions.quote_lines import mark_of, quote_lines
from assistant.model import Citation, Edition, EditionId, Kind, LineKind, Part, Passage, PassageId, QuoteLine, Span
from assistant.outcomes.quote_text import lines_of, plain_text, quote_markdown, quote_text
from ingest.cutting.passages import cut_passages
from ingest.cutting.sections import lay_out
from ingest.readers.html import blocks_of_html
from ingest.readers.markdown import blocks_of_markdown

EDITION = Edition(EditionId("e"), "e", "Gateway decisions", Kind.POLICY)
STEPS = """# Gateway

## Steps

After a refusal the worker must:

1. write to the parents
2. tell the manager
3. ask the school to
   - report absences
   - keep a chronology
"""
GROUNDS = """# Gateway

A case may go to the panel if:

- the plan has failed twice
- a visit was refused, or
- a worker was threatened
"""
TABLE = """# Need

| Level | Lead | Review |
|---|---|---|
| Level 2 | Lead practitioner | 6 weeks |
| Level 3 | Social worker | |
"""


@dataclass(frozen=True)
class Laid:
    """One edition, as much of a snapshot as lines of quotes need."""

    whole: str
    held: tuple[Passage, ...]

    def text(self, edition_id: EditionId) -> str:
        return self.whole

    def passage_at(self, edition_id: EditionId, span: Span) -> Passage | None:
        return next((p for p in self.held if p.span.start <= span.start and span.end <= p.span.end), None)

    def span(self, first: str, last: str = "") -> Span:
        start = self.whole.index(first)
        return Span(start, self.whole.index(last or first, start) + len(last or first))

    def lines(self, *parts: Span) -> tuple[QuoteLine, ...]:
        return quote_lines(parts, EDITION.edition_id, self)  # type: ignore[arg-type]

    def citation(self, *parts: Span) -> Citation:
        shown = tuple(Part(self.whole[start:end], Span(start, end), (1,), ("1",)) for start, end in parts)
        return Citation(1, EDITION, ("Gateway decisions",), None, shown, None, PassageId("p"), self.lines(*parts))


def laid(raw: str, *, is_html: bool = False, limit: int = 400) -> Laid:
    found = lay_out(blocks_of_html(raw) if is_html else blocks_of_markdown(raw))
    count = lambda texts: tuple(len(text.split()) + 2 for text in texts)  # noqa: E731
    return Laid(found.text, cut_passages(EDITION, found, count_tokens=count, limit_tokens=limit))


def test_a_list_keeps_its_lines_its_numbers_and_its_nesting() -> None:
    steps = laid(STEPS)
    assert plain_text(steps.lines(steps.span("After a refusal", "keep a chronology"))).split("\n") == [
        "After a refusal the worker must:",
        "1. write to the parents",
        "2. tell the manager",
        "3. ask the school to",
        "   - report absences",
        "   - keep a chronology",
    ]


def test_words_between_items_stay_in_their_line() -> None:
    grounds = laid(GROUNDS)
    shown = plain_text(grounds.lines(grounds.span("A case", "threatened")))
    assert "- a visit was refused, or\n- a worker was threatened" in shown


@pytest.mark.parametrize("limit", [400, 14])
def test_parts_are_laid_out_like_one_stretch_whatever_passages_they_lie_in(limit: int) -> None:
    steps = laid(STEPS, limit=limit)
    whole = steps.lines(laid(STEPS).span("After a refusal", "keep a chronology"))
    names = ("After a refusal the worker must:", "write to the parents", "tell the manager", "ask the school to")
    parts = steps.lines(*(steps.span(each) for each in (*names, "report absences", "keep a chronology")))
    assert plain_text(parts) == plain_text(whole)
    assert [line.is_lead_in for line in parts] == [True, False, False, True, False, False]


def test_an_item_that_is_not_the_next_one_says_that_words_are_left_out() -> None:
    steps = laid(STEPS)
    lines = steps.lines(steps.span("After a refusal the worker must:"), steps.span("tell the manager"))
    assert plain_text(lines) == "After a refusal the worker must:\n2. … tell the manager"


def test_a_row_is_shown_under_its_columns_and_never_with_bars() -> None:
    table = laid(TABLE)
    header, row = table.span("Level | Lead | Review"), table.span("Level 2 | Lead practitioner | 6 weeks")
    assert plain_text(table.lines(header, row)) == "Level: Level 2\nLead: Lead practitioner\nReview: 6 weeks"
    assert plain_text(table.lines(row)) == plain_text(table.lines(header, row))


def test_rows_are_told_apart_and_empty_cells_are_left_out() -> None:
    table = laid(TABLE)
    whole = table.lines(table.span("Level | Lead | Review", "Social worker | "))
    assert plain_text(whole).split("\n")[3:] == ["Level: Level 3", "   Lead: Social worker"]
    assert "|" not in plain_text(whole)


def test_a_sentence_of_a_long_cell_stands_under_its_column() -> None:
    long = " ".join(f"Sentence {n} of this cell says what is done then." for n in range(12))
    table = laid(f"# T\n\n| Step | What to do |\n|---|---|\n| First | {long} |\n")
    sentence = table.span("Sentence 3 of this cell says what is done then.")
    lines = table.lines(table.span("Step | What to do"), table.span("First"), sentence)
    assert plain_text(lines) == "Step: First\nWhat to do: Sentence 3 of this cell says what is done then."


def test_html_lists_and_definitions_keep_their_lines() -> None:
    items = "<ol type='a'><li>ring first<ul><li>by day</li></ul></li><li>write later</li></ol>"
    page = laid(f"<h1>A</h1><p>Staff must:</p>{items}", is_html=True)
    assert plain_text(page.lines(page.span("Staff", "later"))) == (
        "Staff must:\n(a) ring first\n   - by day\n(b) write later"
    )


def test_sentences_of_a_paragraph_share_a_line_and_those_left_out_leave_dots() -> None:
    text = laid("# A\n\nOne must ring. Two may wait. Three should write.\n")
    one, two, three = (text.span(each) for each in ("One must ring.", "Two may wait.", "Three should write."))
    assert plain_text(text.lines(one, two)) == "One must ring. Two may wait."
    assert plain_text(text.lines(one, three)) == "One must ring. … Three should write."


@pytest.mark.parametrize(("label", "words", "mark"), [
    ("1", "write", "1."), ("1", "1. write", ""), ("b", "write", "(b)"), ("b", "(b) write", ""), ("1", "10 days later", "1."),
    (None, "write", ""), ("iv", "write", "(iv)"),
])  # fmt: skip
def test_a_number_is_never_doubled(label: str | None, words: str, mark: str) -> None:
    assert mark_of(label, words) == mark


def test_markdown_has_lists_that_stay_lists() -> None:
    steps = laid(STEPS)
    shown = quote_markdown(steps.citation(steps.span("After a refusal", "keep a chronology")))
    assert shown == (
        "“After a refusal the worker must:\n\n1. write to the parents\n2. tell the manager\n3. ask the school to\n"
        "   - report absences\n   - keep a chronology”"
    )


def test_the_page_has_lists_in_lists_and_rows_of_terms() -> None:
    steps, table = laid(STEPS), laid(TABLE)
    lead_in, listed = quote_blocks(steps.citation(steps.span("After a refusal", "keep a chronology")))
    assert lead_in.text == "After a refusal the worker must:"
    assert [(each.mark, len(each.items)) for each in listed.items] == [("1.", 0), ("2.", 0), ("3.", 2)]
    (row,) = quote_blocks(table.citation(table.span("Level 2 | Lead practitioner | 6 weeks")))
    assert row.cells[1] == ("Lead", "Lead practitioner")


def part(quote: str, start: int) -> Part:
    return Part(quote, Span(start, start + 50), (1,), ("1",))


def test_an_outcome_of_an_earlier_release_keeps_the_lines_of_its_words() -> None:
    parts = ("The worker must:", "ring\nwrite"), ("Level | Lead", "Two | Practitioner")
    listed, row = (
        Citation(1, EDITION, (), None, tuple(map(part, each, (0, 90))), None, PassageId("p")) for each in parts
    )
    assert quote_text(listed) == "The worker must:\n… ring\nwrite"
    assert quote_text(row) == "Level: Two\nLead: Practitioner"
    assert lines_of(row)[0].kind is LineKind.ROW


def test_a_heading_with_a_not_is_shown_only_where_it_stands_before_the_quote() -> None:
    text = "Visits\n\nDo not\n\nvisit alone\n\nMyths\n\nring"
    at = text.index("visit alone")
    assert headings_at(("Visits", "Do not"), at, text) == ("Visits", "Do not")
    assert headings_at(("Visits", "Myths"), at, text) == ("Visits",)
    assert headings_at(("Elsewhere",), at, text) == ("Elsewhere",)


WORD = st.sampled_from(["ring", "write", "the school", "within 2 days", "must not", "or", "and"])
ITEMS = st.lists(
    st.tuples(st.integers(0, 2), st.lists(WORD, min_size=1, max_size=4).map(" ".join)), min_size=1, max_size=8
)


@given(ITEMS, st.booleans())
def test_every_word_is_shown_once_and_in_order(items: Sequence[tuple[int, str]], is_numbered: bool) -> None:
    sign = "1." if is_numbered else "-"
    lines = (f"{'    ' * min(depth, place)}{sign} {text}" for place, (depth, text) in enumerate(items))
    raw = "\n".join(("# A\n\nStaff must:\n", *lines))
    text = laid(raw)
    span = Span(text.whole.index("Staff"), len(text.whole))
    shown = "".join(re.sub(r"^\s*(?:-|\d+\.) ", "", line) for line in plain_text(text.lines(span)).split("\n"))
    assert "".join(shown.split()) == "".join(text.whole[span.start :].split())
