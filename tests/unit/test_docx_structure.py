"""Headings, lists and boxes of Word as a reader sees them, whatever styles the author used."""

from __future__ import annotations

import zipfile
from pathlib import Path

import pytest

from ingest.readers.blocks import ReadFile
from ingest.readers.docx import read_docx
from tests.reading import R, W, check_runs, left_out, para, seen, texts, word_file

STYLES = (
    '<w:style w:type="paragraph" w:styleId="H2"><w:name w:val="heading 2"/></w:style>'
    '<w:style w:type="paragraph" w:styleId="Ttl"><w:name w:val="Title"/></w:style>'
    '<w:style w:type="paragraph" w:styleId="LP"><w:name w:val="List Paragraph"/></w:style>'
    '<w:style w:type="paragraph" w:styleId="Strong"><w:name w:val="Our line"/><w:rPr><w:b/></w:rPr></w:style>'
)
NUMBERING = (
    '<w:abstractNum w:abstractNumId="1"><w:lvl w:ilvl="0"><w:numFmt w:val="decimal"/><w:lvlText w:val="%1."/></w:lvl></w:abstractNum>'
    '<w:abstractNum w:abstractNumId="2"><w:lvl w:ilvl="0"><w:numFmt w:val="bullet"/><w:lvlText w:val="&#xF0FB;"/>'
    '<w:rPr><w:rFonts w:ascii="Wingdings"/></w:rPr></w:lvl></w:abstractNum>'
    '<w:abstractNum w:abstractNumId="3"><w:lvl w:ilvl="0"><w:numFmt w:val="bullet"/><w:lvlText w:val="&#xF0FC;"/>'
    '<w:rPr><w:rFonts w:ascii="Wingdings"/></w:rPr></w:lvl></w:abstractNum>'
    '<w:abstractNum w:abstractNumId="4"><w:lvl w:ilvl="0"><w:numFmt w:val="none"/></w:lvl></w:abstractNum>'
    + "".join(f'<w:num w:numId="{n}"><w:abstractNumId w:val="{n}"/></w:num>' for n in range(1, 5))
)
TEXT = para("Staff write the report on the same day.")


def read(tmp_path: Path, body: str) -> ReadFile:
    found = read_docx(word_file(tmp_path / "a.docx", body, numbering=NUMBERING, styles=STYLES))
    check_runs(found)
    return found


def run(text: str, properties: str = "<w:b/>") -> str:
    return f'<w:r><w:rPr>{properties}</w:rPr><w:t xml:space="preserve">{text}</w:t></w:r>'


def styled(name: str) -> str:
    return f'<w:pStyle w:val="{name}"/>'


def listed(list_id: int) -> str:
    return f'<w:numPr><w:ilvl w:val="0"/><w:numId w:val="{list_id}"/></w:numPr>'


@pytest.mark.parametrize(
    "line",
    [
        para(run("Keeping records")),
        para(run("Keeping ") + run("records")),
        para(run("Keeping records", '<w:u w:val="single"/>')),
        para(run("Keeping records", ""), styled("Strong")),
        para(run("1. Keeping records")),
        para(run("Keeping records"), listed(1)),
        para(run("What must I record?")),
        para(run("Records:")),
        para(run("KEEPING RECORDS")),
    ],
)
def test_a_line_that_is_only_bold_or_underlined_is_a_heading(tmp_path: Path, line: str) -> None:
    blocks = read(tmp_path, para("Harm", styled("H2")) + TEXT + line + TEXT).blocks
    assert [(str(each.kind), each.level) for each in blocks[2:]] == [("heading", 3), ("paragraph", 1)]


def test_a_bold_line_over_text_in_one_paragraph_is_a_heading(tmp_path: Path) -> None:
    body = para(run("Records") + "<w:r><w:br/></w:r>" + run("Staff write it.", ""))
    assert [each[0::3] for each in seen(read(tmp_path, body))] == [
        ("heading", "Records"),
        ("paragraph", "Staff write it."),
    ]
    run_in = para(run("Records") + "<w:r><w:tab/></w:r>" + run("Staff write it.", ""))
    assert [each[0::3] for each in seen(read(tmp_path, run_in))] == [("paragraph", "Records Staff write it.")]


@pytest.mark.parametrize(
    "line",
    [
        para(run("Keep all records.")),
        para(run("Staff must keep records")),
        para(run("Do not ask the child")),
        para(run("Ring the duty desk")),
        para(run("Within 24 hours of a report") + run(" within two days")),
        para(run("Keeping") + run(" records", "")),
        para(run("Keeping records", '<w:b w:val="0"/>')),
        para(run("Review date: June 2025")),
        para(run("Duty desk 01234 555 0100")),
        para(run("Staff who work alone record:")) + para("one", listed(3)),
        para(run("a longer line that begins in the middle of a sentence")),
        para(run("Word " * 15)),
    ],
)
def test_a_bold_sentence_rule_detail_or_lead_in_is_no_heading(tmp_path: Path, line: str) -> None:
    found = read(tmp_path, para("Harm", styled("H2")) + TEXT + line + TEXT)
    assert texts(found, "heading") == ["Harm"]


def test_bold_lines_stand_in_the_order_of_their_size(tmp_path: Path) -> None:
    body = (
        para(run("Lone working", '<w:b/><w:sz w:val="32"/>'))
        + para(run("1. Before"))
        + TEXT
        + para(run("2. After"))
        + TEXT
    )
    found = read(tmp_path, body)
    assert [each[:3] for each in seen(found) if each[0] == "heading"] == [
        ("heading", 1, None),
        ("heading", 2, "1"),
        ("heading", 2, "2"),
    ]
    assert found.title == "Lone working"


def test_bold_lines_over_nothing_are_no_headings(tmp_path: Path) -> None:
    cover = "".join(para(run(each)) for each in ("Elmshire", "Partnership", "Policy", "Scope"))
    assert texts(read(tmp_path, cover + TEXT), "heading") == ["Partnership", "Policy", "Scope"]
    assert texts(read(tmp_path, TEXT + para(run("The end"))), "heading") == []


def test_a_rule_in_the_style_of_a_heading_is_text(tmp_path: Path) -> None:
    rule = para("Every worker must tell the duty desk the address.", styled("H2"))
    assert [each[0] for each in seen(read(tmp_path, para("Visits", styled("H2")) + rule))] == ["heading", "paragraph"]


@pytest.mark.parametrize(
    ("body", "items"),
    [
        (para("• one") + para("• two"), [(1, None, "one"), (1, None, "two")]),
        (para(run("☑", "") + run("\u2003one", "")) + para("✔ two"), [(1, None, "one"), (1, None, "two")]),
        (para('<w:r><w:sym w:font="Wingdings" w:char="F0A7"/><w:tab/><w:t>one</w:t></w:r>'), [(1, None, "one")]),
        (para("☒ one") + para("☐ two"), [(1, None, "☒ one"), (1, None, "☐ two")]),
        (para("• one") + para("o two") + para("• three"), [(1, None, "one"), (2, None, "two"), (1, None, "three")]),
        (para("(a) one") + para("(b) two"), [(1, "a", "one"), (1, "b", "two")]),
        (para("1. one") + para("2. two"), [(1, "1", "one"), (1, "2", "two")]),
        (para("i) one") + para("ii) two"), [(1, "i", "one"), (1, "ii", "two")]),
        (para("one", listed(2)) + para("two", listed(2)), [(1, None, "✗ one"), (1, None, "✗ two")]),
        (para("one", listed(3)), [(1, None, "one")]),
        (para("• one", styled("LP")), [(1, None, "one")]),
        (para(run("• one", "") + "<w:r><w:br/></w:r>" + run("• two", "")), [(1, None, "one"), (1, None, "two")]),
    ],
)
def test_typed_bullets_boxes_and_numbers_are_items(tmp_path: Path, body: str, items: list[tuple[object, ...]]) -> None:
    found = read(tmp_path, para("Staff must:") + body)
    assert [each[1:] for each in seen(found) if each[0] == "list_item"] == items
    assert len(found.blocks) == len(items) + 1


@pytest.mark.parametrize(
    "body",
    [
        para("2. Scope:") + para("3. Staff act."),
        para("An indented line.", styled("LP")),
        para("No number.", listed(4)),
        para("A. Smith was there."),
    ],
)
def test_what_goes_on_from_no_lead_in_is_no_item(tmp_path: Path, body: str) -> None:
    assert texts(read(tmp_path, body), "list_item") == []


def box(*lines: str) -> str:
    return f"<w:drawing><w:txbxContent>{''.join(map(para, lines))}</w:txbxContent></w:drawing>"


def test_a_box_with_sentences_is_text_after_its_anchor_and_the_list_it_leads_into(tmp_path: Path) -> None:
    anchor = para(f"<w:r><w:t>Staff must:</w:t></w:r><w:r>{box('Key point', 'Ring the police first.')}</w:r>")
    found = read(tmp_path, anchor + para("• act") + para("• write") + para("Then rest."))
    assert [each.text for each in found.blocks] == [
        "Staff must:", "act", "write", "Key point", "Ring the police first.", "Then rest.",
    ]  # fmt: skip
    assert not texts(found, "figure")


def test_boxes_of_a_chart_are_figures(tmp_path: Path) -> None:
    anchor = para(
        f"<w:r><w:t>See the chart.</w:t></w:r><w:r>{box('Ring the police first.')}{box('Then write it down.')}</w:r>"
    )
    assert texts(read(tmp_path, anchor), "figure") == ["Ring the police first.", "Then write it down."]


def test_a_note_between_a_lead_in_and_its_list_changes_nothing(tmp_path: Path) -> None:
    lead = para('<w:r><w:t>Staff must:</w:t></w:r><w:r><w:footnoteReference w:id="2"/></w:r>')
    path = word_file(
        tmp_path / "a.docx",
        lead + para("act", listed(1)),
        numbering=NUMBERING,
        footnotes=f'<w:footnote w:id="2">{para("Not in August.")}</w:footnote>',
    )
    assert [each[0] for each in seen(read_docx(path))] == ["paragraph", "footnote", "list_item"]


def test_headers_footers_and_comments_are_listed(tmp_path: Path) -> None:
    path = word_file(tmp_path / "a.docx", TEXT)
    footer = para("Document number: SP  Version: 1  Review date: June 2024  Next review date: June 2025") + para(
        "Page 1"
    )
    with zipfile.ZipFile(path) as archive:
        parts = {name: archive.read(name).decode() for name in archive.namelist()}
    for kind, inside in (
        ("footer", footer),
        ("header", para("Vale")),
        ("comments", f"<w:comment>{para('Check it')}</w:comment>"),
    ):
        parts[f"word/{kind}1.xml"] = f'<w:{kind} xmlns:w="{W}">{inside}</w:{kind}>'
        relation = f'<Relationship Id="{kind}" Type="{R}/{kind}" Target="{kind}1.xml"/></Relationships>'
        rels = "word/_rels/document.xml.rels"
        parts[rels] = parts[rels].replace("</Relationships>", relation)
    types = "[Content_Types].xml"
    parts[types] = parts[types].replace(
        "<Default", '<Default Extension="xml" ContentType="application/xml"/><Default', 1
    )
    with zipfile.ZipFile(path, "w") as archive:
        for name, text in parts.items():
            archive.writestr(name, text)
    found = read_docx(path)
    assert "Next review date: June 2025" in left_out(found)
    assert {each.preview: each.reason for each in found.exclusions}["Vale"] == "running_header"
    assert "note on the page: Check it" in left_out(found)


def test_the_title_is_that_of_the_cover_where_a_program_made_it_up(tmp_path: Path) -> None:
    assert (
        read(tmp_path, para("Young carers", styled("Ttl")) + para("Scope", styled("H2")) + TEXT).title == "Young carers"
    )


OUTLINE = (
    '<w:lvl w:ilvl="0"><w:numFmt w:val="decimal"/><w:lvlText w:val="%1"/></w:lvl>'
    '<w:lvl w:ilvl="1"><w:numFmt w:val="decimal"/><w:lvlText w:val="%1.%2"/></w:lvl>'
)


@pytest.mark.parametrize(
    ("lists", "one", "two"),
    [
        ("", '<w:numPr><w:numId w:val="1"/></w:numPr>', '<w:numPr><w:ilvl w:val="1"/></w:numPr>'),
        ("", '<w:numPr><w:numId w:val="1"/></w:numPr>', '<w:numPr><w:ilvl w:val="1"/><w:numId w:val="1"/></w:numPr>'),
        (
            '<w:abstractNum w:abstractNumId="8"><w:numStyleLink w:val="Ours"/></w:abstractNum>',
            '<w:numPr><w:numId w:val="2"/></w:numPr>',
            '<w:numPr><w:ilvl w:val="1"/></w:numPr>',
        ),
    ],
)
def test_headings_are_numbered_by_their_styles(tmp_path: Path, lists: str, one: str, two: str) -> None:
    styles = (
        f'<w:style w:type="paragraph" w:styleId="A"><w:name w:val="heading 1"/><w:pPr>{one}</w:pPr></w:style>'
        f'<w:style w:type="paragraph" w:styleId="B"><w:name w:val="heading 2"/><w:basedOn w:val="A"/><w:pPr>{two}</w:pPr></w:style>'
    )
    numbering = f'<w:abstractNum w:abstractNumId="9"><w:styleLink w:val="Ours"/>{OUTLINE}</w:abstractNum>{lists}'
    numbering += (
        '<w:num w:numId="1"><w:abstractNumId w:val="9"/></w:num><w:num w:numId="2"><w:abstractNumId w:val="8"/></w:num>'
    )
    off = '<w:numPr><w:numId w:val="0"/></w:numPr>'
    body = (
        para("Scope", styled("A"))
        + para("Who", styled("B"))
        + para("When", styled("B"))
        + para("Annex", styled("A") + off)
    )
    found = read_docx(word_file(tmp_path / "a.docx", body, numbering=numbering, styles=styles))
    assert [each.text for each in found.blocks] == ["1 Scope", "1.1 Who", "1.2 When", "Annex"]


def test_a_bold_line_in_a_frame_does_not_stand_over_the_text_after_it(tmp_path: Path) -> None:
    frame = f"<w:tbl><w:tr><w:tc>{para(run('Warning'))}{para('Ring the lead.')}</w:tc></w:tr></w:tbl>"
    found = read(tmp_path, para("Harm", styled("H2")) + frame + TEXT)
    assert texts(found, "heading") == ["Harm"]
    assert texts(found, "paragraph")[:2] == ["Warning", "Ring the lead."]
