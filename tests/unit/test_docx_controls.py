"""What is filled into a Word form is read with its label; what only prompts is none of the text."""

from __future__ import annotations

from pathlib import Path

import pytest

from ingest.cutting.sections import lay_out
from ingest.readers.blocks import ReadFile
from ingest.readers.docx import read_docx
from ingest.readers.docx.cover import read_docx_cover
from tests.reading import check_runs, left_out, para, seen, texts, word_file

PROMPT = "<w:showingPlcHdr/>"


def read(tmp_path: Path, body: str) -> ReadFile:
    found = read_docx(word_file(tmp_path / "a.docx", body))
    check_runs(found)
    lay_out(found)
    return found


def run(text: str, properties: str = "") -> str:
    return f'<w:r><w:rPr>{properties}</w:rPr><w:t xml:space="preserve">{text}</w:t></w:r>'


def control(content: str, properties: str = "") -> str:
    return f"<w:sdt><w:sdtPr>{properties}</w:sdtPr><w:sdtContent>{content}</w:sdtContent></w:sdt>"


def cell(text: str) -> str:
    return f"<w:tc>{text if text.startswith('<w:') else para(text)}</w:tc>"


def row(*cells: str) -> str:
    return f"<w:tr>{''.join(each if each.startswith(('<w:tc', '<w:sdt')) else cell(each) for each in cells)}</w:tr>"


def table(*rows: str) -> str:
    return f"<w:tbl>{''.join(rows)}</w:tbl>"


ROWS = [
    "Stage | Who raises it | Time limit",
    "One | Practitioner | one day",
    "Two | Team manager | three days",
]


@pytest.mark.parametrize(
    "rows",
    [
        row("Two", "Team manager", "three days"),
        control(row("Two", "Team manager", "three days")),
        control(control(row("Two", "Team manager", "three days"))),
        f"<w:customXml>{row('Two', 'Team manager', 'three days')}</w:customXml>",
        row("Two", control(cell("Team manager")), "three days"),
        row("Two", control(cell("Team manager") + cell("three days"))),
        row(control(control(cell("Two"))), f"<w:tc>{para(control(run('Team manager')))}</w:tc>", "three days"),
        row("Two", f"<w:tc>{control(para('Team manager'))}</w:tc>", "three days"),
        row("Two", "Team manager", f"<w:tc>{para(run('three ') + control(control(run('days'))))}</w:tc>"),
    ],
)
def test_a_control_round_rows_cells_lines_and_words_loses_nothing(tmp_path: Path, rows: str) -> None:
    head = row("Stage", "Who raises it", "Time limit") + row("One", "Practitioner", "one day")
    assert [each.text for each in read(tmp_path, table(head, rows)).blocks] == ROWS


@pytest.mark.parametrize(
    "body",
    [
        para(run("Review: ") + control(run("Click or tap to enter a date."), PROMPT)),
        para(run("Review: ") + run("Click or tap to enter a date.", '<w:rStyle w:val="PlaceholderText"/>')),
        para(run("Review: ") + run("Click or tap to enter a date.")),
        para("Review:") + control(para("Click or tap to enter a date."), PROMPT),
        para("Review:") + table(control(row("Click or tap to enter a date.", ""), PROMPT)),
        para("Review:") + table(row(control(cell("Click or tap to enter a date."), PROMPT))),
    ],
)
def test_the_prompt_of_an_empty_control_is_no_text_and_is_told_of(tmp_path: Path, body: str) -> None:
    found = read(tmp_path, body)
    assert [each.text for each in found.blocks] == ["Review:"]
    assert left_out(found) == "prompt of an empty field: Click or tap to enter a date."


def test_an_empty_control_round_a_cell_keeps_its_column(tmp_path: Path) -> None:
    empty = control(cell("Choose an item."), PROMPT)
    body = table(row("Stage", "Who raises it", "Time limit"), row("One", empty, "one day"))
    assert read(tmp_path, body).blocks[-1].text == "One |  | one day"


def test_a_value_in_a_control_stands_with_its_label_and_a_bare_label_is_never_quoted(tmp_path: Path) -> None:
    body = para("Emergency duty team telephone:") + control(para("01234 555 0100")) + para("Designated nurse:")
    body += table(row("Name of child:", ""), row("Seen alone?", ""), row("Seen by:", control(cell("the nurse"))))
    found = read(tmp_path, body)
    assert texts(found, "paragraph") == ["Emergency duty team telephone: 01234 555 0100", "Designated nurse:"]
    laid_out = lay_out(found)
    quoted = [laid_out.text[each.span.start : each.span.end] for unit in laid_out.units for each in unit.sentences]
    assert quoted == ["Emergency duty team telephone: 01234 555 0100", "Seen by: | the nurse"]


def test_a_label_leads_into_the_line_after_it(tmp_path: Path) -> None:
    laid_out = lay_out(read(tmp_path, para("Out of hours:") + para("01234 555 0100")))
    (sentence,) = [each for unit in laid_out.units for each in unit.sentences]
    assert [laid_out.text[start:end] for start, end in (*sentence.lead_ins, sentence.span)] == [
        "Out of hours:",
        "01234 555 0100",
    ]


def field(data: str) -> str:
    begin = f'<w:r><w:fldChar w:fldCharType="begin"><w:ffData>{data}</w:ffData></w:fldChar></w:r>'
    return f'{begin}<w:r><w:instrText> FORM </w:instrText></w:r><w:r><w:fldChar w:fldCharType="end"/></w:r>'


@pytest.mark.parametrize(
    ("data", "shown"),
    [
        ("<w:checkBox><w:checked/></w:checkBox>", "☒"),
        ('<w:checkBox><w:default w:val="1"/></w:checkBox>', "☒"),
        ('<w:checkBox><w:default w:val="1"/><w:checked w:val="0"/></w:checkBox>', "☐"),
        ("<w:checkBox/>", "☐"),
        ('<w:ddList><w:result w:val="1"/><w:listEntry w:val="low"/><w:listEntry w:val="high"/></w:ddList>', "high"),
        ('<w:ddList><w:listEntry w:val="low"/><w:listEntry w:val="high"/></w:ddList>', "low"),
    ],
)
def test_old_form_fields_show_their_box_or_choice(tmp_path: Path, data: str, shown: str) -> None:
    found = read(tmp_path, para(run("Risk: ") + field(data) + run(" as seen today")))
    assert texts(found, "paragraph") == [f"Risk: {shown} as seen today"]


@pytest.mark.parametrize(
    ("part", "shown"),
    [
        ('<w:sym w:font="Symbol" w:char="F0B3"/>', "≥"),
        ('<w:sym w:font="Symbol" w:char="F0A3"/>', "≤"),
        ('<w:sym w:font="Wingdings" w:char="F0FE"/>', "☑"),
        ('<w:sym w:font="Wingdings" w:char="F0FD"/>', "☒"),
        ('<w:sym w:font="Wingdings 2" w:char="0052"/>', "☑"),
        ('<w:sym w:font="MS Gothic" w:char="2612"/>', "☒"),
        ('<w:sym w:font="Symbol" w:char="no"/>', ""),
        ("<w:t>\uf0b3</w:t>", "≥"),
    ],
)
def test_signs_of_symbol_fonts_are_read(tmp_path: Path, part: str, shown: str) -> None:
    font = '<w:rPr><w:rFonts w:ascii="Symbol"/></w:rPr>' if "<w:t>" in part else ""
    found = read(tmp_path, para(run("aged ") + f"<w:r>{font}{part}</w:r>" + run(" 13 years")))
    assert texts(found, "paragraph") == [f"aged {shown} 13 years".replace("  ", " ")]


def test_a_table_of_contents_in_its_control_is_no_evidence(tmp_path: Path) -> None:
    gallery = '<w:docPartObj><w:docPartGallery w:val="Table of Contents"/></w:docPartObj>'
    found = read(tmp_path, control(para("Contents") + para("Scope 3"), gallery) + para("Staff act."))
    assert seen(found) == [("paragraph", 1, None, "Staff act.")]
    assert {each.reason for each in found.exclusions} == {"contents"}


def test_the_cover_page_that_word_keeps_in_a_control_is_read_as_the_cover(tmp_path: Path) -> None:
    path = word_file(tmp_path / "a.docx", control(para("Neglect Strategy 2024")) + para("Words."))
    assert [each.text for each in read_docx_cover(path).lines] == ["Neglect Strategy 2024", "Words."]


def test_the_lines_of_a_text_box_on_a_cover_stay_apart_and_are_read_once(tmp_path: Path) -> None:
    box = f"<w:txbxContent>{para('Exploitation')}{para('Strategy')}</w:txbxContent>"
    drawn = (
        '<w:r><mc:AlternateContent xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006">'
        f"<mc:Choice Requires='wps'><w:drawing>{box}</w:drawing></mc:Choice><mc:Fallback><w:pict>{box}</w:pict></mc:Fallback>"
        "</mc:AlternateContent></w:r>"
    )
    path = word_file(tmp_path / "a.docx", f"<w:p>{drawn}</w:p>{para('Words.')}")
    assert [each.text for each in read_docx_cover(path).lines] == ["Exploitation", "Strategy", "Words."]
