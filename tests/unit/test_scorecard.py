import json
from dataclasses import dataclass
from datetime import date

import pytest

from assistant.answering.answerability.calibration import load_calibration
from assistant.answering.resources import Resources
from assistant.errors import ConfigurationError
from assistant.model import Generation
from assistant.operations import scorecard
from assistant.operations.scorecard import (
    MEASURED_BEFORE,
    NOT_MEASURED,
    Scorecard,
    fingerprints_of,
    forget_signature,
    load_scorecard,
    path_of,
    scorecard_faults,
    trust_sentence,
)
from assistant.settings import Settings
from tests.fakes import FakeEmbedder


@dataclass(frozen=True)
class Shelf:
    fingerprint: str = "a" * 64

    @property
    def generation(self):
        return Generation(1, self.fingerprint, 10, 2)


@pytest.fixture
def resources(tmp_path):
    settings = Settings(data=tmp_path, wrong_answers_limit=0.2)
    return Resources(FakeEmbedder(), settings, load_calibration(None), lambda: date(2026, 1, 1))


def write(resources, **changes):
    card = Scorecard(
        date="2026-01-01",
        questions="ours",
        set_digest="0" * 64,
        fingerprints=fingerprints_of(Shelf(), resources),
        asked=100,
        wrong=10,
        wrong_upper=0.16,
        leaks=0,
    )
    path_of(resources.settings).write_text(card.model_copy(update=changes).model_dump_json())


def test_a_scorecard_that_fits_and_keeps_the_limit_allows_serving(resources):
    write(resources)
    assert scorecard_faults(Shelf(), resources) == ()


def test_without_a_scorecard_nobody_knows_how_often_answers_are_wrong(resources):
    assert "no scorecard" in scorecard_faults(Shelf(), resources)[0]


def test_it_names_what_changed_since(resources):
    write(resources)
    assert "documents" in scorecard_faults(Shelf("b" * 64), resources)[0]
    other = Resources(resources.embedder, resources.settings.model_copy(update={"dense_k": 10}), resources.calibration)
    assert "settings" in scorecard_faults(Shelf(), other)[0]
    stricter = resources.calibration.model_copy(update={"threshold": 0.99})
    assert "calibration" in scorecard_faults(Shelf(), Resources(resources.embedder, resources.settings, stricter))[0]


def test_a_program_that_answers_otherwise_opens_the_lock_though_nobody_raised_a_version(resources, monkeypatch):
    write(resources)
    monkeypatch.setattr(scorecard, "pipeline_digest", lambda: "another")
    (fault,) = scorecard_faults(Shelf(), resources)
    assert fault.startswith("The program changed since the scorecard was measured.")


def test_a_scorecard_of_a_release_without_that_digest_is_read_and_no_longer_fits(resources):
    write(resources)
    card = json.loads(path_of(resources.settings).read_text())
    del card["fingerprints"]["pipeline"]
    path_of(resources.settings).write_text(json.dumps(card))
    assert "program changed" in scorecard_faults(Shelf(), resources)[0]


def test_more_wrong_answers_than_the_owner_allows_and_any_leak_forbid_serving(resources):
    write(resources, wrong_upper=0.201, leaks=1)
    over, leaked = scorecard_faults(Shelf(), resources)
    assert "20.1%" in over
    assert "limit of 20.0%" in over
    assert "personal details" in leaked


def test_a_file_that_is_no_scorecard_is_named_with_the_fix(resources):
    path_of(resources.settings).write_text("{}")
    with pytest.raises(ConfigurationError, match="not a readable scorecard"):
        scorecard_faults(Shelf(), resources)


def test_one_sentence_says_how_often_answers_are_right_or_that_nobody_knows(resources):
    assert trust_sentence(Shelf(), resources) == NOT_MEASURED
    write(resources, answered=80)
    assert (
        trust_sentence(Shelf(), resources)
        == "When last measured, on 1 January 2026 with 100 questions, 70 of 80 answers given were right."
    )
    assert trust_sentence(Shelf("b" * 64), resources) == MEASURED_BEFORE
    write(resources, figures={"wrong_of_answered": "10 of 70, 14.3% (95 %: 7.1% to 24.7%)"})
    assert "60 of 70" in trust_sentence(Shelf(), resources)
    write(resources)
    assert "10 of 100 questions got a wrong answer" in trust_sentence(Shelf(), resources)
    path_of(resources.settings).write_text("{")
    assert trust_sentence(Shelf(), resources) == NOT_MEASURED


def test_a_signature_is_forgotten_and_the_figures_stay(resources):
    forget_signature(resources.settings, "cedar")
    write(resources, signed_by="cedar")
    forget_signature(resources.settings, "amber")
    assert load_scorecard(resources.settings).signed_by == "cedar"
    forget_signature(resources.settings, "cedar")
    assert (load_scorecard(resources.settings).signed_by, load_scorecard(resources.settings).wrong) == ("erased", 10)
