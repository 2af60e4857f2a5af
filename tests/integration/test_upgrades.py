"""Data folders of every earlier schema are brought up to date or refused with the fix; older backups are restored."""

from __future__ import annotations

import hashlib
import json
import sqlite3
import tarfile
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from assistant.adapters.library_sql.tables import TABLES as LIBRARY
from assistant.adapters.records_sql.tables import TABLES as RECORDS
from assistant.bootstrap import Assistant
from assistant.cli.status import library_notes
from assistant.errors import IndexMismatch, LibraryError
from assistant.model import CUT_VERSION, Answered, EditionId, Question
from assistant.operations.api_keys import key_for
from assistant.outcomes.view import read_outcome
from assistant.program_version import program_version
from assistant.settings import Settings
from ingest.build import ingest
from ingest.publish.earlier_reading import read_by_another_version
from ingest.rebuild import rebuild
from tests.command import assistant as command
from tests.data_folders import DataFolders
from tests.fakes import FakeEmbedder
from tests.libraries import folder_copied, real_library
from tools.earlier_folders import FOLLOW_UP, NOTE, QUESTION, SECRET, TOKEN, VERSIONS, write_documents

EARLIER = Path(__file__).parents[1] / "data" / "earlier"
FACTS: dict[str, dict[str, Any]] = json.loads((EARLIER / "facts.json").read_text())
WITH_RECORDS = tuple(name for name in VERSIONS if "record" in FACTS[name])
OF_EARLIER_CUT = tuple(name for name in WITH_RECORDS if name not in ("library-0002", "records-0007", "records-0008"))
"""Those whose library has to be built again."""
OWNER = "local"
REBUILD = "Run `assistant rebuild`, which reads the copies in the data folder"


@pytest.fixture(scope="module")
def folders(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Returns a folder that holds what every archive does, by its name."""
    target = tmp_path_factory.mktemp("earlier")
    for name in VERSIONS:
        unpack(name, target / name)
    return target


def unpack(name: str, target: Path) -> None:
    with tarfile.open(EARLIER / f"{name}.tar.xz") as packed:
        packed.extractall(target, filter="data")


@pytest.fixture(params=WITH_RECORDS)
def earlier(request: pytest.FixtureRequest, folders: Path) -> tuple[Assistant, dict[str, Any]]:
    """Returns today's program over the data folder of an earlier one, and what that one stored."""
    return Assistant(Settings(data=folders / request.param / "data")), FACTS[request.param]


def sql(file: Path, *statements: str) -> list[Any]:
    with closing(sqlite3.connect(file)) as connection:
        rows = [connection.execute(each).fetchall() for each in statements]
        connection.commit()
    return rows[-1]


def test_there_is_a_folder_of_every_earlier_schema_and_cut(tmp_path: Path) -> None:
    revisions, cuts, of_library = set(), set(), set()
    for name in VERSIONS:
        unpack(name, tmp_path / name)
        data = tmp_path / name / "data"
        cuts |= {
            row[0].split()[1].split("/")[0] for row in sql(data / "library.sqlite", "select format from generation")
        }
        of_library |= {row[0] for row in sql(data / "library.sqlite", "select version_num from alembic_version")}
        if name in WITH_RECORDS:
            revisions |= {row[0] for row in sql(data / "records.sqlite", "select version_num from alembic_version")}
    fix = "add the last commit before it to VERSIONS of tools/earlier_folders.py and run that"
    assert revisions == {each.name[:4] for each in (RECORDS.migrations / "versions").glob("0*.py")}, fix
    earlier = {each.name[:4] for each in (LIBRARY.migrations / "versions").glob("0*.py")} - {LIBRARY.head}
    assert earlier <= of_library, fix
    assert cuts >= {f"cut-{each}" for each in range(1, int(CUT_VERSION.removeprefix("cut-")))}, fix


def test_records_are_there_after_an_upgrade(earlier: tuple[Assistant, dict[str, Any]]) -> None:
    program, facts = earlier
    first, second = program.records.records_of(facts["conversation"], OWNER)
    assert (first.record_id, first.question, second.question) == (facts["record"], QUESTION, FOLLOW_UP)
    assert read_outcome(first.outcome).outcome == facts["ending"] == "answered"
    exported = json.dumps([dict(each) for each in program.records.export(OWNER)], default=str)
    assert NOTE in exported
    assert {each.record_id for each in program.records.questions()} == {first.record_id, second.record_id}


def test_keys_and_sessions_open_after_an_upgrade(earlier: tuple[Assistant, dict[str, Any]]) -> None:
    program, facts = earlier
    key = key_for(program.access_store, SECRET, datetime.now(UTC))
    assert key is not None
    assert (key.key_id, key.groups, sorted(key.roles)) == (facts["key"], ("leads",), ["policy", "practitioner"])
    session = program.access_store.session_of(hashlib.sha256(TOKEN.encode()).hexdigest())
    assert session is not None
    assert session.asker.user_id == OWNER


def test_decisions_imported_questions_and_scenarios_are_there_after_an_upgrade(
    earlier: tuple[Assistant, dict[str, Any]],
) -> None:
    program, facts = earlier
    if "decision" in facts:
        (decision,) = program.coverage_store.history("duties", facts["decision"])
        assert (decision.state, decision.note) == ("covered", NOTE)
        assert len(program.coverage_store.runs()) == 1
    if "scenario" in facts:
        (saved,) = program.scenario_store.scenarios(OWNER)
        assert (saved.scenario_id, saved.theme) == (facts["scenario"], "neglect")


@pytest.mark.parametrize("name", OF_EARLIER_CUT)
def test_status_and_doctor_say_what_to_do_with_a_library_of_an_earlier_version(folders: Path, name: str) -> None:
    where = ("--data", str(folders / name / "data"))
    status = command("status", *where)
    assert (status.returncode, REBUILD in status.stderr) == (1, True)
    assert (
        f"by another version of the program (format 1 cut-1), and this one needs format 1 {CUT_VERSION}"
        in status.stderr
    )
    assert "or go on with the version that built it" in status.stderr
    assert REBUILD in command("doctor", *where).stderr


@pytest.mark.parametrize("name", OF_EARLIER_CUT)
def test_an_older_backup_is_restored_and_says_what_it_needs(folders: Path, tmp_path: Path, name: str) -> None:
    restored = command("restore", str(folders / name / "backup.zip"), "--data", str(tmp_path / "data"))
    assert (restored.returncode, restored.stderr) == (0, "")
    assert "by version 0.1.0" in restored.stdout
    assert REBUILD in restored.stdout
    program = Assistant(Settings(data=tmp_path / "data"))
    record = program.records.record(FACTS[name]["record"], OWNER)
    assert record is not None
    assert record.question == QUESTION
    assert key_for(program.access_store, SECRET, datetime.now(UTC)) is not None
    assert program.access_store.session_of(hashlib.sha256(TOKEN.encode()).hexdigest()) is None


def test_the_history_of_a_library_begins_with_what_an_earlier_version_stored(folders: Path, tmp_path: Path) -> None:
    program = Assistant(Settings(data=folder_copied(folders / "library-0002" / "data", tmp_path / "data")))
    (first,) = program.library.publications()
    created = sql(tmp_path / "data" / "library.sqlite", "select created from generation")[0][0]
    assert (first.since, first.until) == (datetime.fromisoformat(created), None)
    write_documents(tmp_path / "documents")
    guidance = tmp_path / "documents" / "guidance.md"
    guidance.write_text(guidance.read_text().replace("within 45", "within 30"))
    ingest([tmp_path / "documents"], program.library, program.embedder, program.settings, files=program.files)
    with program.library.open_earlier(first.number) as snapshot:
        assert "within 45 working days" in snapshot.text(EditionId("guidance"))
    assert program.library.check() == ()


def test_a_rebuild_heals_a_library_of_another_embedder_and_cut(folders: Path, tmp_path: Path) -> None:
    restored = command("restore", str(folders / "records-0001" / "backup.zip"), "--data", str(tmp_path / "data"))
    assert "with the embedder minilm" in restored.stdout
    program = Assistant(Settings(data=tmp_path / "data"))
    rebuild(program.library, program.embedder, program.settings, program.files)
    assert answered(program) == ["guidance", "procedure"]
    assert library_notes(program) == program.library.check() == ()


def test_a_library_without_copies_names_the_files_and_heals_once_they_are_back(folders: Path, tmp_path: Path) -> None:
    program = Assistant(Settings(data=folders / "library-only" / "data"))
    with pytest.raises(IndexMismatch, match="No file of guidance, procedure is there any more: put it back and run"):
        program.ask(Question(QUESTION))
    write_documents(tmp_path / "documents")
    documents = [tmp_path / "documents"]
    ingest(documents, program.library, program.embedder, program.settings, files=program.files)
    assert answered(program) == ["guidance", "procedure"]
    assert library_notes(program) == ()


def test_status_tells_documents_that_another_version_has_read(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    write_documents(tmp_path / "documents")
    folder = tmp_path / "without a catalogue"
    folder.mkdir()
    (folder / "plain.md").write_text("# A title of its own\n\nThe chair must act.\n", encoding="utf-8")
    (folder / "texts.jsonl").write_text('{"id": "one", "title": "One", "text": "Staff must act."}\n', encoding="utf-8")
    embedder, settings = FakeEmbedder(), Settings(data=tmp_path / "data")
    library = real_library(tmp_path / "data", embedder)
    ingest([tmp_path / "documents", folder], library, embedder, settings)
    with library.open() as snapshot:
        assert read_by_another_version(snapshot, embedder, settings) == ()
        monkeypatch.setattr("ingest.publish.intake.reading_digest", lambda: "another")
        assert len(read_by_another_version(snapshot, embedder, settings)) == 4


def test_a_library_of_this_version_has_no_note_of_reading(data_folders: DataFolders) -> None:
    told = command("status", "--data", str(data_folders.copy())).stdout
    assert "another version" not in told
    assert "generation: 1" in told


def answered(program: Assistant) -> list[str]:
    """Returns the editions that answer the question of the fixtures."""
    outcome = program.ask(Question(QUESTION))
    assert isinstance(outcome, Answered)
    return [str(each.edition.edition_id) for each in outcome.citations]


@pytest.fixture
def newer(folders: Path, tmp_path: Path) -> Path:
    """Returns a data folder that a program of tomorrow has used."""
    command("restore", str(folders / "records-0006" / "backup.zip"), "--data", str(tmp_path / "data"))
    for file in ("library.sqlite", "records.sqlite"):
        tomorrow = "insert into schema_history values ('0099', '9.1.0', '2999-01-01')"
        made = "create table if not exists schema_history (revision, program, at)"
        sql(tmp_path / "data" / file, made, tomorrow, "update alembic_version set version_num = '0099'")
    return tmp_path / "data"


def test_a_folder_of_a_newer_program_is_refused_with_both_versions(newer: Path) -> None:
    for arguments, known in ((("status",), LIBRARY.head), (("keys", "list"), RECORDS.head)):
        refused = command(*arguments, "--data", str(newer))
        assert refused.returncode == 1
        both = f"(version 9.1.0, schema 0099; this is version {program_version()}, which knows schemas up to {known})"
        assert both in refused.stderr
        assert "`assistant restore FILE`" in refused.stderr


def test_a_backup_of_a_newer_program_changes_nothing(newer: Path, tmp_path: Path) -> None:
    from assistant.adapters.data_copy import copy_data, quick_check
    from assistant.operations.backup import back_up, restore

    made = back_up(lambda target: copy_data(newer, target), tmp_path / "newer.zip").file
    with pytest.raises(LibraryError, match=r"newer version of the program \(version 9\.1\.0, schema 0099"):
        restore(made, tmp_path / "other", quick_check)
    assert not (tmp_path / "other").exists()


def test_a_folder_notes_which_version_brought_it_to_which_schema(folders: Path) -> None:
    data = folders / "records-0005" / "data"
    _ = Assistant(Settings(data=data)).records
    rows = sql(data / "records.sqlite", "select revision, program from schema_history")
    assert rows == [(RECORDS.head, program_version())]
