"""What a policy team decides on coverage, and the counts of its runs."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"


def upgrade() -> None:
    """Makes the tables."""
    op.create_table(
        "coverage_decision",
        sa.Column("row", sa.Integer, primary_key=True),
        sa.Column("part", sa.String(40), nullable=False),
        sa.Column("key", sa.String(500), nullable=False),
        sa.Column("state", sa.String(40), nullable=False),
        sa.Column("note", sa.Text, nullable=False),
        sa.Column("decided_by", sa.String(300), nullable=False, index=True),
        sa.Column("decided_at", sa.String(40), nullable=False),
        sa.Column("evidence", sa.String(64), nullable=False),
    )
    op.create_index("decision_of_finding", "coverage_decision", ["part", "key"])
    op.create_table(
        "coverage_run",
        sa.Column("row", sa.Integer, primary_key=True),
        sa.Column("made_at", sa.String(40), nullable=False),
        sa.Column("fingerprint", sa.String(200), nullable=False),
        sa.Column("counts", sa.Text, nullable=False),
    )


def downgrade() -> None:
    """Removes them."""
    op.drop_table("coverage_run")
    op.drop_table("coverage_decision")
