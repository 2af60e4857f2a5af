"""Shares the tests out between workers, so that one of them runs all that share what is costly to make.

This is what the distribution ``loadgroup`` of pytest-xdist is for; 3.8.0 loses its groups under pytest 9.2, whose node
ids cannot be changed, so that the groups are told from the ids here.
"""

from __future__ import annotations

import pytest
from xdist.remote import Producer
from xdist.scheduler import LoadScopeScheduling

BY_FILE = ("api/", "browser/", "integration/")
"""Suites of which one worker runs a whole file; of the others, any test goes to any worker."""
TOGETHER = {
    "integration/test_ablation_models.py": "own questions",
    "integration/test_own_questions.py": "own questions",
    "integration/test_stages.py": "own questions",
    "integration/test_embedder_parity.py": "torch",
    "integration/test_entailment.py": "torch",
    "integration/test_pairs_export.py": "torch",
    "integration/test_unpacked.py": "torch",
    "unit/test_training_lists.py::test_a_model_is_installed": "torch",
}
"""Tests that ask the same questions of the same documents, and those that import torch."""
APART = ("integration/test_crash.py", "integration/test_scenarios.py::test_a_thousand_seeds")
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
    name = nodeid.removeprefix("tests/")
    for start, group in TOGETHER.items():
        if name.startswith(start):
            return group
    if not name.startswith(BY_FILE):
        return nodeid
    if name.startswith(APART):
        return f"{name.partition('::')[0]}{name[name.find('[') :]}"
    return name.partition("::")[0]
