"""What a publication does to approved answers: exactly those are withdrawn whose quoted words do not hold any more."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from assistant.adapters.library_sql import SqlLibrary
from assistant.adapters.records_sql import RecordsDatabase, SqlApproved
from assistant.answering.approved.units import unit_at
from assistant.errors import UsageError
from assistant.model import Document, EditionId
from assistant.model.approved import ApprovedContent, ApprovedState, ApprovedVersion, BlockedPart, UnitFault
from assistant.model.people import EVERYTHING
from assistant.operations.approved.blocks import BlockDesk
from assistant.operations.approved.desk import ApprovedDesk, NotAllowed
from assistant.operations.approved.needs_you import needs_you
from assistant.operations.approved.new_words import new_words
from assistant.operations.approved.settle import Settled, settle
from assistant.ports import Source, Update
from tests.fakes import FakeEmbedder
from tests.libraries import document, fake_maker, publish

NOW = datetime(2026, 11, 30, 9, tzinfo=UTC)
TODAY = NOW.date()
EDITION = EditionId("rules-2026")
TEXTS = tuple(f"{place}. Steward number {place} must close gate {place} by noon." for place in range(100))
COUNT = len(TEXTS)


@pytest.fixture
def library(tmp_path: Path) -> SqlLibrary:
    return fake_maker(tmp_path)()


@pytest.fixture
def store(tmp_path: Path) -> SqlApproved:
    return SqlApproved(RecordsDatabase(tmp_path))


def published(library: SqlLibrary, *texts: str, **changes: object) -> None:
    held, source = document("rules-2026", *texts)
    publish(library, Update(((with_edition(held, **changes), source_of(source, texts, changes)),)), FakeEmbedder())


def with_edition(held: Document, **changes: object) -> Document:
    return replace(held, edition=replace(held.edition, **changes))  # type: ignore[arg-type]


def source_of(source: Source, texts: tuple[str, ...], changes: object) -> Source:
    return replace(source, recipe=f"{len(texts)}{changes}")


def approved(library: SqlLibrary, store: SqlApproved, which: range | tuple[int, ...] = range(COUNT)) -> None:
    """Stores an answer for each of some passages, approved by a second person."""
    versions = []
    with library.open() as snapshot:
        passages = snapshot.passages_of(EDITION)
        for place in which:
            unit = unit_at(EDITION, (passages[place].span,), snapshot)
            content = ApprovedContent(
                (f"When must gate {place} be closed?",), (unit,), owner="Team", review_by=date(2099, 1, 1)
            )
            version = ApprovedVersion(f"a{place}", 1, ApprovedState.LIVE, content, "one", NOW)
            versions.append(replace(version, approved_by="two", approved_at=NOW))
    assert store.save(versions, (), store.stamp())


def settled(library: SqlLibrary, store: SqlApproved, at: date = TODAY) -> Settled:
    with library.open() as snapshot:
        return settle(store, snapshot, at, NOW)


def test_of_a_hundred_quoted_passages_the_one_that_changed_is_withdrawn(
    library: SqlLibrary, store: SqlApproved
) -> None:
    published(library, *TEXTS)
    approved(library, store)
    assert settled(library, store) == Settled()
    changed = TEXTS[41].replace("noon", "midnight")
    published(library, "A new opening paragraph.", *TEXTS[:41], changed, *TEXTS[42:])

    result = settled(library, store)
    assert (result.withdrawn, len(result.re_anchored)) == (("a41",), 99)
    assert settled(library, store) == Settled(), "a generation is looked at once"
    with library.open() as snapshot:
        desk = ApprovedDesk(store, snapshot, EVERYTHING, TODAY, lambda text: text)
        assert [each.answer_id for each in desk.answers("needs_you")] == ["a41"]
        assert (needs_you(desk).count, needs_you(desk).answers) == (1, ("a41",))
        view = desk.answer("a41")
        assert (view.faults, view.shown.state) == ((UnitFault.CHANGED,), ApprovedState.WITHDRAWN)
        with pytest.raises(UsageError, match=r"nothing to undo|do not stand"):
            desk.undo("a41", "one", NOW)
        moved = desk.answer("a42").shown.content.units[0]
        assert snapshot.text(EDITION)[slice(*moved.parts[0])] == TEXTS[42]


def test_the_words_of_today_stand_beside_those_that_were_quoted(library: SqlLibrary, store: SqlApproved) -> None:
    published(library, "Kites are kept dry.", "A steward must close the north gate by noon.")
    approved(library, store, (1,))
    published(library, "Kites are kept dry.", "A steward must close the north gate by midnight.")
    assert settled(library, store).withdrawn == ("a1",)
    with library.open() as snapshot:
        new = new_words(store.versions("a1")[0].content.units[0], snapshot, TODAY)
    assert new is not None
    assert new.text == "A steward must close the north gate by midnight."


@pytest.mark.parametrize(
    ("changes", "reason"),
    [({"groups": ("board",)}, "not open any more"), ({"in_force_from": date(2098, 1, 1), "work": "other"}, None)],
)
def test_restricted_away_is_withdrawn(
    library: SqlLibrary, store: SqlApproved, changes: dict[str, object], reason: str | None
) -> None:
    published(library, *TEXTS[:3])
    approved(library, store, (0,))
    published(library, *TEXTS[:3], **changes)
    assert settled(library, store).withdrawn == (("a0",) if reason else ())
    assert reason is None or reason in store.versions("a0")[0].reason


def test_an_edition_that_is_replaced_by_date_alone_withdraws_too(library: SqlLibrary, store: SqlApproved) -> None:
    published(library, *TEXTS[:2])
    approved(library, store, (0,))
    later, source = document("rules-2027", "Another rule of 2027.")
    edition = replace(later.edition, supersedes=EDITION, in_force_from=date(2027, 1, 1))
    publish(library, Update(((replace(later, edition=edition), source),)), FakeEmbedder())
    assert settled(library, store).withdrawn == ()
    assert settled(library, store, date(2027, 1, 1)).withdrawn == ("a0",)
    assert "replaced" in store.versions("a0")[0].reason


def test_a_draft_becomes_live_by_a_second_person_and_back(library: SqlLibrary, store: SqlApproved) -> None:
    published(library, *TEXTS[:3])
    with library.open() as snapshot:
        desk = ApprovedDesk(store, snapshot, EVERYTHING, TODAY, lambda text: text)
        unit = unit_at(EDITION, (snapshot.passages_of(EDITION)[1].span,), snapshot)
        content = ApprovedContent(("When must gate 1 be closed?",), (unit,), owner="Team", review_by=date(2099, 1, 1))
        first = desk.draft(content, "one", NOW)
        with pytest.raises(NotAllowed, match="second person"):
            desk.approve(first.answer_id, "one", NOW)
        desk.approve(first.answer_id, "two", NOW)
        second = desk.draft(replace(content, audience="schools"), "one", NOW, first.answer_id)
        assert (second.version, desk.answer(first.answer_id).live) == (2, store.versions(first.answer_id)[0])
        desk.approve(first.answer_id, "two", NOW)
        assert [each.state for each in store.versions(first.answer_id)] == [ApprovedState.REPLACED, ApprovedState.LIVE]
        view = desk.undo(first.answer_id, "two", NOW)
        assert (view.live and view.live.version, view.draft and view.draft.version) == (1, 2)
        with pytest.raises(UsageError, match="nothing to undo"):
            desk.undo(first.answer_id, "two", NOW)
        assert store.forget_who("one") > 0
        assert {each.drafted_by for each in store.versions()} == {"erased"}


def test_a_block_holds_after_the_passage_moved_and_tells_when_it_is_gone(
    library: SqlLibrary, store: SqlApproved
) -> None:
    published(library, *TEXTS[:4])
    with library.open() as snapshot:
        desk = BlockDesk(store, snapshot, EVERYTHING, lambda text: text)
        held = snapshot.passages_of(EDITION)[2].passage_id
        desk.set(held, BlockedPart.PASSAGE, ["Who is told of kites?"], "Not about kites.", "one", NOW)
        with pytest.raises(UsageError, match="Say why"):
            desk.set(held, BlockedPart.PASSAGE, ["Who?"], " ", "one", NOW)
    for texts, count in (((*TEXTS[2:4], *TEXTS[:2]), 1), (TEXTS[:2], 0)):
        published(library, *texts)
        with library.open() as snapshot:
            (view,) = BlockDesk(store, snapshot, EVERYTHING, lambda text: text).blocks()
            assert (view.passages, view.no_longer_applies) == (count, count == 0)
