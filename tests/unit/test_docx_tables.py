"""Tables of Word keep their columns, numbers, notes and the rows of tables in their cells; the header is one."""

from __future__ import annotations

from pathlib import Path

import pytest

from ingest.cutting.sections import lay_out
from ingest.readers.blocks import ReadFile
from ingest.readers.docx import read_docx
from tests.reading import check_runs, para, seen, word_file

NUMBERING = (
    '<w:abstractNum w:abstractNumId="1"><w:lvl w:ilvl="0"><w:numFmt w:val="decimal"/><w:lvlText w:val="%1."/></w:lvl></w:abstractNum>'
    '<w:abstractNum w:abstractNumId="2"><w:lvl w:ilvl="0"><w:numFmt w:val="bullet"/><w:lvlText w:val="•"/></w:lvl></w:abstractNum>'
    '<w:num w:numId="1"><w:abstractNumId w:val="1"/></w:num><w:num w:numId="2"><w:abstractNumId w:val="2"/></w:num>'
)


def read(tmp_path: Path, body: str, **parts: str) -> ReadFile:
    found = read_docx(word_file(tmp_path / "a.docx", body, numbering=NUMBERING, **parts))  # type: ignore[arg-type]
    check_runs(found)
    return found


def cell(text: str, properties: str = "") -> str:
    return f"<w:tc><w:tcPr>{properties}</w:tcPr>{text if text.startswith('<w:') else para(text)}</w:tc>"


def bold(text: str) -> str:
    return cell(para(f"<w:r><w:rPr><w:b/></w:rPr><w:t>{text}</w:t></w:r>"))


def table(*rows: str, properties: str = "") -> str:
    inside = "".join(
        f"<w:tr><w:trPr>{properties if at == 0 else ''}</w:trPr>{row}</w:tr>" for at, row in enumerate(rows)
    )
    return f"<w:tbl>{inside}</w:tbl>"


def row(*texts: str) -> str:
    return "".join(cell(each) for each in texts)


def listed(text: str, list_id: int) -> str:
    return para(text, f'<w:numPr><w:ilvl w:val="0"/><w:numId w:val="{list_id}"/></w:numPr>')


def quotes(found: ReadFile) -> list[tuple[list[str], str]]:
    """Returns the lead-ins and the words of each sentence."""
    laid_out = lay_out(found)
    return [
        ([laid_out.text[start:end] for start, end in each.lead_ins], laid_out.text[each.span.start : each.span.end])
        for unit in laid_out.units
        for each in unit.sentences
    ]


def spanning(columns: int) -> str:
    return f'<w:gridSpan w:val="{columns}"/>'


def test_lists_in_cells_keep_their_numbers_and_notes_follow_their_row(tmp_path: Path) -> None:
    mark = '<w:r><w:t>Lead the enquiry</w:t></w:r><w:r><w:footnoteReference w:id="2"/></w:r><w:r><w:t>.</w:t></w:r>'
    body = table(
        row("Agency", "Tasks"),
        cell("School") + cell(listed("Record it.", 1) + listed("Tell the lead.", 1)),
        cell("Health") + cell(listed("listen", 2) + listed("write", 2)),
        cell("Police") + cell(para(mark)),
    )
    found = read(tmp_path, body, footnotes=f'<w:footnote w:id="2">{para("Aged ten or over.")}</w:footnote>')
    assert [each[0::3] for each in seen(found)] == [
        ("table_header", "Agency | Tasks"),
        ("table_row", "School | 1. Record it. 2. Tell the lead."),
        ("table_row", "Health | • listen • write"),
        ("table_row", "Police | Lead the enquiry."),
        ("footnote", "Aged ten or over."),
    ]
    assert [(each.offset, each.mark) for each in found.blocks[3].marks] == [(25, "1")]
    assert [each.mark for each in lay_out(found).footnotes] == ["1"]


def test_rows_of_a_table_in_a_cell_stay_rows_under_their_own_row(tmp_path: Path) -> None:
    inner = table(row("Under 13", "Always refer"), row("13 to 15", "Refer unless the panel agrees"))
    body = table(
        row("Agency", "Tasks"),
        cell("Panel") + cell(para("Age decides:") + inner + para("")),
        row("School", "Record the concern at once."),
    )
    header, outer = "Agency | Tasks", "Panel | Age decides:"
    assert quotes(read(tmp_path, body))[1:] == [
        ([header], outer),
        ([header, outer], "Under 13 | Always refer"),
        ([header, outer], "13 to 15 | Refer unless the panel agrees"),
        ([header], "School | Record the concern at once."),
    ]


def test_merged_cells_keep_the_columns_and_two_rows_of_names_are_one(tmp_path: Path) -> None:
    body = table(
        cell("Level", '<w:vMerge w:val="restart"/>') + cell("Reviews", spanning(2)),
        cell("", "<w:vMerge/>") + row("First", "Later"),
        row("Two", "6 weeks", "12 weeks"),
        cell("Four") + cell("10 working days", spanning(2)),
    )
    body = body.replace("<w:trPr></w:trPr>", "<w:trPr><w:tblHeader/></w:trPr>", 2)
    assert [each.text for each in read(tmp_path, body).blocks] == [
        "Level | Reviews First | Reviews Later",
        "Two | 6 weeks | 12 weeks",
        "Four | 10 working days | 10 working days",
    ]


def test_a_row_that_begins_later_keeps_its_columns(tmp_path: Path) -> None:
    late = '<w:tr><w:trPr><w:gridBefore w:val="1"/></w:trPr>' + row("b", "c") + "</w:tr>"
    body = table(row("Who", "What", "When"), row("a", "b", "c")).replace("</w:tbl>", f"{late}</w:tbl>")
    assert read(tmp_path, body).blocks[-1].text == " | b | c"


def test_a_row_over_the_whole_table_leads_into_the_rows_below_it(tmp_path: Path) -> None:
    body = table(
        row("Sign", "Action", "Time"),
        cell("Level 2", spanning(3)),
        row("Late", "Ring home", "one day"),
        cell("Level 3", spanning(3)),
        row("Hurt", "Ring the police", "at once"),
    )
    names = "Sign | Action | Time"
    assert quotes(read(tmp_path, body))[2::2] == [
        ([names, "Level 2"], "Late | Ring home | one day"),
        ([names, "Level 3"], "Hurt | Ring the police | at once"),
    ]


def test_the_parts_of_a_form_lead_into_their_own_rows_and_a_title_into_all(tmp_path: Path) -> None:
    parts = [cell(each, spanning(2)) for each in ("Section A", "Section B", "Thresholds")]
    form = table(parts[0], row("Name:", "Al"), parts[1], row("Send to:", "the front door"))
    assert quotes(read(tmp_path, form))[1::2] == [
        (["Section A"], "Name: | Al"),
        (["Section B"], "Send to: | the front door"),
    ]
    titled = table(parts[2], row("Level", "What to do"), row("Low", "Record it"))
    assert quotes(read(tmp_path, titled))[-1] == (["Thresholds", "Level | What to do"], "Low | Record it")


@pytest.mark.parametrize(
    ("rows", "has_header"),
    [
        ([row("Agency", "Tasks"), row("School", "Record the concern at once.")], True),
        ([row("Who", "What"), row("Police", "act")], True),
        ([row("Tier", "Response time"), row("Tier 1", "4 hours"), row("Tier 2", "2 days")], True),
        ([row("Sign", "Action", "Time"), row("Late", "Ring home", "one day")], True),
        ([bold("Policy owner") + bold("Head of Quality"), row("Board", "Agreed")], True),
        ([row("Name of child:", ""), row("Gender:", "")], False),
        ([row("RISK LEVEL", "Not at risk (score 0 to 5)"), row("", "High risk (score 16 or more)")], False),
        ([row("Policy owner", "Head of Quality"), row("Approved by", "The Board"), row("Review", "May")], False),
        ([row("Stage one", "Practitioner", "one day"), row("Stage two", "Manager", "three days")], False),
        ([row("1", "Record", "one day"), row("2", "Tell", "three days")], False),
        ([row("Jo Smith", "Lead nurse", "01234 555010"), row("Al Jones", "Clerk", "01234 555011")], False),
        ([bold("Owner") + cell("Jo"), bold("Agreed") + cell("Yes, by the Board in full")], False),
        ([row("Staff act at once.", "They ring the police.")], False),
    ],
)
def test_the_first_row_is_a_header_only_where_it_names_columns(
    tmp_path: Path, rows: list[str], has_header: bool
) -> None:
    assert (read(tmp_path, table(*rows)).blocks[0].kind == "table_header") is has_header


def test_a_header_that_word_marks_is_one_and_leads_into_no_other_table(tmp_path: Path) -> None:
    marked = table(row("Owner", "Jo"), row("Agreed", "Yes"), properties="<w:tblHeader/>")
    plain = table(row("Name of child:", "Al"), row("Gender:", "f"))
    assert quotes(read(tmp_path, marked + para("") + plain)) == [
        ([], "Owner | Jo"),
        (["Owner | Jo"], "Agreed | Yes"),
        ([], "Name of child: | Al"),
        ([], "Gender: | f"),
    ]


def test_an_empty_first_cell_goes_on_with_the_label_above(tmp_path: Path) -> None:
    body = table(row("RISK LEVEL", "Not at risk (0 to 5)"), row("", "High risk (16 or more)"))
    assert quotes(read(tmp_path, body))[1] == ([], "RISK LEVEL | High risk (16 or more)")


def test_a_myth_and_its_truth_are_never_apart(tmp_path: Path) -> None:
    truth = "A person is a child until 18. " * 20
    body = table(row("☒ The Myth", "Safeguarding stops at 16."), row("☑ The Truth", truth))
    path = word_file(tmp_path / "a.docx", body)
    from ingest.readers import read_file

    assert quotes(read_file(path, 1)) == [
        ([], f"☒ The Myth | Safeguarding stops at 16. | ☑ The Truth | {truth.strip()}")
    ]
