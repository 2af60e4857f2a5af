"""The program works from any working folder: what it needs beside the data folder comes with it."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Mapping, Sequence
from importlib.resources import files
from pathlib import Path

import pytest
from fastapi.testclient import TestClient

from api.app import create_app
from assistant.bootstrap import Assistant
from assistant.cli import run
from assistant.coverage.questions.topics import read_topics
from assistant.errors import ConfigurationError
from assistant.settings import Settings
from tests.data_folders import DataFolders

COMMANDS = ("ask", "check", "status", "coverage duties", "search", "scenario themes", "keys list")
PROGRAM = """
import contextlib, io, json, os, sys
from assistant.cli import run

ended = {}
for command in sys.argv[2:]:
    words = [*command.split(), *(["who chairs the conference?"] if command in ("ask", "search") else [])]
    said = io.StringIO()
    with contextlib.redirect_stdout(io.StringIO()), contextlib.redirect_stderr(said):
        code = run(["--data", sys.argv[1], *words])
    ended[command] = code, said.getvalue(), os.listdir()
print(json.dumps(ended))
"""
"""Runs one command after another, as if nobody had set anything, and prints how they ended."""


@pytest.fixture
def elsewhere(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Returns an empty folder, which is the current one."""
    folder = tmp_path / "elsewhere"
    folder.mkdir()
    monkeypatch.chdir(folder)
    monkeypatch.delenv("ASSISTANT_TOPICS", raising=False)
    return folder


@pytest.fixture
def data(data_folders: DataFolders) -> Path:
    return data_folders.copy().resolve()


def test_coverage_is_there_in_any_folder(data: Path, elsewhere: Path) -> None:
    app = create_app(Assistant(Settings(data=data)))
    with TestClient(app, base_url="http://127.0.0.1:8000", raise_server_exceptions=False) as client:
        assert client.get("/coverage").status_code == 200


def test_the_topic_map_is_printed_in_any_folder(
    data: Path, elsewhere: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    few = "[[topic]]\ntopic_id = 'a'\ntitle = 'A'\nprobes = ['Who chairs the conference?']\n"
    (elsewhere / "packaged.toml").write_text(few)  # all packaged topics would take minutes to ask
    monkeypatch.setattr("assistant.coverage.questions.topics.PACKAGED", elsewhere / "packaged.toml")

    assert run(["--data", str(data), "coverage", "topics", "--json"]) == 0
    assert json.loads(capsys.readouterr().out)["rows"]


def test_no_setting_but_the_data_folder_is_a_path_in_the_current_folder() -> None:
    values = Settings().model_dump()
    relative = {name for name, value in values.items() if isinstance(value, Path) and not value.is_absolute()}

    assert relative == {"data"}


def test_the_topics_come_with_the_program(elsewhere: Path) -> None:
    assert len(read_topics()) > 10
    assert (files("assistant.coverage.questions") / "data" / "topics.toml").is_file()


def test_a_topics_file_that_is_not_there_names_the_setting_that_exists(elsewhere: Path) -> None:
    with pytest.raises(ConfigurationError, match="`topics`") as told:
        read_topics(Path("none.toml"))
    assert "topics" in Settings.model_fields
    assert "--" not in str(told.value)


def test_a_fetch_without_a_catalogue_names_the_option(elsewhere: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["fetch"]) == 2
    assert "--catalogue" in capsys.readouterr().err


@pytest.fixture(scope="module")
def ended(data_folders: DataFolders, tmp_path_factory: pytest.TempPathFactory) -> Mapping[str, Sequence[object]]:
    """Returns how each command ended in a process that started in an empty folder, what it said, and what it left there."""
    data, elsewhere = data_folders.copy().resolve(), tmp_path_factory.mktemp("elsewhere")
    called = [sys.executable, "-c", PROGRAM, str(data), *COMMANDS]
    environment = {**_environment(), "PYTHONPATH": str(Path(__file__).parents[2])}
    done = subprocess.run(called, capture_output=True, text=True, cwd=elsewhere, env=environment, check=True)
    return json.loads(done.stdout)


@pytest.mark.parametrize("command", COMMANDS)
def test_no_command_misses_a_file_of_the_current_folder(ended: Mapping[str, Sequence[object]], command: str) -> None:
    code, said, left = ended[command]

    assert code in (0, 3), said
    assert left == []


def _environment() -> dict[str, str]:
    return {name: value for name, value in os.environ.items() if not name.startswith("ASSISTANT_")}
