"""Marks, everyday questions, question sets and runs; sources that are followed; deliveries of webhooks."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0008"
down_revision = "0007"


def upgrade() -> None:
    """Makes the tables."""
    _quality()
    _sources()
    _webhooks()


def _quality() -> None:
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


def _sources() -> None:
    op.create_table(
        "source",
        sa.Column("source_id", sa.String(64), primary_key=True),
        sa.Column("name", sa.Text, nullable=False),
        sa.Column("body", sa.Text, nullable=False),
        sa.Column("state", sa.Text, nullable=False),
    )
    op.create_table(
        "source_run",
        sa.Column("row", sa.Integer, primary_key=True),
        sa.Column("run_id", sa.String(64), nullable=False, unique=True),
        sa.Column("source_id", sa.String(64), nullable=False),
        sa.Column("started", sa.String(40), nullable=False),
        sa.Column("body", sa.Text, nullable=False),
    )
    op.create_index("run_of_source", "source_run", ["source_id", "started"])
    op.create_table(
        "source_item",
        sa.Column("source_id", sa.String(64), primary_key=True),
        sa.Column("address_digest", sa.String(64), primary_key=True),
        sa.Column("address", sa.Text, nullable=False),
        sa.Column("edition_id", sa.String(100)),
        sa.Column("body", sa.Text, nullable=False),
    )
    op.create_table(
        "source_change",
        sa.Column("change_id", sa.String(64), primary_key=True),
        sa.Column("source_id", sa.String(64), nullable=False),
        sa.Column("address", sa.Text, nullable=False),
        sa.Column("decision", sa.String(20), nullable=False),
        sa.Column("found_at", sa.String(40), nullable=False),
        sa.Column("decided_at", sa.String(40)),
        sa.Column("decided_by", sa.String(300), nullable=False, server_default=""),
        sa.Column("body", sa.Text, nullable=False),
    )
    op.create_index("change_of_source", "source_change", ["source_id", "decision"])
    op.create_index("change_by_time", "source_change", ["decision", "found_at"])
    op.create_table(
        "source_mark",
        sa.Column("source_id", sa.String(64), primary_key=True),
        sa.Column("edition_id", sa.String(100), primary_key=True),
        sa.Column("body", sa.Text, nullable=False),
    )


def _webhooks() -> None:
    op.create_table(
        "webhook_delivery",
        sa.Column("event_id", sa.String(64), primary_key=True),
        sa.Column("webhook", sa.String(40), primary_key=True),
        sa.Column("type", sa.String(40), nullable=False),
        sa.Column("body", sa.Text, nullable=False),
        sa.Column("created", sa.String(40), nullable=False),
        sa.Column("state", sa.String(20), nullable=False),
        sa.Column("attempts", sa.Integer, nullable=False),
        sa.Column("next_at", sa.String(40)),
        sa.Column("last_at", sa.String(40)),
        sa.Column("last_result", sa.Text, nullable=False),
    )
    op.create_index("webhook_delivery_due", "webhook_delivery", ["state", "next_at"])
    op.create_table(
        "webhook_noted",
        sa.Column("name", sa.String(40), primary_key=True),
        sa.Column("value", sa.Text, nullable=False),
    )


def downgrade() -> None:
    """Removes them; what publishers said of withdrawn documents and what was not delivered is lost."""
    for name in (
        "webhook_noted", "webhook_delivery", "source_mark", "source_change", "source_item", "source_run", "source",
        "quality_run", "question_set", "everyday_edit", "mark",
    ):  # fmt: skip
        op.drop_table(name)
