"""Drawn bullets, underlined headings, form values and large print, as small made pages show them."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from reportlab.pdfgen.canvas import Canvas

from ingest.cutting.sections import lay_out
from ingest.readers import read_file
from ingest.readers.blocks import Block, BlockKind, ReadFile

LEAD = "Staff tell the manager when:"
ITEMS = ("a child has been away for an hour", "a door has been found open")


def read(path: Path, draw: Callable[[Canvas], None]) -> ReadFile:
    canvas = Canvas(str(path), pagesize=(595, 842), invariant=1)
    canvas.setFont("Helvetica", 11)
    for place in range(6):
        canvas.drawString(72, 760 - 30 * place, "The partnership brings its members together every month.")
    draw(canvas)
    canvas.save()
    return read_file(path, 10)


def kinds(found: ReadFile, kind: BlockKind) -> list[str]:
    return [block.text for block in found.blocks if block.kind is kind]


@pytest.mark.parametrize(
    "bullet",
    [
        lambda canvas, y: canvas.circle(78, y + 4, 2, stroke=0, fill=1),
        lambda canvas, y: canvas.rect(76, y + 1, 5, 5, stroke=0, fill=1),
    ],
    ids=["disc", "square"],
)
def test_drawn_bullets_make_items_tied_to_their_lead_in(
    tmp_path: Path, bullet: Callable[[Canvas, float], None]
) -> None:
    def draw(canvas: Canvas) -> None:
        canvas.drawString(72, 520, LEAD)
        for place, item in enumerate(ITEMS):
            bullet(canvas, 500 - 14 * place)
            canvas.drawString(92, 500 - 14 * place, item)

    found = read(tmp_path / "a.pdf", draw)
    assert kinds(found, BlockKind.LIST_ITEM) == list(ITEMS)
    layout = lay_out(found)
    (last,) = layout.units[-1].sentences
    assert [layout.text[span.start : span.end] for span in last.lead_ins] == [LEAD]


def test_indented_numbers_make_items(tmp_path: Path) -> None:
    def draw(canvas: Canvas) -> None:
        canvas.drawString(72, 520, "All teams follow these rules:")
        for place, item in enumerate(("The youngest is seen first.", "A closed door is knocked at twice.")):
            canvas.drawString(92, 505 - 14 * place, f"{place + 1}.")
            canvas.drawString(112, 505 - 14 * place, item)

    items = kinds(read(tmp_path / "a.pdf", draw), BlockKind.LIST_ITEM)
    assert items == ["1. The youngest is seen first.", "2. A closed door is knocked at twice."]


def test_a_line_below_all_words_of_a_short_line_makes_a_heading(tmp_path: Path) -> None:
    def draw(canvas: Canvas) -> None:
        canvas.drawString(72, 520, "Before the interview")
        canvas.line(72, 518, 72 + canvas.stringWidth("Before the interview", "Helvetica", 11), 518)
        canvas.drawString(72, 500, "The room is booked for twice the time.")

    assert kinds(read(tmp_path / "a.pdf", draw), BlockKind.HEADING) == ["Before the interview"]


def test_a_sentence_in_larger_print_can_be_quoted(tmp_path: Path) -> None:
    def draw(canvas: Canvas) -> None:
        canvas.setFont("Helvetica", 15)
        canvas.drawString(72, 520, "Every child in the county has the right to grow up without fear.")

    assert kinds(read(tmp_path / "a.pdf", draw), BlockKind.HEADING) == []


def test_lines_of_one_sentence_in_uneven_sizes_are_no_headings(tmp_path: Path) -> None:
    def draw(canvas: Canvas) -> None:
        for place, (size, words) in enumerate(
            ((12.2, "The visit is written up within one day, and the"), (11, "record names everyone."))
        ):
            canvas.setFont("Helvetica", size)
            canvas.drawString(72, 500 - 15 * place, words)

    found = read(tmp_path / "a.pdf", draw)
    assert kinds(found, BlockKind.HEADING) == []
    assert found.blocks[-1].text == "The visit is written up within one day, and the record names everyone."


def test_contacts_in_larger_print_are_no_headings(tmp_path: Path) -> None:
    def draw(canvas: Canvas) -> None:
        canvas.setFont("Helvetica-Bold", 13)
        canvas.drawString(72, 500, "Tel (out of hours): 01632 960199")

    assert kinds(read(tmp_path / "a.pdf", draw), BlockKind.HEADING) == []


def test_form_values_stand_beside_their_labels(tmp_path: Path) -> None:
    def draw(canvas: Canvas) -> None:
        canvas.drawString(72, 500, "Emergency duty team:")
        canvas.acroForm.textfield(name="a", value="01632 960 001", x=300, y=496, width=200, height=18)
        canvas.drawString(320, 460, "Cover is shared at night.")
        canvas.acroForm.checkbox(name="b", checked=True, x=300, y=456, size=12)

    def texts(blocks: tuple[Block, ...]) -> list[str]:
        return [block.text for block in blocks]

    found = texts(read(tmp_path / "a.pdf", draw).blocks)
    assert found[-2:] == ["Emergency duty team: 01632 960 001", "☑ Cover is shared at night."]


def test_slanting_words_strewn_over_a_page_are_a_watermark(tmp_path: Path) -> None:
    def draw(canvas: Canvas) -> None:
        for place in range(4):
            canvas.saveState()
            canvas.translate(100 + 100 * place, 300)
            canvas.rotate(30)
            canvas.drawString(0, 0, "COPY")
            canvas.restoreState()

    found = read(tmp_path / "a.pdf", draw)
    assert not any("COPY" in block.text for block in found.blocks)
    assert any(each.preview.startswith("watermark: COPY") for each in found.exclusions)
