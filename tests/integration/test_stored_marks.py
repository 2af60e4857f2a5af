"""What sources say of editions is read from the records as they stand now, and never in the way of a question."""

import os
import sqlite3
from datetime import date
from pathlib import Path

from assistant.adapters.records_sql import RecordsDatabase, SqlSources
from assistant.adapters.records_sql.mark_file import StoredMarks
from assistant.model import EditionId, SourceMark
from assistant.model.sources import EditionMark, MarkKind, SourceId

NAME = EditionId("policy-2026")


def mark(source: str, kind: MarkKind = MarkKind.WITHDRAWN) -> EditionMark:
    return EditionMark(NAME, SourceId(source), kind, date(2026, 5, 3), "Gone.", "https://www.example.org/p", "")


def test_marks_are_read_as_soon_as_they_are_saved_by_any_process(tmp_path: Path):
    store, marks = SqlSources(RecordsDatabase(tmp_path)), StoredMarks(tmp_path)
    assert marks.current() == {}
    store.save_marks(SourceId("one"), [mark("one")])
    expected = SourceMark("withdrawn", date(2026, 5, 3), "Gone.", "https://www.example.org/p")
    assert marks.current() == StoredMarks(tmp_path).current() == {NAME: expected}
    store.save_marks(SourceId("one"), [])
    assert marks.current() == {}


def test_of_two_sources_the_weightier_word_counts(tmp_path: Path):
    store = SqlSources(RecordsDatabase(tmp_path))
    for name, kind in (("a", MarkKind.SUPERSEDED), ("b", MarkKind.WITHDRAWN), ("c", MarkKind.SUPERSEDED)):
        store.save_marks(SourceId(name), [mark(name, kind)])
    assert StoredMarks(tmp_path).current()[NAME].kind == "withdrawn"


def test_an_unchanged_file_is_not_read_again(tmp_path: Path):
    store, marks = SqlSources(RecordsDatabase(tmp_path)), StoredMarks(tmp_path)
    store.save_marks(SourceId("one"), [mark("one")])
    for path in tmp_path.glob("records.sqlite*"):
        os.utime(path, (1, 1))  # old enough that a later change has another time
    assert marks.current() is marks.current()


def test_without_records_or_with_those_of_an_earlier_release_there_are_no_marks_and_no_file_is_made(tmp_path: Path):
    assert StoredMarks(tmp_path).current() == {}
    assert list(tmp_path.iterdir()) == []
    with sqlite3.connect(tmp_path / "records.sqlite") as connection:
        connection.execute("create table older (x)")
    assert StoredMarks(tmp_path).current() == {}


def test_damaged_records_fail_no_question_and_the_last_marks_count(tmp_path: Path, caplog):
    store, marks = SqlSources(RecordsDatabase(tmp_path)), StoredMarks(tmp_path)
    store.save_marks(SourceId("one"), [mark("one")])
    before = marks.current()
    for path in tmp_path.glob("records.sqlite-*"):
        path.unlink()
    (tmp_path / "records.sqlite").write_bytes(b"no database at all" * 100)
    assert marks.current() == before
    assert "cannot be read" in caplog.text
