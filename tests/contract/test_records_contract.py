"""What every keeper of records promises, shown on the fake and on SQL."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from assistant.adapters.records_sql import RecordsDatabase, SqlRecords
from assistant.errors import LibraryError
from assistant.model import EditionId
from assistant.model.people import Feedback, Opinion, Reader, Record
from assistant.ports import Records
from tests.fakes_records import FakeRecords

NOON = datetime(2026, 3, 2, 12, 0, tzinfo=UTC)
MINUTE = timedelta(minutes=1)
DAY = timedelta(days=1)
ANSWERED = {
    "outcome": "answered",
    "citations": [{"edition_id": "alpha"}, {"edition_id": "beta"}, {"edition_id": "alpha"}],
}
REFUSED = {"outcome": "refused", "reason": "no_passage", "citations": []}
SIGNPOSTED = {"outcome": "signposted", "citations": [], "then": REFUSED}


def record(name: str, owner: str = "ann", **changes: Any) -> Record:
    made = Record(name, owner, None, f"Question {name}?", ANSWERED, 0.25, "print", NOON)
    return replace(made, **changes)


def feedback(name: str, record_id: str, opinion: Opinion = Opinion.HELPFUL) -> Feedback:
    return Feedback(name, record_id, 1, opinion, f"note {name}", NOON)


class RecordsContract:
    """One behaviour class; a subclass gives ``records``."""

    def test_a_record_is_read_back_unchanged(self, records: Records) -> None:
        begun = records.begin("ann", NOON)
        kept = record("a", conversation_id=begun.conversation_id, question="Who “chairs”?", asked_at=NOON + MINUTE)
        records.add(kept)
        assert records.record("a", "ann") == kept
        assert records.records_of(begun.conversation_id, "ann") == (kept,)
        assert records.record("b", "ann") is None

    def test_what_touched_restricted_documents_is_read_by_their_groups_only(self, records: Records) -> None:
        records.add(record("a"))
        records.add(record("b", groups=(("inner", "lead"), ("outer",))))
        records.add(record("c", groups=(("inner",),)))
        records.add_feedback(feedback("f", "b", Opinion.MISSING), "ann")

        def seen(*groups: str, **more: Any) -> list[str]:
            return [each.record_id for each in records.questions(reader=Reader(groups, **more))]

        assert seen() == seen("outer") == ["a"]
        assert seen("inner") == ["a", "c"]
        assert seen("lead", "outer") == ["a", "b"]
        assert seen("inner", "outer") == ["a", "b", "c"]
        assert [each.record_id for each in records.questions()] == ["a", "b", "c"]
        assert records.question_groups() == ("inner", "lead", "outer")
        reader = Reader(("inner", "outer"))
        assert [each.is_restricted for each in records.questions(reader=reader)] == [False, True, True]
        assert [each.record_id for each in records.questions(reader=Reader(("inner",)), limit=1)] == ["a"]
        assert [each.record_id for each in records.questions(reader=Reader(("inner",)), after="a")] == ["c"]
        assert records.questions(reader=Reader(()), after="b") == ()

    def test_a_record_of_an_earlier_release_is_bound_by_what_it_named(self, records: Records) -> None:
        refused = {**REFUSED, "nearest": [{"edition_id": "gamma"}]}
        records.add(record("a", groups=None))
        records.add(record("b", groups=None, outcome={**SIGNPOSTED, "then": refused}))
        assert records.record("a", "ann") == record("a", groups=None)

        def seen(*groups: str) -> list[str]:
            restricted = {EditionId("alpha"): ("inner",), EditionId("gamma"): ("outer",)}
            return [each.record_id for each in records.questions(reader=Reader(groups, restricted))]

        assert seen() == []
        assert seen("inner") == ["a"]
        assert seen("outer") == ["b"]
        assert [each.record_id for each in records.questions(reader=Reader(()))] == ["a", "b"]

    def test_nothing_of_one_person_is_given_to_another(self, records: Records) -> None:
        begun = records.begin("ann", NOON)
        records.add(record("a", conversation_id=begun.conversation_id))
        assert records.conversation(begun.conversation_id, "bob") is None
        assert records.record("a", "bob") is None
        assert records.records_of(begun.conversation_id, "bob") == ()
        assert records.conversations("bob", limit=9) == ()
        assert not records.add_feedback(feedback("f", "a"), "bob")
        assert not records.delete_conversation(begun.conversation_id, "bob")
        assert list(records.export("bob")) == []
        assert records.erase("bob") == 0
        with pytest.raises(LibraryError, match="Start a new one"):
            records.add(record("b", "bob", conversation_id=begun.conversation_id))
        assert records.record("b", "bob") is None
        assert len(records.records_of(begun.conversation_id, "ann")) == 1
        assert records.questions()[0].opinions == ()

    def test_a_conversation_takes_its_first_question_as_title_and_its_last_as_time(self, records: Records) -> None:
        begun = records.begin("ann", NOON)
        assert (begun.title, begun.created, begun.updated) == ("", NOON, NOON)
        first = record("a", conversation_id=begun.conversation_id, question="é" * 100, asked_at=NOON + 2 * MINUTE)
        records.add(first)
        records.add(record("b", conversation_id=begun.conversation_id, asked_at=NOON + MINUTE))
        found = records.conversation(begun.conversation_id, "ann")
        assert found == replace(begun, title="é" * 80, updated=NOON + 2 * MINUTE)

    def test_conversations_that_hold_a_question_come_last_used_first_page_by_page(self, records: Records) -> None:
        begun = [records.begin("ann", NOON) for _ in range(4)]
        for place in (2, 0, 1):
            at = NOON + place * MINUTE
            records.add(record(f"r{place}", conversation_id=begun[place].conversation_id, asked_at=at))
        first = records.conversations("ann", limit=2)
        assert [each.title for each in first] == ["Question r2?", "Question r1?"]
        rest = records.conversations("ann", limit=2, before=first[-1].updated)
        assert [each.title for each in rest] == ["Question r0?"]

    def test_conversations_are_found_by_words_of_any_of_their_questions(self, records: Records) -> None:
        for name, texts in (
            ("a", ("What is early help?", "Who leads a Kite review?")),
            ("b", ("What is 100% neglect?",)),
        ):
            begun = records.begin("ann", NOON)
            for place, text in enumerate(texts):
                records.add(record(f"{name}{place}", conversation_id=begun.conversation_id, question=text))
        records.add(record("c", "bob", question="A kite?", conversation_id=records.begin("bob", NOON).conversation_id))

        def found(words: str) -> list[str]:
            return [each.title for each in records.conversations("ann", limit=9, words=words)]

        assert found("review KITE") == ["What is early help?"]
        assert found("kite help") == []
        assert found("100%") == ["What is 100% neglect?"]
        assert found("_") == []

    def test_what_was_asked_in_one_sign_in_with_a_key_is_the_keys_and_no_other_sign_ins(self, records: Records) -> None:
        for owner in ("key-1", "key-1~aa", "key-1~bb", "key-12~cc"):
            records.add(record(owner, owner))
        assert [each["record_id"] for each in records.export("key-1~aa")] == ["key-1~aa"]
        assert records.record("key-1~bb", "key-1~aa") is None
        assert [each["record_id"] for each in records.export("key-1")] == ["key-1", "key-1~aa", "key-1~bb"]
        assert records.erase("key-1~aa") == 1
        assert records.erase("key-1") == 2
        assert records.record("key-12~cc", "key-12~cc") is not None

    def test_records_of_a_conversation_come_in_the_order_asked(self, records: Records) -> None:
        begun = records.begin("ann", NOON)
        for name, at in (("x", NOON), ("m", NOON + MINUTE), ("a", NOON + 2 * MINUTE)):
            records.add(record(name, conversation_id=begun.conversation_id, asked_at=at))
        assert [each.record_id for each in records.records_of(begun.conversation_id, "ann")] == ["x", "m", "a"]

    def test_a_deleted_conversation_takes_its_records_and_feedback_along(self, records: Records) -> None:
        begun = records.begin("ann", NOON)
        records.add(record("a", conversation_id=begun.conversation_id))
        records.add(record("b"))
        assert records.add_feedback(feedback("f", "a"), "ann")
        assert records.delete_conversation(begun.conversation_id, "ann")
        assert not records.delete_conversation(begun.conversation_id, "ann")
        assert [each["type"] for each in records.export("ann")] == ["record"]
        assert [each.record_id for each in records.questions()] == ["b"]

    def test_a_person_has_so_many_conversations_and_an_empty_one_makes_room(self, records: Records) -> None:
        first, second = records.begin("ann", NOON, 2), records.begin("ann", NOON + MINUTE, 2)
        records.add(record("a", conversation_id=first.conversation_id))
        third = records.begin("ann", NOON + 2 * MINUTE, 2)
        assert third is not None
        assert records.conversation(second.conversation_id, "ann") is None
        assert records.conversation(first.conversation_id, "ann") is not None
        records.add(record("b", conversation_id=third.conversation_id))
        assert records.begin("ann", NOON, 2) is None
        assert records.begin("bob", NOON, 2) is not None
        records.delete_conversation(first.conversation_id, "ann")
        assert records.begin("ann", NOON, 2) is not None

    def test_a_record_cannot_join_a_conversation_that_is_gone(self, records: Records) -> None:
        begun = records.begin("ann", NOON)
        records.delete_conversation(begun.conversation_id, "ann")
        with pytest.raises(LibraryError):
            records.add(record("a", conversation_id=begun.conversation_id))
        assert records.questions() == ()

    def test_two_records_of_one_id_are_refused(self, records: Records) -> None:
        records.add(record("a"))
        with pytest.raises(LibraryError):
            records.add(record("a", question="Another?"))
        assert [each.question for each in records.questions()] == ["Question a?"]

    def test_the_policy_team_sees_what_was_asked_and_cited_and_not_who_asked(self, records: Records) -> None:
        begun = records.begin("ann-owner", NOON)
        records.add(record("a", "ann-owner", conversation_id=begun.conversation_id))
        records.add_feedback(feedback("f", "a", Opinion.MISSING), "ann-owner")
        records.add_feedback(replace(feedback("g", "a"), given_at=NOON + MINUTE), "ann-owner")
        (seen,) = records.questions()
        assert (seen.record_id, seen.question, seen.outcome, seen.reason) == ("a", "Question a?", "answered", None)
        assert (seen.editions, seen.asked_on) == (("alpha", "beta"), "2026-03-02")
        assert seen.opinions == (Opinion.MISSING, Opinion.HELPFUL)
        told = repr(seen)
        assert not [each for each in ("ann-owner", begun.conversation_id, "12:00", "12, 0") if each in told]

    def test_the_order_within_a_day_does_not_tell_what_was_asked_one_after_another(self, records: Records) -> None:
        for place, name in enumerate(("m", "c", "x", "a")):
            records.add(record(name, asked_at=NOON + place * MINUTE))
        records.add(record("old", asked_at=NOON - DAY))
        assert [each.record_id for each in records.questions()] == ["a", "c", "m", "x", "old"]

    def test_questions_come_page_by_page_without_loss(self, records: Records) -> None:
        for place in range(7):
            records.add(record(f"r{place}", asked_at=NOON + (place % 3) * DAY))
        every = [each.record_id for each in records.questions()]
        pages, after = [], None
        while page := records.questions(limit=2, after=after):
            pages += [each.record_id for each in page]
            after = page[-1].record_id
        assert pages == every
        assert len(every) == 7
        assert records.questions(after="gone") == ()

    def test_days_and_outcomes_choose_questions(self, records: Records) -> None:
        records.add(record("a", outcome=ANSWERED, asked_at=NOON))
        records.add(record("r", outcome=REFUSED, asked_at=NOON + DAY))
        records.add(record("s", outcome=SIGNPOSTED, asked_at=NOON + 2 * DAY))
        assert [(each.record_id, each.reason) for each in records.questions(outcome="refused")] == [("r", "no_passage")]
        assert [(each.outcome, each.reason) for each in records.questions(since=NOON + 2 * DAY)] == [
            ("signposted", "no_passage")
        ]
        late, early = datetime(2026, 3, 3, 23, 59, tzinfo=UTC), datetime(2026, 3, 3, 0, 1, tzinfo=UTC)
        assert [each.record_id for each in records.questions(since=late, until=early)] == ["r"]

    def test_an_export_holds_all_of_a_person_as_plain_json(self, records: Records) -> None:
        begun = records.begin("ann", NOON)
        records.add(record("a", conversation_id=begun.conversation_id))
        records.add(record("b"))
        records.add(record("c", "bob"))
        records.add_feedback(feedback("f", "a"), "ann")
        told = json.loads(json.dumps(list(records.export("ann"))))
        assert [each["type"] for each in told] == ["conversation", "record", "record", "feedback"]
        assert told[1]["outcome"] == ANSWERED
        assert (told[1]["question"], told[3]["note"]) == ("Question a?", "note f")
        assert datetime.fromisoformat(told[1]["asked_at"]) == NOON

    def test_erasing_removes_all_of_one_person_and_nothing_else(self, records: Records) -> None:
        for owner in ("ann", "bob"):
            begun = records.begin(owner, NOON)
            records.add(record(f"{owner}1", owner, conversation_id=begun.conversation_id))
            records.add(record(f"{owner}2", owner))
            records.add_feedback(feedback(f"f{owner}", f"{owner}2"), owner)
        assert records.erase("ann") == 4
        assert list(records.export("ann")) == []
        assert len(list(records.export("bob"))) == 4
        assert records.erase("ann") == 0

    def test_a_purge_removes_what_is_older_and_no_more(self, records: Records) -> None:
        old, mixed, empty = records.begin("ann", NOON), records.begin("ann", NOON), records.begin("ann", NOON)
        records.add(record("a", conversation_id=old.conversation_id, asked_at=NOON))
        records.add(record("b", conversation_id=mixed.conversation_id, asked_at=NOON))
        records.add(record("c", conversation_id=mixed.conversation_id, asked_at=NOON + DAY))
        records.add_feedback(feedback("f", "a"), "ann")
        assert records.purge(NOON) == 0
        assert records.purge(NOON + DAY) == 5
        assert [each.record_id for each in records.questions()] == ["c"]
        assert records.conversation(old.conversation_id, "ann") is None
        assert records.conversation(empty.conversation_id, "ann") is None
        left = records.conversation(mixed.conversation_id, "ann")
        assert left is not None
        assert left.title == "Question c?"


class TestFakeRecords(RecordsContract):
    @pytest.fixture
    def records(self) -> Records:
        return FakeRecords()


class TestSqlRecords(RecordsContract):
    @pytest.fixture
    def records(self, tmp_path: Path) -> Iterator[Records]:
        database = RecordsDatabase(tmp_path / "data")
        yield SqlRecords(database)
        database.close()
