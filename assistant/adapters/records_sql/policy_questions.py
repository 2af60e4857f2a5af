"""Questions as the policy team sees them: by day, and within a day in an order that tells nothing of who asked."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Connection, Select, func, select, true

from assistant.adapters.records_sql import codec
from assistant.adapters.records_sql.tables import FEEDBACK, RECORD
from assistant.model.people import Opinion, PolicyQuestion, Reader

BATCH = 500


def questions(
    connection: Connection,
    since: datetime | None,
    until: datetime | None,
    outcome: str | None,
    limit: int,
    after: str | None,
    reader: Reader,
) -> tuple[PolicyQuestion, ...]:
    """Returns questions, the newest day first, within a day by record id, which is random.

    The order of asking and the minute would tell which questions one person asked one after another, so neither
    is given, and ``since`` and ``until`` count as whole days. What is hidden from the reader is not there.
    """
    may_read = readable(connection, reader)
    query = select(RECORD).where(may_read).order_by(RECORD.c.asked_on.desc(), RECORD.c.record_id).limit(limit)
    if since is not None:
        query = query.where(RECORD.c.asked_on >= codec.time_to(since)[:10])
    if until is not None:
        query = query.where(RECORD.c.asked_on <= codec.time_to(until)[:10])
    if outcome is not None:
        query = query.where(RECORD.c.ending == outcome)
    if after is not None:
        seen = (RECORD.c.record_id == after) & may_read
        last = connection.execute(select(RECORD.c.asked_on).where(seen)).scalar()
        if last is None:
            return ()
        query = _further(query, last, after)
    rows = connection.execute(query).all()
    opinions = _opinions(connection, [row.record_id for row in rows])
    return tuple(codec.policy_question_from(row, opinions[row.record_id], reader) for row in rows)


def readable(connection: Connection, reader: Reader) -> ColumnElement[bool]:
    """Returns the condition that a reader may see a record; few kinds of them are not for everybody."""
    if reader.groups is None:
        return true()
    kinds = connection.execute(select(RECORD.c.groups, RECORD.c.touched).distinct()).all()
    hidden = [
        f"{kind.groups or ''}{kind.touched}"
        for kind in kinds
        if not reader.may_read(codec.groups_from(kind.groups), json.loads(kind.touched))
    ]
    return (func.coalesce(RECORD.c.groups, "") + RECORD.c.touched).not_in(hidden)


def groups_of(connection: Connection) -> tuple[str, ...]:
    """Returns the groups whose documents questions touched, sorted."""
    texts = connection.execute(select(RECORD.c.groups).distinct()).scalars()
    return tuple(sorted({group for text in texts for each in codec.groups_from(text) for group in each}))


def _further(query: Select[Any], day: str, record_id: str) -> Select[Any]:
    same_day = (RECORD.c.asked_on == day) & (RECORD.c.record_id > record_id)
    return query.where((RECORD.c.asked_on < day) | same_day)


def _opinions(connection: Connection, records: Sequence[str]) -> defaultdict[str, list[Opinion]]:
    found: defaultdict[str, list[Opinion]] = defaultdict(list)
    for start in range(0, len(records), BATCH):
        some = FEEDBACK.c.record_id.in_(records[start : start + BATCH])
        query = select(FEEDBACK.c.record_id, FEEDBACK.c.opinion).where(some)
        for row in connection.execute(query.order_by(FEEDBACK.c.given_at, FEEDBACK.c.feedback_id)):
            found[row.record_id].append(Opinion(row.opinion))
    return found
