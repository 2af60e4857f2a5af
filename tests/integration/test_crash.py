"""A kill at any instant of an ingest leaves one whole library, and the next ingest finishes the job."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

ROOT = Path(__file__).parents[2]
Case = dict[str, Any]
pytestmark = pytest.mark.slow


@pytest.fixture(scope="module", params=["empty", "old", "back"])
def first(request: pytest.FixtureRequest) -> str:
    return str(request.param)


@pytest.fixture(scope="module")
def cases(first: str, tmp_path_factory: pytest.TempPathFactory) -> list[Case]:
    folder = tmp_path_factory.mktemp("crash")
    command = [sys.executable, "-m", "tests.integration.crashing", str(folder), first]
    ended = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, timeout=550, check=False)
    assert ended.returncode == 0, ended.stderr
    return [{**json.loads(line), "stderr": ended.stderr} for line in ended.stdout.splitlines()]


def test_every_kind_of_step_was_killed(cases: list[Case], first: str) -> None:
    killed = {case["step"] for case in cases if case["signal"] == -9}
    kinds = {"INSERT INTO generation", "INSERT INTO current", "commit", "os.rename"}
    assert kinds | (set() if first == "back" else {"INSERT INTO embedding", "INSERT INTO passage"}) < killed
    assert {"empty": "CREATE TABLE passage", "old": "DELETE FROM current", "back": "INSERT INTO member"}[
        first
    ] in killed
    assert any(case["signal"] == -14 for case in cases)
    assert any(case["signal"] == 0 for case in cases)


def state_before(first: str) -> str:
    return "old" if first == "back" else first


def test_a_killed_ingest_leaves_the_old_library_or_the_new_one(cases: list[Case], first: str) -> None:
    before = [case["before"] for case in cases]
    state = state_before(first)
    assert set(before) == {state, "new"}, [case for case in cases if case["before"] not in (state, "new")]


def test_it_is_the_commit_that_changes_the_library(cases: list[Case], first: str) -> None:
    steps = [case for case in cases if not case["step"].startswith("after")]
    place = next(place for place, case in enumerate(steps) if case["before"] == "new")
    assert steps[place - 1]["step"] == "commit"
    assert {case["before"] for case in steps[:place]} == {state_before(first)}
    assert {case["before"] for case in steps[place:]} == {"new"}


def test_the_next_ingest_finishes_the_job_and_leaves_no_orphan(cases: list[Case]) -> None:
    assert [case for case in cases if case["after"] != "new" or case["faults"]] == []
