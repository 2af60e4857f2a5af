"""A backup of a folder in use holds one whole library and every acknowledged record; a restore is whole or nothing."""

from __future__ import annotations

import json
import os
import sqlite3
import stat
import threading
import time
import zipfile
from collections.abc import Callable, Iterator
from contextlib import closing
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from assistant.adapters.data_copy import copy_data, quick_check
from assistant.adapters.records_sql import RecordsDatabase, SqlAccess, SqlRecords
from assistant.errors import AssistantError, DocumentError, LibraryEmpty, LibraryError, UsageError
from assistant.model import EditionId, Filter
from assistant.model.people import Asker, Record, Role, Session
from assistant.operations.archive import MANIFEST
from assistant.operations.backup import BackupReport, RestoreReport, back_up, restore
from assistant.ports import Update
from tests.fakes import FakeEmbedder
from tests.integration.recording import OUTCOME
from tests.integration.test_records import facts, recording
from tests.libraries import document, publish, query, real_library

NOON = datetime(2026, 3, 2, 12, 0, tzinfo=UTC)
KEPT = document("kept", "Records are kept for ten years.")


@pytest.fixture
def data(tmp_path: Path) -> Path:
    """Returns a data folder with everything that one holds."""
    folder = tmp_path / "data"
    publish(real_library(folder, FakeEmbedder()), Update((KEPT,)), FakeEmbedder())
    database = RecordsDatabase(folder)
    SqlRecords(database).add(Record("r1", "ann", None, "Who chairs?", OUTCOME, 0.1, "print", NOON))
    asker = Asker("ann", "Ann", frozenset({Role.POLICY}))
    SqlAccess(database).add_session("token", Session(asker, "csrf", NOON, NOON + timedelta(days=1000)))
    database.close()
    (folder / "files").mkdir()
    (folder / "files" / "abc.pdf").write_bytes(b"%PDF a file")
    return folder


@pytest.fixture
def backup(data: Path, tmp_path: Path) -> Path:
    return taken(data, tmp_path / "backup.zip").file


def taken(data: Path, file: Path) -> BackupReport:
    return back_up(lambda target: copy_data(data, target), file)


def put_back(file: Path, data: Path, is_forced: bool = False) -> RestoreReport:
    return restore(file, data, quick_check, is_forced=is_forced)


def editions(data: Path) -> list[str]:
    """Returns the editions of a library whose rows and indexes are whole and searched."""
    embedder = FakeEmbedder()
    library = real_library(data, embedder)
    assert [line for line in library.check() if not line.startswith(("left over", "orphan"))] == []
    with library.open() as snapshot:
        found = snapshot.search_vectors(query(embedder, "records"), k=99, filter=Filter())
        assert len(found) == snapshot.generation.passage_count
        assert snapshot.search_words("records", k=9, filter=Filter())
        return [str(each.edition_id) for each in snapshot.editions()]


def test_what_is_backed_up_is_restored(backup: Path, tmp_path: Path) -> None:
    done = put_back(backup, tmp_path / "other")
    assert (done.generation, done.before) == (1, None)
    assert editions(done.data) == ["kept"]
    assert (done.data / "files" / "abc.pdf").read_bytes() == b"%PDF a file"
    database = RecordsDatabase(done.data)
    assert SqlRecords(database).record("r1", "ann") is not None
    database.close()
    assert list(tmp_path.glob("*.restoring")) == []


def test_a_backup_says_what_it_is_and_only_its_user_may_read_it(backup: Path) -> None:
    assert stat.S_IMODE(backup.stat().st_mode) == 0o600
    with zipfile.ZipFile(backup) as archive:
        told = json.loads(archive.read(MANIFEST))
        assert {each["path"] for each in told["files"]} == set(archive.namelist()) - {MANIFEST}
    assert (told["format"], told["generation"]) == (1, 1)
    assert set(told["versions"]) == {"assistant", "python", "sqlite"}
    assert datetime.fromisoformat(told["created"]).tzinfo is not None
    assert list(backup.parent.glob("*.unfinished")) == list(backup.parent.glob(".backup-*")) == []


def test_nobody_is_signed_in_after_a_restore(backup: Path, tmp_path: Path) -> None:
    database = RecordsDatabase(put_back(backup, tmp_path / "other").data)
    assert SqlAccess(database).session_of("token") is None
    database.close()
    with zipfile.ZipFile(backup) as archive:
        assert b"token" not in archive.read("records.sqlite").replace(b"token_hash", b"")


def test_a_folder_that_holds_something_is_replaced_only_by_force_and_kept(data: Path, backup: Path) -> None:
    (data / "mine").write_text("mine")
    with pytest.raises(UsageError, match="--force"):
        put_back(backup, data)
    assert (data / "mine").exists()
    done = put_back(backup, data, is_forced=True)
    assert done.before is not None
    assert (done.before / "mine").exists()
    assert not (data / "mine").exists()
    assert editions(data) == ["kept"]


def test_an_empty_folder_is_filled(backup: Path, tmp_path: Path) -> None:
    (tmp_path / "empty").mkdir()
    assert put_back(backup, tmp_path / "empty").before is None
    assert editions(tmp_path / "empty") == ["kept"]


def test_a_file_that_is_there_is_never_overwritten(data: Path, backup: Path) -> None:
    before = backup.read_bytes()
    with pytest.raises(UsageError, match="there is such a file"):
        taken(data, backup)
    assert backup.read_bytes() == before
    with pytest.raises(UsageError, match="no such folder"):
        taken(data, backup.parent / "nowhere" / "b.zip")


@pytest.mark.parametrize("share", [0.05, 0.3, 0.6, 0.9, 0.999])
def test_a_truncated_backup_changes_nothing(data: Path, backup: Path, share: float) -> None:
    backup.write_bytes(backup.read_bytes()[: int(backup.stat().st_size * share)])
    refused(backup, data)


@pytest.mark.parametrize("place", range(0, 100, 7))
def test_a_flipped_byte_is_noticed_or_harms_nothing(data: Path, backup: Path, place: int, tmp_path: Path) -> None:
    content = bytearray(backup.read_bytes())
    content[len(content) * place // 100] ^= 0xFF
    backup.write_bytes(content)
    try:
        put_back(backup, tmp_path / "other")
    except AssistantError:
        assert not (tmp_path / "other").exists()
    else:
        assert editions(tmp_path / "other") == ["kept"]


Change = Callable[[dict[str, Any]], object]


def rewritten(backup: Path, change: Change, extra: str | None = None) -> None:
    """Writes a backup anew with another manifest, and another file in it."""
    with zipfile.ZipFile(backup) as archive:
        content = {name: archive.read(name) for name in archive.namelist()}
    told = json.loads(content[MANIFEST])
    change(told)
    content[MANIFEST] = json.dumps(told).encode()
    if extra is not None:
        content[extra] = b"extra"
    with zipfile.ZipFile(backup, "w") as archive:
        for name, each in content.items():
            archive.writestr(name, each)


def named(path: str) -> Change:
    digest = "aa2ba6ae5f4ddd8d8ee4d7c8f0cd0b8d9df0f3e1c7d4f4c3a5e1b5d0e6a0a4bb"
    return lambda told: told["files"].append({"path": path, "bytes": 5, "sha256": digest})


@pytest.mark.parametrize(
    ("change", "extra", "match"),
    [
        (lambda told: told.update(format=2), None, "newer"),
        (lambda told: told.pop("format"), None, "no backup"),
        (lambda told: told.update(files=3), None, "no backup"),
        (lambda told: told["files"][0].update(bytes="many"), None, "not one of ours"),
        (lambda told: told["files"][0].update(sha256="0" * 64), None, "damaged"),
        (lambda told: told["files"][0].update(bytes=1), None, "damaged"),
        (lambda told: told["files"].pop(), None, "other files"),
        (lambda told: None, "stranger", "other files"),
        (named("../outside"), "../outside", "unsafe name"),
        (named("/outside"), "/outside", "unsafe name"),
        (named("a\\..\\outside"), "a\\..\\outside", "unsafe name"),
    ],
)
def test_a_backup_that_does_not_agree_with_its_manifest_is_refused(
    data: Path, backup: Path, change: Change, extra: str | None, match: str
) -> None:
    rewritten(backup, change, extra)
    refused(backup, data, match)
    assert not (data.parent / "outside").exists()


def test_what_is_no_backup_is_refused(data: Path, tmp_path: Path) -> None:
    refused(tmp_path / "absent.zip", data, "no such file")
    (tmp_path / "text.zip").write_text("text")
    refused(tmp_path / "text.zip", data, "no whole backup")
    with zipfile.ZipFile(tmp_path / "other.zip", "w") as archive:
        archive.writestr("letter.txt", "Dear")
    refused(tmp_path / "other.zip", data, "no backup of this program")


def test_a_damaged_database_is_not_put_in_place(data: Path, tmp_path: Path) -> None:
    with closing(sqlite3.connect(data / "records.sqlite")) as connection:
        connection.execute("pragma wal_checkpoint(truncate)")
        connection.execute("pragma writable_schema=on")
        connection.execute("update sqlite_master set rootpage = 2 where name = 'feedback'")
        connection.commit()
    with pytest.raises(LibraryError):
        put_back(taken(data, tmp_path / "damaged.zip").file, tmp_path / "other")
    assert not (tmp_path / "other").exists()


def refused(backup: Path, data: Path, match: str = "whole backup") -> None:
    before = editions(data)
    with pytest.raises(DocumentError, match=match):
        put_back(backup, data, is_forced=True)
    assert editions(data) == before
    assert list(data.parent.glob("*.restoring")) == list(data.parent.glob("data.before-*")) == []


def test_a_folder_without_a_library_has_nothing_to_back_up(tmp_path: Path) -> None:
    with pytest.raises(LibraryEmpty, match="assistant ingest"):
        taken(tmp_path / "nowhere", tmp_path / "b.zip")
    real_library(tmp_path / "data", FakeEmbedder())
    with pytest.raises(LibraryEmpty, match="assistant ingest"):
        taken(tmp_path / "data", tmp_path / "b.zip")
    assert not (tmp_path / "b.zip").exists()


@pytest.fixture
def published_on_and_on(data: Path) -> Iterator[None]:
    """Publishes one generation after another while the test runs."""
    stop, faults = threading.Event(), []

    def publishing() -> None:
        embedder = FakeEmbedder()
        library = real_library(data, embedder)
        place = 0
        try:
            while not stop.is_set():
                place += 1
                changed = document(f"changing-{place % 3}", f"Version {place} of the records.")
                gone = EditionId(f"changing-{(place + 1) % 3}")
                publish(library, Update((changed,), removed=(gone,)), embedder)
        except AssistantError as error:
            faults.append(error)

    thread = threading.Thread(target=publishing)
    thread.start()
    yield
    stop.set()
    thread.join()
    assert faults == []


@pytest.mark.slow
@pytest.mark.usefixtures("published_on_and_on")
def test_backups_of_a_folder_in_use_are_whole_and_hold_what_was_acknowledged(data: Path, tmp_path: Path) -> None:
    writer = recording(data, "busy")
    assert writer.stdout is not None
    told: list[str] = []
    reading = threading.Thread(target=lambda: told.extend(writer.stdout or ()))
    reading.start()
    generations = []
    while len(told) < 20:
        time.sleep(0.01)
    for place in range(15):
        acknowledged = len(told)
        made = taken(data, tmp_path / f"{place}.zip")
        done = put_back(made.file, tmp_path / str(place))
        assert "kept" in editions(done.data)
        kept = dict(zip(("conversation", "record", "feedback"), facts(done.data), strict=True))
        lines = [line.split() for line in told[:acknowledged]]
        assert [line for line in lines if line[1] not in kept[line[0]]] == []
        generations.append(made.generation)
    assert writer.poll() is None
    os.kill(writer.pid, 9)
    writer.communicate()
    reading.join()
    assert len(set(generations)) > 1
