"""The tables of what the policy team says of answers, tries and measures."""

from __future__ import annotations

from sqlalchemy import Boolean, Column, ForeignKey, Integer, LargeBinary, String, Table, Text

from assistant.adapters.records_sql.tables import ID, METADATA, TIME

MARK = Table(
    "mark",
    METADATA,
    Column("row", Integer, primary_key=True),
    Column("mark_id", ID, nullable=False, unique=True),
    Column("record_id", ID, ForeignKey("record.record_id", ondelete="CASCADE"), nullable=False, index=True),
    Column("verdict", String(20), nullable=False),
    Column("reason", Text, nullable=False),
    Column("gold", Text, nullable=False),
    Column("marked_by", String(300), nullable=False, index=True),
    Column("marked_at", TIME, nullable=False),
)

EVERYDAY_EDIT = Table(
    "everyday_edit",
    METADATA,
    Column("row", Integer, primary_key=True),
    Column("question_id", ID, nullable=False, unique=True),
    Column("text", Text, nullable=False),
    Column("theme", Text, nullable=False),
    Column("is_removed", Boolean, nullable=False),
    Column("changed_by", String(300), nullable=False),
    Column("changed_at", TIME, nullable=False),
)

QUESTION_SET = Table(
    "question_set",
    METADATA,
    Column("name", String(100), primary_key=True),
    Column("content", LargeBinary, nullable=False),
    Column("questions", Integer, nullable=False),
    Column("added_by", String(300), nullable=False),
    Column("added_at", TIME, nullable=False),
)

QUALITY_RUN = Table(
    "quality_run",
    METADATA,
    Column("row", Integer, primary_key=True),
    Column("run_id", ID, nullable=False, unique=True),
    Column("kind", String(20), nullable=False, index=True),
    Column("title", Text, nullable=False),
    Column("subject", Text, nullable=False),
    Column("started_by", String(300), nullable=False),
    Column("started_at", TIME, nullable=False),
    Column("updated_at", TIME, nullable=False),
    Column("state", String(20), nullable=False),
    Column("done", Integer, nullable=False),
    Column("total", Integer, nullable=False),
    Column("detail", Text, nullable=False),
    Column("groups", Text, nullable=False),
    Column("report", Text, nullable=False),
    Column("is_cancelled", Boolean, nullable=False),
)
