"""What every store of followed sources promises, shown on SQL."""

from __future__ import annotations

import shutil
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from assistant.adapters.records_sql import RecordsDatabase, SqlSources
from assistant.model import EditionId
from assistant.model.sources import (
    ChangeState,
    Decision,
    DocumentDefaults,
    EditionMark,
    FetchedItem,
    FollowedSource,
    FollowOptions,
    MarkKind,
    PublishingRule,
    RunEnding,
    SourceId,
    SourceKind,
    StagedChange,
    SyncRun,
    Terms,
)
from assistant.ports import SourceStore
from tests.following import empty_folder

NOON = datetime(2026, 3, 2, 12, 0, tzinfo=UTC)
DAY = timedelta(days=1)
ID = SourceId("manual")
SOURCE = FollowedSource(
    ID, SourceKind.WEBSITE, "https://a.example/m/", "Manual", Terms("OGL", "Aldmoor"), FollowOptions(include=("*x*",)),
    DocumentDefaults(groups=("leads",)), PublishingRule.MINOR, NOON, "ann",
)  # fmt: skip
ITEM = FetchedItem(ID, "https://a.example/m/1", "r1", NOON, links=("https://a.example/m/2",), dated=NOON.date())
CHANGE = StagedChange("c1", ID, ChangeState.NEW, ITEM.address, "One", NOON, EditionId("e-1"), dated=NOON.date())
MARK = EditionMark(EditionId("e-1"), ID, MarkKind.WITHDRAWN, NOON.date(), "Replaced.", "https://a.example/m/1")


class SourceStoreContract:
    """One behaviour class; a subclass gives ``store``."""

    def test_a_source_is_read_back_unchanged_and_added_once(self, store: SourceStore) -> None:
        assert store.add(SOURCE, NOON)
        assert not store.add(replace(SOURCE, name="Another"), NOON)
        assert store.source(ID) == SOURCE
        assert store.state(ID).next_run == NOON
        assert store.change_source(replace(SOURCE, name="Renamed"))
        assert [each.name for each in store.sources()] == ["Renamed"]
        assert not store.change_source(replace(SOURCE, source_id=SourceId("none")))

    def test_a_state_counts_what_waits_and_what_is_published(self, store: SourceStore) -> None:
        store.add(SOURCE, NOON)
        store.save_items([ITEM, replace(ITEM, address="https://a.example/m/2", edition_id=EditionId("e-2"))], [CHANGE])
        run = SyncRun("r1", ID, NOON)
        store.begin_run(run)
        ended = replace(run, ended=NOON + DAY, ending=RunEnding.DONE, problems=("one",))
        store.save_run(ended)
        store.save_state(replace(store.state(ID), failures=2, failing_since=NOON, is_paused=True, next_run=None))
        state = store.state(ID)
        assert (state.waiting, state.documents, state.last_run, state.failures) == (1, 1, ended, 2)
        assert (state.is_paused, state.next_run) == (True, None)
        assert store.runs(ID) == (ended,)

    def test_items_are_read_back_and_replaced_by_address(self, store: SourceStore) -> None:
        store.save_items([ITEM])
        later = replace(ITEM, run_id="r2", etag='"2"')
        store.save_items([later])
        assert store.item(ID, ITEM.address) == later
        assert store.items(ID) == (later,)
        store.forget_items(ID, [ITEM.address])
        assert store.item(ID, ITEM.address) is None

    def test_a_later_change_of_an_address_takes_the_place_of_the_earlier(self, store: SourceStore) -> None:
        store.save_items([ITEM], [CHANGE])
        second = replace(CHANGE, change_id="c2", found_at=NOON + DAY)
        store.save_items([ITEM], [second])
        assert store.changes(ID) == (second,)
        earlier = store.change("c1")
        assert earlier is not None
        assert earlier.decision is Decision.OVERTAKEN
        assert [each.change_id for each in store.changes(decision=None, since=NOON + DAY)] == ["c2", "c1"]

    def test_a_change_is_decided_once(self, store: SourceStore) -> None:
        store.save_items([ITEM], [CHANGE])
        assert store.decide(["c1", "none"], Decision.PUBLISHED, NOON + DAY, "ann") == 1
        assert store.decide(["c1"], Decision.DISCARDED, NOON + DAY, "bob") == 0
        (change,) = store.changes(decision=Decision.PUBLISHED)
        assert (change.decided_by, change.decided_at) == ("ann", NOON + DAY)

    def test_marks_of_a_source_are_replaced_as_a_whole(self, store: SourceStore) -> None:
        store.save_marks(ID, [MARK])
        store.save_marks(SourceId("other"), [replace(MARK, source_id=SourceId("other"), edition_id=EditionId("e-2"))])
        assert [each.edition_id for each in store.marks()] == ["e-1", "e-2"]
        store.save_marks(ID, [])
        assert [each.edition_id for each in store.marks()] == ["e-2"]

    def test_a_removed_source_leaves_nothing(self, store: SourceStore) -> None:
        store.add(SOURCE, NOON)
        store.begin_run(SyncRun("r1", ID, NOON))
        store.save_items([ITEM], [CHANGE])
        store.save_marks(ID, [MARK])
        assert store.remove(ID)
        assert not store.remove(ID)
        assert (store.runs(ID), store.items(ID), store.changes(decision=None), store.marks()) == ((), (), (), ())

    def test_a_persons_name_is_found_and_taken_off(self, store: SourceStore) -> None:
        store.add(SOURCE, NOON)
        store.save_items([ITEM], [CHANGE])
        store.decide(["c1"], Decision.DISCARDED, NOON, "ann")
        assert len(store.by_person("ann")) == 2
        assert store.forget_who("ann") == 2
        assert store.by_person("ann") == ()
        assert [each.decided_by for each in store.changes(decision=None)] == ["erased"]

    def test_old_syncs_and_decisions_are_purged_and_what_waits_is_not(self, store: SourceStore) -> None:
        for name, days in (("r1", 0), ("r2", 1), ("r3", 2)):
            store.begin_run(SyncRun(name, ID, NOON + days * DAY))
        store.save_items([ITEM], [CHANGE, replace(CHANGE, change_id="c2", address="https://a.example/m/2")])
        store.decide(["c1"], Decision.PUBLISHED, NOON, "")
        assert store.purge(NOON + 30 * DAY) == 3
        assert [each.run_id for each in store.runs(ID)] == ["r3"]
        assert [each.change_id for each in store.changes(decision=None)] == ["c2"]


class TestSqlSources(SourceStoreContract):
    @pytest.fixture
    def store(self, tmp_path: Path) -> SqlSources:
        return SqlSources(RecordsDatabase(shutil.copytree(empty_folder(), tmp_path / "data")))
