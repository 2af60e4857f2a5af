"""Words outside the part of the page that is shown, or on a layer switched off."""

from __future__ import annotations

from pathlib import Path

from pypdf import PdfReader, PdfWriter
from pypdf.generic import ArrayObject, DictionaryObject, NameObject, RectangleObject, TextStringObject

from tests.planted_unseen.planted import Planted
from tests.planted_unseen.sheet import LEFT, Sheet


def _outside_the_crop_box() -> Planted:
    opening = (
        "Youth workers in Wexcombe meet young people in pairs after dark. One of them carries the telephone and "
        "both of them know the way home."
    )
    hidden = "Printer proof sheet number eleven rejected."
    closing = "A worker who is worried about a young person tells the Wexcombe lead that night."

    def write(path: Path) -> None:
        sheet = Sheet(path, "Wexcombe detached youth work")
        sheet.paragraph(opening)
        sheet.paragraph(closing)
        sheet.canvas.setFont("Helvetica", 11)
        sheet.canvas.drawString(LEFT, 24, hidden)
        sheet.save()
        writer = PdfWriter(clone_from=PdfReader(path))
        writer.pages[0].cropbox = RectangleObject((0, 60, 595, 842))
        writer.write(path)

    return Planted("outside-the-crop-box.pdf", write, (hidden,), (opening, closing), is_listed=False)


def _layer(writer: PdfWriter, name: str) -> object:
    values = {NameObject("/Type"): NameObject("/OCG"), NameObject("/Name"): TextStringObject(name)}
    return writer._add_object(DictionaryObject(values))


def _switch(writer: PdfWriter, layers: list, default: dict[str, object]) -> None:
    """Writes which layers the document has and how they stand when it is opened."""
    config = {NameObject(key): value for key, value in default.items()}
    config[NameObject("/Order")] = ArrayObject(layers)
    writer.root_object[NameObject("/OCProperties")] = DictionaryObject(
        {NameObject("/OCGs"): ArrayObject(layers), NameObject("/D"): DictionaryObject(config)}
    )


def _layer_switched_off() -> Planted:
    opening = "The Ashgrove pathway sets out who does what when an unborn baby may be at risk."
    hidden = "Reviewer comment: midwives could skip this stage."
    shown = "The Ashgrove midwife calls the first meeting before the twentieth week."
    closing = "The plan is in place eight weeks before the baby is due."

    def write(path: Path) -> None:
        sheet = Sheet(path, "Ashgrove pre-birth pathway")
        sheet.paragraph(opening)
        for layer, text in (("Notes", hidden), ("Final", shown)):
            sheet.canvas._code.append(f"/OC /{layer} BDC")
            sheet.paragraph(text)
            sheet.canvas._code.append("EMC")
        sheet.paragraph(closing)
        sheet.save()
        writer = PdfWriter(clone_from=PdfReader(path))
        notes, final = _layer(writer, "Notes"), _layer(writer, "Final")
        _switch(writer, [notes, final], {"/OFF": ArrayObject([notes]), "/ON": ArrayObject([final])})
        names = DictionaryObject({NameObject("/Notes"): notes, NameObject("/Final"): final})
        writer.pages[0]["/Resources"][NameObject("/Properties")] = names
        writer.write(path)

    return Planted("layer-switched-off.pdf", write, (hidden,), (opening, shown, closing), is_listed=False)


def _form_on_a_layer() -> Planted:
    opening = "Drivers who carry children for the Kestrel Vale council hold a current badge."
    hidden = "Escorts are optional on rural mornings."
    shown = "An escort travels with every child under eight in Kestrel Vale."
    closing = "Parents are told by telephone when the driver changes."

    def write(path: Path) -> None:
        sheet = Sheet(path, "Kestrel Vale transport protocol")
        sheet.paragraph(opening)
        for name, text in (("draft", hidden), ("issued", shown)):
            sheet.canvas.beginForm(name, 0, 0, 595, 842)
            sheet.paragraph(text)
            sheet.canvas.endForm()
            sheet.canvas.doForm(name)
        sheet.paragraph(closing)
        sheet.save()
        writer = PdfWriter(clone_from=PdfReader(path))
        draft, issued = _layer(writer, "Draft"), _layer(writer, "Issued")
        _switch(writer, [draft, issued], {"/BaseState": NameObject("/OFF"), "/ON": ArrayObject([issued])})
        for name, form in writer.pages[0]["/Resources"]["/XObject"].items():
            form.get_object()[NameObject("/OC")] = draft if "draft" in name else issued
        writer.write(path)

    return Planted("form-on-a-layer.pdf", write, (hidden,), (opening, shown, closing), is_listed=False)


OUTSIDE = (_outside_the_crop_box(), _layer_switched_off(), _form_on_a_layer())
