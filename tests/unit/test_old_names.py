"""Names that operators and programs use go on working: nothing published is gone, and an old name warns once."""

from __future__ import annotations

import json
import warnings
from collections.abc import Iterator
from pathlib import Path

import pytest

from assistant import old_names
from assistant.cli import run
from assistant.old_names import OLD_NAMES, Named, OldName, current_names, current_options
from assistant.program_version import program_version
from tools.public_names import FILE, ROOT, names_of

OPTION = OldName(Named.OPTION, "--as-of", "--as-at", "0.1.0", "0.3.0")
FIELD = OldName(Named.FIELD, "as_of", "as_at", "0.1.0", "0.3.0")


def version(text: str) -> tuple[int, ...]:
    return tuple(int(each) for each in text.split("."))


@pytest.mark.parametrize("kind", ["settings", "options", "operations", "fields"])
def test_every_name_that_was_ever_published_still_works(kind: str) -> None:
    published = set(json.loads(FILE.read_text("utf-8"))[kind])
    known = set(names_of(ROOT)[kind]) | {each.old for each in OLD_NAMES}
    assert len(published) > 40
    assert published - known == set(), "a name is gone: keep it, or add it to OLD_NAMES (docs/upgrades.md)"


@pytest.mark.parametrize("name", OLD_NAMES, ids=lambda name: name.old)
def test_an_old_name_works_for_two_minor_versions_and_is_then_removed(name: OldName) -> None:
    since, gone = version(name.since), version(name.gone)
    assert gone[0] > since[0] or gone[1] >= since[1] + 2
    assert version(program_version()) < gone, (
        f"{name.old} is due: remove it from OLD_NAMES, with a line in the changelog"
    )


def test_options_from_before_are_taken_and_warn(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(old_names, "OLD_NAMES", (OPTION, FIELD))
    with pytest.warns(
        FutureWarning, match=r"The option --as-of is called --as-at since 0\.1\.0; .* stops working in 0\.3\.0"
    ):
        assert current_options(["ask", "--as-of=2026-01-31", "Who?"]) == ["ask", "--as-at=2026-01-31", "Who?"]
    assert current_options(["ask", "--", "--as-of"]) == ["ask", "--", "--as-of"]
    assert current_names({"as_of": 1}) == {"as_of": 1}


@pytest.fixture
def shown() -> Iterator[None]:
    """Has warnings shown as outside of tests."""
    with warnings.catch_warnings():
        warnings.simplefilter("default")
        yield


@pytest.mark.usefixtures("shown")
def test_an_old_option_reaches_the_command(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    monkeypatch.setattr(old_names, "OLD_NAMES", (OPTION,))
    assert run(["ask", "Who?", "--as-of", "2026-01-31", "--data", str(tmp_path / "none")]) == 1
    told = capsys.readouterr().err
    assert told.startswith("assistant: The option --as-of is called --as-at since 0.1.0;")
    assert "no such data folder" in told


@pytest.mark.usefixtures("shown")
def test_a_command_warns_once_of_an_old_name(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    monkeypatch.setenv("ASSISTANT_READER", "none")
    assert run(["ask", "Who?", "--data", str(tmp_path / "none")]) == 1
    line = "assistant: The setting reader is called reranker since 0.1.0; the old name stops working in 0.3.0."
    told = capsys.readouterr().err
    assert told.count(line) == told.count("reader") == 1
