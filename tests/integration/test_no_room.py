"""A full disk, or one for reading only: what fails cleans up, and what only reads goes on."""

from __future__ import annotations

import errno
import os
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from assistant.adapters.indexes import chroma, chroma_folders, tantivy
from assistant.adapters.indexes.working_view import WorkingView, close_views
from assistant.adapters.library_sql import leases
from assistant.adapters.library_sql.leases import exclusive_lease, is_read, lease
from assistant.adapters.pages.file_store import FileStore
from assistant.adapters.records_sql import RecordsDatabase, SqlAccess, SqlRecords
from assistant.adapters.records_sql import database as records_database
from assistant.adapters.sql.sqlite_files import ReadOnlyConnection, connect, connect_for_reading
from assistant.data_folder import has_room, is_read_only
from assistant.errors import LibraryError
from assistant.model import Filter
from assistant.model.people import AuditLine, Record
from assistant.ports import Update
from assistant.settings import Settings
from ingest.build import ingest
from ingest.uploads.staged_uploads import StagedUploads
from tests.command import assistant
from tests.fakes import FakeEmbedder
from tests.integration.recording import OUTCOME
from tests.libraries import document, publish, query, real_library

ALPHA = document("alpha", "The LADO is told of allegations.")
BETA = document("beta", "Records are kept for ten years.")
NOON = datetime(2026, 3, 2, 12, 0, tzinfo=UTC)


def no_room(*_: Any, **__: Any) -> Any:
    raise OSError(errno.ENOSPC, "No space left on device")


@pytest.fixture
def data(tmp_path: Path) -> Path:
    publish(real_library(tmp_path / "data", FakeEmbedder()), Update((ALPHA, BETA)), FakeEmbedder())
    return tmp_path / "data"


def files(folder: Path) -> set[str]:
    """Returns what lies in a data folder beside databases and locks."""
    names = {str(path.relative_to(folder)) for path in folder.rglob("*")}
    return {name for name in names if not name.startswith(("library.sqlite", "ingest", "leases"))}


@pytest.mark.parametrize(
    ("where", "what"),
    [(chroma, "_fill"), (chroma, "link_folder"), (chroma, "flush"), (tantivy, "_write"), (FileStore, "_copy")],
    ids=["vectors", "vectors taken over", "vectors on disk", "words", "copies"],
)
def test_a_failed_ingest_leaves_nothing_behind(
    data: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, where: object, what: str
) -> None:
    (tmp_path / "new").mkdir()
    for name in ("one", "two"):
        (tmp_path / "new" / f"{name}.md").write_text(f"# Title {name}\n\nThe {name} form must be kept.\n")
    library, embedder = real_library(data, FakeEmbedder()), FakeEmbedder()
    before = files(data) | {"files"}
    original = getattr(where, what)
    monkeypatch.setattr(where, what, no_room)
    if what == "_fill":  # the graph is made anew
        monkeypatch.setattr(chroma.ChromaIndex, "extend", lambda *_: False)

    with pytest.raises(LibraryError):
        ingest([tmp_path / "new"], library, embedder, Settings(data=data), files=FileStore(data / "files"))

    assert {name for name in files(data) - before if (data / name).is_file()} == set()
    assert [name for name in ("vectors", "words") if len(list((data / name).iterdir())) != 1] == []
    assert [
        line for line in library.check() if "embeddings belong" not in line and "belong to no gen" not in line
    ] == []
    monkeypatch.setattr(where, what, original)
    ingest([tmp_path / "new"], library, embedder, Settings(data=data), files=FileStore(data / "files"))
    assert library.check() == ()


def test_an_ingest_that_is_stopped_leaves_no_index(data: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def stopped(*_: Any) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(tantivy, "_write", stopped)
    library = real_library(data, FakeEmbedder())
    with pytest.raises(KeyboardInterrupt):
        publish(library, Update((document("gamma", "A third one."),)), FakeEmbedder())

    assert [len(list((data / name).iterdir())) for name in ("vectors", "words")] == [1, 1]
    assert [line for line in library.check() if "left over" in line] == []


def test_a_fault_after_the_commit_does_not_remove_the_current_generation(
    data: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from assistant.adapters.library_sql import library as module

    make_current = module.previous_generation.make_current

    def then_stopped(connection: Any, number: int) -> None:
        make_current(connection, number)
        connection.commit()
        raise KeyboardInterrupt

    monkeypatch.setattr(module.previous_generation, "make_current", then_stopped)
    library = real_library(data, FakeEmbedder())
    with pytest.raises(KeyboardInterrupt):
        publish(library, Update((document("gamma", "A third one."),)), FakeEmbedder())

    with library.open() as snapshot:
        assert len(snapshot.editions()) == 3
        assert snapshot.search_words("third", k=3, filter=Filter())


def test_an_upload_that_cannot_be_stored_leaves_nothing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(Path, "write_bytes", no_room)
    with pytest.raises(LibraryError, match=r"^a\.md: the upload cannot be stored \(No space left on device\)"):
        StagedUploads(tmp_path / "uploads").add("a.md", b"words", 0)

    assert list((tmp_path / "uploads").iterdir()) == []


def test_who_holds_the_lock_needs_no_room(data: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(Path, "write_text", no_room)
    with real_library(data, FakeEmbedder()).writing():
        pass


def test_indexes_that_cannot_be_written_find_the_same(data: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def found() -> list[object]:
        with real_library(data, FakeEmbedder()).open() as snapshot:
            vector = query(FakeEmbedder(), "records are kept")
            return [
                snapshot.search_vectors(vector, k=2, filter=Filter()),
                snapshot.search_words("records allegations", k=2, filter=Filter()),
            ]

    before, ours = found(), files(data)
    for module in (chroma_folders, tantivy):
        monkeypatch.setattr(module, "is_read_only", lambda _: True)

    assert found() == before
    assert all(before)
    assert files(data) == ours


def test_a_view_goes_when_it_is_closed(data: Path) -> None:
    view = WorkingView(data / "words" / "1")
    assert view.path.stat().st_mode & 0o777 == 0o700
    assert {path.suffix for path in view.path.iterdir()} & {".lock"} == set()

    close_views()

    assert not view.path.exists()
    assert (data / "words" / "1" / "meta.json").exists()


def test_a_reader_that_can_write_nothing_still_holds_its_generation(
    data: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = data / "leases"
    with monkeypatch.context() as patch:
        patch.setattr(leases, "make_private_folder", no_room)
        held = lease(folder, 1)
        held.__enter__()
    assert not folder.exists()

    assert is_read(folder, 1)
    with exclusive_lease(folder, 1) as is_free:
        assert not is_free
    held.__exit__(None, None, None)
    assert not is_read(folder, 1)
    with exclusive_lease(folder, 1) as is_free:
        assert is_free


def test_a_database_is_read_without_a_file_beside_it(data: Path) -> None:
    with_log = connect(data / "library.sqlite")
    count = "select count(*) from passage"
    expected = with_log.execute(count).fetchone()
    reading = connect_for_reading(data / "library.sqlite")
    assert reading.execute(count).fetchone() == expected
    reading.close()
    with_log.close()

    assert isinstance(reading, ReadOnlyConnection)


def test_records_that_cannot_be_made_are_empty_until_they_can(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with monkeypatch.context() as patch:
        patch.setattr(records_database, "make_private_file", no_room)
        patch.setattr(records_database, "is_read_only", lambda *_: True)
        database = RecordsDatabase(tmp_path)
        records, access = SqlRecords(database), SqlAccess(database)
        assert records.conversations("ann", limit=9) == ()
        with pytest.raises(LibraryError, match="Make room or make the file writable"):
            records.begin("ann", NOON)
        access.audit(AuditLine(NOON, "ann", "ask"))
        assert access.audit_lines() == ()
        assert list(tmp_path.iterdir()) == []

    records.add(Record("r1", "ann", None, "Who chairs?", OUTCOME, 0.1, "print", NOON))

    assert SqlRecords(RecordsDatabase(tmp_path)).record("r1", "ann") is not None
    database.close()


def test_a_folder_that_can_be_written_has_room_and_is_left_as_it_was(tmp_path: Path) -> None:
    assert has_room(tmp_path)
    assert list(tmp_path.iterdir()) == []


def test_a_full_disk_has_no_room_and_is_not_for_reading_only(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("tempfile.TemporaryFile", no_room)

    assert not has_room(tmp_path)
    assert not is_read_only(tmp_path)


def test_a_folder_or_a_file_without_the_right_to_write_is_for_reading_only(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "records.sqlite").touch()
    monkeypatch.setattr(os, "access", lambda path, _: Path(path) == tmp_path)

    assert is_read_only(tmp_path, "records.sqlite")
    assert not is_read_only(tmp_path, "other")


def test_what_a_killed_ingest_left_is_a_note_of_check(data: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("vectors", "words"):
        (data / name / "77").mkdir(mode=0o700)
    library = real_library(data, FakeEmbedder())
    monkeypatch.setattr("assistant.bootstrap.Assistant.library", library)

    done = assistant("check", "--data", str(data))

    assert done.returncode == 0, done.stdout
    assert "note: orphan: a vector index of generation 77" in done.stdout
    assert "the library is whole" in done.stdout

    with connect(data / "library.sqlite") as connection:
        connection.execute("update passage set text = 'Other words.'")
    connection.close()
    assert assistant("check", "--data", str(data)).returncode == 1
