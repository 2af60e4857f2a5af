"""Scenarios that trainers keep, and their feedback."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"


def upgrade() -> None:
    """Makes the tables."""
    op.create_table(
        "scenario",
        sa.Column("scenario_id", sa.String(64), primary_key=True),
        sa.Column("owner", sa.String(300), nullable=False),
        sa.Column("title", sa.Text, nullable=False),
        sa.Column("theme", sa.String(40), nullable=False),
        sa.Column("saved_at", sa.String(40), nullable=False, index=True),
        sa.Column("recipe", sa.Text, nullable=False),
    )
    op.create_index("scenario_of_owner", "scenario", ["owner", "saved_at"])
    op.create_table(
        "scenario_feedback",
        sa.Column("feedback_id", sa.String(64), primary_key=True),
        sa.Column("scenario_id", sa.String(64), nullable=False, index=True),
        sa.Column("owner", sa.String(300), nullable=False, index=True),
        sa.Column("theme", sa.String(40), nullable=False),
        sa.Column("seed", sa.Integer, nullable=False),
        sa.Column("score", sa.Integer, nullable=False),
        sa.Column("note", sa.Text, nullable=False),
        sa.Column("given_at", sa.String(40), nullable=False, index=True),
        sa.Column("given_on", sa.String(10), nullable=False),
    )


def downgrade() -> None:
    """Removes them."""
    op.drop_table("scenario_feedback")
    op.drop_table("scenario")
