"""Words in the colour of the paper, and words painted with no ink at all."""

from __future__ import annotations

from io import BytesIO
from pathlib import Path

from PIL import Image, ImageDraw, ImageFont
from reportlab.lib.pagesizes import A4
from reportlab.lib.utils import ImageReader, simpleSplit

from tests.planted_unseen.planted import Planted
from tests.planted_unseen.sheet import LEFT, WIDTH, Sheet


def _white_on_white() -> Planted:
    opening = (
        "Every setting in Harrowmere names a lead for safeguarding and a deputy. The lead keeps the training record "
        "of all staff and volunteers and shows it to the partnership each spring."
    )
    hidden = "Volunteers may supervise children alone after one week."
    banner = "Ring the Harrowmere duty desk if a child is in danger now."
    closing = "The deputy covers for the lead during leave and sickness, and the rota hangs in the staff room."

    def write(path: Path) -> None:
        sheet = Sheet(path, "Harrowmere training protocol")
        sheet.paragraph(opening)
        sheet.paragraph(hidden, lambda canvas: canvas.setFillColorRGB(1, 1, 1))
        sheet.canvas.setFillColorRGB(0.1, 0.15, 0.4)
        sheet.canvas.rect(LEFT - 8, sheet.y - 9, WIDTH, 28, stroke=0, fill=1)
        sheet.paragraph(banner, lambda canvas: canvas.setFillColorRGB(1, 1, 1))
        sheet.gap(14)
        sheet.canvas.setFillColorRGB(0, 0, 0)
        sheet.paragraph(closing)
        sheet.save()

    return Planted("white-on-white.pdf", write, (hidden,), (opening, banner, closing))


def _near_white() -> Planted:
    before, after = "Referrals go to the front door team.", "The team replies in writing."
    beside, below = "Draft figure removed by counsel.", "Telephone advice needs no record whatsoever."
    body = (
        "A worker in Tolbridge who is unsure speaks to the front door team before the end of the shift, and notes "
        "the name of the person who gave the advice."
    )

    def write(path: Path) -> None:
        sheet = Sheet(path, "Tolbridge referral pathway", "Times-Roman", 12)
        sheet.paragraph(body)
        sheet.line((before, None), (beside, lambda canvas: canvas.setFillGray(0.985)), (after, None))
        sheet.gap()
        sheet.paragraph(below, lambda canvas: canvas.setFillColorCMYK(0, 0, 0.01, 0.01))
        sheet.save()

    return Planted("near-white.pdf", write, (beside, below), (body, before, after))


def _white_in_a_form() -> Planted:
    opening = (
        "The Eastmarsh panel meets on the first Tuesday of the month. It hears from the school, the health visitor "
        "and the family before it sets the plan."
    )
    hidden, shown = "Parents need not be invited beforehand.", "Families are told of the decision the same day."
    closing = "Minutes reach every member of the Eastmarsh panel within three working days."

    def form(sheet: Sheet, name: str, text: str) -> None:
        sheet.canvas.beginForm(name, 0, 0, 500, 30)
        sheet.canvas.setFillColorRGB(1, 1, 1)
        sheet.canvas.setFont("Helvetica", 11)
        sheet.canvas.drawString(0, 8, text)
        sheet.canvas.endForm()

    def place(sheet: Sheet, name: str) -> None:
        sheet.canvas.saveState()
        sheet.canvas.translate(LEFT, sheet.y - 8)
        sheet.canvas.doForm(name)
        sheet.canvas.restoreState()
        sheet.gap(34)

    def write(path: Path) -> None:
        sheet = Sheet(path, "Eastmarsh panel: terms of reference")
        form(sheet, "pale", hidden)
        form(sheet, "notice", shown)
        sheet.paragraph(opening)
        place(sheet, "pale")
        sheet.canvas.setFillColorCMYK(0.9, 0.4, 0.6, 0.5)
        sheet.canvas.rect(LEFT - 6, sheet.y - 10, WIDTH, 28, stroke=0, fill=1)
        sheet.canvas.setFillColorRGB(0, 0, 0)
        place(sheet, "notice")
        sheet.paragraph(closing)
        sheet.save()

    return Planted("white-in-a-form.pdf", write, (hidden,), (opening, shown, closing))


def _painted_without_ink() -> Planted:
    opening = (
        "Staff in Quillby write down what a child says in the words that the child used. They sign and date the "
        "note and hand it to the lead."
    )
    hidden = "Notes older than a fortnight can be shredded."
    closing = "The lead locks the note away and tells nobody who has no need to know."
    scanned = (
        "This sheet was scanned in the Quillby office. A child who goes missing from care is reported to the police "
        "at once, and the carer stays by the telephone until the child is home."
    )

    def write(path: Path) -> None:
        sheet = Sheet(path, "Quillby recording guidance")
        sheet.paragraph(opening)
        text = sheet.canvas.beginText(LEFT, sheet.y)
        text.setFont("Helvetica", 11)
        text.setTextRenderMode(3)
        text.textOut(hidden)
        text.setTextRenderMode(0)
        sheet.canvas.drawText(text)
        sheet.gap(25)
        sheet.paragraph(closing)
        sheet.canvas.showPage()
        _scan(sheet, scanned)
        sheet.save()

    return Planted("render-mode-three.pdf", write, (hidden,), (opening, closing, scanned))


def _scan(sheet: Sheet, words: str) -> None:
    """Draws a picture of the words over the whole page, and over it the words a scanner recognised, unpainted."""
    lines = [(780 - 18 * at, line) for at, line in enumerate(simpleSplit(words, "Helvetica", 12, WIDTH))]
    picture = Image.new("L", (1190, 1684), 250)
    pen, font = ImageDraw.Draw(picture), ImageFont.load_default(22)
    for y, line in lines:
        pen.text((2 * LEFT, 1684 - 2 * y - 22), line, fill=20, font=font)
    file = BytesIO()
    picture.save(file, "PNG")
    sheet.canvas.drawImage(ImageReader(BytesIO(file.getvalue())), 0, 0, *A4)
    for y, line in lines:
        text = sheet.canvas.beginText(LEFT, y)
        text.setFont("Helvetica", 12)
        text.setTextRenderMode(3)
        text.textOut(line)
        sheet.canvas.drawText(text)


PALE = (_white_on_white(), _near_white(), _white_in_a_form(), _painted_without_ink())
