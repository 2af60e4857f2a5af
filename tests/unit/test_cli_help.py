"""What the command line says of itself: its version, its commands under headings, completion, plain output everywhere."""

from __future__ import annotations

import io
import re
import sys
from pathlib import Path

import pytest
from typer.main import get_command

from assistant import __version__
from assistant.cli import run
from assistant.cli.app import app
from assistant.cli.groups import HEADINGS
from assistant.cli.printing import Page
from assistant.cli.progress import progress_bars
from assistant.errors import UsageError
from tests.unit.test_locks import PROJECT


class Terminal(io.StringIO):
    def isatty(self) -> bool:
        return True


def test_the_version_comes_from_one_place(capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["--version"]) == 0
    assert capsys.readouterr().out.startswith(f"policy-assistant {__version__}\ndocumentation: ")
    assert "version" in PROJECT["dynamic"]
    assert "version" not in PROJECT


def test_every_command_stands_under_a_heading_in_help(capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["--help"]) == 0
    said = capsys.readouterr().out
    headings = [line.removesuffix(":") for line in said.splitlines() if re.fullmatch(r"[A-Z][\w ,]+:", line)]
    assert tuple(headings) == ("Options", *HEADINGS)
    commands = get_command(app).commands
    assert {each.rich_help_panel for each in commands.values()} == set(HEADINGS)
    assert [name for name in commands if f"\n  {name} " not in said] == []


def test_a_shell_completes_commands(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    monkeypatch.setenv("_ASSISTANT_COMPLETE", "complete_bash")
    monkeypatch.setenv("COMP_WORDS", "assistant scen")
    monkeypatch.setenv("COMP_CWORD", "1")
    with pytest.raises(SystemExit) as ended:
        run([])
    assert ended.value.code == 0
    assert capsys.readouterr().out.split() == ["scenario"]


@pytest.mark.parametrize("words", [["status", "--plain"], ["--plain", "status"]])
def test_every_command_takes_plain_before_or_after_its_name(
    words: list[str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    shown: list[tuple[bool, bool]] = []

    def facts(*_: object) -> None:
        with progress_bars() as tell:
            shown.append((Page()._is_plain, tell is None))
        raise UsageError("seen")

    monkeypatch.setattr("assistant.cli.status._facts", facts)
    monkeypatch.setattr(sys, "stdout", Terminal())
    monkeypatch.setattr(sys, "stderr", Terminal())
    assert [run([*each, "--data", str(tmp_path)]) for each in (words, ["status"])] == [2, 2]
    assert shown == [(True, True), (False, False)]


def test_plain_after_a_lone_dash_pair_is_a_word(capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["status", "--", "--plain"]) == 2
    assert "--plain" in capsys.readouterr().err
