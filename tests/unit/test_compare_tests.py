"""Each commit is timed by the command of its own Makefile."""

from __future__ import annotations

from pathlib import Path

import pytest

from tools.compare_tests import arguments

ROOT = Path(__file__).parents[2]


def test_pytest_gets_what_the_makefile_gives_it() -> None:
    assert arguments((ROOT / "Makefile").read_text(encoding="utf-8"), "2")[:3] == ["-q", "-n", "2"]
    assert arguments(
        "unit:\n\t@python -m pytest -q tests/unit\n\ntest: lint\n\t@$(BIN)/python -m pytest -q\n", "2"
    ) == ["-q"]


def test_a_makefile_without_tests_is_told() -> None:
    with pytest.raises(SystemExit, match="no target"):
        arguments("unit:\n\t@python -m pytest -q tests/unit\n\nlint:\n\truff\n", "2")
