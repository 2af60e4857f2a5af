"""Real pages, read as a careful reader would read them."""

import os
from functools import cache
from pathlib import Path

import pytest

from ingest.readers.blocks import BlockKind
from ingest.readers.pdf import read_pdf
from tests.reading import check_runs

SHARED = Path(os.environ.get("ASSISTANT_SHARED", "../shared")) / "corpus"
pytestmark = [
    pytest.mark.real_corpus,
    pytest.mark.skipif(not SHARED.is_dir(), reason="the shared corpus folder is not here (ASSISTANT_SHARED)"),
]


@cache
def read(name):
    return read_pdf(SHARED / f"{name}.pdf")


def on(name, page, kind=None):
    return [b for b in read(name).blocks if b.page == page and (kind is None or b.kind is kind)]


def test_numbered_paragraphs_of_working_together_keep_number_and_lose_the_footnote_mark():
    (thirty_nine,) = (b for b in on("working-together-2023", 24) if b.label == "39")
    assert thirty_nine.text.startswith("39. Every local authority, ICB and constabulary")
    assert thirty_nine.text.endswith("multi-agency safeguarding arrangement.")
    assert [each.mark for each in thirty_nine.marks] == ["18"]


def test_a_footnote_follows_the_paragraph_with_its_mark():
    blocks = on("working-together-2023", 24)
    place = next(i for i, b in enumerate(blocks) if b.label == "39")
    assert (blocks[place + 1].kind, blocks[place + 1].text) == (BlockKind.FOOTNOTE, "Children Act 2004 Section 16E")


def test_bullets_are_items_of_one_line_each_without_their_bullet():
    items = on("working-together-2023", 24, BlockKind.LIST_ITEM)
    assert len(items) == 10
    assert items[0].text == (
        "work together as a team to safeguard and promote the welfare of all children in a local area"
    )


def test_white_space_between_fonts_is_kept():
    (found,) = (b for b in on("working-together-2023", 58) if b.label == "153")
    assert found.text.startswith("153. Within one working day of a referral being received")


def test_a_flow_chart_is_flagged_and_left_to_the_page_image():
    (chart,) = on("working-together-2023", 76, BlockKind.FIGURE)
    assert "one working day" in chart.text
    assert (76, "flow_chart") in {(e.page, e.reason) for e in read("working-together-2023").exclusions}


def test_boxes_that_the_file_holds_last_are_read_where_they_stand():
    texts = [b.text for b in on("working-together-2023", 53)]
    box = next(i for i, text in enumerate(texts) if text.startswith("Under the Children Act 1989, local authorities"))
    after = next(i for i, text in enumerate(texts) if text.startswith("141."))
    assert box < after
    assert not on("working-together-2023", 53, BlockKind.FIGURE)


@pytest.mark.parametrize(
    ("name", "page"), [("working-together-2023", 3), ("kcsie-2025", 2), ("children-missing-education-2024", 2)]
)
def test_contents_pages_are_no_evidence(name, page):
    assert on(name, page) == []
    assert "contents" in {e.reason for e in read(name).exclusions if e.page == page}


def test_page_numbers_never_end_a_sentence():
    for name in ("working-together-2023", "kcsie-2025"):
        numbers = [e.page for e in read(name).exclusions if e.reason == "page_number"]
        assert len(numbers) >= 160
    assert read("working-together-2023").page_labels[23] == "24"


def test_a_table_is_read_row_by_row():
    rows = on("information-sharing-advice-2024", 24, BlockKind.TABLE_ROW)
    assert len(rows) >= 4
    assert all(" | " in row.text for row in rows)


def test_the_four_priorities_of_the_strategy_are_four_paragraphs():
    found = [b.text for b in on("csa-strategy-2026-2028", 4) if b.text.startswith("Priority ")]
    assert [text.split(" - ")[0] for text in found] == [
        "Priority 1: Prevention of Child Sexual Abuse",
        "Priority 2: Protection, Identification and Response",
        "Priority 3: Justice",
        "Priority 4: Support",
    ]


def test_a_paragraph_that_runs_over_the_page_is_one():
    (found,) = (b for b in read("working-together-2023").blocks if b.label == "85" and b.page == 35)
    assert {run.page for run in found.runs} == {35, 36}


def test_bold_lead_ins_stand_before_their_duties_and_can_be_quoted():
    blocks = on("working-together-2023", 88)
    place = next(i for i, b in enumerate(blocks) if b.text == "The Police should:")
    assert blocks[place].kind is BlockKind.PARAGRAPH
    assert blocks[place + 1].kind is BlockKind.LIST_ITEM
    assert blocks[place + 1].text.startswith("discuss the basis for any criminal investigation")


def test_numbered_duties_of_leaders_are_items_of_one_duty_each():
    items = [b.text for b in read("working-together-2023").blocks if b.kind is BlockKind.LIST_ITEM]
    assert any(text.startswith("2. Lead their organisation’s individual contribution") for text in items)
    assert any(text.startswith("6. Ensure all relevant agencies, including") for text in items)


def test_paragraphs_below_a_figure_can_be_quoted():
    below = [b.text for b in on("working-together-2023", 150, BlockKind.PARAGRAPH)]
    assert any(text.startswith("390. The steps that precede") and text.endswith("panel review.") for text in below)
    assert any(text.startswith("391. The learning from all child death reviews") for text in below)


def test_headings_that_wrap_are_whole():
    headings = [b.text for b in on("kcsie-2025", 148, BlockKind.HEADING)]
    assert (
        "What school or college staff should do if they have concerns about safeguarding practices within the "
        "school or college"
    ) in headings


def test_a_raised_mark_in_mid_sentence_leaves_no_trace():
    (found,) = (b for b in on("kcsie-2024", 14) if b.text.startswith("sexual harassment such as"))
    assert [each.mark for each in found.marks] == ["10"]


def test_definitions_in_a_table_are_led_by_their_term():
    rows = [b.text for b in on("information-sharing-advice-2024", 25, BlockKind.TABLE_ROW)]
    assert [row.split(" | ")[0] for row in rows] == [
        "Practitioner", "Privacy Notice or Privacy Information", "Processing", "Public Task", "Special category data",
    ]  # fmt: skip


def test_a_kcsie_table_is_read_row_by_row_under_its_header():
    blocks = on("kcsie-2024", 183)
    place = next(i for i, b in enumerate(blocks) if b.kind is BlockKind.TABLE_HEADER)
    assert blocks[place].text == "Summary | About the guidance"
    assert [b.text.split(" | ")[0] for b in blocks[place + 1 : place + 4]] == ["Part one", "Page 7", "Paragraph 18"]


def test_boxed_statements_are_text_and_open_no_section():
    (found,) = (b for b in on("information-sharing-advice-2024", 15) if b.text.startswith("The most important"))
    assert found.kind is BlockKind.PARAGRAPH
    assert found.text.endswith("likely to support the safeguarding of a child")


def test_a_list_of_contents_in_an_annex_is_no_evidence():
    assert not any("County lines 150" in b.text for b in on("kcsie-2025", 149))
    assert "contents" in {e.reason for e in read("kcsie-2025").exclusions if e.page == 149}


@pytest.mark.parametrize("name", ["csa-strategy-2026-2028", "information-sharing-advice-2024", "working-together-2023"])
def test_every_character_is_what_its_page_holds_there(name):
    check_runs(read(name))


@pytest.mark.parametrize("name", ["working-together-2023", "kcsie-2025", "information-sharing-advice-2024"])
def test_no_paragraph_breaks_off_before_a_small_letter(name):
    paragraphs = [b for b in read(name).blocks if b.kind is BlockKind.PARAGRAPH]
    broken = [b for b in paragraphs if b.text[:1].islower() and not b.text.startswith(("content:", "contact:"))]
    assert len(broken) <= 0.02 * len(paragraphs)


@pytest.mark.parametrize(
    ("name", "page", "words"),
    [
        ("working-together-2023", 13, "the Domestic Abuse Act 2021, section 3 recognises"),
        ("working-together-2023", 133, "up to and including the age of 24. This should"),
        ("working-together-2023", 133, "under the age of 18. If local partners"),
        ("information-sharing-advice-2024", 10, "under Article 9 of the UK GDPR"),
        ("kcsie-2025", 76, "Schools and colleges must maintain a single central record"),
    ],
)
def test_a_mark_never_becomes_part_of_a_number(name, page, words):
    assert any(words in b.text for b in on(name, page))


def test_nearly_every_footnote_finds_its_mark():
    for name in ("working-together-2023", "information-sharing-advice-2024", "children-missing-education-2024"):
        notes = [b for b in read(name).blocks if b.kind is BlockKind.FOOTNOTE]
        lost = [e for e in read(name).exclusions if e.reason == "footnote_unattached"]
        assert len(lost) <= 0.02 * len(notes), name


def test_a_list_that_ends_with_its_page_takes_nothing_of_the_next():
    (last,) = (b for b in on("working-together-2023", 56) if b.text.startswith("the impact and influence"))
    assert last.text.endswith("environmental circumstances")
