"""SqlApproved: the ``ApprovedStore`` port over SQLAlchemy."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import asdict, replace
from datetime import date, datetime
from typing import Any

from sqlalchemy import Connection, insert, select, update

from assistant.adapters.records_sql import codec
from assistant.adapters.records_sql.approved_tables import APPROVED, APPROVED_EVENT, APPROVED_STAMP, BLOCK
from assistant.adapters.records_sql.coverage import NOBODY
from assistant.adapters.records_sql.database import RecordsDatabase
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

ONLY = 1


class SqlApproved:
    """Approved answers and blocks in SQL; every method is one transaction.

    Args:
        database: Where they are stored.
    """

    def __init__(self, database: RecordsDatabase) -> None:
        self._database = database

    def stamp(self) -> int:
        """Returns a number that changes with every change of what is stored; 0 for nothing yet."""
        with self._database.reading() as connection:
            return _stamp(connection)

    def versions(self, answer_id: str | None = None) -> tuple[ApprovedVersion, ...]:
        """Returns every version, of one answer or of all, by answer id and version."""
        query = select(APPROVED).order_by(APPROVED.c.answer_id, APPROVED.c.version)
        if answer_id is not None:
            query = query.where(APPROVED.c.answer_id == answer_id)
        with self._database.reading() as connection:
            return tuple(_version(row) for row in connection.execute(query))

    def save(self, versions: Sequence[ApprovedVersion], events: Sequence[ApprovedEvent], expected: int) -> bool:
        """Stores new and changed versions with what was done; False where something else was stored meanwhile."""
        with self._database.writing() as connection:
            if _stamp(connection) != expected:
                return False
            for each in versions:
                same = (APPROVED.c.answer_id == each.answer_id) & (APPROVED.c.version == each.version)
                changed = connection.execute(update(APPROVED).where(same).values(_row(each))).rowcount
                if not changed:
                    connection.execute(insert(APPROVED), _row(each))
            for event in events:
                connection.execute(insert(APPROVED_EVENT), _event_row(event))
            _next_stamp(connection)
        return True

    def events(self, answer_id: str) -> tuple[ApprovedEvent, ...]:
        """Returns what was done to an answer, the latest first."""
        return self._events(APPROVED_EVENT.c.answer_id == answer_id)

    def blocks(self) -> tuple[Block, ...]:
        """Returns every block, lifted ones too, the latest first."""
        with self._database.reading() as connection:
            return tuple(_block(row) for row in connection.execute(select(BLOCK).order_by(BLOCK.c.row.desc())))

    def save_block(self, block: Block) -> None:
        """Stores a new or changed block."""
        with self._database.writing() as connection:
            same = BLOCK.c.block_id == block.block_id
            if not connection.execute(update(BLOCK).where(same).values(_block_row(block))).rowcount:
                connection.execute(insert(BLOCK), _block_row(block))
            _next_stamp(connection)

    def settled(self) -> str:
        """Returns the key of the state of the library that the answers were last compared with; "" for none."""
        with self._database.reading() as connection:
            return str(connection.execute(select(APPROVED_STAMP.c.settled)).scalar() or "")

    def set_settled(self, key: str) -> None:
        """Remembers that key."""
        with self._database.writing() as connection:
            if not connection.execute(update(APPROVED_STAMP).values(settled=key)).rowcount:
                connection.execute(insert(APPROVED_STAMP), {"only": ONLY, "number": 0, "settled": key})

    def acts_by(self, user_id: str) -> tuple[ApprovedEvent, ...]:
        """Returns what one person did, the latest first."""
        return self._events(APPROVED_EVENT.c.done_by == user_id)

    def forget_who(self, user_id: str) -> int:
        """Removes a person's name from what they did, which stays; returns how many rows."""
        named = (
            (APPROVED, "drafted_by"),
            (APPROVED, "approved_by"),
            (APPROVED_EVENT, "done_by"),
            (BLOCK, "set_by"),
            (BLOCK, "lifted_by"),
        )
        with self._database.forgetting() as connection:
            statements = (update(table).where(table.c[name] == user_id).values({name: NOBODY}) for table, name in named)
            return sum(int(connection.execute(each).rowcount) for each in statements)

    def _events(self, which: Any) -> tuple[ApprovedEvent, ...]:
        query = select(APPROVED_EVENT).where(which).order_by(APPROVED_EVENT.c.row.desc())
        with self._database.reading() as connection:
            return tuple(
                ApprovedEvent(
                    row.answer_id, row.version, row.act, row.done_by, datetime.fromisoformat(row.at), row.note
                )
                for row in connection.execute(query)
            )


def _stamp(connection: Connection) -> int:
    return int(connection.execute(select(APPROVED_STAMP.c.number)).scalar() or 0)


def _next_stamp(connection: Connection) -> None:
    later = update(APPROVED_STAMP).values(number=APPROVED_STAMP.c.number + 1)
    if not connection.execute(later).rowcount:
        connection.execute(insert(APPROVED_STAMP), {"only": ONLY, "number": 1, "settled": ""})


def _row(each: ApprovedVersion) -> dict[str, Any]:
    content = asdict(each.content)
    content["review_by"] = each.content.review_by.isoformat() if each.content.review_by else None
    return {
        "answer_id": each.answer_id,
        "version": each.version,
        "state": each.state.value,
        "content": json.dumps(content, ensure_ascii=False),
        "drafted_by": each.drafted_by,
        "drafted_at": codec.time_to(each.drafted_at),
        "approved_by": each.approved_by,
        "approved_at": codec.time_to(each.approved_at) if each.approved_at else None,
        "reason": each.reason,
        "is_expired": each.is_expired,
        "groups": json.dumps(each.groups),
        "conflicts": json.dumps(each.conflicts, ensure_ascii=False),
    }


def _version(row: Any) -> ApprovedVersion:
    return ApprovedVersion(
        row.answer_id,
        row.version,
        ApprovedState(row.state),
        _content(json.loads(row.content)),
        row.drafted_by,
        datetime.fromisoformat(row.drafted_at),
        row.approved_by,
        codec.time_or_none(row.approved_at),
        row.reason,
        bool(row.is_expired),
        codec.groups_from(row.groups),
        tuple(json.loads(row.conflicts)),
    )


def _content(stored: dict[str, Any]) -> ApprovedContent:
    review_by = date.fromisoformat(stored["review_by"]) if stored["review_by"] else None
    fields = {name: stored[name] for name in ("own_words", "audience", "area", "owner")}
    return ApprovedContent(tuple(stored["wordings"]), tuple(map(_unit, stored["units"])), **fields, review_by=review_by)


def _unit(stored: dict[str, Any]) -> QuotedUnit:
    return QuotedUnit(
        EditionId(stored["edition_id"]),
        PassageId(stored["passage_id"]),
        tuple(Span(*each) for each in stored["parts"]),
        tuple(stored["quotes"]),
        stored["digest"],
        tuple(stored["turning"]),
        stored["title"],
    )


def _event_row(event: ApprovedEvent) -> dict[str, Any]:
    return {
        "answer_id": event.answer_id,
        "version": event.version,
        "act": event.act,
        "done_by": event.by,
        "at": codec.time_to(event.at),
        "note": event.note,
    }


_IN_JSON = ("title", "edition_id", "headings", "digest", "quote", "topics", "reason")


def _block_row(block: Block) -> dict[str, Any]:
    return {
        "block_id": block.block_id,
        "part": block.part.value,
        "work": block.work,
        "block": json.dumps({name: getattr(block, name) for name in _IN_JSON}, ensure_ascii=False),
        "set_by": block.by,
        "set_at": codec.time_to(block.at),
        "lifted_by": block.lifted_by,
        "lifted_at": codec.time_to(block.lifted_at) if block.lifted_at else None,
        "groups": json.dumps(block.groups),
    }


def _block(row: Any) -> Block:
    stored = json.loads(row.block)
    block = Block(
        row.block_id,
        BlockedPart(row.part),
        row.work,
        stored["title"],
        EditionId(stored["edition_id"]),
        tuple(stored["headings"]),
        stored["digest"],
        stored["quote"],
        tuple(stored["topics"]),
        stored["reason"],
        row.set_by,
        datetime.fromisoformat(row.set_at),
    )
    lifted_at = codec.time_or_none(row.lifted_at)
    return replace(block, lifted_by=row.lifted_by, lifted_at=lifted_at, groups=codec.groups_from(row.groups))
