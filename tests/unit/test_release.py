"""A release has an entry in the changelog, and one version."""

from __future__ import annotations

from importlib.util import cache_from_source
from pathlib import Path
from types import SimpleNamespace

import pytest

from assistant import __version__
from tests.command import ROOT
from tools import release, size

LOG = """# Changelog

## 0.2.0, not released yet

### Reading

- Added: a format.

## 0.1.0 - 2026-11-30

- Fixed: a fault.

## 0.0.1 - 2026-01-01
"""


def test_the_version_is_read_without_importing_the_project() -> None:
    assert release.version() == __version__


def test_this_version_has_an_entry() -> None:
    assert release.changes((ROOT / "CHANGELOG.md").read_text(encoding="utf-8"), __version__)


def test_the_entry_of_a_version_ends_before_the_next() -> None:
    assert release.changes(LOG, "0.1.0") == "- Fixed: a fault."
    assert release.changes(LOG, "0.2.0").startswith("### Reading")


@pytest.mark.parametrize("version", ["0.3.0", "0.0.1", "0.1"])
def test_a_version_without_an_entry_is_not_released(version: str) -> None:
    with pytest.raises(SystemExit, match=f"has no entry for {version}"):
        release.changes(LOG, version)


def test_a_step_that_fails_ends_the_release_with_what_it_said() -> None:
    with pytest.raises(SystemExit, match=r"exit code 3\nnothing here"):
        release.run("sh", "-c", "echo nothing here; exit 3")


def test_the_size_of_a_distribution_counts_byte_code_and_nothing_elsewhere(tmp_path: Path) -> None:
    module, compiled = tmp_path / "a.py", Path(cache_from_source(str(tmp_path / "a.py")))
    compiled.parent.mkdir()
    for each in (module, compiled):
        each.write_bytes(b"x" * 5000)
    listed = [SimpleNamespace(locate=lambda name=name: tmp_path / name) for name in ("a.py", "../bin/a")]
    assert set(size.files_of(SimpleNamespace(files=listed), tmp_path)) == {module, compiled}
    assert size.bytes_of(module) >= 5000
    assert size.bytes_of(tmp_path / "absent") == 0
