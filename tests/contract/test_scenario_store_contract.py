"""What every keeper of scenarios promises, shown on the fake and on SQL."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from assistant.adapters.records_sql import RecordsDatabase, SqlScenarios
from assistant.model.people import Reader
from assistant.model.saved_scenario import SavedScenario, ScenarioFeedback
from assistant.ports import ScenarioStore
from tests.fakes_scenarios import FakeScenarios

NOON = datetime(2026, 3, 2, 12, 0, tzinfo=UTC)
DAY = timedelta(days=1)
KEPT = SavedScenario("s1", "ann", "Neglect: Kofi, “7”", "neglect", NOON, {"request": {"theme": "neglect", "seed": 7}})
FEEDBACK = ScenarioFeedback("f1", "s1", "ann", "neglect", 7, 4, "Went well", NOON)


class ScenarioStoreContract:
    """One behaviour class; a subclass gives ``store``."""

    def test_a_scenario_is_read_back_unchanged_and_saved_again_in_its_place(self, store: ScenarioStore) -> None:
        assert store.save(KEPT)
        assert store.scenario("s1", "ann") == KEPT
        changed = replace(KEPT, title="Another", saved_at=NOON + DAY, recipe={"request": {"seed": 8}})
        assert store.save(changed)
        assert store.scenarios("ann") == (changed,)
        assert store.scenario("s2", "ann") is None

    def test_the_last_saved_comes_first(self, store: ScenarioStore) -> None:
        for name, days in (("a", 0), ("b", 2), ("c", 1)):
            store.save(replace(KEPT, scenario_id=name, saved_at=NOON + days * DAY))
        assert [each.scenario_id for each in store.scenarios("ann")] == ["b", "c", "a"]

    def test_nothing_of_one_person_is_given_to_another(self, store: ScenarioStore) -> None:
        store.save(KEPT)
        store.add_feedback(FEEDBACK)
        assert not store.save(replace(KEPT, owner="bob", title="Taken"))
        assert store.scenario("s1", "bob") is None
        assert store.scenarios("bob") == ()
        assert not store.remove("s1", "bob")
        assert not store.add_feedback(replace(FEEDBACK, feedback_id="f2", owner="bob"))
        assert store.feedback_on("s1", "bob") == ()
        assert list(store.export("bob")) == []
        assert store.erase("bob") == 0
        assert store.scenario("s1", "ann") == KEPT
        assert len(store.opinions()) == 1

    def test_a_removed_scenario_is_gone_and_what_was_said_of_it_stays(self, store: ScenarioStore) -> None:
        store.save(KEPT)
        store.add_feedback(FEEDBACK)
        assert store.remove("s1", "ann")
        assert not store.remove("s1", "ann")
        assert store.scenario("s1", "ann") is None
        assert not store.add_feedback(replace(FEEDBACK, feedback_id="f2"))
        assert [each.feedback_id for each in store.opinions()] == ["f1"]

    def test_feedback_on_a_scenario_comes_latest_first(self, store: ScenarioStore) -> None:
        store.save(KEPT)
        later = replace(FEEDBACK, feedback_id="f0", score=2, given_at=NOON + DAY)
        assert store.add_feedback(FEEDBACK)
        assert store.add_feedback(later)
        assert store.feedback_on("s1", "ann") == (later, FEEDBACK)

    def test_opinions_on_what_cites_restricted_documents_are_for_their_groups(self, store: ScenarioStore) -> None:
        store.save(KEPT)
        store.add_feedback(FEEDBACK)
        store.add_feedback(replace(FEEDBACK, feedback_id="f2", groups=(("inner", "lead"),)))
        assert [each.feedback_id for each in store.opinions(reader=Reader(("other",)))] == ["f1"]
        assert [each.feedback_id for each in store.opinions(reader=Reader(("lead",)))] == ["f1", "f2"]
        hidden, gone = (store.opinions(reader=Reader(("other",)), after=each) for each in ("f2", "gone"))
        assert hidden == gone == ()
        assert store.feedback_on("s1", "ann")[0].groups in ((), (("inner", "lead"),))

    def test_opinions_tell_neither_who_nor_when_in_the_day_and_come_page_by_page(self, store: ScenarioStore) -> None:
        for owner in ("ann", "bob"):
            store.save(replace(KEPT, scenario_id=owner, owner=owner))
        given = (("x", "ann", 0), ("a", "bob", 1), ("m", "ann", 26), ("b", "bob", 2))
        for name, owner, hours in given:
            at = NOON + timedelta(hours=hours)
            store.add_feedback(replace(FEEDBACK, feedback_id=name, scenario_id=owner, owner=owner, given_at=at))
        seen = store.opinions()
        assert [each.feedback_id for each in seen] == ["m", "a", "b", "x"]
        assert {each.given_on for each in seen} == {"2026-03-02", "2026-03-03"}
        assert not any("ann" in repr(each) or "bob" in repr(each) for each in seen)
        assert [each.feedback_id for each in store.opinions(limit=2, after="a")] == ["b", "x"]
        assert store.opinions(after="gone") == ()

    def test_a_person_takes_out_and_erases_what_is_his_own(self, store: ScenarioStore) -> None:
        store.save(KEPT)
        store.save(replace(KEPT, scenario_id="s2", owner="bob"))
        store.add_feedback(FEEDBACK)
        told = list(store.export("ann"))
        assert [each["type"] for each in told] == ["scenario", "scenario_feedback"]
        assert told[0]["recipe"] == KEPT.recipe
        assert json.loads(json.dumps(told)) == told
        assert store.erase("ann") == 2
        assert list(store.export("ann")) == []
        assert store.opinions() == ()
        assert len(store.scenarios("bob")) == 1

    def test_what_is_old_goes_and_saving_again_keeps_it(self, store: ScenarioStore) -> None:
        store.save(KEPT)
        store.save(replace(KEPT, scenario_id="s2"))
        store.save(replace(KEPT, scenario_id="s2", saved_at=NOON + DAY))
        store.add_feedback(FEEDBACK)
        store.add_feedback(replace(FEEDBACK, feedback_id="f2", given_at=NOON + DAY))
        assert store.purge(NOON) == 0
        assert store.purge(NOON + DAY) == 2
        assert [each.scenario_id for each in store.scenarios("ann")] == ["s2"]
        assert [each.feedback_id for each in store.opinions()] == ["f2"]


class TestFakeScenarios(ScenarioStoreContract):
    @pytest.fixture
    def store(self) -> ScenarioStore:
        return FakeScenarios()


class TestSqlScenarios(ScenarioStoreContract):
    @pytest.fixture
    def store(self, tmp_path: Path) -> ScenarioStore:
        return SqlScenarios(RecordsDatabase(tmp_path))

    def test_what_was_erased_is_not_in_the_file(self, tmp_path: Path) -> None:
        store = SqlScenarios(RecordsDatabase(tmp_path))
        store.save(replace(KEPT, title="Wagtail meadow"))
        store.save(replace(KEPT, title="Another title"))
        store.erase("ann")
        whole = b"".join(path.read_bytes() for path in tmp_path.glob("records.sqlite*") if path.suffix != ".sqlite-shm")
        assert b"Wagtail" not in whole
        assert b"Another title" not in whole
