"""The ingest line: what is new is read, what is gone goes, and nothing else moves."""

from __future__ import annotations

import json
import os
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from assistant.adapters.library_sql import SqlLibrary
from assistant.errors import CatalogueError, DocumentError, UnreadableDocument
from assistant.model import EditionId
from assistant.settings import Settings
from ingest.build import IngestReport, ingest
from ingest.sandbox import Sandbox
from tests.fakes import FakeEmbedder, FakeLexicalIndex, FakePassageIndex

ENTRY = """
[[edition]]
edition_id = "{name}"
work = "w"
path = "{path}"
title = "{title}"
kind = "policy"
"""
Take = Callable[..., IngestReport]


@pytest.fixture
def embedder() -> FakeEmbedder:
    return FakeEmbedder()


@pytest.fixture
def library(tmp_path: Path, embedder: FakeEmbedder) -> SqlLibrary:
    data = tmp_path / "data"
    return SqlLibrary(data, embedder.fingerprint, embedder.dimension, FakePassageIndex(), FakeLexicalIndex(), 5.0)


@pytest.fixture
def take(tmp_path: Path, library: SqlLibrary, embedder: FakeEmbedder) -> Take:
    def taken(*paths: Path, keep_going: bool = False, catalogue: Path | None = None) -> IngestReport:
        settings = Settings(data=tmp_path / "data")
        return ingest(paths, library, embedder, settings, keep_going=keep_going, catalogue=catalogue)

    return taken


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Returns a folder with two documents."""
    found = tmp_path / "documents"
    found.mkdir()
    write(found / "first.md", "# First\n\nThe chair acts.\n")
    write(found / "second.md", "# Second\n\nThe LADO is told.\n")
    return found


def write(path: Path, text: str) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text)
    return path


def rows(path: Path, *texts: str, start: int = 0) -> Path:
    lines = [json.dumps({"id": f"t{at}", "text": text}) for at, text in enumerate(texts, start)]
    return write(path, "\n".join(lines) + "\n")


def held(library: SqlLibrary) -> dict[str, str]:
    with library.open() as snapshot:
        return {str(each.edition_id): snapshot.text(each.edition_id) for each in snapshot.editions()}


def test_an_unchanged_folder_is_not_read_and_nothing_is_written(
    folder: Path, take: Take, embedder: FakeEmbedder, monkeypatch: pytest.MonkeyPatch
) -> None:
    first = take(folder)
    assert (set(first.added), first.pages, first.embedded) == ({"first", "second"}, 2, 2)
    embedder.embedded.clear()
    monkeypatch.setattr(Sandbox, "read", None)
    again = take(folder)
    assert (again.unchanged, again.added, again.changed) == (("first", "second"), (), ())
    assert (again.generation, embedder.embedded) == (first.generation, [])


def test_one_changed_line_of_ready_texts_is_one_changed_edition(
    tmp_path: Path, take: Take, library: SqlLibrary, embedder: FakeEmbedder
) -> None:
    path = rows(tmp_path / "texts.jsonl", "One.", "Two.", "Three.")
    assert take(path).added == ("t0", "t1", "t2")
    rows(path, "One.", "Two, changed.")
    report = take(path)
    assert (report.changed, report.unchanged, report.removed) == (("t1",), ("t0",), ("t2",))
    assert report.embedded == 1
    assert held(library) == {"t0": "One.", "t1": "Two, changed."}


def test_a_bad_line_keeps_the_file_as_it_was(folder: Path, take: Take, library: SqlLibrary) -> None:
    path = rows(folder / "texts.jsonl", "One.", "Two.")
    take(folder)
    write(path, path.read_text().replace("One.", "Changed.") + '{"id": 3}\n')
    with pytest.raises(UnreadableDocument, match=r"texts\.jsonl: line 3 .*text: Field required"):
        take(folder)
    report = take(folder, keep_going=True)
    assert [each.path for each in report.failed] == [path]
    assert (report.changed, report.removed) == ((), ())
    assert held(library)["t0"] == "One."


@pytest.mark.parametrize(
    ("line", "what"),
    [
        ("{", "Invalid JSON"),
        ('{"id": "t0", "text": "again"}', "has the id 't0', as line 1 has"),
        ('{"id": "x", "text": " "}', "text"),
        ('{"id": "x", "text": "y", "kind": "rulebook"}', "kind"),
    ],
)
def test_a_wrong_line_is_named(tmp_path: Path, take: Take, line: str, what: str) -> None:
    path = rows(tmp_path / "texts.jsonl", "One.")
    write(path, path.read_text() + "\n" + line)
    with pytest.raises(UnreadableDocument, match=f"line 3 .*{what}"):
        take(path)


def test_a_line_break_inside_a_text_ends_no_line(tmp_path: Path, take: Take, library: SqlLibrary) -> None:
    write(tmp_path / "texts.jsonl", '{"id": "t", "text": "One\u2028and\u0085more."}\n')
    take(tmp_path / "texts.jsonl")
    assert held(library) == {"t": "One and more."}


def test_a_renamed_file_is_one_edition_and_not_embedded_again(folder: Path, take: Take, library: SqlLibrary) -> None:
    take(folder)
    (folder / "second.md").rename(folder / "third.md")
    report = take(folder)
    assert (report.added, report.removed, report.embedded) == (("third",), ("second",), 0)
    assert sorted(held(library)) == ["first", "third"]


def test_a_file_that_became_bad_keeps_its_published_edition(folder: Path, take: Take, library: SqlLibrary) -> None:
    take(folder)
    (folder / "second.md").write_bytes(b"\xff\xfe")
    with pytest.raises(UnreadableDocument, match=r"second\.md, page 1: not UTF-8"):
        take(folder)
    write(folder / "first.md", "# First\n\nChanged.\n")
    report = take(folder, keep_going=True)
    assert (report.changed, report.removed) == (("first",), ())
    assert held(library) == {"first": "First\n\nChanged.", "second": "Second\n\nThe LADO is told."}


def test_nothing_is_embedded_or_published_where_one_file_is_bad(
    folder: Path, take: Take, library: SqlLibrary, embedder: FakeEmbedder
) -> None:
    take(folder)
    embedder.embedded.clear()
    write(folder / "first.md", "# First\n\nChanged.\n")
    write(folder / "third.md", " ")
    with pytest.raises(DocumentError):
        take(folder)
    assert embedder.embedded == []
    assert held(library)["first"] == "First\n\nThe chair acts."


def test_where_no_file_can_be_taken_nothing_is_published(tmp_path: Path, take: Take) -> None:
    report = take(write(tmp_path / "bad.md", " "), keep_going=True)
    assert ([each.path.name for each in report.failed], report.generation) == (["bad.md"], 0)


def test_a_file_ingested_alone_is_part_of_its_folder_later(folder: Path, take: Take) -> None:
    take(folder / "first.md")
    assert take(folder).unchanged == ("first",)
    assert take(folder / "second.md").unchanged == ("second",)
    (folder / "first.md").unlink()
    assert take(folder).removed == ("first",)


def test_documents_elsewhere_stay(folder: Path, tmp_path: Path, take: Take, library: SqlLibrary) -> None:
    take(folder)
    other = write(tmp_path / "elsewhere" / "other.md", "# Other\n\nText.\n")
    take(other.parent)
    (folder / "first.md").unlink()
    assert take(other.parent).removed == ()
    assert sorted(held(library)) == ["first", "other", "second"]


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
    assert take(other).changed == ("first",)
    write(folder / "second.md", "# Second\n\nText.\n").rename(tmp_path / "gone.md")
    write(tmp_path / "elsewhere" / "second.md", "# Second, new\n\nText.\n")
    assert take(other.parent).changed == ("second",)


def test_links_in_a_circle_end_and_are_told_of(folder: Path, take: Take) -> None:
    (folder / "again").symlink_to(folder, target_is_directory=True)
    (folder / "self.md").symlink_to(folder / "self.md")
    report = take(folder)
    assert set(report.added) == {"first", "second"}
    assert [each.path.name for each in report.skipped] == ["again"]


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
    write(tmp_path / "empty" / "sheet.xlsx", "x")
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
