"""Directories: each row keeps the names of its columns, values are as shown, hidden cells are not quoted."""

from __future__ import annotations

import zipfile
from datetime import date, datetime
from pathlib import Path
from typing import Any

import pytest
from openpyxl import Workbook
from openpyxl.cell.rich_text import CellRichText, TextBlock
from openpyxl.cell.text import InlineFont
from openpyxl.comments import Comment
from openpyxl.styles import Font

from assistant.errors import UnreadableDocument
from ingest.readers import read_file
from ingest.readers.blocks import ReadFile
from ingest.readers.xlsx.shown import of_number, shown
from ingest.sandbox.worker import answer
from tests.reading import check_runs, left_out, seen, texts

BOLD = Font(bold=True)


def directory(path: Path) -> Path:
    book = Workbook()
    contacts = book.active
    contacts.title = "Contacts"
    contacts.append(["Safeguarding contacts 2026"])
    contacts.append(["Ring the duty team first."])
    contacts.append(["Role", "Name", "Telephone", "Hours", "Checked"])
    for cell in contacts[3]:
        cell.font = BOLD
    contacts.append(["Police"])
    contacts["A4"].font = BOLD
    contacts.append(["Duty inspector", "Insp. Vale", 1632960142, "24 hours", datetime(2026, 3, 1)])
    contacts.append(["Front desk", "", "01632 960 143", 0.5, date(2026, 3, 2)])
    contacts.append(["Old desk", "Nobody", "01632 960 999", "", ""])
    contacts.append(["Health"])
    contacts["A8"].font = BOLD
    contacts.append(["Named doctor", "Dr Brin", "01632 960 001", "9 to 5", ""])
    contacts.append(["Named nurse", "", "01632 960 002", "9 to 5", ""])
    contacts.merge_cells("B9:B10")
    contacts["C5"].number_format = "00000 000000"
    contacts["D6"].number_format = "0%"
    contacts["E5"].number_format = "mm-dd-yy"
    contacts["E6"].number_format = "dd/mm/yyyy"
    contacts["A9"].comment = Comment("Off in August", "Sam")
    contacts["D9"].value = CellRichText(TextBlock(InlineFont(strike=True), "8 to 4 "), "9 to 5")
    contacts.row_dimensions[7].hidden = True
    contacts["G5"] = "private line 01632 960 777"
    contacts.column_dimensions["G"].hidden = True
    private = book.create_sheet("Home numbers")
    private.append(["Vale", "01632 960 555"])
    private.sheet_state = "hidden"
    book.create_sheet("Sheet3").append(["Area", "Team"])
    book["Sheet3"].append(["North", "Team 1"])
    book.save(path)
    return path


@pytest.fixture(scope="module")
def read(tmp_path_factory: pytest.TempPathFactory) -> ReadFile:
    return read_file(directory(tmp_path_factory.mktemp("xlsx") / "directory.xlsx"), 100)


def test_a_directory_reads_row_by_row_under_its_columns(read: ReadFile) -> None:
    assert seen(read) == [
        ("heading", 1, None, "Contacts"),
        ("paragraph", 1, None, "Safeguarding contacts 2026"),
        ("paragraph", 1, None, "Ring the duty team first."),
        ("table_header", 1, None, "Role | Name | Telephone | Hours | Checked"),
        ("table_row", 1, None, "Police"),
        ("table_row", 2, None, "Duty inspector | Insp. Vale | 01632 960142 | 24 hours | 1 March 2026"),
        ("table_row", 2, None, "Front desk |  | 01632 960 143 | 50% | 02/03/2026"),
        ("table_row", 1, None, "Health"),
        ("table_row", 2, None, "Named doctor | Dr Brin | 01632 960 001 | 9 to 5 | "),
        ("table_row", 2, None, "Named nurse | Dr Brin | 01632 960 002 | 9 to 5 | "),
        ("table_row", 1, None, "Area | Team"),
        ("table_row", 1, None, "North | Team 1"),
    ]
    check_runs(read)
    assert read.page_labels == ("sheet Contacts", "sheet Home numbers", "sheet Sheet3")
    assert read.blocks[-2].under == 0


def test_hidden_and_withdrawn_cells_are_listed(read: ReadFile) -> None:
    said = left_out(read)
    assert "hidden text: private line 01632 960 777 Old desk Nobody 01632 960 999" in said
    assert "hidden text: Home numbers: Vale 01632 960 555" in said
    assert "note on the page: Off in August" in said
    assert "withdrawn: 8 to 4" in said


@pytest.mark.parametrize(
    ("value", "said", "text"),
    [
        (1632960142, "00000 000000", "01632 960142"),
        (1632960142, "00000000000", "01632960142"),
        (441632960142, "General", "441632960142"),
        (7, '"Ext. "0000', "Ext. 0007"),
        (1234.5, "#,##0.00", "1,234.50"),
        (1234.5, '"£"#,##0.00', "£1,234.50"),
        (1234, "[$£-809]#,##0", "£1,234"),
        (0.125, "0.0%", "12.5%"),
        (0.75, "# ?/?", "0.75"),
        (12, "0.00E+00", "12"),
        (-3, "0", "-3"),
        (-3, "0;(0)", "(3)"),
        (24, '0" hours"', "24 hours"),
        (2.0, "General", "2"),
        (101, "\\(000\\) 000", "(000) 101"),
    ],
)
def test_numbers_are_as_their_format_shows_them(value: float, said: str, text: str) -> None:
    assert of_number(value, said) == text


@pytest.mark.parametrize(
    ("value", "said", "text"),
    [
        (datetime(2026, 3, 4), "mm-dd-yy", "4 March 2026"),
        (datetime(2026, 3, 4), "dd/mm/yyyy", "04/03/2026"),
        (datetime(2026, 3, 4), "d mmmm yyyy", "4 March 2026"),
        (datetime(2026, 3, 4, 14, 5), "dd/mm/yy hh:mm", "04/03/26 14:05"),
        (datetime(2026, 3, 4, 14, 5), "h:mm AM/PM", "2:05 PM"),
        (datetime(2026, 3, 4), "[$-809]dddd d mmm", "Wednesday 4 Mar"),
    ],
)
def test_dates_are_as_their_format_shows_them_and_never_in_another_countrys_order(
    value: datetime, said: str, text: str
) -> None:
    cell: Any = Workbook().active["A1"]
    cell.value, cell.number_format = value, said
    assert shown(cell) == text


def test_the_file_says_which_row_names_columns(tmp_path: Path) -> None:
    book = Workbook()
    sheet = book.active
    for row in (("Agency", "01632"), ("Police", "01632 960 142"), ("Health", "01632 960 143")):
        sheet.append(row)
    sheet.auto_filter.ref = "A1:B3"
    book.save(tmp_path / "a.xlsx")
    assert texts(read_file(tmp_path / "a.xlsx", 9), "table_header") == ["Agency | 01632"]


def test_white_words_and_errors_are_not_read(tmp_path: Path) -> None:
    book = Workbook()
    sheet = book.active
    sheet.append(["Team", "Number", "Note"])
    sheet.append(["North", "01632 960 001", "for staff only"])
    sheet["C2"].font = Font(color="FFFFFFFF")
    sheet.append(["South", "#REF!", "open"])
    book.save(tmp_path / "a.xlsx")
    read = read_file(tmp_path / "a.xlsx", 9)
    assert texts(read, "table_row") == ["North | 01632 960 001 | ", "South |  | open"]
    assert "hidden text: for staff only" in left_out(read)


@pytest.mark.parametrize("kept", [30, 900, 0.5, 0.99])
def test_a_cut_off_file_is_one_error(tmp_path: Path, kept: float) -> None:
    whole = directory(tmp_path / "whole.xlsx").read_bytes()
    path = tmp_path / "cut.xlsx"
    path.write_bytes(whole[: int(kept if kept > 1 else len(whole) * kept)])
    with pytest.raises(UnreadableDocument, match=r"cut\.xlsx: not a whole Excel file. Save it again as \.xlsx"):
        read_file(path, 10)


@pytest.mark.parametrize(
    ("part", "content", "words"),
    [
        ("xl/worksheets/sheet1.xml", b"<a>" + b" " * 5_000_000 + b"</a>", "when unpacked"),
        ("xl/styles.xml", b'<!DOCTYPE a [<!ENTITY b "c"><!ENTITY d "&b;&b;">]><a>&d;</a>', "declares XML entities"),
        ("xl/workbook.xml", b"<a>" * 3000, "not a whole"),
    ],
)
def test_hostile_parts_end_in_one_error(tmp_path: Path, part: str, content: bytes, words: str) -> None:
    whole, path = directory(tmp_path / "whole.xlsx"), tmp_path / "hostile.xlsx"
    with zipfile.ZipFile(whole) as source, zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as target:
        for name in source.namelist():
            target.writestr(name, content if name == part else source.read(name))
    found = answer(path, 100)
    assert isinstance(found, UnreadableDocument)
    assert "hostile.xlsx" in str(found)
    assert words in str(found)


def test_a_cell_at_the_far_corner_takes_no_time(tmp_path: Path) -> None:
    book = Workbook()
    sheet = book.active
    sheet.append(["Team", "Number", "Hours"])
    sheet.append(["North", "01632 960 001", "9 to 5"])
    sheet["XFD1048576"] = "far"
    book.save(tmp_path / "a.xlsx")
    assert "far" in texts(read_file(tmp_path / "a.xlsx", 9), "paragraph")


def test_cells_merged_over_whole_sheets_are_refused(tmp_path: Path) -> None:
    whole, path = directory(tmp_path / "whole.xlsx"), tmp_path / "merged.xlsx"
    with zipfile.ZipFile(whole) as source, zipfile.ZipFile(path, "w") as target:
        for name in source.namelist():
            target.writestr(name, source.read(name).replace(b'ref="B9:B10"', b'ref="A1:XFD1048576"'))
    with pytest.raises(UnreadableDocument, match="merged cells take 17179869184 places"):
        read_file(path, 9)
