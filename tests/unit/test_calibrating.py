from datetime import date
from pathlib import Path

import pytest

from assistant.bootstrap import Assistant
from assistant.errors import UsageError
from assistant.settings import Settings
from evals.calibration.packaged import calibrated
from evals.dataset.items import Item, QuestionType


def items(count, split="own"):
    return [
        Item(id=str(n), type=QuestionType.UNANSWERABLE, question="How long may it take?", split=split, work="w")
        for n in range(count)
    ]


@pytest.fixture
def assistant(tmp_path: Path) -> Assistant:
    return Assistant(Settings(data=tmp_path))


def test_the_report_split_is_never_calibrated_on(assistant):
    with pytest.raises(UsageError, match="never calibrated on"):
        calibrated([*items(400), *items(1, "report")], assistant, date(2026, 1, 1))


def test_too_few_questions_set_no_threshold(assistant):
    with pytest.raises(UsageError, match="299 questions are too few"):
        calibrated(items(299), assistant, date(2026, 1, 1))
