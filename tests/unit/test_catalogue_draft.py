"""A drafted catalogue proposes, keeps what a person typed, and reads back; spreadsheets count as TOML does."""

from __future__ import annotations

import tomllib
from datetime import date
from pathlib import Path

import pytest
from openpyxl import Workbook, load_workbook

from assistant.errors import CatalogueError, UnreadableDocument
from assistant.model import Layer
from ingest.catalogue.catalogue import find_catalogue, read_catalogue
from ingest.catalogue.draft import Draft, default_path, draft, write_draft
from ingest.catalogue.ids import VALID, id_of
from ingest.readers.cover import Cover, CoverLine

TITLES = {
    "kcsie-2024.md": ("Keeping children safe in education 2024", "Published: 2 September 2024"),
    "kcsie-2025.md": ("Keeping children safe in education 2025", "Published: 1 September 2025"),
    "Bruising (v2) & burns.md": ("=Bruising protocol", "Agreed: 3 May 2025"),
    "north/policy.md": ("Lone working policy", "01/02/2025"),
    "south/policy.md": ("Home visits policy", "Text"),
}


@pytest.fixture
def documents(tmp_path: Path) -> Path:
    for name in TITLES:
        path = tmp_path / "docs" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(name)
    return tmp_path / "docs"


def cover(path: Path) -> Cover:
    title, line = TITLES[path.read_text()]
    return Cover(path.name, (CoverLine(title, size=24.0), CoverLine(line)))


def written(folder: Path, file_format: str | None = None) -> tuple[Draft, Path]:
    path, before = default_path(folder, file_format)
    found = draft(folder, cover, before)
    write_draft(found, path)
    return found, path


@pytest.mark.parametrize("file_format", ["toml", "csv", "xlsx"])
def test_a_draft_reads_back_with_valid_ids_of_their_own(documents: Path, file_format: str) -> None:
    found, path = written(documents, file_format)
    entries = {each.path: each for each in read_catalogue(path).entries}
    assert set(entries) == set(TITLES)
    assert len({each.edition_id for each in entries.values()}) == len(TITLES)
    assert all(VALID.fullmatch(each.edition_id) for each in entries.values())
    assert entries["kcsie-2025.md"].published == date(2025, 9, 1)
    assert entries["Bruising (v2) & burns.md"].title == "=Bruising protocol"
    assert found.failed == ()


def test_two_editions_of_one_work_are_proposed_as_such(documents: Path) -> None:
    entries = {each.path: each for each in read_catalogue(written(documents)[1]).entries}
    one, other = entries["kcsie-2024.md"], entries["kcsie-2025.md"]
    assert (one.work, other.work, one.supersedes, other.supersedes) == ("kcsie", "kcsie", None, "kcsie-2024")
    assert 'supersedes = "kcsie-2024" # check: title and date' in (documents / "catalogue.toml").read_text()
    assert entries["north/policy.md"].work != entries["south/policy.md"].work


def test_drafting_again_keeps_every_byte_and_adds_what_is_new(documents: Path) -> None:
    typed = '# mine\n[[edition]]\nedition_id = "own"\nwork = "w"\npath = "kcsie-2024.md"\ntitle = "T" # sic\nkind = "policy"\n'
    (documents / "catalogue.toml").write_text(typed)
    found, path = written(documents)
    assert path.read_text().startswith(typed)
    assert len(read_catalogue(path).entries) == len(TITLES)
    assert "kcsie-2024.md" not in {each.path for each in found.drafted}
    assert written(documents)[0].drafted == ()


@pytest.mark.parametrize("file_format", ["csv", "xlsx"])
def test_a_spreadsheet_keeps_its_rows_and_its_columns(documents: Path, file_format: str) -> None:
    path = documents / f"catalogue.{file_format}"
    head, row = (
        ["Edition ID", "work", "path", "title", "kind", "notes"],
        ["own", "w", "kcsie-2024.md", "T", "Policy", "mine"],
    )
    if file_format == "csv":
        path.write_text(f"{','.join(head)}\n{','.join(row)}\n", encoding="cp1252")
    else:
        book = Workbook()
        for each in (head, row):
            book.active.append(each)
        book.save(path)
    written(documents)
    entries = read_catalogue(path).entries
    assert (entries[0].edition_id, entries[0].kind, len(entries)) == ("own", "policy", len(TITLES))
    if file_format == "xlsx":
        assert [cell.value for cell in load_workbook(path).worksheets[0][2]][:6] == row
    else:
        assert path.read_text(encoding="utf-8-sig").splitlines()[1].startswith(",".join(row))


def test_another_format_takes_what_was_typed_with_it(documents: Path) -> None:
    (documents / "catalogue.toml").write_text(
        '[[edition]]\nedition_id = "own"\nwork = "w"\npath = "kcsie-2024.md"\ntitle = "T"\nkind = "policy"\n'
        'layer = "regional"\ngroups = ["a", "b"]\n'
    )
    _, path = written(documents, "xlsx")
    own = next(each for each in read_catalogue(path).entries if each.edition_id == "own")
    assert (own.layer, own.groups) == (Layer.REGIONAL, ("a", "b"))
    with pytest.raises(CatalogueError, match=r"lies beside it.*Keep one"):
        find_catalogue(documents)


def test_what_is_written_for_spreadsheets_is_no_formula(documents: Path) -> None:
    _, path = written(documents, "xlsx")
    cells = [cell for row in load_workbook(path).worksheets[0].iter_rows() for cell in row]
    assert not [cell for cell in cells if cell.data_type == "f"]
    assert "\n'=Bruising" in written(documents, "csv")[1].read_text().replace(",'=", "\n'=")


@pytest.mark.parametrize(
    ("text", "words"),
    [
        (
            "edition_id,work,title,kind\na,w,T,polcy\n",
            r"catalogue.csv: edition a \(row 2\): kind = 'polcy'.*Use one of legislation",
        ),
        (
            "edition_id,work,title,kind,published\n\na,w,T,policy,in May\n",
            r"row 3: published = 'in May' is no date\. Write the day",
        ),
        ("edition_id,colour\na,red\n", r"row 1, column B: unknown field 'colour'\. Call it one of edition_id"),
        ("edition_id,title,title\na,b,c\n", "row 1, column C: title is there twice"),
        (
            "edition_id,work,title,kind,layer\na,w,T,policy,county\n",
            "layer = 'county'.*Use one of national, regional, local",
        ),
        ("", "the spreadsheet is empty"),
    ],
)
def test_a_wrong_row_is_told_with_file_row_and_fix(tmp_path: Path, text: str, words: str) -> None:
    (tmp_path / "catalogue.csv").write_text(text)
    with pytest.raises(CatalogueError, match=words):
        read_catalogue(tmp_path / "catalogue.csv")


def test_days_in_a_spreadsheet_are_day_first(tmp_path: Path) -> None:
    (tmp_path / "c.csv").write_text("edition_id;work;title;kind;review_by\na;w;T;policy;01/09/2025\n")
    assert read_catalogue(tmp_path / "c.csv").entries[0].review_by == date(2025, 9, 1)


def test_what_is_no_spreadsheet_is_told(tmp_path: Path) -> None:
    (tmp_path / "c.xlsx").write_text("no zip")
    with pytest.raises(CatalogueError, match=r"c\.xlsx: not a readable spreadsheet.*Save it again"):
        read_catalogue(tmp_path / "c.xlsx")


def test_a_document_that_cannot_be_read_is_drafted_by_its_name(documents: Path) -> None:
    def broken(path: Path) -> Cover:
        raise UnreadableDocument(path, "it is damaged", "Save it again")

    found = draft(documents, broken, None)
    write_draft(found, documents / "catalogue.toml")
    assert len(found.failed) == len(TITLES)
    assert "# Not read:" in (documents / "catalogue.toml").read_text()
    assert {each["title"] for each in tomllib.loads((documents / "catalogue.toml").read_text())["edition"]} >= {
        "Kcsie 2024"
    }


@pytest.mark.parametrize(
    ("name", "edition_id"),
    [
        ("policy 2025", "policy-2025"),
        ("Threshold (v2) & more", "Threshold-v2-and-more"),
        ("Enfants protégés", "Enfants-proteges"),
        ("…", "document"),
    ],
)
def test_an_id_from_a_name_is_valid_and_always_the_same(name: str, edition_id: str) -> None:
    assert id_of(name) == edition_id
    assert VALID.fullmatch(id_of(name * 40))
