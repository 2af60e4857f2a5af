"""Which files are documents, under which metadata, and which are told of."""

from __future__ import annotations

import os
import sqlite3
import time
from pathlib import Path

import pytest

from assistant.adapters.library_sql import SqlLibrary
from assistant.errors import CatalogueError, UnreadableDocument
from assistant.model import EditionId
from tests.fakes import FakeEmbedder, FakeLexicalIndex, FakePassageIndex
from tests.integration.ingesting import Take, held, write

ENTRY = """
[[edition]]
edition_id = "{name}"
work = "w"
path = "{path}"
title = "{title}"
kind = "policy"
"""


@pytest.mark.skipif(os.geteuid() == 0, reason="root may open everything")
def test_a_folder_that_cannot_be_opened_removes_nothing(folder: Path, take: Take, library: SqlLibrary) -> None:
    inner = write(folder / "inner" / "third.md", "# Third\n\nText.\n").parent
    take(folder)
    inner.chmod(0)
    try:
        with pytest.raises(UnreadableDocument, match="inner: cannot be opened"):
            take(folder, keep_going=True)
    finally:
        inner.chmod(0o700)
    assert EditionId("third") in held(library)


def test_a_folder_without_documents_is_an_error(tmp_path: Path, take: Take) -> None:
    write(tmp_path / "empty" / ".hidden.md", "# Hidden\n\nText.\n")
    write(tmp_path / "empty" / "picture.png", "x")
    with pytest.raises(UnreadableDocument, match=r"empty: no document to ingest\. Give a file or folder"):
        take(tmp_path / "empty")


def test_all_documents_gone_from_a_folder_is_an_error_and_removes_nothing(
    folder: Path, take: Take, library: SqlLibrary
) -> None:
    take(folder)
    for path in folder.iterdir():
        path.unlink()
    with pytest.raises(UnreadableDocument, match="no document to ingest"):
        take(folder)
    assert sorted(held(library)) == ["first", "second"]


def test_an_unchanged_folder_costs_little(folder: Path, take: Take) -> None:
    for place in range(200):
        write(folder / f"more-{place}.md", f"# More {place}\n\nText {place}.\n")
    take(folder)
    start = time.perf_counter()
    assert len(take(folder).unchanged) == 202
    assert time.perf_counter() - start < 2.0


def test_an_edition_renamed_in_the_catalogue_leaves_nothing_behind(folder: Path, take: Take) -> None:
    write(folder / "catalogue.toml", ENTRY.format(name="old", path="first.md", title="T"))
    take(folder)
    write(folder / "catalogue.toml", ENTRY.format(name="new", path="first.md", title="T"))
    report = take(folder)
    assert (report.added, report.removed) == (("new",), ("old",))


def test_changed_metadata_is_taken_over_and_embedded_only_where_it_is_embedded(folder: Path, take: Take) -> None:
    entry = ENTRY.format(name="first", path="first.md", title="T")
    write(folder / "catalogue.toml", entry)
    take(folder)
    write(folder / "catalogue.toml", entry.replace("policy", "strategy"))
    report = take(folder)
    assert (report.changed, report.embedded) == (("first",), 0)
    write(folder / "catalogue.toml", entry.replace('"T"', '"Another title"'))
    assert take(folder).embedded == 1


def test_a_file_other_than_the_catalogue_describes_is_refused(folder: Path, take: Take) -> None:
    entry = ENTRY.format(name="first", path="first.md", title="T") + f'sha256 = "{"0" * 64}"\n'
    write(folder / "catalogue.toml", entry)
    with pytest.raises(CatalogueError, match=r"first\.md: is not the file that the catalogue describes as first"):
        take(folder)


def test_a_file_that_is_not_there_is_known_and_told_of(folder: Path, take: Take, library: SqlLibrary) -> None:
    entries = [("first", "first.md"), ("absent", "official/absent.pdf")]
    write(folder / "catalogue.toml", "".join(ENTRY.format(name=n, path=p, title="T") for n, p in entries))
    report = take(folder)
    assert {each.path.name: each.why[:14] for each in report.skipped} == {
        "absent.pdf": "named in catal",
        "second.md": "not named in c",
    }
    with library.open() as snapshot:
        assert [(each.edition_id, each.sha256) for each in snapshot.known()] == [("absent", None)]


def test_the_catalogue_above_a_folder_is_found_where_it_names_what_is_in_it(folder: Path, take: Take) -> None:
    inner = write(folder / "official" / "guide.md", "# Guide\n\nText.\n")
    write(folder / "catalogue.toml", ENTRY.format(name="the-guide", path="official/guide.md", title="T"))
    assert take(folder / "official").added == ("the-guide",)
    assert take(inner).unchanged == ("the-guide",)
    other = write(folder / "own" / "mine.md", "# Mine\n\nText.\n")
    assert take(other.parent).added == ("mine",)


def test_a_catalogue_given_by_name_is_the_one(folder: Path, tmp_path: Path, take: Take) -> None:
    write(folder / "catalogue.toml", "broken")
    given = write(folder / "other.toml", ENTRY.format(name="one", path="first.md", title="T"))
    assert take(folder, catalogue=given).added == ("one",)
    with pytest.raises(CatalogueError, match="no such catalogue"):
        take(folder, catalogue=tmp_path / "none.toml")


def test_a_ready_text_with_the_id_of_a_file_is_refused(folder: Path, take: Take) -> None:
    write(folder / "texts.jsonl", '{"id": "second", "text": "One."}')
    with pytest.raises(CatalogueError, match=r"has the edition id 'second', as .*has"):
        take(folder)


def test_another_document_of_the_same_name_takes_the_place_only_of_one_that_is_gone(
    folder: Path, tmp_path: Path, take: Take
) -> None:
    take(folder)
    other = write(tmp_path / "elsewhere" / "first.md", "# Another\n\nText.\n")
    with pytest.raises(CatalogueError, match=r"elsewhere/first\.md: has the edition id 'first', as .*documents"):
        take(other)
    write(other, (folder / "first.md").read_text())
    assert take(other).unchanged == ("first",)
    write(folder / "second.md", "# Second\n\nText.\n").rename(tmp_path / "gone.md")
    write(tmp_path / "elsewhere" / "second.md", "# Second, new\n\nText.\n")
    assert take(other.parent).changed == ("second",)


def test_links_in_a_circle_end_and_are_told_of(folder: Path, take: Take) -> None:
    (folder / "again").symlink_to(folder, target_is_directory=True)
    (folder / "self.md").symlink_to(folder / "self.md")
    report = take(folder)
    assert set(report.added) == {"first", "second"}
    assert [each.path.name for each in report.skipped] == ["again"]


def test_a_catalogue_of_one_document_keeps_the_other_four(folder: Path, take: Take, library: SqlLibrary) -> None:
    for name in ("third", "fourth", "fifth"):
        write(folder / f"{name}.md", f"# {name}\n\nText of {name}.\n")
    take(folder)
    write(folder / "catalogue.toml", ENTRY.format(name="first", path="first.md", title="T"))
    report = take(folder)
    assert (sorted(held(library)), report.removed) == (["fifth", "first", "fourth", "second", "third"], ())
    assert "kept as it was ingested before" in report.skipped[0].why
    write(folder / "third.md", "# third\n\nOther words.\n")
    assert take(folder).changed == ("third",)
    (folder / "fourth.md").unlink()
    assert take(folder).removed == ("fourth",)


def test_a_document_keeps_its_metadata_when_its_entry_goes(folder: Path, take: Take, library: SqlLibrary) -> None:
    entries = [ENTRY.format(name=name, path=f"{name}.md", title=f"T {name}") for name in ("first", "second")]
    write(folder / "catalogue.toml", "".join(entries))
    take(folder)
    write(folder / "catalogue.toml", entries[0])
    assert take(folder).removed == ()
    with library.open() as snapshot:
        assert {each.title for each in snapshot.editions()} == {"T first", "T second"}


def test_a_new_document_that_a_catalogue_does_not_name_is_read_on_request(
    folder: Path, take: Take, library: SqlLibrary
) -> None:
    write(folder / "catalogue.toml", ENTRY.format(name="first", path="first.md", title="T"))
    take(folder)
    assert sorted(held(library)) == ["first"]
    take(folder, unlisted=True)
    assert sorted(held(library)) == ["first", "second"]


def test_metadata_are_proposed_for_what_no_catalogue_names_and_not_used(
    folder: Path, take: Take, library: SqlLibrary
) -> None:
    write(folder / "plan.md", "# Neglect strategy\n\nPublished: 3 May 2025\n")
    write(folder / "catalogue.toml", ENTRY.format(name="first", path="first.md", title="T"))
    report = take(folder, unlisted=True)
    found = {each.edition_id: {one.field: one.value for one in each.proposals} for each in report.proposed}
    assert sorted(found) == ["plan", "second"]
    assert (found["plan"]["kind"], found["plan"]["published"]) == ("strategy", "2025-05-03")
    with library.open() as snapshot:
        plan = next(each for each in snapshot.editions() if each.edition_id == "plan")
    assert (plan.kind, plan.published) == ("guidance", None)


def test_a_library_of_an_earlier_release_opens_without_audience_and_layer(
    folder: Path, take: Take, library: SqlLibrary, embedder: FakeEmbedder, tmp_path: Path
) -> None:
    take(folder)
    with sqlite3.connect(tmp_path / "data" / "library.sqlite") as connection:
        connection.execute("update content set edition = json_remove(edition, '$.audience', '$.layer')")
        for table in ("publication", "erased"):
            connection.execute(f"drop table {table}")
        connection.execute("update alembic_version set version_num = '0001'")
    again = SqlLibrary(
        tmp_path / "data", embedder.fingerprint, embedder.dimension, FakePassageIndex(), FakeLexicalIndex(), 5.0
    )
    with again.open() as snapshot:
        assert {(each.audience, each.layer) for each in snapshot.editions()} == {("", None)}
    with sqlite3.connect(tmp_path / "data" / "library.sqlite") as connection:
        assert connection.execute("select version_num from alembic_version").fetchone() == ("0003",)
