"""The part of the page that shows one outcome can be drawn for every kind of outcome."""

import json
from collections.abc import Callable
from pathlib import Path

import pytest

from assistant.answering.answerability.calibration import load_calibration
from assistant.settings import Settings
from tests.api.conftest import QUESTION, UNANSWERABLE, URGENT, Served

JUDGEMENT = "Should I refer this family to social care?"


@pytest.fixture(scope="module")
def refusing(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A calibration with which nothing is answered."""
    made = load_calibration(None, Settings().packaged_calibration).model_copy(update={"threshold": None})
    path = tmp_path_factory.mktemp("calibration") / "calibration.json"
    path.write_text(json.dumps(made.model_dump(mode="json")), encoding="utf-8")
    return path


@pytest.mark.parametrize("is_refusing", [False, True], ids=["answering", "refusing"])
@pytest.mark.parametrize("question", [QUESTION, UNANSWERABLE, URGENT, JUDGEMENT], ids=["policy", "no", "now", "case"])
def test_every_kind_of_outcome_can_be_drawn(
    serve: Callable[..., Served], refusing: Path, question: str, is_refusing: bool
) -> None:
    client = (serve(calibration=refusing) if is_refusing else serve()).client
    talk = client.post("/v1/conversations").json()["conversation_id"]
    asked = client.post(f"/v1/conversations/{talk}/messages", json={"question": question})
    assert asked.status_code == 200, asked.text
    page = client.get(f"/conversations/{talk}")
    assert page.status_code == 200
    assert question in page.text
    if question == URGENT:
        assert "999" in page.text
