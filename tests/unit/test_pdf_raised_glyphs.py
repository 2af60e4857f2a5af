"""Marks of notes that are glyphs of their own, in the size of the line and on it, are told from digits by their ink."""

from __future__ import annotations

import re
from pathlib import Path

import pypdf
import pytest
from pypdf.generic import ArrayObject, DecodedStreamObject, DictionaryObject, NameObject, NumberObject

from ingest.readers import read_file
from ingest.readers.blocks import BlockKind
from tests.pdf_files import helvetica

RAISED, FOOT, SAME = "abcdefghij", 350, 0
"""Letters that draw 0 to 9 in another shape; where its foot stands, in thousandths of the size, and the line."""
NOTES = ((60, 9, "b Children Act 1989, as amended."), (48, 9, "c Working days in England, bank holidays left out."))
LINES = (
    (700, 12, "Staff start an assessment under section 47b and end it"),
    (684, 12, "within 2c days of the day on which the assessment started."),
)


def written(path: Path, lines: tuple[tuple[int, int, str], ...], foot: int) -> Path:
    """Writes a page with one font of letters and one of digits, which has two shapes of each digit, both of full size.

    A digit is followed by its marks, and a note starts with its own: "47b" is 47 with mark 1, "b Children" note 1.
    """
    writer = pypdf.PdfWriter()
    page = writer.add_blank_page(595, 842)
    content = DecodedStreamObject()
    content.set_data("\n".join(_line(y, size, text) for y, size, text in lines).encode())
    fonts = DictionaryObject(
        {NameObject("/F1"): helvetica(), NameObject("/F2"): writer._add_object(_digits(writer, foot))}
    )
    page[NameObject("/Resources")] = DictionaryObject({NameObject("/Font"): fonts})
    page[NameObject("/Contents")] = writer._add_object(content)
    with path.open("wb") as file:
        writer.write(file)
    return path


def _line(y: int, size: int, text: str) -> str:
    pieces = re.split(rf"(\d+[{RAISED}]*(?!\w)|^[{RAISED}](?= ))", text)
    shown = [f"/F{2 if at % 2 else 1} {size} Tf ({piece}) Tj" for at, piece in enumerate(pieces) if piece]
    return f"BT 60 {y} Td {' '.join(shown)} ET"


def _digits(writer: pypdf.PdfWriter, foot: int) -> DictionaryObject:
    codes = [*range(0x30, 0x3A), *map(ord, RAISED)]
    shapes = DictionaryObject({NameObject(f"/g{code}"): _shape(writer, 0 if code < 0x3A else foot) for code in codes})
    named = [each for code in codes for each in (NumberObject(code), NameObject(f"/g{code}"))]
    shown = "".join(f"<{code:02x}> <{0x30 + at % 10:04x}>\n" for at, code in enumerate(codes))
    unicode = DecodedStreamObject()
    unicode.set_data(f"1 begincodespacerange <00> <ff> endcodespacerange\n20 beginbfchar\n{shown}endbfchar".encode())
    first, last = min(codes), max(codes)
    return DictionaryObject(
        {
            NameObject("/Type"): NameObject("/Font"),
            NameObject("/Subtype"): NameObject("/Type3"),
            NameObject("/FontBBox"): ArrayObject(map(NumberObject, (0, 0, 500, 1000))),
            NameObject("/FontMatrix"): ArrayObject(map(pypdf.generic.FloatObject, (0.001, 0, 0, 0.001, 0, 0))),
            NameObject("/CharProcs"): shapes,
            NameObject("/Encoding"): DictionaryObject({NameObject("/Differences"): ArrayObject(named)}),
            NameObject("/FirstChar"): NumberObject(first),
            NameObject("/LastChar"): NumberObject(last),
            NameObject("/Widths"): ArrayObject(NumberObject(500) for _ in range(first, last + 1)),
            NameObject("/ToUnicode"): writer._add_object(unicode),
            NameObject("/Resources"): DictionaryObject(),
        }
    )


def _shape(writer: pypdf.PdfWriter, foot: int) -> pypdf.generic.IndirectObject:
    drawn = DecodedStreamObject()
    drawn.set_data(f"500 0 50 {foot} 450 {foot + 350} d1 50 {foot} 400 350 re f".encode())
    return writer._add_object(drawn)


def test_a_mark_of_the_line_s_own_size_leaves_the_number_before_it(tmp_path: Path) -> None:
    """Typst 0.15.1 sets the marks of its footnotes so: pypdf 7.1.0 and PDFium read "section 471" and "22 days"."""
    blocks = read_file(written(tmp_path / "a.pdf", (*LINES, *NOTES), FOOT), 10).blocks
    said = " ".join(block.text for block in blocks if block.kind is BlockKind.PARAGRAPH)
    assert said.startswith("Staff start an assessment under section 47 and end it within 2 days of the day")
    notes = [block.text for block in blocks if block.kind is BlockKind.FOOTNOTE]
    assert notes == ["Children Act 1989, as amended.", "Working days in England, bank holidays left out."]


def test_digits_of_two_shapes_on_the_line_are_one_number(tmp_path: Path) -> None:
    blocks = read_file(written(tmp_path / "a.pdf", LINES, SAME), 10).blocks
    assert "under section 471 and end it within 22 days" in " ".join(block.text for block in blocks)


def test_the_upper_number_of_a_fraction_is_no_mark(tmp_path: Path) -> None:
    lines = ((700, 12, "Staff answer within 3b/2 days of the day on which a parent asked them to."),)
    blocks = read_file(written(tmp_path / "a.pdf", lines, FOOT), 10).blocks
    assert "within 31/2 days" in blocks[0].text


@pytest.mark.parametrize("number", [0, 2])
def test_a_page_that_is_not_there_has_no_raised_digits(tmp_path: Path, number: int) -> None:
    from ingest.readers.pdf.raised_glyphs import RaisedGlyphs

    with RaisedGlyphs(written(tmp_path / "a.pdf", LINES, FOOT)) as raised:
        assert len(raised.on(1)) == 2
        assert raised.on(number) == ()
