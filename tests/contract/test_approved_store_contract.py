"""What every store of approved answers does: versions, history, blocks and the stamp that tells a change."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from assistant.adapters.records_sql import RecordsDatabase, SqlApproved
from assistant.model import EditionId, PassageId, Span
from assistant.model.approved import (
    ApprovedContent,
    ApprovedEvent,
    ApprovedState,
    ApprovedVersion,
    Block,
    BlockedPart,
    QuotedUnit,
)
from assistant.ports import ApprovedStore

NOW = datetime(2026, 11, 30, 9, tzinfo=UTC)
UNIT = QuotedUnit(
    EditionId("e"), PassageId("e:1"), (Span(0, 4), Span(9, 12)), ("Lead", "end"), "d", ("Do not",), "Title"
)
CONTENT = ApprovedContent(("Who?", "Which?"), (UNIT,), "Ours.", "schools", "Aldmoor", "Team", date(2027, 1, 1))
VERSION = ApprovedVersion(
    "a", 1, ApprovedState.DRAFT, CONTENT, "one", NOW, groups=(("board",),), conflicts=("They differ.",)
)
EVENT = ApprovedEvent("a", 1, "draft", "one", NOW, "note")
BLOCK = Block(
    "b", BlockedPart.SECTION, "w", "Title", EditionId("e"), ("One", "Two"), "", "", ("Who?",), "Not it.", "one", NOW
)


@pytest.fixture
def store(tmp_path: Path) -> ApprovedStore:
    return SqlApproved(RecordsDatabase(tmp_path))


class TestApprovedStore:
    """The behaviour of the port."""

    def test_an_empty_store_has_nothing(self, store: ApprovedStore) -> None:
        assert (store.stamp(), store.versions(), store.blocks(), store.settled()) == (0, (), (), "")

    def test_what_is_stored_is_read_back_and_changes_the_stamp(self, store: ApprovedStore) -> None:
        assert store.save([VERSION], [EVENT], 0)
        live = replace(
            VERSION, state=ApprovedState.LIVE, approved_by="two", approved_at=NOW, reason="x", is_expired=True
        )
        stamp = store.stamp()
        assert store.save([live], [replace(EVENT, act="approve", by="two")], stamp)
        assert store.stamp() != stamp
        assert store.versions() == store.versions("a") == (live,)
        assert store.versions("other") == ()
        assert [each.act for each in store.events("a")] == ["approve", "draft"]
        assert store.events("a")[1] == EVENT

    def test_nothing_is_stored_over_what_somebody_else_stored_meanwhile(self, store: ApprovedStore) -> None:
        assert store.save([VERSION], [EVENT], 0)
        assert not store.save([replace(VERSION, version=2)], [EVENT], 0)
        assert (len(store.versions()), len(store.events("a"))) == (1, 1)

    def test_blocks_are_stored_and_lifted(self, store: ApprovedStore) -> None:
        store.save_block(BLOCK)
        stamp = store.stamp()
        lifted = replace(BLOCK, lifted_by="two", lifted_at=NOW, groups=(("board",),))
        store.save_block(lifted)
        assert (store.blocks(), store.stamp() != stamp, lifted.is_set) == ((lifted,), True, False)

    def test_the_state_that_was_compared_is_remembered(self, store: ApprovedStore) -> None:
        store.set_settled("1|2026-11-30")
        store.save_block(BLOCK)
        assert store.settled() == "1|2026-11-30"

    def test_a_person_is_forgotten_and_what_they_did_stays(self, store: ApprovedStore) -> None:
        store.save([VERSION], [EVENT], 0)
        store.save_block(BLOCK)
        assert store.acts_by("one") == (EVENT,)
        assert store.forget_who("one") == 3
        assert (store.acts_by("one"), store.blocks()[0].by, store.versions()[0].drafted_by) == ((), "erased", "erased")
