"""How a file was read: figures of what can be quoted, told from what is stored, and the words for them."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from assistant.adapters.library_sql.codec import exclusions_from, exclusions_to
from assistant.adapters.pages.areas import joined
from assistant.adapters.pages.words import find_pieces
from assistant.cli.readings import print_readings, reading_object
from assistant.editions.reading import UNSEEN, combined, reading_of, regions_of
from assistant.model import Edition, EditionId, Exclusion, Kind
from assistant.model.reading import LeftOut, ReadingReport
from assistant.outcomes.reading_text import REASONS, reading_line, reading_warnings, share_words
from assistant.ports import Rectangle
from assistant.settings import Settings
from ingest.publish.intake import document_of
from ingest.publish.report import FileReading
from ingest.readers.blocks import Block, BlockKind, ReadFile, Run
from ingest.readers.unseen import Reason, left_out
from tests.fakes import FakeEmbedder

EDITION = Edition(EditionId("x"), "x", "X", Kind.POLICY)
LEFT = (
    Exclusion(1, "page_number", "1"),
    Exclusion(1, "contents", "Contents 1", 40),
    Exclusion(2, "flow_chart", "Concern raised Tell the lead"),
    Exclusion(3, "no_text_layer", ""),
    Exclusion(4, "blank", ""),
    *left_out(Reason.WITHDRAWN, "Staff may wait. " * 10, 2),
    *left_out(Reason.HIDDEN, "draft only", 2),
)


def block(kind: BlockKind, text: str, page: int) -> Block:
    return Block(kind, text, (Run(0, len(text), page, 0),))


BLOCKS = (
    block(BlockKind.HEADING, "A heading of five words", 1),
    block(BlockKind.PARAGRAPH, "Staff must record the reasons.", 1),
    block(BlockKind.TABLE_HEADER, "Level | Who", 1),
    block(BlockKind.TABLE_ROW, "Level 2 | Early help", 1),
    block(BlockKind.TABLE_ROW, f"Level 3 | {'The lead decides this. ' * 20}", 1),
    block(BlockKind.TABLE_ROW, "One cell only", 1),
    block(BlockKind.FIGURE, "Concern raised Tell the lead", 2),
)


@pytest.fixture(scope="module")
def document():
    read = ReadFile(BLOCKS, ("", "", "", ""), ("1", "2", "3", "4"), LEFT)
    return document_of(EDITION, read, FakeEmbedder(), Settings())


def test_words_that_can_be_quoted_and_words_of_figures_are_counted_and_furniture_is_not(document):
    report = reading_of(document.passages, document.pages, document.exclusions)
    running = [each for each in BLOCKS if each.kind not in (BlockKind.HEADING, BlockKind.FIGURE)]
    assert report.quotable_words == sum(len(each.text.split()) for each in running)
    assert report.figure_words == 5
    assert report.share == report.quotable_words / (report.quotable_words + 5)
    assert report.of("contents") == LeftOut("contents", 40, (1,))
    assert report.of("withdrawn") == LeftOut("withdrawn", 30, (2,)), "counted whole, although the preview is cut"
    assert report.of("hidden") == LeftOut("hidden", 2, (2,))
    assert report.of("cover").words == 0


def test_rows_of_more_than_one_cell_are_table_rows_and_names_of_columns_are_not(document):
    assert reading_of(document.passages, document.pages, document.exclusions).table_rows == 2


def test_pages_with_figures_and_pages_that_are_pictures_are_listed_and_blank_ones_are_not(document):
    report = reading_of(document.passages, document.pages, document.exclusions)
    assert (report.figure_pages, report.picture_pages) == ((2,), (3,))


def test_a_page_shows_its_figures_its_withdrawn_and_hidden_words_and_no_furniture(document):
    regions = regions_of(document.passages, document.pages, document.exclusions)
    assert [(each.page, each.reason) for each in regions] == [
        (2, "flow_chart"), (2, "withdrawn"), (2, "hidden"), (3, "no_text_layer"),
    ]  # fmt: skip
    assert regions[0].text == "Concern raised Tell the lead"
    assert regions[2].text == "draft only"


def test_an_edition_of_an_earlier_release_has_figures_from_what_is_stored():
    old = exclusions_from('[[2,"other","withdrawn: Staff may wait"]]')
    assert reading_of((), (), old).of("withdrawn") == LeftOut("withdrawn", 3, (2,))
    assert exclusions_from(exclusions_to(LEFT)) == LEFT
    assert json.loads(exclusions_to(LEFT[:1])) == [[1, "page_number", "1"]], "rows without a count stay as they were"


def test_each_reason_for_not_reading_words_has_its_name():
    listed = {opening.removesuffix(": ") for opening in UNSEEN}
    assert {str(each) for each in Reason if each is not Reason.REPEATED} <= listed
    assert set(UNSEEN.values()) <= set(REASONS)


def test_the_share_is_rounded_down_so_that_all_means_all():
    assert share_words(ReadingReport(9999, 1)) == "99 % of 10,000 words can be quoted"
    assert share_words(ReadingReport(1, 0)) == "100 % of 1 word can be quoted"
    assert share_words(ReadingReport()) == "no word can be quoted"


def test_a_line_names_rows_figures_and_unread_pages_where_there_are_some():
    report = ReadingReport(52_800, 2_200, 214, (3, 4, 5, 9), (7,), pages=12)
    assert reading_line(report) == (
        "96 % of 55,000 words can be quoted, 214 table rows, 4 pages with figures or charts, 1 page without readable text"
    )
    assert reading_line(ReadingReport(10, 0)) == "100 % of 10 words can be quoted"


def test_warnings_name_pages_and_a_next_step():
    report = ReadingReport(9, 1, 0, (3, 4, 5, 9), (7,), (LeftOut("withdrawn", 3, (2,)), LeftOut("cover", 3, (1,))), 12)
    figures, pictures, withdrawn = reading_warnings(report)
    assert "on pages 3 to 5 and 9 (1 word)" in figures
    assert "check" in figures
    assert pictures.startswith("Pages without readable text: 7. ")
    assert "ocrmypdf" in pictures
    assert "on page 2 (3 words)" in withdrawn
    assert reading_warnings(ReadingReport(9, 0, 3, left_out=(LeftOut("page_number", 3, (1, 2)),))) == ()


def test_several_files_get_a_table_with_the_least_read_first(capsys):
    good, bad = ReadingReport(98, 0, 4), ReadingReport(50, 50, 0, (1, 2), pages=2)
    files = [FileReading(Path(name), (), each) for name, each in (("good.md", good), ("bad.pdf", bad))]
    print_readings(files)
    shown = capsys.readouterr()
    lines = shown.out.splitlines()
    assert lines[:2] == [
        "good.md: 100 % of 98 words can be quoted, 4 table rows",
        "bad.pdf: 50 % of 100 words can be quoted, 2 pages with figures or charts",
    ]
    rows = [line.split() for line in lines if line.endswith((".md", ".pdf", "files"))]
    assert rows == [
        ["50", "%", "100", "0", "2", "0", "bad.pdf"],
        ["100", "%", "98", "4", "0", "0", "good.md"],
        ["74", "%", "198", "4", "2", "0", "all", "2", "files"],
    ]
    assert shown.err.startswith("warning: bad.pdf: Figures and charts on pages 1 to 2")
    print_readings(files[:1])
    assert len(capsys.readouterr().out.splitlines()) == 1, "one file needs no table"


def test_texts_of_a_collection_are_added_up():
    both = combined([ReadingReport(5, 1, 2, (1,), left_out=(LeftOut("other", 2, (1,)),)), ReadingReport(5, 0)])
    assert (both.quotable_words, both.figure_words, both.table_rows, both.of("other").words) == (10, 1, 2, 2)
    assert reading_object(both)["share"] == 0.9091


PAGE = "Concern raised\r\nTell the lead at once\r\nNo further action\r\nReferral to social care\r\nNo further action"


def test_words_of_a_figure_are_found_in_pieces_in_any_order():
    pieces = find_pieces(PAGE, "Referral to social care Concern raised No further action unknown words")
    found = [" ".join(PAGE[start:end].split()) for start, end in pieces]
    assert found == ["Referral to social care", "Concern raised", "No further action"]
    assert pieces[-1].start == PAGE.index("No further"), "the nearest of two"


@pytest.mark.parametrize(("text", "is_there"), [("lead", True), ("No further action", False), ("", False)])
def test_a_short_text_is_found_where_it_stands_once(text, is_there):
    assert bool(find_pieces(PAGE, text)) is is_there


def test_lines_that_stand_close_are_one_area_and_others_are_not():
    lines = [Rectangle(0.1, top, 0.3, 0.02) for top in (0.10, 0.13, 0.60)]
    first, second = joined(lines)
    assert first.top < 0.10
    assert first.top + first.height > 0.15
    assert second.top == pytest.approx(0.596)
    assert joined([]) == ()
