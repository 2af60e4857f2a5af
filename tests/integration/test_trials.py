"""The trials find every promise kept; at small numbers here, at large ones by ``python -m evals trial``."""

from __future__ import annotations

import tempfile
from pathlib import Path

import pytest

from evals.trials import clock, crash
from evals.trials.promises import Promises

pytestmark = pytest.mark.slow


@pytest.fixture(autouse=True)
def _in_this_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))


def broken(promises: Promises) -> list[str]:
    assert promises.to_json()
    return [line for line in promises.table("") if line.startswith("- broken")]


def test_killed_ingests_and_servers_lose_nothing() -> None:
    assert broken(crash.trial(ingests=1, servers=1, seed=3)) == []


def test_a_clock_that_jumps_erases_nothing() -> None:
    assert broken(clock.trial(times=1, seed=3)) == []


def test_a_promise_that_is_broken_is_reported() -> None:
    promises = Promises()
    assert not promises.are_kept()
    promises.look("it holds", True)
    assert promises.are_kept()
    promises.look("it holds", False, "it did not")

    assert not promises.are_kept()
    assert list(Promises.from_json(promises.to_json()).table("T"))[-2:] == [
        "| it holds | 2 | 1 |",
        "- broken: it holds: it did not",
    ]
