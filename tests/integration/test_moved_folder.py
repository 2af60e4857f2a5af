"""Documents are compared by what is in them: a folder that moved or was renamed is not a changed one."""

from __future__ import annotations

from pathlib import Path

import pytest

from assistant.adapters.library_sql import SqlLibrary
from assistant.model import EditionId
from ingest.sandbox.sandbox import Sandbox
from tests.fakes import FakeEmbedder
from tests.integration.ingesting import Take, held, rows, write

ENTRY = '[[edition]]\nedition_id = "chairing"\nwork = "chairing"\npath = "{path}"\ntitle = "T"\nkind = "policy"\n'


def places(library: SqlLibrary) -> dict[str, Path]:
    with library.open() as snapshot:
        return {str(source.edition_id): source.path for source in snapshot.sources()}


def test_a_folder_that_moved_is_not_read_and_nothing_changes(
    folder: Path, take: Take, embedder: FakeEmbedder, library: SqlLibrary, monkeypatch: pytest.MonkeyPatch
) -> None:
    rows(folder / "texts.jsonl", "One.", "Two.")
    first = take(folder)
    embedder.embedded.clear()
    monkeypatch.setattr(Sandbox, "read", None)
    moved = folder.rename(folder.with_name("renamed"))
    report = take(moved)
    assert (report.unchanged, report.added, report.changed, report.removed) == (
        ("first", "second", "t0", "t1"), (), (), (),
    )  # fmt: skip
    assert (report.generation, report.embedded, embedder.embedded) == (first.generation, 0, [])
    assert set(places(library).values()) == {moved / "first.md", moved / "second.md", moved / "texts.jsonl"}


def test_what_goes_from_the_moved_folder_leaves_the_answers(folder: Path, take: Take, library: SqlLibrary) -> None:
    take(folder)
    moved = folder.rename(folder.with_name("renamed"))
    take(moved)
    (moved / "second.md").unlink()
    assert take(moved).removed == ("second",)
    assert sorted(held(library)) == ["first"]


def test_a_change_in_the_moved_folder_is_the_only_change(folder: Path, take: Take) -> None:
    take(folder)
    moved = folder.rename(folder.with_name("renamed"))
    write(moved / "first.md", "# First\n\nThe deputy acts.\n")
    report = take(moved)
    assert (report.changed, report.unchanged, report.added) == (("first",), ("second",), ())


def test_a_file_renamed_in_its_catalogue_is_unchanged(tmp_path: Path, take: Take, library: SqlLibrary) -> None:
    folder = tmp_path / "documents"
    write(folder / "one.md", "# One\n\nThe chair acts.\n")
    write(folder / "catalogue.toml", ENTRY.format(path="one.md"))
    take(folder)
    (folder / "one.md").rename(folder / "two.md")
    write(folder / "catalogue.toml", ENTRY.format(path="two.md"))
    assert take(folder).unchanged == ("chairing",)
    assert places(library) == {"chairing": folder / "two.md"}


def test_the_same_bytes_in_another_format_are_read_again(tmp_path: Path, take: Take, library: SqlLibrary) -> None:
    folder = tmp_path / "documents"
    write(folder / "one.txt", "# One\n\nThe chair acts.\n")
    write(folder / "catalogue.toml", ENTRY.format(path="one.txt"))
    take(folder)
    (folder / "one.txt").rename(folder / "one.md")
    write(folder / "catalogue.toml", ENTRY.format(path="one.md"))
    assert take(folder).changed == ("chairing",)
    assert held(library)["chairing"] == "One\n\nThe chair acts."


def test_a_folder_that_moved_away_and_back_is_where_it_is(folder: Path, take: Take, library: SqlLibrary) -> None:
    take(folder)
    moved = folder.rename(folder.with_name("renamed"))
    write(moved / "first.md", "# First\n\nThe deputy acts.\n")
    take(moved)
    back = moved.rename(folder)
    write(back / "first.md", "# First\n\nThe chair acts.\n")
    take(back)
    assert places(library) == {"first": back / "first.md", "second": back / "second.md"}
    assert held(library)["first"] == "First\n\nThe chair acts."


def test_a_move_is_not_undone_by_a_rollback(folder: Path, take: Take, library: SqlLibrary) -> None:
    take(folder)
    write(folder / "first.md", "# First\n\nThe deputy acts.\n")
    take(folder)
    moved = folder.rename(folder.with_name("renamed"))
    take(moved)
    library.roll_back()
    assert held(library)["first"] == "First\n\nThe chair acts."
    assert places(library)[str(EditionId("second"))] == moved / "second.md"
