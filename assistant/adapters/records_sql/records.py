"""SqlRecords: the ``Records`` port over SQLAlchemy."""

from __future__ import annotations

import uuid
from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, delete, func, insert, select, update

from assistant.adapters.records_sql import codec, personal_data, policy_questions
from assistant.adapters.records_sql.database import RecordsDatabase
from assistant.adapters.records_sql.tables import CONVERSATION, FEEDBACK, RECORD
from assistant.errors import LibraryError
from assistant.model.people import EVERYTHING, Conversation, Feedback, PolicyQuestion, Reader, Record

TITLE_CHARS = 80


class SqlRecords:
    """Conversations, records and feedback in SQL; every method is one transaction.

    Args:
        database: Where they are stored.
    """

    def __init__(self, database: RecordsDatabase) -> None:
        self._database = database

    def begin(self, owner: str, at: datetime, most: int | None = None) -> Conversation | None:
        """Returns a new, empty conversation of a person; None where they have too many; see the port."""
        conversation = Conversation(uuid.uuid4().hex, owner, "", at, at)
        time = codec.time_to(at)
        row = {
            "conversation_id": conversation.conversation_id,
            "owner": owner,
            "title": "",
            "created": time,
            "updated": time,
        }
        with self._database.writing() as connection:
            if most is not None and not _has_room(connection, owner, most):
                return None
            connection.execute(insert(CONVERSATION), row)
        return conversation

    def conversation(self, conversation_id: str, owner: str) -> Conversation | None:
        """Returns a conversation, None where there is none of this id or it belongs to someone else."""
        with self._database.reading() as connection:
            row = _own(connection, conversation_id, owner)
        return None if row is None else codec.conversation_from(row)

    def conversations(
        self, owner: str, *, limit: int, before: datetime | None = None, words: str = ""
    ) -> tuple[Conversation, ...]:
        """Returns a person's conversations that hold a question, with all of some words in it; the last used first."""
        asks = [RECORD.c.question.icontains(word, autoescape=True) for word in words.split()]
        mine = RECORD.c.conversation_id == CONVERSATION.c.conversation_id
        asked = select(RECORD.c.row).where(mine, *asks).exists()
        query = select(CONVERSATION).where(CONVERSATION.c.owner == owner, asked)
        if before is not None:
            query = query.where(CONVERSATION.c.updated < codec.time_to(before))
        query = query.order_by(CONVERSATION.c.updated.desc(), CONVERSATION.c.conversation_id).limit(limit)
        with self._database.reading() as connection:
            return tuple(codec.conversation_from(row) for row in connection.execute(query))

    def delete_conversation(self, conversation_id: str, owner: str) -> bool:
        """Removes a conversation with its records and feedback; returns whether there was one of this person."""
        mine = (CONVERSATION.c.conversation_id == conversation_id) & (CONVERSATION.c.owner == owner)
        with self._database.forgetting() as connection:
            return bool(connection.execute(delete(CONVERSATION).where(mine)).rowcount)

    def add(self, record: Record) -> None:
        """Stores a record, and sets its conversation's ``updated`` and, for its first question, its title.

        Raises:
            LibraryError: Its conversation is not there or belongs to someone else.
        """
        row = codec.record_to(record)
        with self._database.writing() as connection:
            if record.conversation_id is not None:
                _update_conversation(connection, record)
            connection.execute(insert(RECORD), row)

    def record(self, record_id: str, owner: str) -> Record | None:
        """Returns a record, None where there is none of this id or it belongs to someone else."""
        query = select(RECORD).where(RECORD.c.record_id == record_id, RECORD.c.owner == owner)
        with self._database.reading() as connection:
            row = connection.execute(query).one_or_none()
        return None if row is None else codec.record_from(row)

    def records_of(self, conversation_id: str, owner: str) -> tuple[Record, ...]:
        """Returns the records of a conversation in the order asked; () where it is not this person's."""
        mine = (RECORD.c.conversation_id == conversation_id) & (RECORD.c.owner == owner)
        with self._database.reading() as connection:
            rows = connection.execute(select(RECORD).where(mine).order_by(RECORD.c.asked_at, RECORD.c.row))
            return tuple(codec.record_from(row) for row in rows)

    def add_feedback(self, feedback: Feedback, owner: str) -> bool:
        """Stores feedback; returns False where the record is not this person's."""
        mine = select(RECORD.c.row).where(RECORD.c.record_id == feedback.record_id, RECORD.c.owner == owner)
        row = {
            "feedback_id": feedback.feedback_id,
            "record_id": feedback.record_id,
            "statement": feedback.statement,
            "opinion": feedback.opinion.value,
            "note": feedback.note,
            "given_at": codec.time_to(feedback.given_at),
        }
        with self._database.writing() as connection:
            if connection.execute(mine).first() is None:
                return False
            connection.execute(insert(FEEDBACK), row)
        return True

    def questions(
        self,
        *,
        since: datetime | None = None,
        until: datetime | None = None,
        outcome: str | None = None,
        limit: int = 100,
        after: str | None = None,
        reader: Reader = EVERYTHING,
    ) -> tuple[PolicyQuestion, ...]:
        """Returns questions without who asked, the newest day first; see the port."""
        with self._database.reading() as connection:
            return policy_questions.questions(connection, since, until, outcome, limit, after, reader)

    def record_for(self, record_id: str, reader: Reader) -> Record | None:
        """Returns a record without its owner and conversation, whoever asked; None where it is hidden from the reader."""
        with self._database.reading() as connection:
            query = select(RECORD).where(RECORD.c.record_id == record_id, policy_questions.readable(connection, reader))
            row = connection.execute(query).one_or_none()
        return None if row is None else replace(codec.record_from(row), owner="", conversation_id=None)

    def question_groups(self) -> tuple[str, ...]:
        """Returns the groups whose documents stored questions touched, sorted."""
        with self._database.reading() as connection:
            return policy_questions.groups_of(connection)

    def export(self, owner: str) -> Iterator[dict[str, Any]]:
        """Yields all that is stored about one person, as plain JSON values, each with its ``type``."""
        with self._database.reading() as connection:
            yield from personal_data.rows_of(connection, owner)

    def erase(self, owner: str) -> int:
        """Removes all that is stored about one person; returns how many rows."""
        with self._database.forgetting() as connection:
            return personal_data.erase(connection, owner)

    def purge(self, before: datetime) -> int:
        """Removes records, feedback and conversations not used since; returns how many rows."""
        with self._database.forgetting() as connection:
            return personal_data.purge(connection, before)


def _has_room(connection: Connection, owner: str, most: int) -> bool:
    """Returns whether a person may have one more conversation, after removing an empty one where that is needed."""
    mine = CONVERSATION.c.owner == owner
    count = connection.execute(select(func.count()).select_from(CONVERSATION).where(mine)).scalar_one()
    if count < most:
        return True
    asked = select(RECORD.c.row).where(RECORD.c.conversation_id == CONVERSATION.c.conversation_id).exists()
    first = select(CONVERSATION.c.conversation_id).where(mine, ~asked).order_by(CONVERSATION.c.created).limit(1)
    removed = delete(CONVERSATION).where(CONVERSATION.c.conversation_id == first.scalar_subquery())
    return bool(connection.execute(removed).rowcount)


def _own(connection: Connection, conversation_id: str | None, owner: str) -> Any:
    mine = (CONVERSATION.c.conversation_id == conversation_id) & (CONVERSATION.c.owner == owner)
    return connection.execute(select(CONVERSATION).where(mine)).one_or_none()


def _update_conversation(connection: Connection, record: Record) -> None:
    """Updates title and time of the conversation of a record that is about to be added."""
    row = _own(connection, record.conversation_id, record.owner)
    if row is None:
        raise LibraryError("The conversation is not there any more. Start a new one.")
    title = row.title or record.question[:TITLE_CHARS]
    updated = max(row.updated, codec.time_to(record.asked_at))
    mine = CONVERSATION.c.conversation_id == record.conversation_id
    connection.execute(update(CONVERSATION).where(mine).values(title=title, updated=updated))
