"""The tables of the library.

``content`` holds one row per version of an edition; a generation is the set of its ``member`` rows. What no
generation refers to any more is removed. A generation that was published stays for a time after it was replaced
(``publication``), without indexes.
"""

from __future__ import annotations

from pathlib import Path

from sqlalchemy import (
    Boolean,
    Column,
    ForeignKey,
    Index,
    Integer,
    LargeBinary,
    MetaData,
    String,
    Table,
    Text,
)

from assistant.adapters.sql.schema_upgrades import Tables

METADATA = MetaData()

CONTENT = Table(
    "content",
    METADATA,
    Column("content_id", Integer, primary_key=True),
    Column("key", String(64), nullable=False, unique=True),
    Column("edition_id", String(200), nullable=False, index=True),
    Column("edition", Text, nullable=False),
    Column("source", Text, nullable=False),
    Column("text", Text, nullable=False),
    Column("pages", Text, nullable=False),
    Column("sections", Text, nullable=False),
    Column("footnotes", Text, nullable=False),
    Column("exclusions", Text, nullable=False),
    Column("mentions", Text, nullable=False),
    Column("offsets", Text, nullable=False),
    Column("page_count", Integer, nullable=False),
)

PASSAGE = Table(
    "passage",
    METADATA,
    Column("row", Integer, primary_key=True),
    Column("content_id", Integer, ForeignKey("content.content_id", ondelete="CASCADE"), nullable=False),
    Column("ordinal", Integer, nullable=False),
    Column("passage_id", String(300), nullable=False, index=True),
    Column("digest", String(64), nullable=False, index=True),
    Column("start", Integer, nullable=False),
    Column("end", Integer, nullable=False),
    Column("headings", Text, nullable=False),
    Column("label", Text),
    Column("text", Text, nullable=False),
    Column("embed_text", Text, nullable=False),
    Column("sentences", Text, nullable=False),
    Column("is_quotable", Boolean, nullable=False),
    Index("passage_in_order", "content_id", "ordinal"),
)

EMBEDDING = Table(
    "embedding",
    METADATA,
    Column("digest", String(64), primary_key=True),
    Column("embedder", String(200), primary_key=True),
    Column("passage", LargeBinary, nullable=False),
    Column("sentences", LargeBinary, nullable=False),
)

GENERATION = Table(
    "generation",
    METADATA,
    Column("number", Integer, primary_key=True, autoincrement=False),
    Column("fingerprint", String(64), nullable=False),
    Column("embedder", String(200), nullable=False),
    Column("format", String(40), nullable=False),
    Column("passage_count", Integer, nullable=False),
    Column("edition_count", Integer, nullable=False),
    Column("created", String(40), nullable=False),
)

MEMBER = Table(
    "member",
    METADATA,
    Column("generation", Integer, ForeignKey("generation.number", ondelete="CASCADE"), primary_key=True),
    Column("content_id", Integer, ForeignKey("content.content_id"), primary_key=True, index=True),
)

KNOWN = Table(
    "known",
    METADATA,
    Column("generation", Integer, ForeignKey("generation.number", ondelete="CASCADE"), primary_key=True),
    Column("edition_id", String(200), primary_key=True),
    Column("edition", Text, nullable=False),
)

CURRENT = Table(
    "current",
    METADATA,
    Column("only", Integer, primary_key=True, autoincrement=False),
    Column("generation", Integer, ForeignKey("generation.number"), nullable=False),
)

PUBLICATION = Table(
    "publication",
    METADATA,
    Column("generation", Integer, ForeignKey("generation.number", ondelete="CASCADE"), primary_key=True),
    Column("since", String(40), nullable=False),
    Column("until", String(40)),
)
"""From when until when a generation was current, UTC; ``until`` is empty for the one that is."""

ERASED = Table(
    "erased",
    METADATA,
    Column("generation", Integer, ForeignKey("generation.number", ondelete="CASCADE"), primary_key=True),
    Column("edition_id", String(200), primary_key=True),
    Column("groups", Text, nullable=False),
)
"""Editions that an earlier generation held and that were removed from the data folder altogether."""

TABLES = Tables(
    "the library was",
    Path(__file__).parent / "migrations",
    "0003",
    "Install that version, go back with `assistant restore FILE` "
    "to a backup made before the upgrade, or ingest into another folder with --data",
)
"""How the database is brought up to date."""
