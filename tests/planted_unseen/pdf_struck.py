"""Words that the author struck out, by a stroke drawn through them or by an annotation."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from pypdf import PdfReader, PdfWriter
from pypdf.generic import ArrayObject, DictionaryObject, FloatObject, NameObject, NumberObject

from tests.planted_unseen.planted import Planted
from tests.planted_unseen.sheet import LEFT, Sheet, Words

ROWS = (("Kind of concern", "Who is told", "By when"), ("Bruise on a baby", "Duty doctor", "Same hour"))
CELLS = tuple(cell for row in ROWS for cell in row)


def _rows(sheet: Sheet, is_filled: bool) -> None:
    """Draws a small table with a rule over, under and between its rows: as strokes, or as thin filled boxes."""
    sheet.gap(6)
    for row in (*ROWS, ()):
        if is_filled:
            sheet.canvas.rect(LEFT - 4, sheet.y + 15, 424, 0.6, stroke=0, fill=1)
        else:
            sheet.canvas.line(LEFT - 4, sheet.y + 15, LEFT + 420, sheet.y + 15)
        sheet.canvas.setFont("Helvetica", 11)
        for at, cell in enumerate(row):
            sheet.canvas.drawString(LEFT + 145 * at, sheet.y, cell)
        sheet.gap(22)


def _struck_by_a_line() -> Planted:
    opening = "Nurseries in Oxley Down follow this procedure when a child has an unexplained mark."
    struck = (
        "Nursery managers decide whether the mark deserves attention. They wait until collection time and question "
        "whichever relative arrives."
    )
    closing = "The manager rings the duty doctor and does as the doctor says."

    def write(path: Path) -> None:
        sheet = Sheet(path, "Oxley Down: marks and bruises")
        sheet.paragraph(opening)
        sheet.canvas.setLineWidth(0.7)
        for words in sheet.paragraph(struck):
            sheet.canvas.line(words.x, words.middle, words.x + words.width, words.middle)
        sheet.paragraph(closing)
        _rows(sheet, is_filled=False)
        sheet.save()

    return Planted("struck-by-a-line.pdf", write, (struck,), (opening, closing, *CELLS))


def _two_words_struck() -> Planted:
    opening = "The Marlpit partnership audits its cases every quarter and publishes what it learnt."
    before, struck, after = "The auditor reads", "seven dozen", "twelve files chosen by lot."
    underlined = "Each file is read by two people who did not work on it."

    def write(path: Path) -> None:
        sheet = Sheet(path, "Marlpit audit calendar", "Times-Roman", 12)
        below = sheet.paragraph(underlined)
        sheet.paragraph(opening)
        words = sheet.line((before, None), (struck, None), (after, None))[1]
        pen = sheet.canvas.beginPath()
        pen.moveTo(words.x, words.middle - 0.4)
        pen.lineTo(words.x + words.width, words.middle - 0.4)
        sheet.canvas.setStrokeColorRGB(0.8, 0, 0)
        sheet.canvas.setLineWidth(0.5)
        sheet.canvas.drawPath(pen, stroke=1, fill=0)
        for line in below:
            sheet.canvas.line(line.x, line.y - 1.6, line.x + line.width, line.y - 1.6)
        sheet.save()

    return Planted("two-words-struck.pdf", write, (struck,), (opening, before, after, underlined))


def _struck_by_a_thin_box() -> Planted:
    opening = "Faith groups in Brindle Hythe appoint a person to whom any worry may be told."
    struck = "Elders settle worries privately among themselves."
    closing = "The person appointed passes the worry on and does not look into it alone."

    def write(path: Path) -> None:
        sheet = Sheet(path, "Brindle Hythe: places of worship")
        sheet.paragraph(opening)
        _rows(sheet, is_filled=True)
        for words in sheet.paragraph(struck):
            sheet.canvas.rect(words.x - 1, words.middle - 0.4, words.width + 2, 0.8, stroke=0, fill=1)
        sheet.paragraph(closing)
        sheet.save()

    return Planted("struck-by-a-thin-box.pdf", write, (struck,), (opening, closing, *CELLS))


def _annotation(kind: str, lines: Sequence[Words], colour: tuple[float, float, float]) -> DictionaryObject:
    """Returns a text markup over the lines, a quadrilateral for each."""
    boxes = [(each.x, each.y - 2, each.x + each.width, each.y + 9) for each in lines]
    quads = [point for left, foot, right, top in boxes for point in (left, top, right, top, left, foot, right, foot)]
    lefts, feet, rights, tops = zip(*boxes, strict=True)
    rect = (min(lefts), min(feet), max(rights), max(tops))
    return DictionaryObject(
        {
            NameObject("/Type"): NameObject("/Annot"),
            NameObject("/Subtype"): NameObject(kind),
            NameObject("/Rect"): ArrayObject([FloatObject(value) for value in rect]),
            NameObject("/QuadPoints"): ArrayObject([FloatObject(value) for value in quads]),
            NameObject("/C"): ArrayObject([FloatObject(value) for value in colour]),
            NameObject("/F"): NumberObject(4),
        }
    )


def _struck_by_an_annotation() -> Planted:
    opening = (
        "Dentists in Nether Sallow ask why a child was not brought. Two missed visits in a year are a reason to "
        "talk to the health visitor."
    )
    struck = (
        "Receptionists remove such patients from the register. Outstanding charges follow by recorded letter before "
        "another booking becomes possible."
    )
    highlighted = "The practice keeps the door open and offers another date."
    underlined = "The health visitor answers the practice within two days."

    def write(path: Path) -> None:
        sheet = Sheet(path, "Nether Sallow: children not brought")
        sheet.paragraph(opening)
        marks = (
            _annotation("/StrikeOut", sheet.paragraph(struck), (1, 0, 0)),
            _annotation("/Highlight", sheet.paragraph(highlighted), (1, 1, 0)),
            _annotation("/Underline", sheet.paragraph(underlined), (0, 0.5, 0)),
        )
        sheet.save()
        writer = PdfWriter(clone_from=PdfReader(path))
        for mark in marks:
            writer.add_annotation(0, mark)
        writer.write(path)

    return Planted("struck-by-an-annotation.pdf", write, (struck,), (opening, highlighted, underlined))


STRUCK = (_struck_by_a_line(), _two_words_struck(), _struck_by_a_thin_box(), _struck_by_an_annotation())
