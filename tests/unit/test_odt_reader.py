"""OpenDocument texts: what a reader of the page sees is read, with its numbers, notes and columns."""

from __future__ import annotations

from pathlib import Path

import pytest

from assistant.errors import UnreadableDocument
from ingest.readers import read_file
from ingest.sandbox.worker import answer
from tests.odt_files import items, odt_file, p, row, span
from tests.reading import check_runs, left_out, seen, texts

OUTLINE = (
    "<office:styles><text:outline-style>"
    '<text:outline-level-style text:level="1" style:num-format="1"/>'
    '<text:outline-level-style text:level="2" style:num-format="1" text:display-levels="2"/></text:outline-style>'
    '<style:style style:name="Title" style:family="paragraph"/></office:styles>'
    "<office:master-styles><style:master-page><style:header><text:p>Invented Partnership</text:p></style:header>"
    "</style:master-page></office:master-styles>"
)
NOTE = (
    '<text:note text:note-class="footnote"><text:note-citation>1</text:note-citation>'
    "<text:note-body><text:p>Unless the child is in hospital.</text:p></text:note-body></text:note>"
)
BODY = (
    '<text:tracked-changes><text:changed-region><text:deletion><text:p>within ten days</text:p></text:deletion>'
    "</text:changed-region></text:tracked-changes>"
    + p("Missing Children Procedure", "Title")
    + '<text:table-of-content><text:index-body><text:p>1 Scope 3</text:p></text:index-body></text:table-of-content>'
    + '<text:h text:outline-level="1">Scope</text:h>'
    + '<text:h text:outline-level="2">Who it is for</text:h>'
    + p(f'Staff must report <text:change text:change-id="ct1"/>within<text:s text:c="2"/>two hours{NOTE} {span("Struck", "or so")}.')
    + p("The manager must:")
    + items("Dots", "ring the police;", p("tell the parents:") + items("Dots", "by telephone,", "in writing."))
    + items("Numbers", "The plan is reviewed weekly.", "It is closed by the manager.")
    + p(f'See {span("Raised", "")}<text:a xlink:href="https://example.org/form">the form</text:a>'
        '<office:annotation><text:p>Sam: is this right?</text:p></office:annotation>.')
    + p("Contacts", "Strong")
    + '<table:table><table:table-header-rows>' + row("Role", "Name", "Telephone") + "</table:table-header-rows>"
    + row('<table:table-cell table:number-rows-spanned="2">' + p("Police") + "</table:table-cell>", "Desk", "01632 960 142")
    + row("<table:covered-table-cell/>", "Inspector", "01632 960 143")
    + row("Old", "Desk", "01632 960 999", more='table:visibility="collapse"')
    + "</table:table>"
    + p(f'After the table{span("Gone", " secretly")}{span("Pale", " unseen")}.')
    + '<text:section text:display="none"><text:p>An old draft.</text:p></text:section>'
)  # fmt: skip


def test_a_text_reads_as_its_page_shows_it(tmp_path: Path) -> None:
    read = read_file(odt_file(tmp_path / "a.odt", BODY, styles=OUTLINE), 10)
    assert seen(read) == [
        ("heading", 1, None, "Missing Children Procedure"),
        ("heading", 1, "1", "1 Scope"),
        ("heading", 2, "1.1", "1.1 Who it is for"),
        ("paragraph", 1, None, "Staff must report within two hours ."),
        ("footnote", 1, "1", "Unless the child is in hospital."),
        ("paragraph", 1, None, "The manager must:"),
        ("list_item", 1, None, "ring the police;"),
        ("list_item", 1, None, "tell the parents:"),
        ("list_item", 2, None, "by telephone,"),
        ("list_item", 2, None, "in writing."),
        ("paragraph", 1, "1", "1. The plan is reviewed weekly."),
        ("paragraph", 1, "2", "2. It is closed by the manager."),
        ("paragraph", 1, None, "See the form."),
        ("heading", 3, None, "Contacts"),
        ("table_header", 1, None, "Role | Name | Telephone"),
        ("table_row", 1, None, "Police | Desk | 01632 960 142"),
        ("table_row", 1, None, "Police | Inspector | 01632 960 143"),
        ("paragraph", 1, None, "After the table."),
    ]
    check_runs(read)
    assert [each.mark for block in read.blocks for each in block.marks] == ["1"]
    assert [each.target for block in read.blocks for each in block.links] == ["https://example.org/form"]
    assert read.title == "Missing Children Procedure"


def test_what_is_withdrawn_hidden_or_beside_the_text_is_listed_and_deletions_are_gone(tmp_path: Path) -> None:
    read = read_file(odt_file(tmp_path / "a.odt", BODY, styles=OUTLINE), 10)
    said = left_out(read)
    for words in ("withdrawn: or so", "hidden text: secretly", "hidden text: unseen", "hidden text: An old draft."):
        assert words in said
    assert "note on the page: Sam: is this right?" in said
    assert "hidden text: Old Desk 01632 960 999" in said
    assert [
        (each.reason, each.preview) for each in read.exclusions if each.reason in ("contents", "running_header")
    ] == [
        ("contents", "1 Scope 3"),
        ("running_header", "Invented Partnership"),
    ]
    assert "ten days" not in said + "".join(block.text for block in read.blocks)


def test_numbers_are_counted_as_they_are_printed(tmp_path: Path) -> None:
    inner = items("Numbers", "one,", "two.")
    body = (
        p("Do this:")
        + items("Numbers", p("first,") + inner, "second,")
        + p("A word between.")
        + items("Numbers", "third.", more='text:continue-numbering="true"')
        + items("Numbers", '<text:p>new.</text:p>')
    )  # fmt: skip
    read = read_file(odt_file(tmp_path / "a.odt", body), 10)
    assert [(each.label, each.level) for each in read.blocks] == [
        (None, 1), ("1", 1), ("a", 2), ("b", 2), ("2", 1), (None, 1), ("3", 1), ("1", 1)
    ]  # fmt: skip


def test_boxes_with_sentences_are_text_and_others_figures(tmp_path: Path) -> None:
    def box(text: str) -> str:
        return f"<draw:frame><draw:text-box>{p(text)}</draw:text-box></draw:frame>"

    body = p("Before." + box("Staff must ring the duty team at once, day or night."))
    body += p("A chart." + box("Start") + box("End"))
    read = read_file(odt_file(tmp_path / "a.odt", body), 10)
    assert texts(read, "paragraph") == ["Before.", "Staff must ring the duty team at once, day or night.", "A chart."]
    assert texts(read, "figure") == ["Start", "End"]


def test_a_text_with_a_password_says_what_to_do(tmp_path: Path) -> None:
    path = odt_file(tmp_path / "a.odt", BODY, manifest="<m:file-entry><m:encryption-data/></m:file-entry>")
    with pytest.raises(UnreadableDocument, match=r"a\.odt: it is encrypted. Remove its password and save it again"):
        read_file(path, 10)


@pytest.mark.parametrize("kept", [60, 500, 0.5, 0.99])
def test_a_cut_off_file_is_one_error(tmp_path: Path, kept: float) -> None:
    whole = odt_file(tmp_path / "whole.odt", BODY).read_bytes()
    path = tmp_path / "cut.odt"
    path.write_bytes(whole[: int(kept if kept > 1 else len(whole) * kept)])
    with pytest.raises(UnreadableDocument, match=r"cut\.odt: not a whole OpenDocument text. Save it again as \.odt"):
        read_file(path, 10)


@pytest.mark.parametrize(
    ("body", "before", "words"),
    [
        (p(" " * 5_000_000 + "a"), "", "when unpacked"),
        (p("&d;"), '<!DOCTYPE a [<!ENTITY b "c"><!ENTITY d "&b;&b;">]>', "declares XML entities"),
        ("<text:span>" * 3000, "", "not a whole"),
        ("", "", "no readable text"),
    ],
)
def test_hostile_texts_end_in_one_error(tmp_path: Path, body: str, before: str, words: str) -> None:
    found = answer(odt_file(tmp_path / "hostile.odt", body, before=before), 10)
    assert isinstance(found, UnreadableDocument)
    assert "hostile.odt" in str(found)
    assert words in str(found)


def test_repeated_and_spanned_cells_take_no_memory(tmp_path: Path) -> None:
    far = 'table:number-columns-repeated="99999999"'
    spanned = f'<table:table-cell table:number-rows-spanned="99999999" {far}>{p("wide")}</table:table-cell>'
    body = f"<table:table>{row('a', f'<table:table-cell {far}/>')}{row(spanned)}</table:table>"
    read = read_file(odt_file(tmp_path / "a.odt", body), 10)
    assert sum(len(each.text) for each in read.blocks) < 20_000


def test_a_table_of_one_column_only_places_text(tmp_path: Path) -> None:
    body = f"<table:table>{row('Ring the police.')}</table:table>"
    assert seen(read_file(odt_file(tmp_path / "a.odt", body), 10)) == [("paragraph", 1, None, "Ring the police.")]
