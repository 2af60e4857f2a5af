from dataclasses import dataclass
from datetime import date

import pytest

from assistant.answering.answerability.judge import load_calibration
from assistant.answering.pipeline import Tools
from assistant.errors import ConfigurationError
from assistant.model import Generation
from assistant.operations.scorecard import Scorecard, fingerprints_of, path_of, scorecard_faults
from assistant.settings import Settings
from tests.fakes import FakeEmbedder


@dataclass(frozen=True)
class Shelf:
    fingerprint: str = "a" * 64

    @property
    def generation(self):
        return Generation(1, self.fingerprint, 10, 2)


@pytest.fixture
def tools(tmp_path):
    settings = Settings(data=tmp_path, wrong_answers_limit=0.2)
    return Tools(FakeEmbedder(), settings, load_calibration(None), lambda: date(2026, 1, 1))


def write(tools, **changes):
    card = Scorecard(
        date="2026-01-01",
        questions="ours",
        set_digest="0" * 64,
        fingerprints=fingerprints_of(Shelf(), tools),
        asked=100,
        wrong=10,
        wrong_upper=0.16,
        leaks=0,
    )
    path_of(tools.settings).write_text(card.model_copy(update=changes).model_dump_json())


def test_a_scorecard_that_fits_and_keeps_the_limit_allows_serving(tools):
    write(tools)
    assert scorecard_faults(Shelf(), tools) == ()


def test_without_a_scorecard_nobody_knows_how_often_answers_are_wrong(tools):
    assert "no scorecard" in scorecard_faults(Shelf(), tools)[0]


def test_it_names_what_changed_since(tools):
    write(tools)
    assert "documents" in scorecard_faults(Shelf("b" * 64), tools)[0]
    other = Tools(tools.embedder, tools.settings.model_copy(update={"dense_k": 10}), tools.calibration)
    assert "settings" in scorecard_faults(Shelf(), other)[0]
    stricter = tools.calibration.model_copy(update={"threshold": 0.99})
    assert "calibration" in scorecard_faults(Shelf(), Tools(tools.embedder, tools.settings, stricter))[0]


def test_more_wrong_answers_than_the_owner_allows_and_any_leak_forbid_serving(tools):
    write(tools, wrong_upper=0.201, leaks=1)
    over, leaked = scorecard_faults(Shelf(), tools)
    assert "20.1%" in over
    assert "limit of 20.0%" in over
    assert "personal details" in leaked


def test_a_file_that_is_no_scorecard_is_named_with_the_fix(tools):
    path_of(tools.settings).write_text("{}")
    with pytest.raises(ConfigurationError, match="not a readable scorecard"):
        scorecard_faults(Shelf(), tools)
