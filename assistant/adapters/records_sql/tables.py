"""The tables of the records. Times are UTC, ISO 8601 with microseconds, so that they sort as text."""

from __future__ import annotations

from pathlib import Path

from sqlalchemy import Column, Float, ForeignKey, Index, Integer, MetaData, String, Table, Text

from assistant.adapters.sql.schema_upgrades import Tables

METADATA = MetaData()
ID = String(64)
TIME = String(40)

CONVERSATION = Table(
    "conversation",
    METADATA,
    Column("conversation_id", ID, primary_key=True),
    Column("owner", String(300), nullable=False),
    Column("title", Text, nullable=False),
    Column("created", TIME, nullable=False),
    Column("updated", TIME, nullable=False, index=True),
    Index("conversation_of_owner", "owner", "updated"),
)

RECORD = Table(
    "record",
    METADATA,
    Column("row", Integer, primary_key=True),
    Column("record_id", ID, nullable=False, unique=True),
    Column("owner", String(300), nullable=False, index=True),
    Column("conversation_id", ID, ForeignKey("conversation.conversation_id", ondelete="CASCADE"), index=True),
    Column("question", Text, nullable=False),
    Column("outcome", Text, nullable=False),
    Column("ending", String(20), nullable=False),
    Column("reason", String(40)),
    Column("editions", Text, nullable=False),
    Column("groups", Text),
    Column("touched", Text, nullable=False, server_default="[]"),
    Column("seconds", Float, nullable=False),
    Column("fingerprint", String(200), nullable=False),
    Column("asked_at", TIME, nullable=False, index=True),
    Column("asked_on", String(10), nullable=False),
    Index("record_of_day", "asked_on", "record_id"),
)

FEEDBACK = Table(
    "feedback",
    METADATA,
    Column("feedback_id", ID, primary_key=True),
    Column("record_id", ID, ForeignKey("record.record_id", ondelete="CASCADE"), nullable=False, index=True),
    Column("statement", Integer),
    Column("opinion", String(20), nullable=False),
    Column("note", Text, nullable=False),
    Column("given_at", TIME, nullable=False),
)

API_KEY = Table(
    "api_key",
    METADATA,
    Column("key_id", ID, primary_key=True),
    Column("secret_hash", String(128), nullable=False, unique=True),
    Column("name", Text, nullable=False),
    Column("roles", Text, nullable=False),
    Column("groups", Text, nullable=False),
    Column("created", TIME, nullable=False),
    Column("expires", TIME),
    Column("revoked", TIME),
    Column("last_used", TIME),
)

SESSION = Table(
    "session",
    METADATA,
    Column("token_hash", String(128), primary_key=True),
    Column("user_id", String(300), nullable=False, index=True),
    Column("asker", Text, nullable=False),
    Column("csrf", String(128), nullable=False),
    Column("created", TIME, nullable=False),
    Column("expires", TIME, nullable=False, index=True),
)

AUDIT = Table(
    "audit",
    METADATA,
    Column("row", Integer, primary_key=True),
    Column("at", TIME, nullable=False, index=True),
    Column("user_id", String(300), nullable=False, index=True),
    Column("action", String(40), nullable=False),
    Column("what", Text, nullable=False),
    Column("editions", Text, nullable=False),
    Index("audit_of_user", "user_id", "at"),
)

DECISION = Table(
    "coverage_decision",
    METADATA,
    Column("row", Integer, primary_key=True),
    Column("part", String(40), nullable=False),
    Column("key", String(500), nullable=False),
    Column("state", String(40), nullable=False),
    Column("note", Text, nullable=False),
    Column("decided_by", String(300), nullable=False, index=True),
    Column("decided_at", TIME, nullable=False),
    Column("evidence", ID, nullable=False),
    Column("groups", Text, nullable=False, server_default="[]"),
    Index("decision_of_finding", "part", "key"),
)

RUN = Table(
    "coverage_run",
    METADATA,
    Column("row", Integer, primary_key=True),
    Column("made_at", TIME, nullable=False),
    Column("fingerprint", String(200), nullable=False),
    Column("counts", Text, nullable=False),
    Column("scope", Text, nullable=False),
)

IMPORTED = Table(
    "coverage_imported",
    METADATA,
    Column("digest", ID, primary_key=True),
    Column("question", Text, nullable=False),
    Column("asked_on", String(10), nullable=False, index=True),
    Column("audience", Text, nullable=False),
    Column("source", Text, nullable=False),
)

THEME = Table(
    "coverage_theme",
    METADATA,
    Column("row", Integer, primary_key=True),
    Column("theme_id", ID, nullable=False, unique=True),
    Column("label", Text, nullable=False),
    Column("scope", Text, nullable=False, server_default=""),
)

MEMBER = Table(
    "coverage_member",
    METADATA,
    Column("scope", String(2000), primary_key=True),
    Column("digest", ID, primary_key=True),
    Column("theme_id", ID, nullable=False),
    Index("coverage_member_of_theme", "theme_id"),
)

ENDING = Table(
    "coverage_ending",
    METADATA,
    Column("row", Integer, primary_key=True),
    Column("key", ID, nullable=False, unique=True),
    Column("ending", Text, nullable=False),
)

SCENARIO = Table(
    "scenario",
    METADATA,
    Column("scenario_id", ID, primary_key=True),
    Column("owner", String(300), nullable=False),
    Column("title", Text, nullable=False),
    Column("theme", String(40), nullable=False),
    Column("saved_at", TIME, nullable=False, index=True),
    Column("recipe", Text, nullable=False),
    Index("scenario_of_owner", "owner", "saved_at"),
)

SCENARIO_FEEDBACK = Table(
    "scenario_feedback",
    METADATA,
    Column("feedback_id", ID, primary_key=True),
    Column("scenario_id", ID, nullable=False, index=True),
    Column("owner", String(300), nullable=False, index=True),
    Column("theme", String(40), nullable=False),
    Column("seed", Integer, nullable=False),
    Column("score", Integer, nullable=False),
    Column("note", Text, nullable=False),
    Column("given_at", TIME, nullable=False, index=True),
    Column("given_on", String(10), nullable=False),
    Column("groups", Text, nullable=False, server_default="[]"),
)

TABLES = Tables(
    "the records were",
    Path(__file__).parent / "migrations",
    "0008",
    "Install that version, go back with `assistant restore FILE` "
    "to a backup made before the upgrade, or name another data folder with --data",
)
"""How the database is brought up to date."""
