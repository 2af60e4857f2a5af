"""Sources that the library follows: their runs, what was fetched, and what is staged."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0009"
down_revision = "0008"


def upgrade() -> None:
    """Makes the tables."""
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


def downgrade() -> None:
    """Removes them; what publishers said of withdrawn documents is lost."""
    for name in ("source_mark", "source_change", "source_item", "source_run", "source"):
        op.drop_table(name)
