"""Approved answers with their versions and history, and blocks."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0007"
down_revision = "0006"


def upgrade() -> None:
    """Adds the tables."""
    op.create_table(
        "approved_answer",
        sa.Column("row", sa.Integer, primary_key=True),
        sa.Column("answer_id", sa.String(64), nullable=False),
        sa.Column("version", sa.Integer, nullable=False),
        sa.Column("state", sa.String(20), nullable=False),
        sa.Column("content", sa.Text, nullable=False),
        sa.Column("drafted_by", sa.String(300), nullable=False),
        sa.Column("drafted_at", sa.String(40), nullable=False),
        sa.Column("approved_by", sa.String(300), nullable=False),
        sa.Column("approved_at", sa.String(40)),
        sa.Column("reason", sa.Text, nullable=False),
        sa.Column("is_expired", sa.Boolean, nullable=False),
        sa.Column("groups", sa.Text, nullable=False),
        sa.Column("conflicts", sa.Text, nullable=False),
    )
    op.create_index("approved_version_of_answer", "approved_answer", ["answer_id", "version"], unique=True)
    op.create_table(
        "approved_event",
        sa.Column("row", sa.Integer, primary_key=True),
        sa.Column("answer_id", sa.String(64), nullable=False, index=True),
        sa.Column("version", sa.Integer, nullable=False),
        sa.Column("act", sa.String(20), nullable=False),
        sa.Column("done_by", sa.String(300), nullable=False, index=True),
        sa.Column("at", sa.String(40), nullable=False),
        sa.Column("note", sa.Text, nullable=False),
    )
    op.create_table(
        "answer_block",
        sa.Column("row", sa.Integer, primary_key=True),
        sa.Column("block_id", sa.String(64), nullable=False, unique=True),
        sa.Column("part", sa.String(20), nullable=False),
        sa.Column("work", sa.String(300), nullable=False),
        sa.Column("block", sa.Text, nullable=False),
        sa.Column("set_by", sa.String(300), nullable=False, index=True),
        sa.Column("set_at", sa.String(40), nullable=False),
        sa.Column("lifted_by", sa.String(300), nullable=False),
        sa.Column("lifted_at", sa.String(40)),
        sa.Column("groups", sa.Text, nullable=False),
    )
    op.create_table(
        "approved_stamp",
        sa.Column("only", sa.Integer, primary_key=True),
        sa.Column("number", sa.Integer, nullable=False),
        sa.Column("settled", sa.String(300), nullable=False),
    )


def downgrade() -> None:
    """Removes them."""
    for table in ("approved_stamp", "answer_block", "approved_event", "approved_answer"):
        op.drop_table(table)
