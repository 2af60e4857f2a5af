"""SqlWebhooks: the ``WebhookStore`` port over SQLAlchemy."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import delete, func, insert, select, update

from assistant.adapters.records_sql import codec
from assistant.adapters.records_sql.database import RecordsDatabase
from assistant.adapters.records_sql.webhook_tables import DELIVERY, NOTED
from assistant.model.webhooks import Delivery, DeliveryState, EventType

WAITING = DELIVERY.c.state == DeliveryState.WAITING


class SqlWebhooks:
    """Deliveries in SQL; every method is one transaction.

    Args:
        database: Where they are stored.
    """

    def __init__(self, database: RecordsDatabase) -> None:
        self._database = database

    def add(self, deliveries: Sequence[Delivery]) -> None:
        """Stores deliveries that wait."""
        if deliveries:
            with self._database.writing() as connection:
                connection.execute(insert(DELIVERY), [_row(each) for each in deliveries])

    def claim(self, now: datetime, until: datetime, limit: int) -> tuple[Delivery, ...]:
        """Returns deliveries that are due, the longest due first, each for this caller alone until a time."""
        due = select(DELIVERY).where(WAITING, DELIVERY.c.next_at <= codec.time_to(now))
        due = due.order_by(DELIVERY.c.next_at, DELIVERY.c.event_id, DELIVERY.c.webhook).limit(limit)
        with self._database.reading() as connection:
            if connection.execute(due.limit(1)).first() is None:
                return ()
        with self._database.writing() as connection:
            rows = connection.execute(due).all()
            for row in rows:
                connection.execute(update(DELIVERY).where(*_this(row)).values(next_at=codec.time_to(until)))
        return tuple(_delivery(row) for row in rows)

    def settle(self, delivery: Delivery) -> None:
        """Stores what an attempt came to; a delivery that is gone meanwhile stays gone."""
        with self._database.writing() as connection:
            connection.execute(update(DELIVERY).where(*_this(delivery)).values(_row(delivery)))

    def deliveries(
        self, *, webhook: str | None = None, state: DeliveryState | None = None, limit: int = 100
    ) -> tuple[Delivery, ...]:
        """Returns deliveries, the newest first."""
        query = select(DELIVERY).order_by(DELIVERY.c.created.desc(), DELIVERY.c.event_id, DELIVERY.c.webhook)
        query = query if webhook is None else query.where(DELIVERY.c.webhook == webhook)
        query = query if state is None else query.where(DELIVERY.c.state == state)
        with self._database.reading() as connection:
            return tuple(_delivery(row) for row in connection.execute(query.limit(limit)))

    def counts(self) -> Mapping[tuple[str, DeliveryState], int]:
        """Returns how many deliveries of each webhook are in each state."""
        query = select(DELIVERY.c.webhook, DELIVERY.c.state, func.count()).group_by(
            DELIVERY.c.webhook, DELIVERY.c.state
        )
        with self._database.reading() as connection:
            return {(name, DeliveryState(state)): count for name, state, count in connection.execute(query)}

    def retry(self, webhook: str, now: datetime) -> int:
        """Has every delivery of a webhook that was given up tried again; returns how many."""
        failed = (DELIVERY.c.webhook == webhook, DELIVERY.c.state == DeliveryState.FAILED)
        again = {"state": DeliveryState.WAITING, "attempts": 0, "next_at": codec.time_to(now)}
        with self._database.writing() as connection:
            return int(connection.execute(update(DELIVERY).where(*failed).values(again)).rowcount)

    def forget(self, before: datetime) -> int:
        """Removes deliveries made before a time; returns how many."""
        with self._database.writing() as connection:
            return int(connection.execute(delete(DELIVERY).where(DELIVERY.c.created < codec.time_to(before))).rowcount)

    def noted(self, name: str) -> str | None:
        """Returns what is noted under a name; None for nothing."""
        with self._database.reading() as connection:
            found = connection.execute(select(NOTED.c.value).where(NOTED.c.name == name)).scalar()
        return None if found is None else str(found)

    def note(self, name: str, value: str, before: str | None, deliveries: Sequence[Delivery] = ()) -> bool:
        """Notes a value in place of another, and stores deliveries; returns False where it is another by now."""
        with self._database.writing() as connection:
            there = connection.execute(select(NOTED.c.value).where(NOTED.c.name == name)).scalar()
            if there != before:
                return False
            if before is None:
                connection.execute(insert(NOTED), {"name": name, "value": value})
            else:
                connection.execute(update(NOTED).where(NOTED.c.name == name).values(value=value))
            if deliveries:
                connection.execute(insert(DELIVERY), [_row(each) for each in deliveries])
        return True


def _this(row: Any) -> tuple[Any, Any]:
    return DELIVERY.c.event_id == row.event_id, DELIVERY.c.webhook == row.webhook


def _row(each: Delivery) -> dict[str, Any]:
    return {
        "event_id": each.event_id,
        "webhook": each.webhook,
        "type": each.type.value,
        "body": each.body,
        "created": codec.time_to(each.created),
        "state": each.state.value,
        "attempts": each.attempts,
        "next_at": None if each.next_at is None else codec.time_to(each.next_at),
        "last_at": None if each.last_at is None else codec.time_to(each.last_at),
        "last_result": each.last_result,
    }


def _delivery(row: Any) -> Delivery:
    next_at, last_at = (None if each is None else datetime.fromisoformat(each) for each in (row.next_at, row.last_at))
    created = datetime.fromisoformat(row.created)
    return Delivery(
        row.event_id, row.webhook, EventType(row.type), row.body, created, DeliveryState(row.state), row.attempts, next_at,
        last_at, row.last_result,
    )  # fmt: skip
