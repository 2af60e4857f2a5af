"""Briefings: titles of slides are headings, boxes are read one by one, hidden slides and speaker notes are not quoted."""

from __future__ import annotations

import re
import zipfile
from pathlib import Path
from typing import Any

import pytest
from pptx import Presentation
from pptx.util import Inches

from assistant.errors import UnreadableDocument
from ingest.readers import read_file
from ingest.readers.blocks import ReadFile
from ingest.sandbox.worker import answer
from tests.reading import check_runs, left_out, seen, texts


def box(slide: Any, text: str, left: float, top: float, *, bold_first: bool = False) -> Any:
    shape = slide.shapes.add_textbox(Inches(left), Inches(top), Inches(4), Inches(1.5))
    for at, line in enumerate(text.split("\n")):
        paragraph = shape.text_frame.paragraphs[0] if at == 0 else shape.text_frame.add_paragraph()
        run = paragraph.add_run()
        run.text = line
        run.font.bold = (bold_first and at == 0) or None
    return shape


def briefing(path: Path) -> Path:
    presentation = Presentation()
    first = presentation.slides.add_slide(presentation.slide_layouts[1])
    first.shapes.title.text = "Seven-minute briefing: bruising in babies"
    body = first.placeholders[1].text_frame
    body.text = "Babies who do not move by themselves rarely bruise."
    body.add_paragraph().text = "Any bruise must be discussed with a paediatrician the same day."
    inner = body.add_paragraph()
    inner.text, inner.level = "This includes very small bruises.", 1
    first.notes_slide.notes_text_frame.text = "Tell them about last year's case."
    boxes = presentation.slides.add_slide(presentation.slide_layouts[5])
    boxes.shapes.title.text = "What to do"
    box(boxes, "Later\nWrite down who said what.", 5.2, 4, bold_first=True)
    box(boxes, "Now\nRing the duty team on 01632 960 142.", 0.5, 2.1, bold_first=True)
    box(boxes, "Today\nThe social worker must see the baby within 24 hours.", 5.2, 2, bold_first=True)
    struck = box(boxes, "Wait for the strategy meeting. ", 0.5, 4)
    struck.text_frame.paragraphs[0].runs[0].font._element.set("strike", "sngStrike")
    struck.text_frame.paragraphs[0].add_run().text = "Do not wait."
    hidden = presentation.slides.add_slide(presentation.slide_layouts[1])
    hidden.shapes.title.text = "Old rules"
    hidden.placeholders[1].text_frame.text = "Wait for two days."
    hidden._element.set("show", "0")
    table = presentation.slides.add_slide(presentation.slide_layouts[6])
    cells = table.shapes.add_table(3, 3, Inches(1), Inches(1), Inches(6), Inches(2)).table
    for at, row in enumerate(
        [
            ("Role", "Name", "Telephone"),
            ("Named doctor", "Dr Sol Brin", "01632 960 001"),
            ("Named nurse", "", "01632 960 002"),
        ]
    ):
        for column, text in enumerate(row):
            cells.cell(at, column).text = text
    cells.cell(1, 1).merge(cells.cell(2, 1))
    presentation.slides.add_slide(presentation.slide_layouts[6])
    presentation.save(str(path))
    return path


@pytest.fixture(scope="module")
def read(tmp_path_factory: pytest.TempPathFactory) -> ReadFile:
    return read_file(briefing(tmp_path_factory.mktemp("pptx") / "briefing.pptx"), 100)


def test_a_briefing_reads_slide_by_slide_and_box_by_box(read: ReadFile) -> None:
    assert seen(read) == [
        ("heading", 1, None, "Seven-minute briefing: bruising in babies"),
        ("list_item", 1, None, "Babies who do not move by themselves rarely bruise."),
        ("list_item", 1, None, "Any bruise must be discussed with a paediatrician the same day."),
        ("list_item", 2, None, "This includes very small bruises."),
        ("heading", 1, None, "What to do"),
        ("heading", 2, None, "Now"),
        ("paragraph", 1, None, "Ring the duty team on 01632 960 142."),
        ("heading", 2, None, "Today"),
        ("paragraph", 1, None, "The social worker must see the baby within 24 hours."),
        ("paragraph", 1, None, "Do not wait."),
        ("heading", 2, None, "Later"),
        ("paragraph", 1, None, "Write down who said what."),
        ("table_header", 1, None, "Role | Name | Telephone"),
        ("table_row", 1, None, "Named doctor | Dr Sol Brin | 01632 960 001"),
        ("table_row", 1, None, "Named nurse | Dr Sol Brin | 01632 960 002"),
    ]
    check_runs(read)


def test_its_title_and_places_are_those_of_the_slides(read: ReadFile) -> None:
    assert read.title == "Seven-minute briefing: bruising in babies"
    assert read.page_labels == ("slide 1", "slide 2", "slide 3", "slide 4", "slide 5")
    assert [block.page for block in read.blocks if block.kind == "heading"] == [1, 2, 2, 2, 2]


def test_headings_of_a_box_and_of_a_slide_end_with_it(read: ReadFile) -> None:
    under = {each.text: each.under for each in read.blocks}
    assert under["Do not wait."] == 1
    assert under["Role | Name | Telephone"] == 0


def test_what_the_audience_did_not_see_is_listed(read: ReadFile) -> None:
    said = left_out(read)
    assert "note on the page: Tell them about last year's case." in said
    assert "withdrawn: Wait for the strategy meeting." in said
    assert "hidden text: Old rules Wait for two days." in said
    assert [(each.page, each.reason) for each in read.exclusions if each.reason == "blank"] == [(5, "blank")]


def test_bullets_may_be_switched_off_and_numbers_count(tmp_path: Path) -> None:
    presentation = Presentation()
    slide = presentation.slides.add_slide(presentation.slide_layouts[1])
    body = slide.placeholders[1].text_frame
    body.text = "The manager must:"
    body.paragraphs[0]._p.get_or_add_pPr().insert(0, _element("buNone"))
    for text in ("ring the police,", "write it down."):
        paragraph = body.add_paragraph()
        paragraph.text = text
        paragraph._p.get_or_add_pPr().insert(0, _element("buAutoNum", type="arabicPeriod"))
    presentation.save(str(tmp_path / "a.pptx"))
    assert seen(read_file(tmp_path / "a.pptx", 10)) == [
        ("paragraph", 1, None, "The manager must:"),
        ("list_item", 1, "1", "ring the police,"),
        ("list_item", 1, "2", "write it down."),
    ]


def _element(name: str, **attributes: str) -> Any:
    from pptx.oxml import parse_xml

    said = " ".join(f'{key}="{value}"' for key, value in attributes.items())
    return parse_xml(f'<a:{name} xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main" {said}/>')


def test_boxes_in_a_group_are_placed_where_the_group_places_them(tmp_path: Path) -> None:
    presentation = Presentation()
    slide = presentation.slides.add_slide(presentation.slide_layouts[6])
    box(slide, "Second, on the right.", 5, 1)
    group = slide.shapes.add_group_shape()
    for text, top in (("First, on the left.", 1.1), ("Third, under it.", 4)):
        shape = group.shapes.add_textbox(Inches(0.2), Inches(top), Inches(3), Inches(1))
        shape.text_frame.text = text
    presentation.save(str(tmp_path / "a.pptx"))
    assert texts(read_file(tmp_path / "a.pptx", 10), "paragraph") == [
        "First, on the left.",
        "Second, on the right.",
        "Third, under it.",
    ]


def test_a_slide_of_one_picture_is_told(tmp_path: Path) -> None:
    from PIL import Image

    Image.new("RGB", (20, 20), "red").save(tmp_path / "a.png")
    presentation = Presentation()
    first = presentation.slides.add_slide(presentation.slide_layouts[6])
    box(first, "Some words of the briefing.", 1, 1)
    second = presentation.slides.add_slide(presentation.slide_layouts[6])
    second.shapes.add_picture(str(tmp_path / "a.png"), 0, 0)
    presentation.save(str(tmp_path / "a.pptx"))
    assert [(each.page, each.reason) for each in read_file(tmp_path / "a.pptx", 10).exclusions] == [
        (2, "no_text_layer")
    ]


@pytest.mark.parametrize("kept", [30, 900, 0.5, 0.99])
def test_a_cut_off_file_is_one_error(tmp_path: Path, kept: float) -> None:
    whole = briefing(tmp_path / "whole.pptx").read_bytes()
    path = tmp_path / "cut.pptx"
    path.write_bytes(whole[: int(kept if kept > 1 else len(whole) * kept)])
    with pytest.raises(UnreadableDocument, match=r"cut\.pptx: not a whole PowerPoint file. Save it again as \.pptx"):
        read_file(path, 10)


def test_more_slides_than_allowed_are_refused(tmp_path: Path) -> None:
    with pytest.raises(UnreadableDocument, match=r"5 slides, more than the limit of 4. Raise ASSISTANT_MAX_PAGES"):
        read_file(briefing(tmp_path / "a.pptx"), 4)


@pytest.mark.parametrize(
    ("part", "content", "words"),
    [
        ("ppt/slides/slide1.xml", b"<a>" + b" " * 5_000_000 + b"</a>", "when unpacked"),
        (
            "ppt/slides/slide1.xml",
            b'<!DOCTYPE a [<!ENTITY b "c"><!ENTITY d "&b;&b;">]><a>&d;</a>',
            "declares XML entities",
        ),
        ("ppt/slides/slide1.xml", b"<a>" * 3000, "not a whole|cannot be read"),
        ("ppt/_rels/presentation.xml.rels", b"<a/>", "not a whole|cannot be read|no readable"),
    ],
)
def test_hostile_parts_end_in_one_error(tmp_path: Path, part: str, content: bytes, words: str) -> None:
    whole, path = briefing(tmp_path / "whole.pptx"), tmp_path / "hostile.pptx"
    with zipfile.ZipFile(whole) as source, zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as target:
        for name in source.namelist():
            target.writestr(name, content if name == part else source.read(name))
    found = answer(path, 100)
    assert isinstance(found, UnreadableDocument)
    assert "hostile.pptx" in str(found)
    assert re.search(words, str(found))
