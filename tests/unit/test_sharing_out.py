"""Tests that share what is costly go to one worker; all others to any."""

import pytest

from tests.sharing_out import group_of


@pytest.mark.parametrize(
    ("nodeid", "group"),
    [
        ("tests/api/test_ask.py::test_a[x]", "api/test_ask.py"),
        ("tests/integration/test_stages.py::test_a", "own questions"),
        ("tests/integration/test_crash.py::test_a[old]", "integration/test_crash.py[old]"),
        ("tests/integration/test_crash.py::test_b[old]", "integration/test_crash.py[old]"),
        ("tests/integration/test_scenarios.py::test_a", "integration/test_scenarios.py"),
        ("tests/integration/test_scenarios.py::test_a_thousand_seeds_give_no_two_alike[missing]",
         "integration/test_scenarios.py[missing]"),
        ("tests/unit/test_figures.py::test_a", "tests/unit/test_figures.py::test_a"),
    ],
)  # fmt: skip
def test_tests_are_grouped(nodeid: str, group: str) -> None:
    assert group_of(nodeid) == group
