"""What the store of marks, everyday questions, question sets and runs promises."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from assistant.adapters.records_sql import RecordsDatabase, SqlQuality, SqlRecords
from assistant.model import EditionId
from assistant.model.people import Feedback, Opinion, Reader, Record
from assistant.model.quality import EverydayQuestion, GoldQuote, Mark, QuestionSet, Remark, Run, Verdict

NOON = datetime(2026, 3, 2, 12, 0, tzinfo=UTC)
HIDDEN = Reader(("open",), {EditionId("hidden-2026"): ("inner",)})
OUTCOME = {"outcome": "refused", "reason": "no_passage", "citations": [], "nearest": []}
MARK = Mark("m1", "r1", Verdict.WRONG, "It is section 2.", (GoldQuote("open-2026", 2, "Within a day."),), "cedar", NOON)
RUN = Run("run1", "bench", "Lockers", "u1 u2", "cedar", NOON, NOON, "running", 0, 10, groups=("inner",))


@pytest.fixture
def database(tmp_path: Path) -> Iterator[RecordsDatabase]:
    opened = RecordsDatabase(tmp_path)
    SqlRecords(opened).add(Record("r1", "ann", None, "How soon?", OUTCOME, 0.2, "f", NOON))
    SqlRecords(opened).add_feedback(Feedback("f1", "r1", None, Opinion.MISSING, "Page 3", NOON), "ann")
    yield opened
    opened.close()


@pytest.fixture
def store(database: RecordsDatabase) -> SqlQuality:
    return SqlQuality(database)


def test_a_question_is_read_with_its_feedback_and_marks_and_never_with_who_asked(store: SqlQuality) -> None:
    assert store.add_mark(MARK)
    later = replace(MARK, mark_id="m2", verdict=Verdict.RIGHT, gold=())
    assert store.add_mark(later)
    asked = store.asked("r1")
    assert asked is not None
    assert (asked.remarks, asked.marks) == ((Remark(Opinion.MISSING, None, "Page 3"),), (later, MARK))
    assert "ann" not in repr(asked)
    assert store.marked() == (asked,)
    assert store.asked("r2") is None
    assert not store.add_mark(replace(MARK, mark_id="m3", record_id="r2"))


def test_marks_go_with_their_record(store: SqlQuality, database: RecordsDatabase) -> None:
    store.add_mark(MARK)
    assert store.marks_by("cedar") == (MARK,)
    SqlRecords(database).erase("ann")
    assert (store.marks_by("cedar"), store.marked()) == ((), ())


def test_a_mark_that_names_hidden_words_is_not_there_for_others(store: SqlQuality) -> None:
    store.add_mark(replace(MARK, gold=(GoldQuote("hidden-2026", 1, "By 16:30."),)))
    asked = store.asked("r1", HIDDEN)
    assert asked is not None
    assert asked.marks == ()
    assert store.marked(HIDDEN) == ()


def test_a_record_that_touched_hidden_documents_is_not_there_for_others(
    store: SqlQuality, database: RecordsDatabase
) -> None:
    record = Record("r2", "ann", None, "By when?", OUTCOME, 0.2, "f", NOON, (("inner",),))
    SqlRecords(database).add(record)
    assert store.asked("r2", HIDDEN) is None
    assert not store.add_mark(replace(MARK, record_id="r2"), HIDDEN)
    assert store.add_mark(replace(MARK, record_id="r2"))


def test_everyday_questions_are_changed_in_their_place_and_restored(store: SqlQuality) -> None:
    first, second = EverydayQuestion("a", "Who?", "T", True), EverydayQuestion("b", "When?", "T", True)
    for each in (first, second, replace(first, is_removed=True)):
        store.edit_everyday(each, "cedar", NOON)
    assert store.everyday_edits() == (replace(first, is_removed=True), second)
    assert store.restore_everyday("a")
    assert not store.restore_everyday("a")
    assert store.everyday_edits() == (second,)


def test_a_question_set_of_the_same_name_is_replaced(store: SqlQuality) -> None:
    ours = QuestionSet("ours.jsonl", b"{}", 1, "cedar", NOON)
    store.save_set(ours)
    store.save_set(replace(ours, content=b"[]", questions=2))
    assert store.sets() == (replace(ours, content=b"[]", questions=2),)
    assert store.remove_set("ours.jsonl")
    assert not store.remove_set("ours.jsonl")


def test_one_run_goes_on_at_a_time_is_watched_and_cancelled(store: SqlQuality) -> None:
    assert store.begin_run(RUN)
    assert not store.begin_run(replace(RUN, run_id="run2"))
    assert store.run_progress("run1", 3, 10, NOON)
    assert store.run("run1") == replace(RUN, done=3)
    assert store.cancel_run("run1")
    assert not store.run_progress("run1", 4, 10, NOON)
    store.end_run("run1", "cancelled", {}, "", NOON)
    assert not store.cancel_run("run1")
    assert store.begin_run(replace(RUN, run_id="run2"))
    store.end_run("run2", "done", {"worse": 1}, "", NOON)
    assert [(each.run_id, each.report) for each in store.runs("bench")] == [("run2", {"worse": 1}), ("run1", {})]
    assert store.runs("evaluation") == ()


def test_a_run_of_a_server_that_died_keeps_nobody_waiting(store: SqlQuality) -> None:
    store.begin_run(RUN)
    later = NOON + timedelta(minutes=5)
    assert store.begin_run(replace(RUN, run_id="run2", started=later, updated=later))


def test_names_are_forgotten_and_runs_purged(store: SqlQuality) -> None:
    store.add_mark(MARK)
    store.begin_run(RUN)
    store.save_set(QuestionSet("ours.jsonl", b"{}", 1, "cedar", NOON))
    store.forget_who("cedar")
    run, (kept,) = store.run("run1"), store.sets()
    asked = store.asked("r1")
    assert run is not None
    assert asked is not None
    assert {run.by, kept.by, asked.marks[0].by} == {"erased"}
    assert store.purge_runs(NOON) == 0
    assert store.purge_runs(NOON + timedelta(days=1)) == 1
