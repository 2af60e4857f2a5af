from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st

from assistant.editions.locations import pages_of
from assistant.model import Edition, EditionId, Kind, SentenceKind, Span
from ingest.cutting.passages import cut_passages, embedded_sentence
from ingest.cutting.sections import lay_out
from ingest.readers.blocks import Block, BlockKind, Mark, ReadFile
from ingest.readers.source_map import mapped

EDITION = Edition(EditionId("e"), "e", "A title", Kind.POLICY)
KINDS = [k for k in BlockKind if k is not BlockKind.FIGURE]


def count(texts):
    return tuple(len(text.split()) + 2 for text in texts)


def block(kind, text, page=1, start=0, level=1, label=None, marks=()):
    return Block(kind, text, mapped(text, page, start).runs(), level, label, marks)


def read(*blocks, pages=1):
    return ReadFile(tuple(blocks), ("",) * pages, tuple(str(n) for n in range(1, pages + 1)))


words = st.lists(st.sampled_from(["must", "act.", "Child", "and", "day.", "Why?"]), min_size=1, max_size=30)
blocks = st.lists(st.tuples(st.sampled_from(list(BlockKind)), words, st.integers(1, 3)), min_size=1, max_size=25)


@st.composite
def files(draw):
    drawn = sorted(draw(blocks), key=lambda each: each[2])
    return read(*(block(kind, " ".join(text), page) for kind, text, page in drawn), pages=3)


@given(files(), st.integers(20, 80))
def test_passages_are_their_span_and_cover_the_body_once(found, limit):
    laid_out = lay_out(found)
    passages = cut_passages(EDITION, laid_out, count_tokens=count, limit_tokens=limit)
    covered = [at for p in passages for at in range(*p.span)]
    body = [at for unit in laid_out.units for at in range(*unit.span)]
    assert len(covered) == len(set(covered))
    assert set(body) <= set(covered)
    assert all(p.text == laid_out.text[p.span.start : p.span.end] for p in passages)
    assert all(laid_out.text[at].isspace() for at in set(covered) - set(body))


@given(files(), st.integers(20, 80))
def test_no_sentence_is_split_and_embedded_text_fits_unless_one_sentence_alone_does_not(found, limit):
    laid_out = lay_out(found)
    for passage in cut_passages(EDITION, laid_out, count_tokens=count, limit_tokens=limit):
        assert all(passage.span.start <= s.span.start and s.span.end <= passage.span.end for s in passage.sentences)
        assert count([passage.embed_text])[0] <= limit


@given(files())
def test_pages_cover_the_text_and_agree_with_where_characters_came_from(found):
    laid_out = lay_out(found)
    assert laid_out.pages[0].start == 0
    assert laid_out.pages[-1].end == len(laid_out.text)
    for run in laid_out.offsets:
        (page,) = pages_of(Span(run.start, run.start + 1), laid_out.pages)
        assert page.number == run.page


@given(files())
def test_cutting_again_gives_the_same(found):
    first, second = (cut_passages(EDITION, lay_out(found), count_tokens=count, limit_tokens=40) for _ in range(2))
    assert first == second
    assert len({p.passage_id for p in first}) == len(first)


def test_a_list_item_carries_its_lead_ins_outermost_first():
    laid_out = lay_out(
        read(
            block(BlockKind.PARAGRAPH, "Before. The plan should:"),
            block(BlockKind.LIST_ITEM, "name people:", level=1),
            block(BlockKind.LIST_ITEM, "the lead", level=2),
            block(BlockKind.LIST_ITEM, "set dates", level=1),
            block(BlockKind.PARAGRAPH, "After the list."),
            block(BlockKind.LIST_ITEM, "on its own"),
        )
    )
    spoken = [embedded_sentence(laid_out.text, s) for unit in laid_out.units for s in unit.sentences]
    assert spoken == [
        "Before.",
        "The plan should:",
        "The plan should: name people:",
        "The plan should: name people: the lead",
        "The plan should: set dates",
        "After the list.",
        "on its own",
    ]


def test_a_table_row_carries_its_header_and_a_long_one_is_quoted_by_sentence():
    row = "Act | " + "It must be so. " * 30
    laid_out = lay_out(read(block(BlockKind.TABLE_HEADER, "Step | What"), block(BlockKind.TABLE_ROW, row.strip())))
    header, *rest = (s for unit in laid_out.units for s in unit.sentences)
    assert header.kind is SentenceKind.TABLE_ROW
    assert embedded_sentence(laid_out.text, rest[1]) == "Step | What Act It must be so."


def test_sections_follow_numbering_before_size():
    laid_out = lay_out(
        read(
            block(BlockKind.HEADING, "1. First", level=1, label="1"),
            block(BlockKind.HEADING, "1.1 Below", level=2, label="1.1"),
            block(BlockKind.HEADING, "2. Second, set smaller", level=2, label="2"),
            block(BlockKind.PARAGRAPH, "Text."),
        )
    )
    assert laid_out.sections[-1].headings == ("2. Second, set smaller",)
    assert laid_out.sections[-1].label == "2"


def test_a_figure_is_found_but_never_quoted():
    laid_out = lay_out(read(block(BlockKind.FIGURE, "Boxes out of order.")))
    (passage,) = cut_passages(EDITION, laid_out, count_tokens=count, limit_tokens=50)
    assert not passage.is_quotable
    assert passage.sentences == ()


def test_a_footnote_is_attached_to_its_mark():
    laid_out = lay_out(
        read(
            block(BlockKind.PARAGRAPH, "They must act.", marks=(Mark(13, "7"),)),
            block(BlockKind.FOOTNOTE, "Children Act 1989.", label="7"),
        )
    )
    (note,) = laid_out.footnotes
    assert (note.mark, laid_out.text[note.anchor - 3 : note.anchor]) == ("7", "act")


def quoted(*found):
    """Returns the parts of each sentence: its lead-ins, then itself."""
    laid_out = lay_out(read(*found))
    return [
        [laid_out.text[start:end] for start, end in (*each.lead_ins, each.span)]
        for unit in laid_out.units
        for each in unit.sentences
    ]


def test_a_note_that_limits_a_rule_is_quoted_with_it_and_one_that_only_refers_alone():
    rule = block(BlockKind.PARAGRAPH, "Visit in ten days. Then write.", marks=(Mark(18, "1"), Mark(30, "2")))
    notes = [
        block(BlockKind.FOOTNOTE, text, label=at) for at, text in (("1", "Not in August."), ("2", "See section 4."))
    ]
    assert quoted(rule, *notes)[2:] == [["Visit in ten days.", "Not in August."], ["See section 4."]]


def test_a_note_of_an_item_is_quoted_with_the_item_and_its_lead_in():
    item = block(BlockKind.LIST_ITEM, "ring the police", marks=(Mark(15, "a"),))
    lead = block(BlockKind.PARAGRAPH, "Staff must:")
    assert quoted(lead, item, block(BlockKind.FOOTNOTE, "Not by letter.", label="a"))[-1] == [
        "Staff must:",
        "ring the police",
        "Not by letter.",
    ]


def test_a_label_without_a_list_is_no_sentence_and_leads_into_a_short_line():
    label, line = block(BlockKind.PARAGRAPH, "Out of hours:"), block(BlockKind.PARAGRAPH, "01234 555 0100")
    prose = block(BlockKind.PARAGRAPH, "Word " * 30)
    assert quoted(label, line, line) == [["Out of hours:", "01234 555 0100"], ["01234 555 0100"]]
    assert quoted(label, prose) == [[("Word " * 30).strip()]]
    note = block(BlockKind.FOOTNOTE, "See Act A.", label="1")
    assert quoted(label, note, block(BlockKind.LIST_ITEM, "ring"))[-1] == ["Out of hours:", "ring"]
    assert quoted(label, block(BlockKind.LIST_ITEM, "ring")) == [["Out of hours:"], ["Out of hours:", "ring"]]


def test_rows_have_their_header_and_the_rows_that_they_stand_under_and_no_other_tables():
    def row(text, level=1, kind=BlockKind.TABLE_ROW, opens=False):
        return replace(block(kind, text, level=level), opens_table=opens)

    rows = (
        row("A | B", kind=BlockKind.TABLE_HEADER, opens=True),
        row("a | b:"),
        row("c | d", 2, opens=True),
        row("e | f", 2),
        row("g | h"),
        row("i | j", opens=True),
        row("k | l"),
    )
    assert quoted(*rows)[1:] == [
        ["A | B", "a | b:"],
        ["A | B", "a | b:", "c | d"],
        ["A | B", "a | b:", "e | f"],
        ["A | B", "g | h"],
        ["i | j"],
        ["k | l"],
    ]


def test_bulleted_items_of_a_long_cell_are_sentences_led_in_by_their_row():
    cell = "Staff must: • ring the police • write " + "word " * 60 + "• Then rest. Go home."
    rows = quoted(block(BlockKind.TABLE_HEADER, "Level | What to do"), block(BlockKind.TABLE_ROW, f"High | {cell}"))
    lead = ["Level | What to do", "High"]
    assert rows[1:] == [
        ["Level | What to do", "High"],
        [*lead, "Staff must:"],
        [*lead, "Staff must:", "ring the police"],
        [*lead, "Staff must:", ("write " + "word " * 60).strip()],
        [*lead, "Staff must:", "Then rest."],
        [*lead, "Staff must:", "Go home."],
    ]
