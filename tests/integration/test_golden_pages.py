"""Real pages, read as a careful reader would read them."""

import os
from functools import cache
from pathlib import Path

import pytest

from ingest.blocks import BlockKind
from ingest.readers.pdf import read_pdf

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
