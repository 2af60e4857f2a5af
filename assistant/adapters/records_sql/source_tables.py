"""The tables of followed sources; beside the columns that are searched, each row holds its value as JSON."""

from __future__ import annotations

from sqlalchemy import Column, Index, Integer, String, Table, Text

from assistant.adapters.records_sql.tables import ID, METADATA, TIME

SOURCE = Table(
    "source",
    METADATA,
    Column("source_id", ID, primary_key=True),
    Column("name", Text, nullable=False),
    Column("body", Text, nullable=False),
    Column("state", Text, nullable=False),
)

SOURCE_RUN = Table(
    "source_run",
    METADATA,
    Column("row", Integer, primary_key=True),
    Column("run_id", ID, nullable=False, unique=True),
    Column("source_id", ID, nullable=False),
    Column("started", TIME, nullable=False),
    Column("body", Text, nullable=False),
    Index("run_of_source", "source_id", "started"),
)

SOURCE_ITEM = Table(
    "source_item",
    METADATA,
    Column("source_id", ID, primary_key=True),
    Column("address_digest", ID, primary_key=True),
    Column("address", Text, nullable=False),
    Column("edition_id", String(100)),
    Column("body", Text, nullable=False),
)

SOURCE_CHANGE = Table(
    "source_change",
    METADATA,
    Column("change_id", ID, primary_key=True),
    Column("source_id", ID, nullable=False),
    Column("address", Text, nullable=False),
    Column("decision", String(20), nullable=False),
    Column("found_at", TIME, nullable=False),
    Column("decided_at", TIME),
    Column("decided_by", String(300), nullable=False, server_default=""),
    Column("body", Text, nullable=False),
    Index("change_of_source", "source_id", "decision"),
    Index("change_by_time", "decision", "found_at"),
)

SOURCE_MARK = Table(
    "source_mark",
    METADATA,
    Column("source_id", ID, primary_key=True),
    Column("edition_id", String(100), primary_key=True),
    Column("body", Text, nullable=False),
)
