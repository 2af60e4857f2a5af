"""The groups whose documents a question, feedback on a scenario or a decision touched; themes of restricted questions."""

from __future__ import annotations

import json
from typing import Any

import sqlalchemy as sa
from alembic import op

revision = "0006"
down_revision = "0005"
BATCH = 500


def upgrade() -> None:
    """Adds the columns, and says of each stored question which editions its outcome named."""
    op.add_column("record", sa.Column("groups", sa.Text))
    op.add_column("record", sa.Column("touched", sa.Text, nullable=False, server_default="[]"))
    op.add_column("scenario_feedback", sa.Column("groups", sa.Text, nullable=False, server_default="[]"))
    op.add_column("coverage_decision", sa.Column("groups", sa.Text, nullable=False, server_default="[]"))
    op.add_column("coverage_theme", sa.Column("scope", sa.Text, nullable=False, server_default=""))
    op.rename_table("coverage_member", "coverage_member_before")
    op.create_table(
        "coverage_member",
        sa.Column("scope", sa.String(2000), primary_key=True),
        sa.Column("digest", sa.String(64), primary_key=True),
        sa.Column("theme_id", sa.String(64), nullable=False),
    )
    op.execute(
        "insert into coverage_member (scope, digest, theme_id) select '', digest, theme_id from coverage_member_before"
    )
    op.drop_table("coverage_member_before")
    op.create_index("coverage_member_of_theme", "coverage_member", ["theme_id"])
    _fill(op.get_bind())


def _fill(connection: sa.Connection) -> None:
    record = sa.table("record", sa.column("row"), sa.column("outcome"), sa.column("touched"))
    last = 0
    while True:
        query = sa.select(record.c.row, record.c.outcome).where(record.c.row > last).order_by(record.c.row)
        rows = connection.execute(query.limit(BATCH)).all()
        if not rows:
            return
        for row in rows:
            touched = json.dumps(_touched(json.loads(row.outcome)))
            connection.execute(sa.update(record).where(record.c.row == row.row).values(touched=touched))
        last = rows[-1].row


def _touched(outcome: dict[str, Any]) -> list[str]:
    outcomes = (outcome, outcome.get("then") or {})
    named = (each for of in outcomes for part in ("citations", "nearest") for each in of.get(part) or ())
    return sorted({each["edition_id"] for each in named if each.get("edition_id")})


def downgrade() -> None:
    """Removes them; themes of restricted questions are lost."""
    op.execute("delete from coverage_member where scope != ''")
    op.execute("delete from coverage_theme where scope != ''")
    op.rename_table("coverage_member", "coverage_member_after")
    op.create_table(
        "coverage_member",
        sa.Column("digest", sa.String(64), primary_key=True),
        sa.Column("theme_id", sa.String(64), nullable=False, index=True),
    )
    op.execute("insert into coverage_member (digest, theme_id) select digest, theme_id from coverage_member_after")
    op.drop_table("coverage_member_after")
    op.drop_column("coverage_theme", "scope")
    op.drop_column("coverage_decision", "groups")
    op.drop_column("scenario_feedback", "groups")
    op.drop_column("record", "touched")
    op.drop_column("record", "groups")
