"""The packages beside ``assistant`` are ours, whatever else is installed."""

from __future__ import annotations

import sys
from importlib.machinery import ModuleSpec
from pathlib import Path
from types import ModuleType

import pytest

import assistant.cli
from assistant.cli import siblings
from assistant.errors import ConfigurationError
from tests.command import ROOT


@pytest.fixture(autouse=True)
def same_path(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "path", list(sys.path))


def test_in_a_checkout_they_lie_beside_it_and_come_first() -> None:
    sys.path.insert(0, "/elsewhere")
    siblings.make_importable()
    assert sys.path[0] == str(siblings.root()) == str(ROOT)
    before = len(sys.path)
    siblings.make_importable()
    assert len(sys.path) == before


def test_in_a_wheel_they_lie_below_it(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    below = tmp_path / "assistant" / siblings.FOLDER
    below.mkdir(parents=True)
    monkeypatch.setattr(siblings.assistant, "__file__", str(tmp_path / "assistant" / "__init__.py"))
    assert siblings.root() == below


@pytest.mark.parametrize("name", siblings.PACKAGES)
def test_another_package_of_the_same_name_is_told_in_one_line(
    name: str, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    other = ModuleType(name)
    other.__spec__ = ModuleSpec(name, None, origin=f"/srv/other/{name}/__init__.py")
    monkeypatch.setitem(sys.modules, name, other)
    assert assistant.cli.run(["--version"]) == 1
    said = capsys.readouterr().err
    assert f"The package {name} that Python finds is that of /srv/other/{name}, not the assistant's in {ROOT}" in said
    assert "environment of its own" in said


def test_a_package_that_is_not_there_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(siblings, "root", lambda: tmp_path)
    monkeypatch.setattr(siblings, "PACKAGES", ("no_such_package",))
    with pytest.raises(ConfigurationError, match="no_such_package that Python finds is not there"):
        siblings.make_importable()
    with pytest.raises(ConfigurationError, match="corpus: is not there"):
        siblings.folder_of("corpus")
