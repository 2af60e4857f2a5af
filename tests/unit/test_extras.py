"""What is not installed is named with its extra and the command that installs it."""

from __future__ import annotations

import json
import sys
import tomllib
from pathlib import Path
from types import SimpleNamespace

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

import assistant.cli
from assistant import extras
from assistant.adapters.embedders.choose import open_embedder
from assistant.adapters.rerankers.choose import open_entailment
from assistant.errors import ConfigurationError, ExtraMissing
from assistant.settings import Settings
from assistant.settings.language_model import EntailmentSetting

PROJECT = tomllib.loads((Path(__file__).parents[2] / "pyproject.toml").read_text(encoding="utf-8"))["project"]
DISTRIBUTIONS = {"sklearn": "scikit-learn", "safetensors": "sentence-transformers"}
"""Distributions whose name is another than that of their package, and whose package another brings."""


def installed_from(monkeypatch: pytest.MonkeyPatch, **origin: object) -> None:
    found = SimpleNamespace(version="1.2.3", read_text=lambda name: json.dumps(origin) if origin else None)
    monkeypatch.setattr(extras, "distribution", lambda name: found)


@pytest.mark.parametrize("extra", extras.EXTRAS)
def test_each_package_comes_with_its_extra(extra: str) -> None:
    asked = {canonicalize_name(Requirement(each).name) for each in PROJECT["optional-dependencies"][extra]}
    assert {canonicalize_name(DISTRIBUTIONS.get(each, each)) for each in extras.EXTRAS[extra]} <= asked


def test_a_package_that_is_not_there_is_named_with_extra_and_command(monkeypatch: pytest.MonkeyPatch) -> None:
    installed_from(monkeypatch)
    extras.needs("The test", "evals", "json")
    with pytest.raises(ExtraMissing) as caught:
        extras.needs("The test", "evals", "json", "no_such_package")
    assert str(caught.value) == (
        "The test needs the extra [evals]: no_such_package is not installed. Run: pip install 'policy-assistant[evals]==1.2.3'."
    )
    assert isinstance(caught.value, ConfigurationError)


def test_the_command_adds_to_the_very_installation(monkeypatch: pytest.MonkeyPatch) -> None:
    installed_from(monkeypatch, url="file:///srv/policy", dir_info={"editable": True})
    assert extras.command("models") == "pip install -e '/srv/policy[models]'"
    installed_from(monkeypatch, url="file:///srv/policy_assistant-1.2.3-py3-none-any.whl", archive_info={})
    expected = "pip install 'policy-assistant[models] @ file:///srv/policy_assistant-1.2.3-py3-none-any.whl'"
    assert extras.command("models") == expected


def test_without_an_installation_it_names_the_folder(monkeypatch: pytest.MonkeyPatch) -> None:
    def absent(name: str) -> None:
        raise extras.PackageNotFoundError(name)

    monkeypatch.setattr(extras, "distribution", absent)
    assert extras.command("models") == "pip install '.[models]' in the project's folder"


@pytest.mark.parametrize("package", ["torch", "sentence_transformers", "safetensors"])
def test_models_by_name_ask_for_the_extra(package: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, package, None)
    with pytest.raises(ExtraMissing, match=rf"embedder some/model needs the extra \[models\]: {package} is not"):
        open_embedder(Settings(embedder="some/model"))
    with pytest.raises(ExtraMissing, match=r"entailment.model some/nli needs the extra \[models\]"):
        open_entailment(EntailmentSetting(model="some/nli"), 1)


def test_a_command_that_needs_what_is_not_installed_says_so_in_one_line(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def command(*_: object, **__: object) -> None:
        raise ModuleNotFoundError("No module named 'sklearn.metrics'", name="sklearn.metrics")

    monkeypatch.setattr(assistant.cli, "get_command", lambda app: command)
    assert assistant.cli.run(["eval", "run"]) == 1
    assert "needs the extra [evals]: sklearn is not installed. Run: pip install" in capsys.readouterr().err
    with pytest.raises(ModuleNotFoundError):
        assistant.cli.run(["eval", "run", "--debug"])
