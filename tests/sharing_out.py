"""Shares the tests out between workers, so that one of them runs all that share what is costly to make.

This is what the distribution ``loadgroup`` of pytest-xdist is for; 3.8.0 loses its groups under pytest 9.2, whose node
ids cannot be changed, so that the groups are told from the ids here.
"""

from __future__ import annotations

import pytest
from xdist.remote import Producer
from xdist.scheduler import LoadScopeScheduling

BY_FILE = ("api", "browser", "integration")
"""Suites of which one worker runs a whole file; of the others, any test goes to any worker."""
TOGETHER = {
    "test_stages.py": "own questions",
    "test_own_questions.py": "own questions",
    "test_ablation_models.py": "own questions",
}
"""Files that ask the same questions of the same documents."""
APART = ("test_crash.py", "test_scenarios.py::test_a_thousand_seeds")
"""Of these, each set of parameters is a group of its own."""


class GroupScheduling(LoadScopeScheduling):
    """Gives each worker one group after another, in the order of collection."""

    def __init__(self, config: pytest.Config, log: Producer) -> None:
        super().__init__(config, log)
        config.option.loadscopereorder = False

    def _split_scope(self, nodeid: str) -> str:
        return group_of(nodeid)


def group_of(nodeid: str) -> str:
    """Returns the group of a test by its id."""
    path, _, name = nodeid.partition("::")
    suite, _, file = path.removeprefix("tests/").partition("/")
    if suite not in BY_FILE:
        return nodeid
    if f"{file}::{name}".startswith(APART):
        return f"{file}{name[name.find('[') :]}"
    return TOGETHER.get(file, path)
