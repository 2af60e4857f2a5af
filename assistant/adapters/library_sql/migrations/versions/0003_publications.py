"""From when until when each generation was current; earlier generations are kept from now on."""

from __future__ import annotations

from datetime import UTC, datetime

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"


def upgrade() -> None:
    """Makes both tables, and notes the generations that are stored: the current one and those to go back to."""
    generation = ("generation.number",)
    table = op.create_table(
        "publication",
        sa.Column("generation", sa.Integer, sa.ForeignKey(*generation, ondelete="CASCADE"), primary_key=True),
        sa.Column("since", sa.String(40), nullable=False),
        sa.Column("until", sa.String(40)),
    )
    op.create_table(
        "erased",
        sa.Column("generation", sa.Integer, sa.ForeignKey(*generation, ondelete="CASCADE"), primary_key=True),
        sa.Column("edition_id", sa.String(200), primary_key=True),
        sa.Column("groups", sa.Text, nullable=False),
    )
    rows = op.get_bind().execute(
        sa.text(
            "select number, created from generation where number in (select generation from current) order by number"
        )
    )
    stored = [(row.number, _precise(row.created)) for row in rows]
    ends = [*(since for _, since in stored), None][1:]
    noted = [
        {"generation": number, "since": since, "until": until}
        for (number, since), until in zip(stored, ends, strict=True)
    ]
    if noted:
        op.bulk_insert(table, noted)


def downgrade() -> None:
    """Drops both tables."""
    op.drop_table("erased")
    op.drop_table("publication")


def _precise(created: str) -> str:
    return datetime.fromisoformat(created).astimezone(UTC).isoformat(timespec="microseconds")
