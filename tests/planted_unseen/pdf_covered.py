"""Words with something opaque drawn over them later."""

from __future__ import annotations

from pathlib import Path

from tests.planted_unseen.planted import Planted
from tests.planted_unseen.sheet import LEFT, WIDTH, Sheet, Words


def _box(words: Words, pad: float = 2) -> tuple[float, float, float, float]:
    return words.x - pad, words.y - 3, words.width + 2 * pad, words.size + 2


def _black_redaction() -> Planted:
    opening = "The review in Lower Fenwick looked at four years of contact with the family."
    before, hidden, after = "The home at", "Damson Cottage, Mill Street", "was visited twice."
    highlighted = "Agencies in Lower Fenwick share what they know without waiting to be asked."
    closing = "The review makes six recommendations and the partnership accepts them all."

    def write(path: Path) -> None:
        sheet = Sheet(path, "Lower Fenwick: learning review")
        sheet.paragraph(opening)
        redacted = sheet.line((before, None), (hidden, None), (after, None))[1]
        sheet.gap()
        marked = sheet.paragraph(highlighted)
        sheet.paragraph(closing)
        sheet.canvas.setFillColorRGB(0, 0, 0)
        sheet.canvas.rect(*_box(redacted, 1), stroke=0, fill=1)
        sheet.canvas.setFillColorRGB(1, 0.9, 0)
        sheet.canvas.setFillAlpha(0.35)
        for words in marked:
            sheet.canvas.rect(*_box(words), stroke=0, fill=1)
        sheet.save()

    return Planted("black-redaction.pdf", write, (hidden,), (opening, before, after, highlighted, closing))


def _white_patch() -> Planted:
    opening = (
        "Clubs in Pellworth check every adult who helps with children. The check is renewed after three years, and "
        "the secretary keeps the list of those who hold one."
    )
    hidden = "Helpers under twenty require no check at all."
    written_over = "Young helpers are checked like everybody else."
    closing = "A helper whose check has lapsed does not take part until it is renewed."

    def write(path: Path) -> None:
        sheet = Sheet(path, "Pellworth clubs: safer recruitment", "Times-Roman", 12)
        sheet.paragraph(opening)
        (old,) = sheet.paragraph(hidden)
        sheet.paragraph(closing)
        patch = sheet.canvas.beginPath()
        left, foot, width, height = _box(old, 4)
        patch.moveTo(left, foot)
        for x, y in ((left + width, foot), (left + width, foot + height), (left, foot + height)):
            patch.lineTo(x, y)
        patch.close()
        sheet.canvas.setFillColorCMYK(0, 0, 0, 0)
        sheet.canvas.drawPath(patch, stroke=0, fill=1)
        sheet.canvas.setFillColorRGB(0, 0, 0)
        sheet.canvas.setFont("Times-Roman", 12)
        sheet.canvas.drawString(old.x, old.y, written_over)
        sheet.save()

    return Planted("white-patch.pdf", write, (hidden,), (opening, written_over, closing))


def _patch_in_a_form() -> Planted:
    opening = "Foster carers in Stannow receive this protocol when a child is placed with them."
    hidden = (
        "Carers collect keys from the depot caretaker. Spare bedding remains behind the boiler house, where nobody "
        "counts what is borrowed between inspections."
    )
    closing = "The supervising social worker visits within a week and sees the child alone."
    framed = "Out of hours the Stannow emergency team answers every call."

    def write(path: Path) -> None:
        sheet = Sheet(path, "Stannow placement protocol")
        sheet.canvas.beginForm("patch", 0, 0, 600, 60)
        sheet.canvas.setFillGray(0.8)
        sheet.canvas.roundRect(0, 0, WIDTH + 20, 36, 3, stroke=0, fill=1)
        sheet.canvas.endForm()
        sheet.paragraph(opening)
        lines = sheet.paragraph(hidden)
        sheet.paragraph(closing)
        (notice,) = sheet.paragraph(framed)
        sheet.canvas.rect(LEFT - 6, notice.y - 8, WIDTH, 26, stroke=1, fill=0)
        sheet.canvas.translate(LEFT - 10, lines[-1].y - 6)
        sheet.canvas.doForm("patch")
        sheet.save()

    return Planted("patch-in-a-form.pdf", write, (hidden,), (opening, closing, framed))


COVERED = (_black_redaction(), _white_patch(), _patch_in_a_form())
