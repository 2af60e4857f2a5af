"""Each stage alone over the project's own documents."""

import pytest

from assistant.bootstrap import Assistant
from assistant.settings import Settings
from evals.dataset.items import curated, load_all
from evals.reporting.stages import STAGES, measure_stage
from tests.data_folders import OWN_DOCUMENTS


@pytest.fixture(scope="module")
def assistant(data_folders):
    return Assistant(Settings(data=data_folders.copy(OWN_DOCUMENTS)))


def of(assistant, stage, items=None):
    with assistant.opened() as snapshot:
        return dict(measure_stage(stage, items or load_all(curated("own")), snapshot, assistant.resources))


def test_every_stage_has_figures(assistant):
    for stage in STAGES:
        assert of(assistant, stage)


def test_the_verifier_takes_every_verbatim_sentence_and_no_changed_one(assistant):
    for name, figure in of(assistant, "verify").items():
        assert ", 100.0%" in figure, f"{name}: {figure}"


def test_a_fault_at_the_door_is_found_at_the_door(assistant):
    items = [
        item.model_copy(update={"pii": ("decision",), "question": "Who takes the decision?"})
        for item in load_all(curated("own"))[:3]
    ]
    assert of(assistant, "screen", items)["personal details masked"].startswith("0 of 3")
