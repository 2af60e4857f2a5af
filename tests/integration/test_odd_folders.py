"""A data folder may have any name: everything stays in it, and it can be written, read, backed up and restored."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

import pytest

from assistant.adapters.data_copy import copy_data, quick_check
from assistant.adapters.records_sql import RecordsDatabase, SqlRecords
from assistant.model import Filter
from assistant.model.people import Record
from assistant.operations.backup import back_up, restore
from assistant.ports import Update
from tests.fakes import FakeEmbedder
from tests.integration.recording import OUTCOME
from tests.libraries import document, publish, query, real_library

NOON = datetime(2026, 3, 2, 12, 0, tzinfo=UTC)
NAMES = (
    "what?",
    "what?mode=memory",
    "data?cache=shared&uri=true",
    "100%",
    "%41%2F",
    "%(here)s",
    "#1",
    "two  spaces ",
    "a&b=c",
    "it's",
    'a "quoted" name',
    "Ämter – 日本 🙂",
    "a;b",
    "[set]{x}(y)",
    "ends.",
    ":memory:",
    "file:data",
    "file:data?mode=memory&cache=shared",
    "user:secret@host",
    "back\\slash",
    "*",
    "$HOME ~",
    "new\nline",
    "-data",
)


def filled(data: Path) -> None:
    """Publishes a document and stores a record."""
    publish(real_library(data, FakeEmbedder()), Update((document("kept", "Records are kept."),)), FakeEmbedder())
    database = RecordsDatabase(data)
    SqlRecords(database).add(Record("r1", "ann", None, "Who chairs?", OUTCOME, 0.1, "print", NOON))
    database.close()


def check_whole(data: Path) -> None:
    """Opens a folder anew and finds what ``filled`` stored, in rows and both indexes."""
    embedder = FakeEmbedder()
    library = real_library(data, embedder)
    with library.open() as snapshot:
        assert [str(each.edition_id) for each in snapshot.editions()] == ["kept"]
        assert len(snapshot.search_vectors(query(embedder, "records"), k=9, filter=Filter())) == 1
        assert len(snapshot.search_words("records", k=9, filter=Filter())) == 1
    assert [line for line in library.check() if not line.startswith(("left over", "orphan"))] == []
    database = RecordsDatabase(data)
    assert SqlRecords(database).record("r1", "ann") is not None
    database.close()


@pytest.mark.parametrize("name", NAMES)
def test_a_folder_of_any_name_holds_all_that_is_stored_and_can_be_restored(tmp_path: Path, name: str) -> None:
    data, other = tmp_path / "in" / name, tmp_path / "out" / f"{name} again"
    other.parent.mkdir()

    filled(data)
    check_whole(data)

    assert [*(tmp_path / "in").iterdir()] == [data]
    assert {"library.sqlite", "records.sqlite", "vectors", "words"} <= {path.name for path in data.iterdir()}
    backup = back_up(lambda target: copy_data(data, target), other.parent / f"{name}.zip")
    restore(backup.file, other, quick_check)
    check_whole(other)
    assert sorted(path.name for path in other.parent.iterdir()) == sorted([f"{name} again", f"{name}.zip"])


@pytest.mark.parametrize("name", ["what?", "file:data?mode=memory", "100%", ":memory:", "-data"])
def test_a_folder_that_is_named_from_the_current_one_does_too(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, name: str
) -> None:
    monkeypatch.chdir(tmp_path)

    filled(Path(name))
    check_whole(Path(name))

    assert [path.name for path in tmp_path.iterdir()] == [name]
