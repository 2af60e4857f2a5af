"""Marks on outcomes, everyday questions, question sets, and runs of the bench and of evaluations."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0008"
down_revision = "0007"


def upgrade() -> None:
    """Makes the tables."""
    op.create_table(
        "mark",
        sa.Column("row", sa.Integer, primary_key=True),
        sa.Column("mark_id", sa.String(64), nullable=False, unique=True),
        sa.Column(
            "record_id",
            sa.String(64),
            sa.ForeignKey("record.record_id", ondelete="CASCADE"),
            nullable=False,
            index=True,
        ),
        sa.Column("verdict", sa.String(20), nullable=False),
        sa.Column("reason", sa.Text, nullable=False),
        sa.Column("gold", sa.Text, nullable=False),
        sa.Column("marked_by", sa.String(300), nullable=False, index=True),
        sa.Column("marked_at", sa.String(40), nullable=False),
    )
    op.create_table(
        "everyday_edit",
        sa.Column("row", sa.Integer, primary_key=True),
        sa.Column("question_id", sa.String(64), nullable=False, unique=True),
        sa.Column("text", sa.Text, nullable=False),
        sa.Column("theme", sa.Text, nullable=False),
        sa.Column("is_removed", sa.Boolean, nullable=False),
        sa.Column("changed_by", sa.String(300), nullable=False),
        sa.Column("changed_at", sa.String(40), nullable=False),
    )
    op.create_table(
        "question_set",
        sa.Column("name", sa.String(100), primary_key=True),
        sa.Column("content", sa.LargeBinary, nullable=False),
        sa.Column("questions", sa.Integer, nullable=False),
        sa.Column("added_by", sa.String(300), nullable=False),
        sa.Column("added_at", sa.String(40), nullable=False),
    )
    op.create_table(
        "quality_run",
        sa.Column("row", sa.Integer, primary_key=True),
        sa.Column("run_id", sa.String(64), nullable=False, unique=True),
        sa.Column("kind", sa.String(20), nullable=False, index=True),
        sa.Column("title", sa.Text, nullable=False),
        sa.Column("subject", sa.Text, nullable=False),
        sa.Column("started_by", sa.String(300), nullable=False),
        sa.Column("started_at", sa.String(40), nullable=False),
        sa.Column("updated_at", sa.String(40), nullable=False),
        sa.Column("state", sa.String(20), nullable=False),
        sa.Column("done", sa.Integer, nullable=False),
        sa.Column("total", sa.Integer, nullable=False),
        sa.Column("detail", sa.Text, nullable=False),
        sa.Column("groups", sa.Text, nullable=False),
        sa.Column("report", sa.Text, nullable=False),
        sa.Column("is_cancelled", sa.Boolean, nullable=False),
    )


def downgrade() -> None:
    """Removes them."""
    for name in ("quality_run", "question_set", "everyday_edit", "mark"):
        op.drop_table(name)
