"""SqlSources: the ``SourceStore`` port over SQLAlchemy."""

from __future__ import annotations

import hashlib
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import replace
from datetime import datetime
from typing import Any

from pydantic import TypeAdapter
from sqlalchemy import Connection, delete, func, insert, or_, select, update

from assistant.adapters.records_sql import codec
from assistant.adapters.records_sql.database import RecordsDatabase
from assistant.adapters.records_sql.source_tables import (
    SOURCE,
    SOURCE_CHANGE,
    SOURCE_ITEM,
    SOURCE_MARK,
    SOURCE_RUN,
)
from assistant.model.sources import (
    Decision,
    EditionMark,
    FetchedItem,
    FollowedSource,
    SourceId,
    SourceState,
    StagedChange,
    SyncRun,
)

BATCH = 500
NOBODY = "erased"
"""What stands for somebody whose data were erased."""
_SOURCE = TypeAdapter(FollowedSource)
_STATE = TypeAdapter(SourceState)
_RUN = TypeAdapter(SyncRun)
_ITEM = TypeAdapter(FetchedItem)
_CHANGE = TypeAdapter(StagedChange)
_MARK = TypeAdapter(EditionMark)


class SqlSources:
    """Followed sources in SQL; every method is one transaction.

    Args:
        database: Where they are stored.
    """

    def __init__(self, database: RecordsDatabase) -> None:
        self._database = database

    def add(self, source: FollowedSource, next_run: datetime) -> bool:
        """Adds a source that is due at a time; returns False where there is one of this id already."""
        state = SourceState(source.source_id, next_run=next_run)
        row = {"source_id": source.source_id, "name": source.name, "body": _json(_SOURCE, source)}
        with self._database.writing() as connection:
            there = connection.execute(select(SOURCE.c.source_id).where(SOURCE.c.source_id == source.source_id))
            if there.first() is not None:
                return False
            connection.execute(insert(SOURCE), {**row, "state": _json(_STATE, state)})
        return True

    def source(self, source_id: SourceId) -> FollowedSource | None:
        """Returns a source, None where there is none of this id."""
        with self._database.reading() as connection:
            body = connection.execute(select(SOURCE.c.body).where(SOURCE.c.source_id == source_id)).scalar()
        return None if body is None else _SOURCE.validate_json(body)

    def sources(self) -> tuple[FollowedSource, ...]:
        """Returns every source, by name and id."""
        with self._database.reading() as connection:
            bodies = connection.execute(select(SOURCE.c.body).order_by(SOURCE.c.name, SOURCE.c.source_id)).scalars()
            return tuple(_SOURCE.validate_json(each) for each in bodies)

    def change_source(self, source: FollowedSource) -> bool:
        """Saves a source with other terms, options, metadata or rule; returns whether there is one of this id."""
        with self._database.writing() as connection:
            statement = update(SOURCE).where(SOURCE.c.source_id == source.source_id)
            done = connection.execute(statement.values(name=source.name, body=_json(_SOURCE, source)))
            return bool(done.rowcount)

    def remove(self, source_id: SourceId) -> bool:
        """Removes a source with its runs, items, staged changes and marks; returns whether there was one."""
        with self._database.forgetting() as connection:
            there = connection.execute(delete(SOURCE).where(SOURCE.c.source_id == source_id)).rowcount
            for table in (SOURCE_RUN, SOURCE_ITEM, SOURCE_CHANGE, SOURCE_MARK):
                connection.execute(delete(table).where(table.c.source_id == source_id))
            return bool(there)

    def state(self, source_id: SourceId) -> SourceState:
        """Returns how it goes with a source; a new one for an unknown id."""
        with self._database.reading() as connection:
            body = connection.execute(select(SOURCE.c.state).where(SOURCE.c.source_id == source_id)).scalar()
            state = SourceState(source_id) if body is None else _STATE.validate_json(body)
            waiting = select(func.count()).select_from(SOURCE_CHANGE)
            waiting = waiting.where(
                SOURCE_CHANGE.c.source_id == source_id, SOURCE_CHANGE.c.decision == Decision.WAITING
            )
            items = select(func.count(SOURCE_ITEM.c.edition_id.distinct())).where(SOURCE_ITEM.c.source_id == source_id)
            runs = tuple(_runs(connection, source_id, 1))
            counts = connection.execute(waiting).scalar() or 0, connection.execute(items).scalar() or 0
        return replace(state, last_run=runs[0] if runs else None, waiting=counts[0], documents=counts[1])

    def save_state(self, state: SourceState) -> None:
        """Saves what a state holds besides runs and counts: pause, next run, last success, failures."""
        plain = replace(state, last_run=None, waiting=0, documents=0, is_running=False, is_told=False)
        with self._database.writing() as connection:
            statement = update(SOURCE).where(SOURCE.c.source_id == state.source_id)
            connection.execute(statement.values(state=_json(_STATE, plain)))

    def begin_run(self, run: SyncRun) -> None:
        """Saves a run that begins."""
        named = {"run_id": run.run_id, "source_id": run.source_id, "started": codec.time_to(run.started)}
        with self._database.writing() as connection:
            connection.execute(insert(SOURCE_RUN), {**named, "body": _json(_RUN, run)})

    def save_run(self, run: SyncRun) -> None:
        """Saves how a run goes or ended."""
        with self._database.writing() as connection:
            statement = update(SOURCE_RUN).where(SOURCE_RUN.c.run_id == run.run_id)
            connection.execute(statement.values(body=_json(_RUN, run)))

    def runs(self, source_id: SourceId, limit: int = 50) -> tuple[SyncRun, ...]:
        """Returns the last runs of a source, newest first."""
        with self._database.reading() as connection:
            return tuple(_runs(connection, source_id, limit))

    def item(self, source_id: SourceId, address: str) -> FetchedItem | None:
        """Returns what was last seen at an address, None where it was never looked at."""
        table = SOURCE_ITEM.c
        query = select(table.body).where(table.source_id == source_id, table.address_digest == _digest(address))
        with self._database.reading() as connection:
            body = connection.execute(query).scalar()
        return None if body is None else _ITEM.validate_json(body)

    def items(self, source_id: SourceId) -> tuple[FetchedItem, ...]:
        """Returns what was last seen at every address of a source, by address."""
        query = select(SOURCE_ITEM.c.body).where(SOURCE_ITEM.c.source_id == source_id)
        with self._database.reading() as connection:
            bodies = connection.execute(query.order_by(SOURCE_ITEM.c.address)).scalars()
            return tuple(_ITEM.validate_json(each) for each in bodies)

    def save_items(self, items: Sequence[FetchedItem], changes: Sequence[StagedChange] = ()) -> None:
        """Saves items and stages changes, in one transaction; see the port."""
        with self._database.writing() as connection:
            for source_id, addresses in _by_source(items):
                _forget(connection, source_id, addresses)
            if items:
                connection.execute(insert(SOURCE_ITEM), [_item_row(each) for each in items])
            for change in changes:
                _overtake(connection, change)
                connection.execute(insert(SOURCE_CHANGE), _change_row(change))

    def forget_items(self, source_id: SourceId, addresses: Collection[str]) -> None:
        """Removes what was seen at addresses."""
        with self._database.writing() as connection:
            _forget(connection, source_id, addresses)

    def change(self, change_id: str) -> StagedChange | None:
        """Returns a staged change, None where there is none of this id."""
        with self._database.reading() as connection:
            row = connection.execute(select(SOURCE_CHANGE).where(SOURCE_CHANGE.c.change_id == change_id)).one_or_none()
        return None if row is None else _change(row)

    def changes(
        self,
        source_id: SourceId | None = None,
        *,
        decision: Decision | None = Decision.WAITING,
        since: datetime | None = None,
        limit: int = 1000,
    ) -> tuple[StagedChange, ...]:
        """Returns staged changes, the newest first, ties by address; see the port."""
        table = SOURCE_CHANGE.c
        query = select(SOURCE_CHANGE).order_by(table.found_at.desc(), table.address).limit(limit)
        if source_id is not None:
            query = query.where(table.source_id == source_id)
        if decision is not None:
            query = query.where(table.decision == decision)
        if since is not None:
            time = codec.time_to(since)
            query = query.where(or_(table.found_at >= time, table.decided_at >= time))
        with self._database.reading() as connection:
            return tuple(_change(row) for row in connection.execute(query))

    def decide(self, change_ids: Collection[str], decision: Decision, at: datetime, by: str) -> int:
        """Notes what became of changes that wait; returns how many did."""
        table, done = SOURCE_CHANGE.c, 0
        with self._database.writing() as connection:
            for some in _batches(sorted(change_ids)):
                statement = update(SOURCE_CHANGE).where(table.change_id.in_(some), table.decision == Decision.WAITING)
                values = {"decision": decision.value, "decided_at": codec.time_to(at), "decided_by": by}
                done += int(connection.execute(statement.values(values)).rowcount)
        return done

    def by_person(self, user_id: str) -> tuple[FollowedSource | StagedChange, ...]:
        """Returns the sources that a person added and the changes that they decided, by id."""
        added = tuple(each for each in self.sources() if each.added_by == user_id)
        query = select(SOURCE_CHANGE).where(SOURCE_CHANGE.c.decided_by == user_id)
        with self._database.reading() as connection:
            rows = connection.execute(query.order_by(SOURCE_CHANGE.c.change_id))
            return (*added, *(_change(row) for row in rows))

    def forget_who(self, user_id: str) -> int:
        """Takes a person's name off sources and decisions, which stay; returns how many."""
        added = [each for each in self.sources() if each.added_by == user_id]
        statement = update(SOURCE_CHANGE).where(SOURCE_CHANGE.c.decided_by == user_id).values(decided_by=NOBODY)
        with self._database.forgetting() as connection:
            for each in added:
                body = _json(_SOURCE, replace(each, added_by=NOBODY))
                there = SOURCE.c.source_id == each.source_id
                connection.execute(update(SOURCE).where(there).values(body=body))
            return len(added) + int(connection.execute(statement).rowcount)

    def purge(self, before: datetime) -> int:
        """Removes syncs that started and changes that were decided before a time; returns how many."""
        time, last = codec.time_to(before), select(func.max(SOURCE_RUN.c.row)).group_by(SOURCE_RUN.c.source_id)
        runs = delete(SOURCE_RUN).where(SOURCE_RUN.c.started < time, SOURCE_RUN.c.row.not_in(last))
        changes = delete(SOURCE_CHANGE).where(
            SOURCE_CHANGE.c.decided_at < time, SOURCE_CHANGE.c.decision != Decision.WAITING
        )
        with self._database.forgetting() as connection:
            return sum(int(connection.execute(each).rowcount) for each in (runs, changes))

    def marks(self) -> tuple[EditionMark, ...]:
        """Returns the marks of editions, by edition id."""
        query = select(SOURCE_MARK.c.body).order_by(SOURCE_MARK.c.edition_id, SOURCE_MARK.c.source_id)
        with self._database.reading() as connection:
            return tuple(_MARK.validate_json(each) for each in connection.execute(query).scalars())

    def save_marks(self, source_id: SourceId, marks: Sequence[EditionMark]) -> None:
        """Replaces the marks that a source gave."""
        rows = [
            {"source_id": source_id, "edition_id": each.edition_id, "body": _json(_MARK, each)}
            for each in {each.edition_id: each for each in marks}.values()
        ]
        with self._database.writing() as connection:
            connection.execute(delete(SOURCE_MARK).where(SOURCE_MARK.c.source_id == source_id))
            if rows:
                connection.execute(insert(SOURCE_MARK), rows)


def _json(adapter: TypeAdapter[Any], value: object) -> str:
    return adapter.dump_json(value).decode()


def _digest(address: str) -> str:
    return hashlib.sha256(address.encode("utf-8", "surrogatepass")).hexdigest()


def _runs(connection: Connection, source_id: SourceId, limit: int) -> Iterator[SyncRun]:
    query = select(SOURCE_RUN.c.body).where(SOURCE_RUN.c.source_id == source_id)
    query = query.order_by(SOURCE_RUN.c.row.desc()).limit(limit)
    return (_RUN.validate_json(each) for each in connection.execute(query).scalars())


def _by_source(items: Iterable[FetchedItem]) -> Iterator[tuple[SourceId, list[str]]]:
    addresses: dict[SourceId, list[str]] = {}
    for each in items:
        addresses.setdefault(each.source_id, []).append(each.address)
    return iter(addresses.items())


def _batches(values: Sequence[str]) -> Iterator[Sequence[str]]:
    return (values[start : start + BATCH] for start in range(0, len(values), BATCH))


def _forget(connection: Connection, source_id: SourceId, addresses: Collection[str]) -> None:
    table = SOURCE_ITEM.c
    for some in _batches([_digest(each) for each in addresses]):
        connection.execute(delete(SOURCE_ITEM).where(table.source_id == source_id, table.address_digest.in_(some)))


def _item_row(item: FetchedItem) -> dict[str, Any]:
    named = {"source_id": item.source_id, "address_digest": _digest(item.address), "address": item.address}
    return {**named, "edition_id": item.edition_id, "body": _json(_ITEM, item)}


def _overtake(connection: Connection, change: StagedChange) -> None:
    """Notes that a change of the same address, or of the same edition, that waits is out of date."""
    table = SOURCE_CHANGE.c
    waiting = (table.source_id == change.source_id) & (table.decision == Decision.WAITING)
    statement = update(SOURCE_CHANGE).where(waiting & (table.address == change.address))
    values = {"decision": Decision.OVERTAKEN.value, "decided_at": codec.time_to(change.found_at)}
    connection.execute(statement.values(values))


def _change_row(change: StagedChange) -> dict[str, Any]:
    return {
        "change_id": change.change_id,
        "source_id": change.source_id,
        "address": change.address,
        "decision": change.decision.value,
        "found_at": codec.time_to(change.found_at),
        "decided_at": None if change.decided_at is None else codec.time_to(change.decided_at),
        "decided_by": change.decided_by,
        "body": _json(_CHANGE, change),
    }


def _change(row: Any) -> StagedChange:
    decided_at = codec.time_or_none(row.decided_at)
    change: StagedChange = _CHANGE.validate_json(row.body)
    return replace(change, decision=Decision(row.decision), decided_at=decided_at, decided_by=row.decided_by)
