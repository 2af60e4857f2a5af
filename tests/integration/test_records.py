"""The records on disk: private, forgotten when deleted, whole after a kill, shared by processes."""

from __future__ import annotations

import json
import os
import signal
import sqlite3
import stat
import subprocess
import sys
import threading
import time
from collections.abc import Callable
from contextlib import closing
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
import sqlalchemy
from alembic import command
from alembic.autogenerate import compare_metadata
from alembic.config import Config
from alembic.runtime.migration import MigrationContext

from assistant.adapters.records_sql import RecordsDatabase, SqlAccess, SqlQuestions, SqlRecords
from assistant.adapters.records_sql.tables import METADATA, TABLES
from assistant.adapters.sql.schema_upgrades import HISTORY
from assistant.errors import LibraryError
from assistant.model import EditionId
from assistant.model.coverage import Theme
from assistant.model.people import AuditLine, Feedback, Opinion, Reader, Record
from tests.fakes import FakeEmbedder
from tests.integration.recording import OUTCOME, OWNER
from tests.libraries import real_library

ROOT = Path(__file__).parents[2]
NOON = datetime(2026, 3, 2, 12, 0, tzinfo=UTC)


def recording(data: Path, name: str) -> subprocess.Popen[str]:
    command = [sys.executable, "-m", "tests.integration.recording", str(data), name]
    return subprocess.Popen(command, cwd=ROOT, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)


def bytes_of(data: Path) -> bytes:
    return b"".join(path.read_bytes() for path in data.glob("records.sqlite*") if not path.name.endswith("-shm"))


def fill(records: SqlRecords, owner: str, word: str, count: int = 200) -> None:
    begun = records.begin(owner, NOON)
    for place in range(count):
        name, at = f"{owner}-{place}", NOON + timedelta(minutes=place)
        outcome = {"outcome": "answered", "citations": [], "statements": [f"{word} says " * (place % 300)]}
        records.add(Record(name, owner, begun.conversation_id, f"{word} {place}?", outcome, 0.1, "print", at))
        records.add_feedback(Feedback(f"f-{name}", name, None, Opinion.MISSING, f"{word} note", NOON), owner)


def facts(data: Path) -> tuple[set[str], set[str], set[str]]:
    """Returns the ids of conversations, records and feedback; every conversation must be whole."""
    with closing(sqlite3.connect(data / "records.sqlite")) as connection:
        assert connection.execute("pragma integrity_check").fetchone() == ("ok",)
        assert connection.execute("pragma foreign_key_check").fetchall() == []
        half = """select conversation_id from conversation c where title != coalesce((select question from record r
            where r.conversation_id = c.conversation_id order by row limit 1), '') or updated < coalesce((select
            max(asked_at) from record r where r.conversation_id = c.conversation_id), '')"""
        assert connection.execute(half).fetchall() == []
        tables = (("conversation_id", "conversation"), ("record_id", "record"), ("feedback_id", "feedback"))
        ids = [{row[0] for row in connection.execute(f"select {name} from {table}")} for name, table in tables]
    return ids[0], ids[1], ids[2]


def test_only_its_user_may_read_the_records(tmp_path: Path) -> None:
    database = RecordsDatabase(tmp_path / "data")
    fill(SqlRecords(database), "ann", "word", 1)
    modes = {path.name: stat.S_IMODE(path.stat().st_mode) for path in (tmp_path / "data").iterdir()}
    assert set(modes) >= {"records.sqlite", "records.sqlite-wal"}
    assert set(modes.values()) == {0o600}
    database.close()


@pytest.mark.parametrize("how", ["erase", "purge", "delete"])
def test_erased_words_are_in_no_file_any_more(tmp_path: Path, how: str) -> None:
    database = RecordsDatabase(tmp_path)
    records = SqlRecords(database)
    fill(records, "bob", "quokka", 50)
    fill(records, "ann", "zebrafinch")
    fill(records, "cyd", "pangolin", 50)
    assert b"zebrafinch" in bytes_of(tmp_path)
    if how == "erase":
        assert records.erase("ann") == 401
    elif how == "purge":
        assert records.purge(NOON + timedelta(days=1)) == 603
    else:
        records.delete_conversation(records.conversations("ann", limit=1)[0].conversation_id, "ann")
    assert b"zebrafinch" not in bytes_of(tmp_path)
    assert (b"quokka" in bytes_of(tmp_path)) is (how != "purge")
    database.close()


def test_a_reader_in_the_way_delays_forgetting_and_breaks_nothing(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    database = RecordsDatabase(tmp_path)
    records = SqlRecords(database)
    fill(records, "ann", "zebrafinch", 5)
    export = records.export("ann")
    next(export)
    assert records.erase("ann") == 11
    assert "next purge" in caplog.text
    assert len(list(export)) == 10
    records.purge(NOON)
    assert b"zebrafinch" not in bytes_of(tmp_path)
    database.close()


def test_the_migrations_make_the_tables_that_the_code_speaks_of(tmp_path: Path) -> None:
    RecordsDatabase(tmp_path).close()
    engine = sqlalchemy.create_engine(f"sqlite:///{tmp_path / 'records.sqlite'}")
    with engine.connect() as connection:
        context = MigrationContext.configure(connection, opts={"compare_type": True})
        assert compare_metadata(context, [METADATA, HISTORY.metadata]) == []
    engine.dispose()


def test_records_of_the_release_before_groups_stay_and_are_bound_by_what_they_named(tmp_path: Path) -> None:
    database = RecordsDatabase(tmp_path)
    cited = {"outcome": "answered", "citations": [{"edition_id": "secret"}]}
    refused = {"outcome": "refused", "reason": "no_passage", "citations": [], "nearest": [{"edition_id": "secret"}]}
    urgent = {"outcome": "signposted", "citations": [], "then": {**cited, "citations": [{"edition_id": "open"}]}}
    for name, outcome in (("a", cited), ("b", refused), ("c", urgent), ("d", {**refused, "nearest": []})):
        SqlRecords(database).add(Record(name, OWNER, None, f"{name}?", outcome, 0.1, "print", NOON))
    themes = (Theme("t1", "kites", ("a", "b")),)
    SqlQuestions(database).save_themes(themes)
    SqlQuestions(database).save_themes([Theme("t2", "secrets", ("c",))], "inner")
    config = Config()
    config.set_main_option("script_location", str(TABLES.migrations).replace("%", "%%"))
    with database.writing() as connection:
        config.attributes["connection"] = connection
        command.downgrade(config, "0005")
    database.close()

    again = RecordsDatabase(tmp_path)
    records = SqlRecords(again)
    assert [records.record(each, OWNER).groups for each in "abcd"] == [None] * 4  # type: ignore[union-attr]
    outsider, member = (Reader(groups, {EditionId("secret"): ("inner",)}) for groups in ((), ("inner",)))
    assert [each.record_id for each in records.questions(reader=outsider)] == ["c", "d"]
    assert [each.is_restricted for each in records.questions(reader=member)] == [True, True, False, False]
    assert SqlQuestions(again).themes() == SqlQuestions(again).themes("inner") == themes
    again.close()


def test_records_of_a_newer_version_are_left_alone(tmp_path: Path) -> None:
    RecordsDatabase(tmp_path).close()
    with closing(sqlite3.connect(tmp_path / "records.sqlite")) as connection:
        connection.execute("update alembic_version set version_num = '9999'")
        connection.commit()
    with pytest.raises(LibraryError, match=r"newer version .*--data"):
        RecordsDatabase(tmp_path)


def test_a_file_that_is_no_database_is_named_with_the_fix(tmp_path: Path) -> None:
    (tmp_path / "records.sqlite").write_bytes(b"not a database at all" * 100)
    with pytest.raises(LibraryError, match=r"records\.sqlite: .*assistant restore"):
        RecordsDatabase(tmp_path)


def test_many_threads_keep_everything(tmp_path: Path) -> None:
    database = RecordsDatabase(tmp_path)
    records, store = SqlRecords(database), SqlAccess(database)

    def ask(owner: str) -> None:
        begun = records.begin(owner, NOON)
        for place in range(10):
            name = f"{owner}-{place}"
            records.add(Record(name, owner, begun.conversation_id, "Who?", OUTCOME, 0.1, "print", NOON))
            store.audit(AuditLine(NOON, owner, "ask"))
            assert records.records_of(begun.conversation_id, owner)[-1].record_id == name

    threads = [threading.Thread(target=ask, args=(f"u{place}",)) for place in range(20)]
    for each in threads:
        each.start()
    for each in threads:
        each.join()
    assert len(records.questions(limit=500)) == 200
    assert len(store.audit_lines()) == 200
    database.close()


@pytest.mark.slow
def test_a_kill_before_any_statement_loses_nothing_acknowledged_and_leaves_nothing_half(tmp_path: Path) -> None:
    cases = [json.loads(line) for line in recording(tmp_path, "killed").communicate()[0].splitlines()]
    for step, case in enumerate(cases):
        told = [line.split() for line in case["told"]]
        kept = dict(zip(("conversation", "record", "feedback"), facts(tmp_path / str(step)), strict=True))
        assert [line for line in told if line[1] not in kept[line[0]]] == []
        assert sum(map(len, kept.values())) - len(told) in (0, 1)
    assert [case["ended"] for case in cases] == [-signal.SIGKILL] * (len(cases) - 1) + [0]
    assert len(cases) > 16


def writers(data: Path) -> set[str]:
    """Returns the names of the programs that have kept a record."""
    with closing(sqlite3.connect(data / "records.sqlite")) as connection:
        return {row[0].split("-")[0] for row in connection.execute("select record_id from record")}


@pytest.mark.slow
def test_processes_killed_while_they_write_lose_nothing_acknowledged(tmp_path: Path) -> None:
    RecordsDatabase(tmp_path).close()
    running = [recording(tmp_path, name) for name in ("one", "two")]
    until = time.monotonic() + 60
    while writers(tmp_path) != {"one", "two"}:
        assert time.monotonic() < until, "not in a minute"
        time.sleep(0.1)
    time.sleep(1)
    for each in running:
        os.kill(each.pid, signal.SIGKILL)
    told = [line.split() for each in running for line in each.communicate()[0].splitlines()]
    kept = dict(zip(("conversation", "record", "feedback"), facts(tmp_path), strict=True))
    assert {line[1].split("-")[0] for line in told if line[0] == "record"} == {"one", "two"}
    assert [line for line in told if line[1] not in kept[line[0]]] == []
    database = RecordsDatabase(tmp_path)
    assert SqlRecords(database).erase(OWNER) == sum(map(len, kept.values()))
    database.close()


def test_library_and_records_are_brought_up_to_date_side_by_side(tmp_path: Path) -> None:
    faults: list[BaseException] = []

    def made(make: Callable[[], object]) -> None:
        try:
            make()
        except LibraryError as error:
            faults.append(error)

    for turn in range(5):
        folder = tmp_path / str(turn)
        makers = (lambda: real_library(folder, FakeEmbedder()), lambda: RecordsDatabase(folder))  # noqa: B023
        threads = [threading.Thread(target=made, args=(make,)) for make in makers]
        for each in threads:
            each.start()
        for each in threads:
            each.join()

    assert not faults


def test_the_log_of_records_in_use_is_not_deleted_by_another_process_that_ends(tmp_path: Path) -> None:
    """As `serve` does, one process has the records open twice; a command opens and closes them meanwhile."""
    first = SqlAccess(RecordsDatabase(tmp_path))
    first.audit(AuditLine(datetime.now(UTC), "a", "first"))
    second = SqlAccess(RecordsDatabase(tmp_path))
    second.audit(AuditLine(datetime.now(UTC), "a", "second"))
    look = "import sqlite3, sys; c = sqlite3.connect(sys.argv[1]); print(c.execute('select count(*) from audit').fetchone()[0]); c.close()"
    command = [sys.executable, "-S", "-c", look, str(tmp_path / "records.sqlite")]
    assert subprocess.run(command, capture_output=True, text=True, check=True).stdout == "2\n"
    second.audit(AuditLine(datetime.now(UTC), "a", "third"))
    assert (tmp_path / "records.sqlite-wal").exists()
    assert subprocess.run(command, capture_output=True, text=True, check=True).stdout == "3\n"
