"""The tables of webhooks."""

from __future__ import annotations

from sqlalchemy import Column, Index, Integer, String, Table, Text

from assistant.adapters.records_sql.tables import ID, METADATA, TIME

DELIVERY = Table(
    "webhook_delivery",
    METADATA,
    Column("event_id", ID, primary_key=True),
    Column("webhook", String(40), primary_key=True),
    Column("type", String(40), nullable=False),
    Column("body", Text, nullable=False),
    Column("created", TIME, nullable=False),
    Column("state", String(20), nullable=False),
    Column("attempts", Integer, nullable=False),
    Column("next_at", TIME),
    Column("last_at", TIME),
    Column("last_result", Text, nullable=False),
    Index("webhook_delivery_due", "state", "next_at"),
)

NOTED = Table(
    "webhook_noted",
    METADATA,
    Column("name", String(40), primary_key=True),
    Column("value", Text, nullable=False),
)
