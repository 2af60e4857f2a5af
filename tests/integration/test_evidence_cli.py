"""The command makes evidence and checks it, by its exit code and in words; a backup keeps the key."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from assistant.bootstrap import Assistant
from assistant.operations.backup import back_up, restore
from assistant.settings import Settings
from ingest.build import ingest
from tests.command import Done
from tests.command import assistant as command
from tools.earlier_folders import write_documents

QUESTION = "How long may an assessment take?"


@pytest.fixture(scope="module")
def data(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("evidence")
    write_documents(folder / "documents")
    program = Assistant(Settings(data=folder / "data"))
    ingest([folder / "documents"], program.library, program.embedder, program.settings, files=program.files)
    return folder / "data"


@pytest.fixture(scope="module")
def made(data: Path) -> tuple[Path, Done]:
    file = data.parent / "made.zip"
    return file, command("evidence", "make", "--question", QUESTION, "--out", str(file), "--data", str(data))


def test_a_file_is_made_and_found_as_it_was_sealed(data: Path, made: tuple[Path, Done]) -> None:
    file, done = made
    assert (done.returncode, done.stderr) == (0, "")
    assert "It is answered from the documents that this assistant’s library held when this file was made" in done.stdout
    checked = command("evidence", "verify", str(file), "--data", str(data))
    assert checked.returncode == 0
    assert f"sealed with the key of the data folder {data}" in checked.stdout
    again = command("evidence", "make", "--topic", "assessment", "--out", str(file), "--data", str(data))
    assert (again.returncode, "there is such a file" in again.stderr) == (2, True)


def test_a_changed_file_and_another_key_are_told(data: Path, made: tuple[Path, Done], tmp_path: Path) -> None:
    changed = tmp_path / "changed.zip"
    changed.write_bytes(made[0].read_bytes().replace(b"45 working days", b"54 working days"))
    told = command("evidence", "verify", str(changed), "--data", str(data))
    assert (told.returncode, "changed member: index.html was changed." in told.stdout) == (1, True)
    assert command("evidence", "key", "--out", str(tmp_path / "own.pem"), "--data", str(data)).returncode == 0
    nobody = ("--data", str(tmp_path / "none"))
    assert command("evidence", "verify", str(made[0]), "--key", str(tmp_path / "own.pem"), *nobody).returncode == 0
    assert "compare it with the fingerprint" in command("evidence", "verify", str(made[0]), *nobody).stdout
    other = Assistant(Settings(data=tmp_path / "other"))
    (tmp_path / "other.pem").write_bytes(other.seal_key.public_pem)
    wrong = command("evidence", "verify", str(made[0]), "--key", str(tmp_path / "other.pem"), "--json", *nobody)
    assert (wrong.returncode, json.loads(wrong.stdout)["faults"][0]["kind"]) == (1, "wrong_key")


def test_a_backup_seals_as_its_original(data: Path, made: tuple[Path, Done], tmp_path: Path) -> None:
    program = Assistant(Settings(data=data))
    backup = back_up(program.copy_data, tmp_path / "backup.zip").file
    restore(backup, tmp_path / "restored", lambda folder: None)
    assert Assistant(Settings(data=tmp_path / "restored")).seal_key.fingerprint == program.seal_key.fingerprint
