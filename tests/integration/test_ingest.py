"""The ingest line: what is new is read, what is gone goes, and nothing else moves."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from assistant.adapters.library_sql import SqlLibrary
from assistant.errors import DocumentError, UnreadableDocument
from assistant.model import EditionId
from ingest.sandbox.sandbox import Sandbox
from tests.fakes import FakeEmbedder
from tests.integration.ingesting import Take, held, rows, write


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


def test_a_sentence_of_two_editions_is_embedded_once_and_found_in_both(
    tmp_path: Path, take: Take, library: SqlLibrary, embedder: FakeEmbedder
) -> None:
    take(rows(tmp_path / "texts.jsonl", "One act. Two acts.", "Two acts. Three."))
    assert sorted(each for each in embedder.embedded if " | " not in each) == ["One act.", "Three.", "Two acts."]
    with library.open() as snapshot:
        vectors = snapshot.sentence_vectors([snapshot.passages_of(EditionId(n))[0].passage_id for n in ("t0", "t1")])
        first, second = vectors.values()
        expected = embedder.embed(["One act.", "Two acts.", "Three."], kind="passage")
        assert np.allclose(first, expected[:2], atol=1e-3)
        assert np.allclose(second, expected[1:], atol=1e-3)


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
