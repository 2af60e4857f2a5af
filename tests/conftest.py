"""What every test runs under: fixed seeds, no model hub, files in memory, and what is made once a run and shared."""

from __future__ import annotations

import gc
import os
import shutil
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from xdist.remote import Producer

gc.disable()  # until all is imported, which leaves no garbage
IS_WORKER = "PYTEST_XDIST_WORKER" in os.environ
for name in ("HF_HUB_OFFLINE", "TRANSFORMERS_OFFLINE", "HF_HUB_DISABLE_TELEMETRY"):
    os.environ[name] = "1"
if IS_WORKER:  # the workers are as many as the cores; set before numpy or torch is imported
    for name in ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "RAYON_NUM_THREADS"):
        os.environ.setdefault(name, "1")

from hypothesis import settings  # noqa: E402

from tests.data_folders import DataFolders, folder_of_run  # noqa: E402
from tests.model_sessions import loaded_once  # noqa: E402
from tests.probe_outcomes import asked_once  # noqa: E402
from tests.reading_children import children_shared  # noqa: E402
from tests.routes_made_once import routes_made_once  # noqa: E402
from tests.sharing_out import GroupScheduling  # noqa: E402
from tests.without_extras import pytest_make_collect_report, pytest_runtest_makereport  # noqa: E402, F401  hooks

settings.register_profile("fixed", derandomize=True, deadline=None)
settings.load_profile("fixed")

MEMORY = Path("/dev/shm")
LEAST_FREE = 4 * 2**30
LIMIT_S = 1200
"""Longest that the tests may take in CI, on two cores: ten minutes are the aim, and twice that holds until they are cut again."""
_began = time.monotonic()

if "PYTEST_DEBUG_TEMPROOT" not in os.environ and MEMORY.is_dir() and shutil.disk_usage(MEMORY).free > LEAST_FREE:
    os.environ["PYTEST_DEBUG_TEMPROOT"] = str(MEMORY)  # databases sync their files all the time


@pytest.hookimpl(optionalhook=True)
def pytest_xdist_make_scheduler(config: pytest.Config, log: Producer) -> GroupScheduling:
    """Returns what shares the tests out between workers."""
    return GroupScheduling(config, log)


def pytest_collection_finish() -> None:
    """Leaves what was imported out of every search for garbage."""
    gc.freeze()
    gc.enable()


@pytest.hookimpl(trylast=True)
def pytest_sessionfinish(session: pytest.Session) -> None:
    """Fails a run in CI that took too long."""
    if _took_too_long() and session.exitstatus == pytest.ExitCode.OK:
        session.exitstatus = pytest.ExitCode.TESTS_FAILED


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """Says what was left out for want of a browser, and whether the tests took too long."""
    left_out = [each for each in terminalreporter.stats.get("skipped", ()) if "tests/browser" in each.nodeid]
    if left_out:
        text = f"NO BROWSER TESTS: {len(left_out)} left out, no Chromium here. On Debian: apt-get install chromium"
        terminalreporter.line(text, red=True, bold=True)
    if _took_too_long():
        terminalreporter.line(f"TOO SLOW: the tests may take {LIMIT_S} seconds; see the slowest above", red=True)


def _took_too_long() -> bool:
    return os.environ.get("CI") == "true" and not IS_WORKER and time.monotonic() - _began > LIMIT_S


@pytest.fixture(scope="session", autouse=True)
def _started_once(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    folder = folder_of_run(tmp_path_factory)
    with loaded_once(folder / "outputs"), asked_once(folder / "probes"), children_shared(), routes_made_once():
        yield


@pytest.fixture(scope="session")
def data_folders(tmp_path_factory: pytest.TempPathFactory) -> DataFolders:
    """Returns what gives data folders over the project's own documents."""
    return DataFolders(tmp_path_factory)
