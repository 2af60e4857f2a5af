"""A Word document is on the pages that Word noted, where its notes come to the count that its properties give."""

from __future__ import annotations

import zipfile
from pathlib import Path

import pytest
from reportlab.pdfgen.canvas import Canvas

from ingest.cutting.sections import lay_out
from ingest.readers.blocks import ReadFile
from ingest.readers.docx import read_docx
from ingest.readers.office import pages as office_pages
from tests.reading import check_runs, para, word_file

TURN, HARD = "<w:lastRenderedPageBreak/>", '<w:br w:type="page"/>'
PAGES = '<Properties xmlns="http://schemas.openxmlformats.org/officeDocument/2006/extended-properties"><Pages>{}</Pages></Properties>'


def run(*parts: str) -> str:
    return "".join(
        each if each.startswith("<") else f'<w:t xml:space="preserve">{each}</w:t>'
        for each in ("<w:r>", *parts, "</w:r>")
    )


def p(*parts: str, inside: str = "") -> str:
    return f"<w:p>{inside}{run(*parts)}</w:p>"


def row(*cells: str) -> str:
    return f"<w:tr>{''.join(f'<w:tc>{each}</w:tc>' for each in cells)}</w:tr>"


def section(kind: str = "", **numbers: str) -> str:
    attributes = "".join(f' w:{name}="{said}"' for name, said in numbers.items())
    shape = f'<w:type w:val="{kind}"/>' if kind else ""
    return f"<w:sectPr>{shape}{f'<w:pgNumType{attributes}/>' if numbers else ''}</w:sectPr>"


def read(tmp_path: Path, body: str, pages: int | None) -> ReadFile:
    path = word_file(tmp_path / "a.docx", body)
    if pages is not None:
        with zipfile.ZipFile(path, "a") as archive:
            archive.writestr("docProps/app.xml", PAGES.format(pages))
    found = read_docx(path)
    check_runs(found)
    return found


def places(found: ReadFile) -> list[tuple[str, list[int]]]:
    return [(each.text, sorted({one.page for one in each.runs})) for each in found.blocks]


THREE = p("One.") + p("Two begins ", TURN, "and goes on.") + p(HARD) + p(TURN, "Three.")


def test_words_are_on_the_pages_that_word_noted(tmp_path: Path) -> None:
    found = read(tmp_path, THREE, 3)
    assert places(found) == [("One.", [1]), ("Two begins and goes on.", [1, 2]), ("Three.", [3])]
    assert [each.replace("\n", "") for each in found.raw_pages] == ["One.Two begins ", "and goes on. ", "Three."]
    pages = lay_out(found).pages
    assert [(each.number, each.label) for each in pages] == [(1, "1"), (2, "2"), (3, "3")]


@pytest.mark.parametrize("pages", [None, 1, 2, 4, 99999])
def test_notes_that_do_not_come_to_the_count_are_not_believed(tmp_path: Path, pages: int | None) -> None:
    found = read(tmp_path, THREE, pages)
    assert {page for _, held in places(found) for page in held} == {1}
    assert found.page_labels == ("1",)


def test_a_page_break_counts_where_word_noted_none_behind_it(tmp_path: Path) -> None:
    found = read(tmp_path, p("One.") + p(HARD) + p("Two.") + p(TURN, "Three."), 3)
    assert places(found) == [("One.", [1]), ("Two.", [2]), ("Three.", [3])]


def test_a_row_is_on_the_page_on_which_it_begins(tmp_path: Path) -> None:
    rows = row(p("Visit"), p("5 days")) + row(p(TURN, "Review"), p("3 ", TURN, "months")) + row(p("End"), p("None"))
    found = read(tmp_path, f"<w:tbl>{rows}</w:tbl>{p('After.')}", 3)
    assert places(found) == [("Visit | 5 days", [1]), ("Review | 3 months", [2]), ("End | None", [3]), ("After.", [3])]


def test_breaks_in_boxes_and_deleted_words_are_none(tmp_path: Path) -> None:
    box = f"<w:pict><w:txbxContent>{p(TURN, 'In a box.')}</w:txbxContent></w:pict>"
    body = (
        p("One.") + p(box) + f"<w:p><w:del>{run(TURN, '<w:delText>Old.</w:delText>')}</w:del></w:p>" + p(TURN, "Two.")
    )
    assert ("Two.", [2]) in places(read(tmp_path, body, 2))


def test_pages_are_called_what_their_section_prints(tmp_path: Path) -> None:
    body = (
        p("Cover.", inside=f"<w:pPr>{section('nextPage', fmt='lowerRoman', start='1')}</w:pPr>")
        + p(TURN, "One.") + p(TURN, "Two.") + section(start="1")
    )  # fmt: skip
    path = word_file(tmp_path / "a.docx", body, footer="<w:p><w:r><w:instrText> PAGE </w:instrText></w:r></w:p>")
    with zipfile.ZipFile(path, "a") as archive:
        archive.writestr("docProps/app.xml", PAGES.format(3))
    assert read_docx(path).page_labels == ("i", "1", "2")


def test_a_long_word_file_keeps_its_paragraphs_whole(tmp_path: Path) -> None:
    found = read(tmp_path, para("Ring first.") * 3, 2)
    assert places(found) == [("Ring first.", [1])] * 3


def rendered(path: Path, pages: list[list[str]], folder: Path) -> Path:
    """Returns a PDF in which each of these pages has these lines, and a footer."""
    drawn = Canvas(str(folder / f"{path.stem}.pdf"))
    for number, lines in enumerate(pages, start=1):
        for at, line in enumerate(lines):
            drawn.drawString(50, 800 - 14 * at, line)
        drawn.drawString(50, 40, f"Policy {number}")
        drawn.showPage()
    drawn.save()
    return folder / f"{path.stem}.pdf"


@pytest.mark.parametrize(("said", "pages"), [(None, [[1], [1, 2], [2]]), (2, [[1], [1, 2], [2]]), (9, [[1], [1], [1]])])
def test_rendered_pages_count_where_they_are_as_many_as_the_file_says(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, said: int | None, pages: list[list[int]]
) -> None:
    first, last = "Ring the police at once. " * 70, "Tell the parents what was said. " * 70
    middle = ("Then write to the school that the child attends, ", "and ask the nurse whether she has seen the child.")
    path = word_file(tmp_path / "a.docx", p(first.strip()) + p("".join(middle)) + p(last.strip()))
    if said is not None:
        with zipfile.ZipFile(path, "a") as archive:
            archive.writestr("docProps/app.xml", PAGES.format(said))
    drawn = [[first[:100], middle[0]], [middle[1], last[:100]]]
    monkeypatch.setattr(office_pages, "program", lambda: "soffice")
    monkeypatch.setattr(office_pages, "converted", lambda path, _, folder: rendered(path, drawn, folder))
    found = office_pages.in_rendered_pages(read_docx(path), path)
    check_runs(found)
    assert [held for _, held in places(found)] == pages
