"""Word documents with struck, hidden or white runs."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from docx import Document
from docx.document import Document as Opened
from docx.enum.style import WD_STYLE_TYPE
from docx.opc.constants import CONTENT_TYPE, RELATIONSHIP_TYPE
from docx.opc.packuri import PackURI
from docx.opc.part import Part
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls
from docx.shared import RGBColor

from tests.planted_unseen.planted import Planted

WHITE = RGBColor(0xFF, 0xFF, 0xFF)


def _made(heading: str, fill: Callable[[Opened], None]) -> Callable[[Path], None]:
    def write(path: Path) -> None:
        document = Document()
        document.add_heading(heading, 1)
        fill(document)
        document.save(str(path))

    return write


def _strike() -> Planted:
    opening = "Sports clubs in Cobnor Heath appoint a welfare officer before the season starts."
    struck = "Coaches double as welfare officers wherever numbers fall short."
    unset = "The welfare officer is not a coach of the same side."

    def fill(document: Opened) -> None:
        paragraph = document.add_paragraph(opening + " ")
        paragraph.add_run(struck).font.strike = True
        paragraph.add_run(" ")
        paragraph.add_run(unset).font.strike = False

    return Planted("strike.docx", _made("Cobnor Heath clubs", fill), (struck,), (opening, unset))


def _double_strike() -> Planted:
    opening = "Hospitals in Tarn Abbey ask about children at home whenever an adult is admitted."
    before, struck, after = "The ward tells the school nurse within", "ninety-six hours", "one working day."
    underlined = "No child goes home to an empty house."

    def fill(document: Opened) -> None:
        document.add_paragraph(opening)
        paragraph = document.add_paragraph(before + " ")
        paragraph.add_run(struck + " ").font.double_strike = True
        paragraph.add_run(after)
        document.add_paragraph().add_run(underlined).font.underline = True

    return Planted(
        "double-strike.docx", _made("Tarn Abbey wards", fill), (struck,), (opening, before, after, underlined)
    )


def _strike_by_style() -> Planted:
    opening = "The Plumley Cross service visits families who teach their children at home."
    by_run, by_paragraph = "Visits happen behind closed curtains.", "Withdrawn clause concerning doorstep interviews."
    closing = "The visitor asks to see the child and hears what the child would like to say."

    def fill(document: Opened) -> None:
        base = document.styles.add_style("Withdrawn", WD_STYLE_TYPE.CHARACTER)
        base.font.strike = True
        document.styles.add_style("Withdrawn in review", WD_STYLE_TYPE.CHARACTER).base_style = base
        document.styles.add_style("Old clause", WD_STYLE_TYPE.PARAGRAPH).font.strike = True
        paragraph = document.add_paragraph(opening + " ")
        paragraph.add_run(by_run, style="Withdrawn in review")
        document.add_paragraph(by_paragraph, style="Old clause")
        document.add_paragraph(closing)

    return Planted("strike-by-style.docx", _made("Plumley Cross", fill), (by_run, by_paragraph), (opening, closing))


def _hidden_run() -> Planted:
    opening = "Housing officers in Dunmere look out for children when they call on a tenant."
    hidden, hidden_whole = "Officers ignore upstairs noises.", "Template guidance: delete before circulation, Norman."
    closing = "An officer who sees a child alone at home rings the duty team from the street."

    def fill(document: Opened) -> None:
        paragraph = document.add_paragraph(opening + " ")
        paragraph.add_run(hidden + " ").font.hidden = True
        paragraph.add_run(closing)
        document.styles.add_style("Internal", WD_STYLE_TYPE.PARAGRAPH).font.hidden = True
        document.add_paragraph(hidden_whole, style="Internal")

    return Planted("hidden-run.docx", _made("Dunmere housing", fill), (hidden, hidden_whole), (opening, closing))


def _white_text() -> Planted:
    opening = "Libraries in Sedgeworth welcome children who come without an adult."
    hidden = "Librarians escort strays outside promptly."
    on_dark = "A lost child stays with two members of staff in sight of the desk."

    def fill(document: Opened) -> None:
        document.add_paragraph(opening)
        document.add_paragraph().add_run(hidden).font.color.rgb = WHITE
        notice = document.add_paragraph()
        notice.add_run(on_dark).font.color.rgb = WHITE
        shade = parse_xml(f'<w:shd {nsdecls("w")} w:val="clear" w:color="auto" w:fill="1F3864"/>')
        notice._p.get_or_add_pPr().append(shade)

    return Planted("white-text.docx", _made("Sedgeworth libraries", fill), (hidden,), (opening, on_dark))


def _struck_in_a_cell() -> Planted:
    opening = "The table shows how soon the Rushbourne team sees a child."
    kept = "The child is seen on the day."
    struck = "Sighting postponed past Michaelmas."
    second = "The child is seen within five days."

    def fill(document: Opened) -> None:
        document.add_paragraph(opening)
        table = document.add_table(3, 2)
        rows = (("Level", "Time"), ("Urgent", kept), ("Standard", ""))
        for row, texts in zip(table.rows, rows, strict=True):
            for cell, text in zip(row.cells, texts, strict=True):
                cell.text = text
        paragraph = table.cell(2, 1).paragraphs[0]
        paragraph.add_run(struck + " ").font.strike = True
        paragraph.add_run(second)

    return Planted("struck-in-a-cell.docx", _made("Rushbourne times", fill), (struck,), (opening, kept, second))


def _hidden_in_a_note() -> Planted:
    opening = "Schools in Thornley Mead keep two telephone numbers for each child."
    note, hidden_note = "Numbers are checked each September.", "Clerks invent missing digits discreetly."
    cell, hidden_cell = "Office manager", "formerly Brenda, dismissed quietly"

    def fill(document: Opened) -> None:
        paragraph = document.add_paragraph(opening)
        _footnote(document, note, hidden_note)
        paragraph.add_run()._r.append(parse_xml(f'<w:footnoteReference {nsdecls("w")} w:id="2"/>'))
        table = document.add_table(2, 2)
        for at, text in enumerate(("Task", "Holder", "Keeping the list", cell)):
            table.cell(at // 2, at % 2).text = text
        table.cell(1, 1).paragraphs[0].add_run(" " + hidden_cell).font.hidden = True

    unseen = (hidden_note, hidden_cell)
    return Planted("hidden-in-a-note.docx", _made("Thornley Mead", fill), unseen, (opening, note, cell))


def _footnote(document: Opened, shown: str, hidden: str) -> None:
    """Adds a footnote of two runs, the second of them hidden."""
    xml = (
        f'<?xml version="1.0" encoding="UTF-8" standalone="yes"?><w:footnotes {nsdecls("w")}><w:footnote w:id="2"><w:p>'
        f'<w:r><w:footnoteRef/></w:r><w:r><w:t xml:space="preserve"> {shown} </w:t></w:r>'
        f"<w:r><w:rPr><w:vanish/></w:rPr><w:t>{hidden}</w:t></w:r></w:p></w:footnote></w:footnotes>"
    )
    package = document.part.package
    part = Part(PackURI("/word/footnotes.xml"), CONTENT_TYPE.WML_FOOTNOTES, xml.encode(), package)
    document.part.relate_to(part, RELATIONSHIP_TYPE.FOOTNOTES)


DOCX = (
    _strike(),
    _double_strike(),
    _strike_by_style(),
    _hidden_run(),
    _white_text(),
    _struck_in_a_cell(),
    _hidden_in_a_note(),
)
