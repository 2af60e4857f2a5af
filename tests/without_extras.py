"""Skips, where the default installation is tested, what needs a package that only an extra brings and that is not installed."""

from __future__ import annotations

import importlib.util
import re
from collections.abc import Generator

import pytest

from assistant.errors import ExtraMissing
from tests.architecture.rules import HEAVY

NAMED = re.compile(r"No module named '(\w+)")


def absent(words: str) -> str | None:
    """Returns the package of an extra that a message names as missing and that is in fact not installed."""
    found = NAMED.search(words)
    return found[1] if found and found[1] in HEAVY and importlib.util.find_spec(found[1]) is None else None


@pytest.hookimpl(wrapper=True)
def pytest_make_collect_report(
    collector: pytest.Collector,
) -> Generator[None, pytest.CollectReport, pytest.CollectReport]:
    """Skips a module that imports such a package."""
    report = yield
    package = absent(str(report.longrepr)) if report.failed else None
    if package is not None:
        report.outcome, report.longrepr = "skipped", (str(collector.path), 0, f"Skipped: {package} is not installed")
    return report


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(
    item: pytest.Item, call: pytest.CallInfo[None]
) -> Generator[None, pytest.TestReport, pytest.TestReport]:
    """Skips a test that needs such a package."""
    report = yield
    error = call.excinfo.value if call.excinfo is not None else None
    if isinstance(error, ImportError | ExtraMissing) and importlib.util.find_spec("torch") is None:
        report.outcome, report.longrepr = "skipped", (str(item.path), 0, f"Skipped: {error}")
    return report
