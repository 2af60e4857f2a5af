"""Questions that a policy team brought in, their themes, how they ended, and for whom a run was made."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"


def upgrade() -> None:
    """Makes the tables."""
    op.add_column("coverage_run", sa.Column("scope", sa.Text, nullable=False, server_default=""))
    op.create_table(
        "coverage_imported",
        sa.Column("digest", sa.String(64), primary_key=True),
        sa.Column("question", sa.Text, nullable=False),
        sa.Column("asked_on", sa.String(10), nullable=False, index=True),
        sa.Column("audience", sa.Text, nullable=False),
        sa.Column("source", sa.Text, nullable=False),
    )
    op.create_table(
        "coverage_theme",
        sa.Column("row", sa.Integer, primary_key=True),
        sa.Column("theme_id", sa.String(64), nullable=False, unique=True),
        sa.Column("label", sa.Text, nullable=False),
    )
    op.create_table(
        "coverage_member",
        sa.Column("digest", sa.String(64), primary_key=True),
        sa.Column("theme_id", sa.String(64), nullable=False, index=True),
    )
    op.create_table(
        "coverage_ending",
        sa.Column("row", sa.Integer, primary_key=True),
        sa.Column("key", sa.String(64), nullable=False, unique=True),
        sa.Column("ending", sa.Text, nullable=False),
    )


def downgrade() -> None:
    """Removes them."""
    for name in ("coverage_ending", "coverage_member", "coverage_theme", "coverage_imported"):
        op.drop_table(name)
    op.drop_column("coverage_run", "scope")
