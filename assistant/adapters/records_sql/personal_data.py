"""Rows of one person, exported or removed, and rows whose retention has ended."""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Connection, Table, delete, func, select, update

from assistant.adapters.records_sql.tables import CONVERSATION, FEEDBACK, RECORD
from assistant.adapters.sql.times import time_to
from assistant.model.people import KEY_MARK, SIGN_IN_MARK


def rows_of(connection: Connection, owner: str) -> Iterator[dict[str, Any]]:
    """Yields conversations, records and feedback of a person, each oldest first."""
    mine = select(CONVERSATION).where(_of(CONVERSATION, owner)).order_by(CONVERSATION.c.created)
    for row in connection.execute(mine):
        yield {"type": "conversation", **row._mapping}
    for row in connection.execute(select(RECORD).where(_of(RECORD, owner)).order_by(RECORD.c.asked_at)):
        yield _record(row)
    given = select(FEEDBACK).join(RECORD, RECORD.c.record_id == FEEDBACK.c.record_id).where(_of(RECORD, owner))
    for row in connection.execute(given.order_by(FEEDBACK.c.given_at)):
        yield {"type": "feedback", **row._mapping}


def erase(connection: Connection, owner: str) -> int:
    """Removes conversations, records and feedback of a person; returns how many rows."""
    records = select(RECORD.c.record_id).where(_of(RECORD, owner))
    removed = _count(connection, delete(FEEDBACK).where(FEEDBACK.c.record_id.in_(records)))
    removed += _count(connection, delete(RECORD).where(_of(RECORD, owner)))
    return removed + _count(connection, delete(CONVERSATION).where(_of(CONVERSATION, owner)))


def _of(table: Table, owner: str) -> ColumnElement[bool]:
    """Returns what is true of the rows of a person; of a key, those of every sign-in with it too."""
    own: ColumnElement[bool] = table.c.owner == owner
    if not owner.startswith(KEY_MARK):
        return own
    return own | table.c.owner.startswith(f"{owner}{SIGN_IN_MARK}", autoescape=True)


def purge(connection: Connection, before: datetime) -> int:
    """Removes records asked before a time with their feedback, and conversations without records not used since."""
    old = RECORD.c.asked_at < time_to(before)
    removed = _count(
        connection, delete(FEEDBACK).where(FEEDBACK.c.record_id.in_(select(RECORD.c.record_id).where(old)))
    )
    removed += _count(connection, delete(RECORD).where(old))
    _retitle(connection)
    asked = select(RECORD.c.row).where(RECORD.c.conversation_id == CONVERSATION.c.conversation_id).exists()
    unused = (CONVERSATION.c.updated < time_to(before)) & ~asked
    return removed + _count(connection, delete(CONVERSATION).where(unused))


def _retitle(connection: Connection) -> None:
    """Gives conversations whose first question went the title of the first that is left."""
    first = select(func.min(RECORD.c.row)).group_by(RECORD.c.conversation_id)
    query = (
        select(CONVERSATION.c.conversation_id, func.substr(RECORD.c.question, 1, 80).label("title"))
        .join(RECORD, RECORD.c.conversation_id == CONVERSATION.c.conversation_id)
        .where(RECORD.c.row.in_(first), CONVERSATION.c.title != func.substr(RECORD.c.question, 1, 80))
    )
    for row in connection.execute(query).all():
        mine = CONVERSATION.c.conversation_id == row.conversation_id
        connection.execute(update(CONVERSATION).where(mine).values(title=row.title))


def _record(row: Any) -> dict[str, Any]:
    exported = ("record_id", "owner", "conversation_id", "question", "seconds", "fingerprint", "asked_at")
    return {
        "type": "record",
        **{name: value for name, value in row._mapping.items() if name in exported},
        "outcome": json.loads(row.outcome),
    }


def _count(connection: Connection, statement: Any) -> int:
    return int(connection.execute(statement).rowcount)
