"""Pages drawn for the test, read as a careful reader would read them."""

from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from reportlab.pdfgen.canvas import Canvas

from ingest.readers.pdf import read_pdf
from tests.pdf_files import Drawn, drawn, write_pdf
from tests.reading import check_runs, left_out, seen, texts

FILLER = [
    "Staff in every setting have a part to play in keeping children safe, and they",
    "know whom to tell when they are worried about a child. The lead answers them",
    "on the same day and writes down what was decided and why.",
]
"""Running text of full lines, so that a page has a body to measure by."""


@pytest.fixture
def read(tmp_path):
    def made(*pages):
        found = read_pdf(write_pdf(tmp_path / "made.pdf", pages))
        check_runs(found)
        return found

    return made


def test_two_columns_are_read_one_after_the_other(read):
    left = [f"Left line {n} goes on without an end and" for n in range(1, 8)]
    right = [f"right line {n} goes on without an end and" for n in range(1, 8)]
    (only,) = texts(read(drawn(left) + drawn(right, x=320)), "paragraph")
    assert only == " ".join(left + right)


def test_a_box_that_the_file_holds_last_is_read_where_it_stands(read):
    box = drawn(["Any worry about a child is shared with the", "lead at once."], x=90, y=640)
    found = texts(read(drawn(FILLER) + drawn(FILLER, y=560) + box), "paragraph")
    assert found == [" ".join(FILLER), "Any worry about a child is shared with the lead at once.", " ".join(FILLER)]


def test_running_lines_and_page_numbers_are_set_aside_and_numbers_become_labels(read):
    pages = [
        [Drawn(60, 815, "Local procedure, version 3"), *drawn(FILLER, y=700), Drawn(290, 30, str(number + 2))]
        for number in range(1, 5)
    ]
    found = read(*pages)
    assert texts(found, "paragraph") == [" ".join(FILLER)] * 4
    assert found.page_labels == ("3", "4", "5", "6")
    assert left_out(found).count("Local procedure") == 4


def test_a_sentence_that_runs_over_the_page_is_whole(read):
    foot = [Drawn(290, 30, "1")]
    top = drawn(["of a child, and the lead answers."])
    found = read(drawn(FILLER) + drawn(["Everybody tells the lead about a worry, whatever the age"], y=680) + foot, top)
    assert texts(found, "paragraph")[1].endswith("whatever the age of a child, and the lead answers.")


def test_words_after_a_raised_mark_stay_in_their_sentence_and_the_mark_leaves_it(read):
    line = [
        Drawn(60, 680, "Staff keep to the policy"),
        Drawn(190, 684, "7", 7),
        Drawn(194, 680, " and to the law on this."),
    ]
    merged = [Drawn(60, 640, "Leads keep to the policy"), Drawn(190, 644, "8 and to the law on this.", 7)]
    notes = drawn(["7 Behaviour policy of the school.", "8 The same policy."], y=90, size=8, step=10)
    found = read(drawn(FILLER) + line + merged + notes)
    assert texts(found, "paragraph")[1:] == [
        "Staff keep to the policy and to the law on this.",
        "Leads keep to the policy and to the law on this.",
    ]
    assert [(b.label, b.text) for b in found.blocks if b.kind == "footnote"] == [
        ("7", "Behaviour policy of the school."),
        ("8", "The same policy."),
    ]
    assert [m.mark for b in found.blocks for m in b.marks] == ["7", "8"]


def test_a_number_with_a_point_is_no_footnote_mark(read):
    notes = drawn(["1 A note."], y=90, size=8)
    found = read([*drawn(FILLER), Drawn(60, 680, "2.1 Local data", 16, True), *notes])
    assert ("heading", 1, "2.1", "2.1 Local data") in seen(found)


def test_a_heading_that_wraps_is_one_heading(read):
    found = read([*drawn(FILLER), Drawn(60, 680, "What to do about a worry and", 12, True),
                  Drawn(60, 664, "whom to tell", 12, True), *drawn(FILLER, y=630)])  # fmt: skip
    assert texts(found, "heading") == ["What to do about a worry and whom to tell"]


def test_a_bold_lead_in_can_be_quoted_before_its_items(read):
    items = drawn(["\x95 see the child the same day", "\x95 write down what was said"], y=660)
    found = read([*drawn(FILLER), Drawn(60, 684, "The lead should:", 12, True), *items, *drawn(FILLER, y=600)])
    assert texts(found, "paragraph")[1] == "The lead should:"
    assert texts(found, "list_item") == ["see the child the same day", "write down what was said"]


def test_a_bold_statement_before_a_heading_is_text(read):
    bold = Drawn(60, 690, "It matters most of all that a worry is shared", 12, True)
    found = read([*drawn(FILLER), bold, Drawn(60, 650, "Next", 16, True), *drawn(FILLER, y=620)])
    assert texts(found, "heading") == ["Next"]
    assert texts(found, "paragraph")[1] == bold.text


def test_a_bold_first_line_of_a_paragraph_makes_no_heading(read):
    first = Drawn(60, 690, "The partners have a shared and equal duty to make their arrangements", 12, True)
    found = read([*drawn(FILLER), first, *drawn(["together and to publish them for everybody to read."], y=674)])
    assert texts(found, "heading") == []
    assert texts(found, "paragraph")[1] == f"{first.text} together and to publish them for everybody to read."


def test_a_table_of_terms_is_read_row_by_row(read):
    rows = []
    for at, term in enumerate(("Consent", "Practitioner", "Processing")):
        top = 640 - 60 * at
        rows += [Drawn(66, top, term), *drawn([f"{term} is explained here in words", "of two lines each."], 150, top)]
    found = texts(read(drawn(FILLER) + rows), "table_row")
    assert found[0] == "Consent | Consent is explained here in words of two lines each."
    assert len(found) == 3


def test_boxes_out_of_order_are_a_figure_and_paragraphs_below_it_are_not(read):
    boxes = [
        drawn(["Box of a", "flow chart"], x, y)[i] for i in range(2) for x, y in ((300, 600), (80, 603), (200, 650))
    ]
    below = drawn(FILLER, y=500)
    found = read(drawn(FILLER) + below + boxes)
    (figure,) = texts(found, "figure")
    assert figure.count("flow chart") == 2, "the two that stand side by side; nothing is beside the first"
    assert texts(found, "paragraph") == [" ".join(FILLER), "Box of a flow chart", " ".join(FILLER)]
    assert {e.reason for e in found.exclusions} == {"flow_chart"}


def test_entries_with_page_numbers_are_no_evidence_even_on_a_page_with_text(read):
    entries = drawn(["Abduction 3", "Children and the court system 4", "County lines 5", "Domestic abuse 5"], y=680)
    pages = [drawn(FILLER) + entries, *[drawn(FILLER)] * 4]
    found = read(*pages)
    assert not any("County lines" in b.text for b in found.blocks)
    assert "contents" in {e.reason for e in found.exclusions}


def test_terms_after_a_colon_are_items_without_a_bullet(read):
    led = Drawn(60, 690, "There are areas of risk:")
    terms = [
        *drawn(["content: what is seen online, for", "example: films; and"], y=660, step=16),
        Drawn(60, 628, "contact: whom a child meets there."),
    ]
    found = read([*drawn(FILLER), led, *terms, *drawn(FILLER, y=600)])
    assert texts(found, "list_item") == [
        "content: what is seen online, for example: films; and",
        "contact: whom a child meets there.",
    ]
    assert texts(found, "paragraph")[-1] == " ".join(FILLER)


def test_line_end_hyphens_go_where_the_document_has_the_word_whole(read):
    lines = ["The multi-agency plan and the safeguarding lead are named here, with the multi-",
             "agency partners, and every lead for safe-", "guarding signs it."]  # fmt: skip
    (only,) = texts(read(drawn(lines)), "paragraph")
    assert only.endswith("with the multi-agency partners, and every lead for safeguarding signs it.")


@pytest.mark.parametrize("end", ["\u00ad", "\u00ad ", "\u00ad  "])
def test_a_soft_hyphen_at_the_end_of_a_line_divides_one_word(read, end):
    lines = ["The lead signs what the document says nowhere else about safe" + end, "guarding, and the plan."]
    (only,) = texts(read(drawn(lines)), "paragraph")
    assert only.endswith("about safeguarding, and the plan.")


def test_a_soft_hyphen_stands_for_the_hyphen_that_the_document_has_elsewhere(read):
    lines = [
        "The multi-agency plan is named here, and the lead of the multi\u00ad",
        "agency partners signs what is in it.",
    ]
    (only,) = texts(read(drawn(lines)), "paragraph")
    assert only.endswith("the lead of the multi-agency partners signs what is in it.")


def test_a_soft_hyphen_before_no_word_joins_nothing(read):
    lines = [
        "The lead signs what the document says about every kind of safe\u00ad",
        "Guarding, and 5\u00ad",
        "7 plans.",
    ]
    (only,) = texts(read(drawn(lines)), "paragraph")
    assert only.endswith("about every kind of safe Guarding, and 5 7 plans.")


def test_a_soft_hyphen_divides_a_word_of_a_footnote_too(read):
    body = drawn([*FILLER, "The plan is named here1."])
    notes = [Drawn(60, 80, "1 See the guidance on safe\u00ad", 8), Drawn(60, 70, "guarding in schools.", 8)]
    assert texts(read([*body, *notes]), "footnote") == ["See the guidance on safeguarding in schools."]


WORDS = st.text(alphabet="abcdefghijklmnopqrstuvwxyz", min_size=1, max_size=9)


@settings(max_examples=25, deadline=None)
@given(st.lists(st.lists(WORDS, min_size=4, max_size=9), min_size=1, max_size=12))
def test_every_word_of_a_paragraph_is_read_once_in_order(lines):
    spoken = [" ".join(words) for words in lines]
    spoken[0] = f"The {spoken[0]}"
    with TemporaryDirectory() as folder:
        found = read_pdf(
            write_pdf(Path(folder) / "made.pdf", [drawn(spoken) + drawn(["A full stop ends it all."], y=300)])
        )
    check_runs(found)
    assert (
        " ".join(b.text for b in found.blocks).replace(" ", "")
        == "".join(spoken).replace(" ", "") + "Afullstopendsitall."
    )


def test_every_item_of_an_amended_act_is_one(read):
    items = [
        (88, "(c) a local probation board for an area of the authority;"),
        (64, "[(ca) the Secretary of State in relation to the functions of the Act;]"),
        (88, "(d) a youth offending team for an area of the authority;"),
        (78, "(e)"),
        (88, "(f) a person who provides services in the area of the authority."),
    ]
    lines = [Drawn(x, 640 - 16 * at, text) for at, (x, text) in enumerate(items)]
    found = read([*drawn(FILLER), *drawn(["Each of these is a relevant partner of the authority:"], y=656), *lines])
    assert [block.text for block in found.blocks if block.kind.value == "list_item"] == [text for _, text in items]
    assert {block.level for block in found.blocks if block.kind.value == "list_item"} == {1}


def test_the_chapter_of_an_act_or_the_end_of_a_reference_opens_no_item(read):
    act = [
        "The duties of section 210 of the Local Government (Scotland) Act 1973",
        "(c. 65) apply as in section 2(4)",
        "(b)",
    ]
    rest = ["and in no other case."]
    found = read([*drawn(FILLER), *drawn([*act, *rest], y=660)])
    assert texts(found, "paragraph")[-1] == " ".join((*act, *rest))


def test_figures_that_stand_apart_are_cells_each(read):
    rows = [("Fostering", "6.14%", "-4.13%", "5.17%"), ("Residential", "0.00%", "7.14%", "10.00%")]
    rows += [("Secure", "£1,181", "£44", "£10,588"), ("Total", "12.5%", "9.0%", "11.75%")]
    pieces = []
    for at, (name, *values) in enumerate(rows):
        pieces.append(Drawn(60, 640 - 22 * at, name))
        pieces += [Drawn(185 + 52 * n - 3 * len(value), 640 - 22 * at, value) for n, value in enumerate(values)]
    found = read(drawn(FILLER) + pieces)
    assert [*texts(found, "table_header"), *texts(found, "table_row")] == [" | ".join(row) for row in rows]


def test_rows_that_stand_apart_under_a_header_are_rows_each(read):
    rows = [("Inspection date", "Inspection type", "Judgement"), ("01/11/2022", "Full", "Good")]
    rows += [("24/02/2022", "Full", "Outstanding"), ("15/01/2020", "Interim", "Good")]
    pieces = [
        Drawn(70 + 150 * n, (660 if not at else 648 - 22 * at), cell, 12, not at)
        for at, row in enumerate(rows)
        for n, cell in enumerate(row)
    ]
    assert texts(read(drawn(FILLER) + pieces), "table_row") == [" | ".join(row) for row in rows[1:]]


def test_the_scale_of_a_chart_is_no_text_and_no_table(read):
    scale = [Drawn(70, 640 - 20 * at, f"{100 - 20 * at}") for at in range(6)]
    bars = [Drawn(120 + 60 * at, 600 - 15 * at, f"{60 + at}") for at in range(3)]
    years = [Drawn(120 + 60 * at, 520, f"20{20 + at}") for at in range(3)]
    found = read(drawn(FILLER) + scale + bars + years + drawn(FILLER, y=440))
    assert texts(found, "table_row") == []
    assert texts(found, "paragraph") == [" ".join(FILLER)] * 2


def test_the_rest_of_a_column_is_read_before_the_next(read):
    left = [f"The first column says in line {at} what the team does" for at in range(6)]
    right = [f"The second column says in line {at} what others do" for at in range(6)]
    below = [f"Lower down the first column goes on in line {at} and" for at in range(4)]
    page = [*drawn(left, 40, size=9), *drawn(right, 320, size=9), Drawn(40, 640, "What comes next", 9, True)]
    found = read([*page, *drawn(below, 40, 620, size=9)])
    whole = " ".join(block.text for block in found.blocks)
    assert whole.index(below[-1]) < whole.index(right[0])


def test_each_note_and_each_subsection_of_an_act_is_a_paragraph(read):
    notes = [
        "F105 Words substituted by the Health Act, schedule 1",
        "F106 Words repealed by the Further Act, section 3.",
    ]
    act = [
        "1. These rules come into force on the first day of April.",
        "(2) They apply in England.",
        "(3) They bind councils.",
    ]
    found = read([*drawn(FILLER), *drawn(act, y=660), *drawn(notes, y=560, size=9, step=12)])
    assert texts(found, "paragraph")[1:] == [*act, *notes]


def test_a_word_of_one_cell_is_not_joined_to_that_of_the_next(tmp_path):
    path = tmp_path / "tight.pdf"
    page = Canvas(str(path), pagesize=(595, 842))
    page.setFont("Helvetica", 10)
    for row in range(3):
        for column in range(2):
            page.setFillGray(0.9 if (row + column) % 2 else 0.95)
            page.rect(60 + 110 * column, 600 - 80 * row, 110, 80, stroke=0, fill=1)
        page.setFillGray(0)
        for line, (left, right) in enumerate(
            (("Family information", "Children make good"), ("service", "progress in most"))
        ):
            page.drawRightString(164, 660 - 80 * row - 13 * line, left)
            page.drawString(170.2, 659 - 80 * row - 13 * line, right)
    page.save()
    found = texts(read_pdf(path), "table_row")
    assert found == ["Family information service | Children make good progress in most"] * 3
