"""Printed page numbers become labels; running lines go, headings stay; titles that a program made up are replaced."""

from __future__ import annotations

from pathlib import Path

import pytest

from ingest.readers import read_file
from ingest.readers.blocks import BlockKind
from ingest.readers.pdf.titles import title_of
from tests.pdf_files import Drawn, drawn, write_pdf

TEXT = ("The duty worker rings back within two hours of the call.", "The call is written down on the same day.")


def paged(path: Path, feet: list[str], heads: list[str] | None = None, size: float = 16) -> Path:
    pages = []
    for place, foot in enumerate(feet):
        pieces = [Drawn(60, 30, foot, 9)] if foot else []
        pieces += [Drawn(60, 800, heads[place], size, True)] if heads else []
        pages.append([*pieces, *drawn([f"{words[:-1]} {'abcdef'[place]}." for words in TEXT], y=700)])
    return write_pdf(path, pages)


@pytest.mark.parametrize(
    "form",
    [
        "{}", "- {} -", "· {} ·", "[{}]", "Page {}", "page {} of 9", "{} of 9", "{}/9", "{} | Page", "P a g e | {}", "Page | {}",
        "Elmshire threshold guidance {}", "{} Elmshire threshold guidance", "Elmshire guidance | Page {} of 9 | May 2023",
    ],
)  # fmt: skip
def test_a_printed_number_is_the_label_and_no_text(tmp_path: Path, form: str) -> None:
    found = read_file(paged(tmp_path / "a.pdf", [form.format(number) for number in (4, 5, 6)]), 9)
    assert found.page_labels == ("4", "5", "6")
    assert len(found.blocks) == 3
    assert all(block.text.startswith(TEXT[0][:-1]) for block in found.blocks)


def test_left_and_right_pages_may_differ(tmp_path: Path) -> None:
    feet = ["2 Threshold guidance", "Elmshire partnership 3", "4 Threshold guidance", "Elmshire partnership 5"]
    assert read_file(paged(tmp_path / "a.pdf", feet), 9).page_labels == ("2", "3", "4", "5")


def test_roman_numbers_come_first(tmp_path: Path) -> None:
    assert read_file(paged(tmp_path / "a.pdf", ["iii", "iv", "1", "2"]), 9).page_labels == ("iii", "iv", "1", "2")


def test_a_year_or_a_date_is_no_page_number(tmp_path: Path) -> None:
    assert read_file(paged(tmp_path / "a.pdf", ["Reviewed in May 2023"] * 3), 9).page_labels == ("1", "2", "3")


@pytest.mark.parametrize("kind", ["Step", "Appendix", "Priority", "Annex"])
def test_headings_that_open_pages_and_differ_by_a_number_stay(tmp_path: Path, kind: str) -> None:
    path = paged(tmp_path / "a.pdf", ["7", "8", "9"], [f"{kind} {number}" for number in (1, 2, 3)])
    found = read_file(path, 9)
    headings = [block.text for block in found.blocks if block.kind is BlockKind.HEADING]
    assert headings == [f"{kind} {number}" for number in (1, 2, 3)]
    assert found.page_labels == ("7", "8", "9")


@pytest.mark.parametrize(
    "given", [None, "", "Untitled", "Microsoft Word - policy v3.docx", "PowerPoint Presentation", "policy_v3.indd"]
)
def test_a_title_that_a_program_made_up_is_taken_from_the_cover(tmp_path: Path, given: str | None) -> None:
    assert title_of(given, _cover(tmp_path)) == "Private fostering protocol"


@pytest.mark.parametrize("given", ["Working together", "Safeguarding", "The document that matters"])
def test_a_title_of_its_own_stays(tmp_path: Path, given: str) -> None:
    assert title_of(given, _cover(tmp_path)) == given


def _cover(folder: Path):
    from pypdf import PdfReader

    from ingest.readers.pdf.faces import Faces
    from ingest.readers.pdf.page import shown_by

    path = write_pdf(folder / "a.pdf", [[Drawn(60, 760, "Private fostering protocol", 20), *drawn(TEXT, y=700)]])
    return [shown_by(PdfReader(path).pages[0], 1, frozenset(), Faces())[0]]
