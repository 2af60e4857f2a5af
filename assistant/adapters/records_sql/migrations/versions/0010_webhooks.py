"""Deliveries of webhooks, and what was announced last."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0010"
down_revision = "0009"


def upgrade() -> None:
    """Adds the tables."""
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
    """Removes them; what was not delivered is lost."""
    op.drop_table("webhook_noted")
    op.drop_table("webhook_delivery")
