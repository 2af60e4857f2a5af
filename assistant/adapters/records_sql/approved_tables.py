"""The tables of approved answers and blocks; see ``tables.py``."""

from __future__ import annotations

from sqlalchemy import Boolean, Column, Index, Integer, String, Table, Text

from assistant.adapters.records_sql.tables import ID, METADATA, TIME

APPROVED = Table(
    "approved_answer",
    METADATA,
    Column("row", Integer, primary_key=True),
    Column("answer_id", ID, nullable=False),
    Column("version", Integer, nullable=False),
    Column("state", String(20), nullable=False),
    Column("content", Text, nullable=False),
    Column("drafted_by", String(300), nullable=False),
    Column("drafted_at", TIME, nullable=False),
    Column("approved_by", String(300), nullable=False),
    Column("approved_at", TIME),
    Column("reason", Text, nullable=False),
    Column("is_expired", Boolean, nullable=False),
    Column("groups", Text, nullable=False),
    Column("conflicts", Text, nullable=False),
    Index("approved_version_of_answer", "answer_id", "version", unique=True),
)

APPROVED_EVENT = Table(
    "approved_event",
    METADATA,
    Column("row", Integer, primary_key=True),
    Column("answer_id", ID, nullable=False, index=True),
    Column("version", Integer, nullable=False),
    Column("act", String(20), nullable=False),
    Column("done_by", String(300), nullable=False, index=True),
    Column("at", TIME, nullable=False),
    Column("note", Text, nullable=False),
)

BLOCK = Table(
    "answer_block",
    METADATA,
    Column("row", Integer, primary_key=True),
    Column("block_id", ID, nullable=False, unique=True),
    Column("part", String(20), nullable=False),
    Column("work", String(300), nullable=False),
    Column("block", Text, nullable=False),
    Column("set_by", String(300), nullable=False, index=True),
    Column("set_at", TIME, nullable=False),
    Column("lifted_by", String(300), nullable=False),
    Column("lifted_at", TIME),
    Column("groups", Text, nullable=False),
)

APPROVED_STAMP = Table(
    "approved_stamp",
    METADATA,
    Column("only", Integer, primary_key=True),
    Column("number", Integer, nullable=False),
    Column("settled", String(300), nullable=False),
)
"""One row: a number that grows with every change, and the state of the library that the answers were compared with."""
