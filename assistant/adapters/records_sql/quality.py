"""SqlQuality: the ``QualityStore`` port over SQLAlchemy."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import asdict
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, delete, insert, select, update

from assistant.adapters.records_sql import codec
from assistant.adapters.records_sql.coverage import NOBODY
from assistant.adapters.records_sql.database import RecordsDatabase
from assistant.adapters.records_sql.policy_questions import readable
from assistant.adapters.records_sql.quality_tables import EVERYDAY_EDIT, MARK, QUALITY_RUN, QUESTION_SET
from assistant.adapters.records_sql.tables import FEEDBACK, RECORD
from assistant.model.people import EVERYTHING, Opinion, Reader
from assistant.model.quality import (
    AskedQuestion,
    EverydayQuestion,
    GoldQuote,
    Mark,
    QuestionSet,
    Remark,
    Run,
    RunKind,
    RunState,
    Verdict,
)

WHO = ((MARK, "marked_by"), (EVERYDAY_EDIT, "changed_by"), (QUESTION_SET, "added_by"), (QUALITY_RUN, "started_by"))
"""Tables with the column that names a person."""


class SqlQuality:
    """Marks, everyday questions, question sets and runs in SQL; every method is one transaction.

    Args:
        database: Where they are stored.
    """

    def __init__(self, database: RecordsDatabase) -> None:
        self._database = database

    def asked(self, record_id: str, reader: Reader = EVERYTHING) -> AskedQuestion | None:
        """Returns a question with what was shown, None where there is none that the reader may see."""
        with self._database.reading() as connection:
            mine = (RECORD.c.record_id == record_id) & readable(connection, reader)
            rows = connection.execute(select(RECORD).where(mine)).all()
            found = _asked(connection, rows, reader)
        return found[0] if found else None

    def add_mark(self, mark: Mark, reader: Reader = EVERYTHING) -> bool:
        """Stores a mark; returns False where the reader may see no such record."""
        row = {
            "mark_id": mark.mark_id,
            "record_id": mark.record_id,
            "verdict": mark.verdict.value,
            "reason": mark.reason,
            "gold": json.dumps([asdict(each) for each in mark.gold], ensure_ascii=False),
            "marked_by": mark.by,
            "marked_at": codec.time_to(mark.at),
        }
        with self._database.writing() as connection:
            mine = (RECORD.c.record_id == mark.record_id) & readable(connection, reader)
            if connection.execute(select(RECORD.c.row).where(mine)).first() is None:
                return False
            connection.execute(insert(MARK), row)
        return True

    def marked(self, reader: Reader = EVERYTHING) -> tuple[AskedQuestion, ...]:
        """Returns every marked question that the reader may see, the newest day first, each with its marks."""
        with self._database.reading() as connection:
            mine = readable(connection, reader) & RECORD.c.record_id.in_(select(MARK.c.record_id))
            query = select(RECORD).where(mine).order_by(RECORD.c.asked_on.desc(), RECORD.c.record_id)
            found = _asked(connection, connection.execute(query).all(), reader)
        return tuple(each for each in found if each.marks)

    def marks_by(self, user_id: str) -> tuple[Mark, ...]:
        """Returns every mark of one person, the latest first."""
        query = select(MARK).where(MARK.c.marked_by == user_id).order_by(MARK.c.row.desc())
        with self._database.reading() as connection:
            return tuple(_mark(row) for row in connection.execute(query))

    def everyday_edits(self) -> tuple[EverydayQuestion, ...]:
        """Returns the everyday questions that were added, changed or removed, in order of first change."""
        with self._database.reading() as connection:
            rows = connection.execute(select(EVERYDAY_EDIT).order_by(EVERYDAY_EDIT.c.row)).all()
        return tuple(EverydayQuestion(row.question_id, row.text, row.theme, True, row.is_removed) for row in rows)

    def edit_everyday(self, question: EverydayQuestion, by: str, at: datetime) -> None:
        """Stores an everyday question that was added, changed or removed."""
        values = {
            "text": question.text,
            "theme": question.theme,
            "is_removed": question.is_removed,
            "changed_by": by,
            "changed_at": codec.time_to(at),
        }
        mine = EVERYDAY_EDIT.c.question_id == question.question_id
        with self._database.writing() as connection:
            if not connection.execute(update(EVERYDAY_EDIT).where(mine).values(values)).rowcount:
                connection.execute(insert(EVERYDAY_EDIT), {"question_id": question.question_id, **values})

    def restore_everyday(self, question_id: str) -> bool:
        """Forgets what was changed of an everyday question; returns whether there was something."""
        mine = EVERYDAY_EDIT.c.question_id == question_id
        with self._database.forgetting() as connection:
            return bool(connection.execute(delete(EVERYDAY_EDIT).where(mine)).rowcount)

    def sets(self) -> tuple[QuestionSet, ...]:
        """Returns the uploaded question sets by name."""
        with self._database.reading() as connection:
            rows = connection.execute(select(QUESTION_SET).order_by(QUESTION_SET.c.name)).all()
        return tuple(_set(row) for row in rows)

    def save_set(self, question_set: QuestionSet) -> None:
        """Stores an uploaded question set; one of the same name is replaced."""
        row = {
            "name": question_set.name,
            "content": question_set.content,
            "questions": question_set.questions,
            "added_by": question_set.by,
            "added_at": codec.time_to(question_set.at),
        }
        with self._database.forgetting() as connection:
            connection.execute(delete(QUESTION_SET).where(QUESTION_SET.c.name == question_set.name))
            connection.execute(insert(QUESTION_SET), row)

    def remove_set(self, name: str) -> bool:
        """Removes an uploaded question set; returns whether there was one."""
        with self._database.forgetting() as connection:
            return bool(connection.execute(delete(QUESTION_SET).where(QUESTION_SET.c.name == name)).rowcount)

    def begin_run(self, run: Run) -> bool:
        """Stores a run that begins; returns False where another one goes on."""
        row = {
            "run_id": run.run_id,
            "kind": run.kind,
            "title": run.title,
            "subject": run.subject,
            "started_by": run.by,
            "started_at": codec.time_to(run.started),
            "updated_at": codec.time_to(run.updated),
            "state": run.state,
            "done": run.done,
            "total": run.total,
            "detail": run.detail,
            "groups": json.dumps(run.groups),
            "report": "{}",
            "is_cancelled": False,
        }
        with self._database.writing() as connection:
            going = connection.execute(select(QUALITY_RUN).where(QUALITY_RUN.c.state == "running")).all()
            if any(_run(each).is_going_on(run.started) for each in going):
                return False
            connection.execute(insert(QUALITY_RUN), row)
        return True

    def run_progress(self, run_id: str, done: int, total: int, at: datetime) -> bool:
        """Stores how far a run is; returns False where somebody has cancelled it."""
        mine = QUALITY_RUN.c.run_id == run_id
        values = {"done": done, "total": total, "updated_at": codec.time_to(at)}
        with self._database.writing() as connection:
            connection.execute(update(QUALITY_RUN).where(mine).values(values))
            return not connection.execute(select(QUALITY_RUN.c.is_cancelled).where(mine)).scalar()

    def end_run(self, run_id: str, state: RunState, report: dict[str, Any], detail: str, at: datetime) -> None:
        """Stores how a run ended."""
        values = {
            "state": state,
            "report": json.dumps(report, ensure_ascii=False),
            "detail": detail,
            "updated_at": codec.time_to(at),
        }
        with self._database.writing() as connection:
            connection.execute(update(QUALITY_RUN).where(QUALITY_RUN.c.run_id == run_id).values(values))

    def cancel_run(self, run_id: str) -> bool:
        """Has a run stop at its next question; returns whether it was going on."""
        going = (QUALITY_RUN.c.run_id == run_id) & (QUALITY_RUN.c.state == "running")
        with self._database.writing() as connection:
            return bool(connection.execute(update(QUALITY_RUN).where(going).values(is_cancelled=True)).rowcount)

    def run(self, run_id: str) -> Run | None:
        """Returns a run with its report, None where there is none of this id."""
        with self._database.reading() as connection:
            row = connection.execute(select(QUALITY_RUN).where(QUALITY_RUN.c.run_id == run_id)).one_or_none()
        return None if row is None else _run(row)

    def runs(self, kind: RunKind, limit: int = 20) -> tuple[Run, ...]:
        """Returns the last runs of a kind, the latest first, with their reports."""
        query = select(QUALITY_RUN).where(QUALITY_RUN.c.kind == kind).order_by(QUALITY_RUN.c.row.desc()).limit(limit)
        with self._database.reading() as connection:
            return tuple(_run(row) for row in connection.execute(query))

    def forget_who(self, user_id: str) -> None:
        """Removes a person's name from marks, questions, sets and runs, which are the partnership's and stay."""
        with self._database.forgetting() as connection:
            for table, column in WHO:
                mine = table.c[column] == user_id
                connection.execute(update(table).where(mine).values({column: NOBODY}))

    def purge_runs(self, before: datetime) -> int:
        """Removes runs that began before a time; returns how many."""
        old = QUALITY_RUN.c.started_at < codec.time_to(before)
        with self._database.forgetting() as connection:
            return int(connection.execute(delete(QUALITY_RUN).where(old)).rowcount)


def _asked(connection: Connection, rows: Sequence[Any], reader: Reader) -> tuple[AskedQuestion, ...]:
    ids = [row.record_id for row in rows]
    remarks, marks = _remarks(connection, ids), _marks(connection, ids, reader)
    return tuple(
        AskedQuestion(
            row.record_id, row.question, json.loads(row.outcome), row.seconds, row.asked_on,
            tuple(remarks[row.record_id]), tuple(marks[row.record_id]),
        )
        for row in rows
    )  # fmt: skip


def _remarks(connection: Connection, ids: Sequence[str]) -> defaultdict[str, list[Remark]]:
    found: defaultdict[str, list[Remark]] = defaultdict(list)
    for some in _batches(ids):
        query = select(FEEDBACK).where(FEEDBACK.c.record_id.in_(some)).order_by(FEEDBACK.c.feedback_id)
        for row in connection.execute(query):
            found[row.record_id].append(Remark(Opinion(row.opinion), row.statement, row.note))
    return found


def _marks(connection: Connection, ids: Sequence[str], reader: Reader) -> defaultdict[str, list[Mark]]:
    """Returns the marks of some records, the last first; one that names words hidden from the reader is not there."""
    found: defaultdict[str, list[Mark]] = defaultdict(list)
    for some in _batches(ids):
        query = select(MARK).where(MARK.c.record_id.in_(some)).order_by(MARK.c.row.desc())
        for mark in map(_mark, connection.execute(query)):
            if reader.may_read((), [each.edition_id for each in mark.gold]):
                found[mark.record_id].append(mark)
    return found


def _batches(ids: Sequence[str], size: int = 500) -> Iterable[Sequence[str]]:
    return (ids[start : start + size] for start in range(0, len(ids), size))


def _mark(row: Any) -> Mark:
    gold = tuple(GoldQuote(**each) for each in json.loads(row.gold))
    at = datetime.fromisoformat(row.marked_at)
    return Mark(row.mark_id, row.record_id, Verdict(row.verdict), row.reason, gold, row.marked_by, at)


def _set(row: Any) -> QuestionSet:
    return QuestionSet(row.name, row.content, row.questions, row.added_by, datetime.fromisoformat(row.added_at))


def _run(row: Any) -> Run:
    return Run(
        row.run_id, row.kind, row.title, row.subject, row.started_by, datetime.fromisoformat(row.started_at),
        datetime.fromisoformat(row.updated_at), row.state, row.done, row.total, row.detail,
        tuple(json.loads(row.groups)), json.loads(row.report),
    )  # fmt: skip
