from dataclasses import dataclass, replace
from datetime import date

from assistant.answering.answerability.calibration import load_calibration
from assistant.answering.resources import Resources
from assistant.model import Edition, EditionId, Form, Generation, Kind
from assistant.operations.status import status_of
from assistant.settings import Settings
from tests.fakes import FakeEmbedder

OLD = Edition(EditionId("rule-2024"), "rule", "Rule 2024", Kind.POLICY, in_force_from=date(2024, 1, 1))
NEW = Edition(
    EditionId("rule-2025"),
    "rule",
    "Rule 2025",
    Kind.POLICY,
    in_force_from=date(2025, 1, 1),
    supersedes=OLD.edition_id,
    review_by=date(2025, 12, 31),
)
DRAFT = Edition(EditionId("plan"), "plan", "Plan", Kind.STRATEGY, form=Form.DRAFT)


@dataclass(frozen=True)
class Shelf:
    indexed: tuple[Edition, ...]
    named: tuple[Edition, ...] = ()

    @property
    def generation(self):
        return Generation(3, "f" * 64, 10, 2)

    def editions(self):
        return self.indexed

    def known(self):
        return self.named


def resources(at: date, **changes) -> Resources:
    calibration = load_calibration(None).model_copy(update=changes)
    return Resources(FakeEmbedder(), Settings(), calibration, lambda: at)


def test_it_counts_kinds_from_the_highest_authority():
    found = status_of(Shelf((DRAFT, OLD, NEW)), resources(date(2025, 6, 1)))
    assert found.kinds == ((Kind.POLICY, 2), (Kind.STRATEGY, 1))
    assert found.generation.number == 3


def test_a_superseded_edition_is_named_and_not_warned_about_otherwise():
    found = status_of(Shelf((OLD, NEW)), resources(date(2025, 6, 1)))
    assert found.superseded == ("rule-2024",)
    assert found.warnings[:-1] == ("Rule 2024 is left out of answers at 1 June 2025: another edition stands for it.",)


def test_an_edition_past_its_review_date_is_named_from_the_day_after():
    assert status_of(Shelf((NEW,)), resources(date(2025, 12, 31))).past_review == ()
    found = status_of(Shelf((NEW,)), resources(date(2026, 1, 1)))
    assert found.past_review == ("rule-2025",)
    assert "due for review by 31 December 2025" in found.warnings[0]


def test_an_edition_whose_successor_is_known_and_not_indexed_is_warned_about():
    found = status_of(Shelf((OLD,), (NEW,)), resources(date(2025, 6, 1)))
    assert found.known == ("rule-2025",)
    assert found.superseded == ()
    assert "was replaced on 1 January 2025 by Rule 2025" in found.warnings[0]


def test_a_draft_is_warned_about():
    assert "draft" in status_of(Shelf((DRAFT,)), resources(date(2025, 6, 1))).warnings[0]


def test_a_missing_threshold_is_the_first_warning():
    found = status_of(Shelf((DRAFT,)), resources(date(2025, 6, 1), threshold=None))
    assert "every question is refused" in found.warnings[0]


def test_another_embedder_than_that_of_the_threshold_is_warned_about():
    chosen = resources(date(2025, 6, 1))
    other = replace(chosen, settings=Settings(embedder="other"))
    assert any("calibrate again" in each for each in status_of(Shelf((NEW,)), other).warnings)
    assert not any("calibrate again" in each for each in status_of(Shelf((NEW,)), chosen).warnings)


def test_answers_that_nobody_measured_are_warned_about():
    assert "no scorecard" in status_of(Shelf((NEW,)), resources(date(2025, 6, 1))).warnings[-1]
